import type { ItemOutcome } from '@sluice/core/plan';
import { eq, sql, type Placeholder } from 'drizzle-orm';
import type { PlanRow, RunRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import type { ChangeLog } from '../../live/change-log.js';

/** The plan and run that a store works on, the lease under which it writes, and where it records changes. */
export interface StoreContext {
  jobId: string;
  planId: string;
  /** Null while a plan is made that no run carries out. */
  runId: string | null;
  /** Lease that must still be held at each commit; null without leases. */
  lease: string | null;
  now: () => Date;
  /** Milliseconds for which a finished plan may be carried out. */
  planValidity: number;
  changes: Pick<ChangeLog, 'record'>;
  /** What a plan that is complete says of its approval; asked where no run carries it out. */
  approvalOf?(plan: PlanRow, tx: Transaction): Promise<Partial<PlanRow>>;
  /** Called after the commit with each outcome of items, their number and the bytes that were brought over; absent: nobody counts. */
  onItems?(outcome: ItemOutcome, count: number, bytes: number): void;
  /** Called with the run after the commit of its durable events. */
  onEvents(runId: string): void;
}

/** Another process has taken the run over: this one must not write any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** Reads the plan's row and keeps others from changing it until the transaction ends. */
export async function lockPlan(
  tx: Transaction,
  db: Database,
  storeContext: Pick<StoreContext, 'planId' | 'runId' | 'lease'>,
): Promise<PlanRow> {
  const [row] = await lockingPlan(tx, db, storeContext.planId).returning();
  return held(row, 'plan', storeContext.runId === null ? storeContext.lease : null);
}

/** Reads and locks the run's row likewise; null without a run. Where both rows are locked, the run is locked first. */
export async function lockRun(tx: Transaction, db: Database, { runId, lease }: StoreContext): Promise<RunRow | null> {
  if (runId === null) return null;
  const [row] = await lockingRun(tx, db, runId).returning();
  return held(row, 'run', lease);
}

/** A statement that changes nothing, and locks the row on either database. */
export function lockingRun(tx: Transaction, { tables: { runs } }: Database, runId: string | Placeholder) {
  return tx
    .update(runs)
    .set({ eventCount: sql`${runs.eventCount}` })
    .where(eq(runs.id, runId));
}

/** The same for a plan. */
export function lockingPlan(tx: Transaction, { tables: { plans } }: Database, planId: string | Placeholder) {
  return tx
    .update(plans)
    .set({ stepCount: sql`${plans.stepCount}` })
    .where(eq(plans.id, planId));
}

/** The row that was locked; throws when it is gone, or held by another lease. */
export function held<T extends { leaseOwner: string | null }>(
  row: T | undefined,
  what: string,
  lease: string | null,
): T {
  if (row === undefined) throw new LeaseLostError(`The ${what} was deleted.`);
  if (lease !== null && row.leaseOwner !== lease) throw new LeaseLostError('Another process works on it now.');
  return row;
}

/** Locks the run, then the plan, so that a worker that lost the lease is stopped before it writes to the plan. */
export async function lockBoth(
  tx: Transaction,
  db: Database,
  storeContext: StoreContext,
): Promise<{ run: RunRow | null; plan: PlanRow }> {
  const run = await lockRun(tx, db, storeContext);
  return { run, plan: await lockPlan(tx, db, storeContext) };
}
