import { and, desc, eq, lte } from 'drizzle-orm';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import type { WebhookDeliveryRow } from '../db/row-types.js';
import type { Page, PageArguments } from '../graphql/paging.js';

/** Deliveries that are kept of each webhook. */
export const MAX_DELIVERIES = 100;

/** The channel of the hub that is woken when an attempt of this webhook, or for null of any, has ended. */
export const attemptsChannel = (webhookId: string | null): string => `webhookAttempts:${webhookId ?? '*'}`;

/** What was sent to webhooks, in the database. */
export class DeliveryStore {
  constructor(private readonly base: Pick<Base, 'db' | 'hub'>) {}

  /** Keeps a delivery, unless its webhook is gone, and removes those that are too many; tells those who follow it. */
  async keep(tx: Transaction, delivery: WebhookDeliveryRow): Promise<void> {
    const { webhooks, webhookDeliveries } = this.base.db.tables;
    const { webhookId } = delivery;
    const [webhook] = await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhookId));
    if (webhook === undefined) return;
    await tx.insert(webhookDeliveries).values(delivery);
    tx.onCommit(() => [webhookId, null].forEach((id) => this.base.hub.wake(attemptsChannel(id))));
    const isOfIt = eq(webhookDeliveries.webhookId, webhookId);
    const newestTooMany = tx
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(isOfIt)
      .orderBy(desc(webhookDeliveries.id))
      .limit(1)
      .offset(MAX_DELIVERIES);
    await tx.delete(webhookDeliveries).where(and(isOfIt, lte(webhookDeliveries.id, newestTooMany)));
  }

  /** Of one webhook, newest first. */
  page(webhookId: string, page: PageArguments): Promise<Page<WebhookDeliveryRow>> {
    const { webhookDeliveries } = this.base.db.tables;
    return selectPage({
      reader: this.base.db.reader,
      from: webhookDeliveries,
      where: eq(webhookDeliveries.webhookId, webhookId),
      orderBy: [{ column: webhookDeliveries.id, isDescending: true }],
      page,
      list: ['webhookDeliveries', webhookId],
    });
  }

  /** The newest delivery of a webhook, of all webhooks for null; null where there is none. */
  async newest(webhookId: string | null): Promise<WebhookDeliveryRow | null> {
    const { webhookDeliveries } = this.base.db.tables;
    const [row] = await this.base.db.reader
      .select()
      .from(webhookDeliveries)
      .where(webhookId === null ? undefined : eq(webhookDeliveries.webhookId, webhookId))
      .orderBy(desc(webhookDeliveries.id))
      .limit(1);
    return row ?? null;
  }

  /** A delivery of that webhook; null for none, and for one that is no longer kept. */
  async find(webhookId: string, id: string): Promise<WebhookDeliveryRow | null> {
    const { webhookDeliveries } = this.base.db.tables;
    const isMeant = and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId));
    const [row] = await this.base.db.reader.select().from(webhookDeliveries).where(isMeant);
    return row ?? null;
  }
}
