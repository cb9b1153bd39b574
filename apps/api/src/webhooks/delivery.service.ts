import type { Base } from '../base.js';
import type { ChangeRow, WebhookDeliveryRow, WebhookRow } from '../db/row-types.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import { notFound, Refusal } from '../problems.js';
import { messageOf, sequenceOf, type Sender } from './attempt.js';
import { deliver } from './delivery.js';
import type { DeliveryStore } from './delivery.store.js';
import { newestDeliveries, type FollowedDeliveries } from './delivery-stream.js';
import type { WebhookStore } from './webhook.store.js';

export interface Redelivered {
  webhook: WebhookRow;
  delivery: WebhookDeliveryRow;
}

/** What was sent to webhooks, as people look at it and have it sent once more. */
export class DeliveryService {
  constructor(
    private readonly base: Pick<Base, 'db' | 'clock' | 'changes' | 'hub'>,
    private readonly store: DeliveryStore,
    private readonly webhooks: WebhookStore,
    private readonly sender: Pick<Sender, 'send'>,
  ) {}

  page(webhookId: string, page: PageArguments): Promise<Page<WebhookDeliveryRow>> {
    return this.store.page(webhookId, page);
  }

  /** The newest delivery, each time that an attempt has ended. */
  follow(what: FollowedDeliveries, signal: AbortSignal): AsyncIterable<WebhookDeliveryRow> {
    const { clock, hub, changes } = this.base;
    return newestDeliveries({ store: this.store, hub, clock, pollInterval: changes.pollInterval }, what, signal);
  }

  /**
   * Sends the event of a delivery once more, under its identifier. Where the webhook is in the log, and what it says of its
   * last attempt, stays: what waits is delivered as if nothing had been sent.
   */
  async redeliver(id: string, deliveryId: string, signal: AbortSignal): Promise<Redelivered> {
    const [webhook] = await this.webhooks.byIds([id]);
    if (webhook === undefined) throw notFound('webhook');
    const message = messageOf(await this.eventOf(id, deliveryId));
    const { clock } = this.base;
    const what = { kind: 'REDELIVERY', attempt: 1 } as const;
    const delivery = await deliver({ clock, sender: this.sender }, webhook, message, what, signal);
    await this.base.db.transact((tx) => this.store.keep(tx, delivery));
    return { webhook, delivery };
  }

  private async eventOf(id: string, deliveryId: string): Promise<ChangeRow> {
    const delivery = await this.store.find(id, deliveryId);
    if (delivery === null) throw notFound('delivery of this webhook', 'deliveryId');
    const sequence = sequenceOf(delivery.messageId);
    if (sequence === null) throw invalid('A test tells of no event. Send another one with webhookTest.');
    const [event] = await this.base.changes.bySequences([sequence]);
    if (event === undefined) throw invalid(NO_LONGER_KEPT);
    return event;
  }
}

const NO_LONGER_KEPT =
  'The event of this delivery is no longer kept: it is older than SLUICE_EVENT_DAYS, or a newer one of the same object stands in its place.';

const invalid = (message: string) => new Refusal({ code: 'INVALID', message, field: ['deliveryId'] });
