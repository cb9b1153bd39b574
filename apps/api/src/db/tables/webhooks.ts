import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

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
  return { webhooks };
}
