import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.js';
import { PACKED_ATTEMPTS } from '../packed-attempts.js';
import {
  ACTION_CODES,
  KIND_CODES,
  OUTCOME_CODES,
  REASON_CODES,
  REVISION_CODES,
  SIDE_CODES,
  VERIFICATION_CODES,
} from './step-codes.js';

const NONE = sql`0`;
const NO = sql`false`;

/**
 * A step of a plan and, once a run carries the plan out, its item: the plan is data. The steps of a plan are a range of
 * identifiers in their order, see `STEPS_PER_PLAN`. There are millions of rows, so a row does not repeat what its identifier
 * or another column says.
 */
export function stepTable(kit: Kit) {
  return kit.table(
    'steps',
    {
      id: kit.itemId().primaryKey(),
      /** Place in the order in which steps are carried out, where it is not that of the identifiers; counts as they do. */
      turn: kit.itemId(),
      action: kit.code(ACTION_CODES).notNull(),
      side: kit.code(SIDE_CODES).notNull(),
      kind: kit.code(KIND_CODES).notNull(),
      /** Identifies the item in all runs of the job, see `itemKeyOf`. */
      itemKey: kit.text().notNull(),
      /** See `packKey`. */
      destinationKey: kit.text(),
      /** See `packAddress`. */
      sourceRemoteId: kit.text(),
      /** Size of the file at the source in bytes. */
      byteSize: kit.bigint(),
      planReason: kit.code(REASON_CODES).notNull(),
      planMessage: kit.text().notNull(),
      /** What the engine needs of the step beside the other columns, see `packStep`; empty once it needs nothing of it any more. */
      step: kit.text().notNull(),
      byteCount: kit.bigint().notNull(),
      callCount: kit.int().notNull(),
      /** Calls of `callCount`'s kind on the side that is read. */
      readCallCount: kit.int().notNull().default(NONE),
      isDestructive: kit.bool().notNull(),
      isRevised: kit.bool().notNull(),
      /** Why the name is adapted; null where it is not, and in rows of former releases. */
      revision: kit.code(REVISION_CODES),
      /** Whether planning a frozen plan again has not reached this step yet. */
      isStale: kit.bool().notNull().default(NO),
      outcome: kit.code(OUTCOME_CODES).notNull(),
      reason: kit.code(REASON_CODES).notNull(),
      /** Null where it is still that of the plan. */
      message: kit.text(),
      remedy: kit.text(),
      sha256: kit.hex(),
      verifiedBy: kit.code(VERIFICATION_CODES),
      /** See `packAddress`. */
      destinationRemoteId: kit.text(),
      bytesDone: kit.bigint().notNull().default(NONE),
      versionsDone: kit.int().notNull().default(NONE),
      attempts: kit
        .brief(PACKED_ATTEMPTS)
        .notNull()
        .default(sql`'[]'`),
      attemptCount: kit.int().notNull().default(NONE),
      /** When the current try began, or a try that a process left behind when it died. */
      begunAt: kit.ts(),
      isInDoubt: kit.bool().notNull().default(NO),
      /** SHA-256 of the content that the current try was about to leave, or the one that a process left behind. */
      intentSha256: kit.hex(),
      checkpoint: kit.text(),
      finishedAt: kit.ts(),
      /** Of the latest record of its item in the job: the number of the job, see `plans.jobOrdinal`; else null. */
      latestOf: kit.bigint(),
    },
    (table) => [
      kit.index('steps_outcome').on(table.outcome, table.id),
      kit
        .index('steps_turn')
        .on(table.outcome, table.turn)
        .where(sql`turn is not null`),
      kit
        .index('steps_stale')
        .on(table.itemKey)
        .where(sql`is_stale`),
      kit
        .index('steps_begun')
        .on(table.begunAt)
        .where(sql`begun_at is not null`),
      kit
        .index('steps_latest')
        .on(table.latestOf, table.itemKey)
        .where(sql`latest_of is not null`),
    ],
  );
}
