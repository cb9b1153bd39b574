import { and, eq, inArray } from 'drizzle-orm';
import { isEnded, tasksBefore, type RunState } from '@sluice/core/job';
import type { RunRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import type { RunCounters } from '../../db/tables/runs.js';
import type { Problem } from '../../problems.js';
import { skipUnsettled, UNSETTLED } from '../engine-store/counters.js';
import { handOver } from './store-carry-over.js';
import { forgetListings } from '../engine-store/listings/store-listings.js';
import { retryingByReason } from '../engine-store/steps/store-retrying.js';
import { changeRunState } from '../engine-store/store-state.js';
import { stepsOfPlan } from '../engine-store/store-plan-numbers.js';
import type { StoreContext } from '../engine-store/store-context.js';

export interface Settlement {
  state: RunState;
  reason: Problem | null;
  /** For a run that tries again by itself: the rests in a row, and how long this one is at least. */
  rest?: { setback: RunRow['setback']; waitMs: number };
  /** For a run that waits: when that ends; for one that is carried over: when its pending items may be taken up. */
  waitingUntil?: Date | null;
}

/** Pauses, queues or ends a run and gives its lease back. The row must be locked by this transaction. */
export async function settleRun(
  tx: Transaction,
  db: Database,
  run: RunRow,
  { state, reason, rest, waitingUntil: until = null }: Settlement,
  storeContext: Pick<StoreContext, 'now' | 'changes' | 'onEvents'>,
): Promise<void> {
  const counters = state === 'CANCELED' ? await cancelItems(tx, db, run, storeContext.now()) : run.counters;
  if (state === 'CARRIED_OVER') await handOver(tx, db, run);
  else if (isEnded(state)) await tidyPlan(tx, db, run, reason, storeContext);
  const waitingUntil = rest === undefined ? until : new Date(storeContext.now().getTime() + rest.waitMs);
  const left = { leaseOwner: null, leaseUntil: null, live: null, waitingUntil, counters };
  const setback = rest === undefined ? run.setback : rest.setback;
  await changeRunState(tx, db, run, { state, stateReason: reason, ...left, setback }, storeContext, until);
}

/**
 * Marks the items that were not done as skipped, because the run was canceled. Those that had begun stay known by that: the
 * next run asks what became of them.
 */
async function cancelItems(tx: Transaction, db: Database, run: RunRow, finishedAt: Date): Promise<RunCounters> {
  const { steps } = db.tables;
  const isOfPlan = stepsOfPlan(db, run.planId);
  const message = 'The run was canceled before this item was done.';
  const retrying = await retryingByReason(tx, db, isOfPlan);
  await tx
    .update(steps)
    .set({ outcome: 'SKIPPED', reason: 'CANCELED', message, remedy: null, finishedAt })
    .where(and(isOfPlan, inArray(steps.outcome, [...UNSETTLED])));
  return skipUnsettled(run.counters, retrying);
}

/** Removes the listings of an ended run, and marks its plan as failed when that was not complete. */
async function tidyPlan(
  tx: Transaction,
  db: Database,
  run: RunRow,
  failure: Problem | null,
  { now, changes }: Pick<StoreContext, 'now' | 'changes'>,
): Promise<void> {
  const { plans } = db.tables;
  await forgetListings(tx, db, run.planId);
  const unfinished = await tx
    .update(plans)
    .set({ taskState: 'FAILED', failure: failure ?? CANCELED, finishedAt: now() })
    .where(and(eq(plans.id, run.planId), inArray(plans.taskState, tasksBefore('FAILED'))))
    .returning();
  if (unfinished.length === 0) return;
  await changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: run.planId, relatedId: run.jobId });
}

const CANCELED: Problem = { code: 'INVALID_STATE', message: 'The run ended before its plan was complete.' };
