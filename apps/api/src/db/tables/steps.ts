import type { ItemOutcome, ItemReason, PlanAction, Side } from '@sluice/core/plan';
import type { ItemKind, VerificationMethod } from '@sluice/core/platform';
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.js';
import { PACKED_ATTEMPTS } from '../packed-attempts.js';
import { ownedBy, type Owner } from './owner.js';

/** A step of a plan and, once a run carries the plan out, its item: the plan is data. */
export function stepTable(kit: Kit, plan: Owner) {
  return kit.table(
    'steps',
    {
      id: kit.text().primaryKey(),
      planId: ownedBy(kit, plan),
      jobId: kit.text().notNull(),
      sequence: kit.bigint().notNull(),
      action: kit.text().$type<PlanAction>().notNull(),
      side: kit.text().$type<Side>().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      /** Identifies the item in all runs of the job: its key at the source, else its key at the destination. */
      itemKey: kit.text().notNull(),
      sourceKey: kit.text(),
      destinationKey: kit.text(),
      sourceRemoteId: kit.text(),
      /** Size of the file at the source in bytes. */
      byteSize: kit.bigint(),
      planReason: kit.text().$type<ItemReason>().notNull(),
      planMessage: kit.text().notNull(),
      /** What the engine needs of the step beside the other columns, see `packStep`; empty once it needs nothing of it any more. */
      step: kit.text().notNull(),
      byteCount: kit.bigint().notNull(),
      callCount: kit.int().notNull(),
      isDestructive: kit.bool().notNull(),
      isRevised: kit.bool().notNull(),
      /** Whether planning a frozen plan again has not reached this step yet. */
      isStale: kit.bool().notNull(),
      outcome: kit.text().$type<ItemOutcome>().notNull(),
      reason: kit.text().$type<ItemReason>().notNull(),
      message: kit.text().notNull(),
      remedy: kit.text(),
      sha256: kit.text(),
      verifiedBy: kit.text().$type<VerificationMethod>(),
      destinationRemoteId: kit.text(),
      bytesDone: kit.bigint().notNull(),
      versionsDone: kit.int().notNull(),
      attempts: kit.brief(PACKED_ATTEMPTS).notNull(),
      attemptCount: kit.int().notNull(),
      /** When the current try began, or a try that a process left behind when it died. */
      begunAt: kit.ts(),
      isInDoubt: kit.bool().notNull(),
      /** SHA-256 of the content that the current try was about to leave, or the one that a process left behind. */
      intentSha256: kit.text(),
      checkpoint: kit.text(),
      finishedAt: kit.ts(),
      /** Whether this is the latest record of its item in the job. */
      isLatest: kit.bool().notNull(),
    },
    (table) => [
      kit.index('steps_sequence').on(table.planId, table.sequence),
      kit.index('steps_outcome').on(table.planId, table.outcome, table.sequence),
      kit.index('steps_item').on(table.planId, table.itemKey),
      kit
        .index('steps_begun')
        .on(table.jobId, table.begunAt)
        .where(sql`begun_at is not null`),
      kit.index('steps_latest').on(table.jobId, table.isLatest, table.itemKey, table.id),
    ],
  );
}
