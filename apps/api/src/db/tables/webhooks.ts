import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';
import { ownedBy } from './owner.js';

/** The public `WebhookDeliveryKind`. */
export const DELIVERY_KINDS = ['EVENT', 'REDELIVERY', 'TEST'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** Deliveries of changes to other systems. */
export function webhookTables(kit: Kit) {
  const webhooks = kit.table('webhooks', {
    id: kit.text().primaryKey(),
    version: kit.int().notNull(),
    url: kit.text().notNull(),
    /** Topics in a row with a comma before and after each, so that SQL compares them with the topic of a change. */
    topics: kit.text().notNull(),
    isActive: kit.bool().notNull(),
    /** Sealed. */
    secret: kit.text().notNull(),
    /** The secret before the last rotation, sealed; it signs too until its time is over. */
    formerSecret: kit.text(),
    formerSecretUntil: kit.ts(),
    /** Sequence of the last change that was delivered or does not concern it. */
    position: kit.bigint().notNull(),
    /** Failed attempts to deliver the change that follows. */
    failedAttempts: kit.int().notNull(),
    /** Null: at once. */
    nextAttemptAt: kit.ts(),
    lastAttemptAt: kit.ts(),
    lastStatus: kit.int(),
    /** Why the last attempt failed, or deliveries ended. */
    failure: kit.json<Problem>(),
    /** Name of the claim of the process that delivers now. */
    leaseOwner: kit.text(),
    leaseUntil: kit.ts(),
    createdAt: kit.ts().notNull(),
    updatedById: kit.text(),
  });
  /** Messages that were sent, of each webhook the newest only. What they said is not kept: it is made of the log of changes. */
  const webhookDeliveries = kit.table(
    'webhook_deliveries',
    {
      /** In the order of their beginnings. */
      id: kit.text().primaryKey(),
      webhookId: ownedBy(kit, () => webhooks.id),
      kind: kit.text().$type<DeliveryKind>().notNull(),
      /** As in the header `webhook-id`; of an event `evt_` and its sequence. */
      messageId: kit.text().notNull(),
      /** Number of the attempt to deliver the event in its order; 1 for a redelivery and a test. */
      attempt: kit.int().notNull(),
      startedAt: kit.ts().notNull(),
      durationMs: kit.int().notNull(),
      status: kit.int(),
      /** Null when it was accepted. */
      failure: kit.json<Problem>(),
    },
    (table) => [kit.index('webhook_deliveries_webhook').on(table.webhookId, table.id)],
  );
  return { webhooks, webhookDeliveries };
}
