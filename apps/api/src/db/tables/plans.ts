import type { ApprovalState, TaskState } from '@sluice/core/job';
import type { PlanAction } from '@sluice/core/plan';
import type { ListingProof } from '@sluice/core/platform';
import type { ListingHow, LossCounts, Phase } from '@sluice/core/run';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

export interface PlanTotals {
  actions: Partial<Record<PlanAction, { items: number; bytes: number }>>;
  /** Calls that the steps to be carried out need. */
  calls: number;
  destructive: number;
  revised: number;
  unchangedItems: number;
  unchangedBytes: number;
  /** Files whose content is kept in a trash while another one takes its place; absent for none. */
  kept?: { items: number; bytes: number };
  /** Former versions that come and whose size the source does not tell, so that no bytes count for them; absent for none. */
  unsized?: number;
  /** What of this changes the source; absent where nothing does. */
  source?: SourceTotals;
  /** Items that lose something which the destination cannot hold or a mapping does not know; absent for none. */
  losses?: LossCounts;
}

export interface SourceTotals {
  actions: Partial<Record<PlanAction, number>>;
  calls: number;
  /** Items that are removed because the destination lacks them; what was moved is none of them. */
  removals: number;
}

export function planTable(kit: Kit, job: Owner) {
  return kit.table(
    'plans',
    {
      id: kit.text().primaryKey(),
      jobId: ownedBy(kit, job),
      /** Its number in the store, never given again: where the identifiers of its steps begin, see `STEPS_PER_PLAN`. */
      ordinal: kit.bigint().notNull(),
      /** That of the job's first plan, by which steps name the job. */
      jobOrdinal: kit.bigint().notNull(),
      jobVersion: kit.int().notNull(),
      /** Number of the location pair that the plan is about; null until its places were looked at. */
      pair: kit.int(),
      /** What people were asked last before anything was compared; to go on is to agree. */
      asked: kit.text(),
      /** Run that carries the plan out; null when none does yet. */
      runId: kit.text(),
      /** Run that the plan undoes; null for every other plan. */
      undoesId: kit.text(),
      /** Whether planning again is restricted to the items that the plan holds already. */
      isFrozen: kit.bool().notNull(),
      taskState: kit.text().$type<TaskState>().notNull(),
      failure: kit.json<Problem>(),
      phase: kit.text().$type<Phase>().notNull(),
      digest: kit.text(),
      /** What the listings of both sides say of themselves; null before, and for one that ended without it. */
      sourceProof: kit.json<ListingProof>(),
      destinationProof: kit.json<ListingProof>(),
      /** How these listings came about; null before. */
      sourceListing: kit.json<ListingHow>(),
      destinationListing: kit.json<ListingHow>(),
      totals: kit.json<PlanTotals>().notNull(),
      stepCount: kit.bigint().notNull(),
      approvalState: kit.text().$type<ApprovalState>().notNull(),
      decidedById: kit.text(),
      comment: kit.text(),
      expiresAt: kit.ts(),
      createdAt: kit.ts().notNull(),
      createdById: kit.text(),
      finishedAt: kit.ts(),
      /** Whether its steps of long ago were removed. */
      isPruned: kit.bool().notNull().default(false),
      leaseOwner: kit.text(),
      leaseUntil: kit.ts(),
      /** Workers in a row that ended while they held the planning. */
      crashes: kit.int().notNull().default(0),
    },
    (table) => [
      kit.uniqueIndex('plans_ordinal').on(table.ordinal),
      kit.index('plans_job').on(table.jobId, table.createdAt),
      kit.index('plans_task').on(table.taskState, table.createdAt),
      kit.index('plans_run').on(table.runId),
    ],
  );
}
