import { and, desc, eq, lte } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import type { WebhookDeliveryRow } from '../db/row-types.js';
import type { Page, PageArguments } from '../graphql/paging.js';

/** Deliveries that are kept of each webhook. */
export const MAX_DELIVERIES = 100;

/** What was sent to webhooks, in the database. */
export class DeliveryStore {
  constructor(private readonly db: Database) {}

  /** Keeps a delivery, unless its webhook is gone, and removes those that are too many. */
  async keep(tx: Transaction, delivery: WebhookDeliveryRow): Promise<void> {
    const { webhooks, webhookDeliveries } = this.db.tables;
    const { webhookId } = delivery;
    const [webhook] = await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhookId));
    if (webhook === undefined) return;
    await tx.insert(webhookDeliveries).values(delivery);
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
    const { webhookDeliveries } = this.db.tables;
    return selectPage({
      reader: this.db.reader,
      from: webhookDeliveries,
      where: eq(webhookDeliveries.webhookId, webhookId),
      orderBy: [{ column: webhookDeliveries.id, isDescending: true }],
      page,
      list: ['webhookDeliveries', webhookId],
    });
  }

  /** A delivery of that webhook; null for none, and for one that is no longer kept. */
  async find(webhookId: string, id: string): Promise<WebhookDeliveryRow | null> {
    const { webhookDeliveries } = this.db.tables;
    const isMeant = and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhookId, webhookId));
    const [row] = await this.db.reader.select().from(webhookDeliveries).where(isMeant);
    return row ?? null;
  }
}
