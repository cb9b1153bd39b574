import { and, eq, inArray, isNull, ne, notInArray, or } from 'drizzle-orm';
import { stepsOfOrdinal } from '../../db/plan-steps.js';
import type { JobRow, PlanRow, RunRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import type { RunCounters } from '../../db/tables/runs.js';
import { newId } from '../../graphql/ids.js';
import { nextStartOf } from '../../schedules/next-start.js';
import { emptyCounters, skipUnsettled, UNSETTLED } from '../engine-store/counters.js';
import type { StoreContext } from '../engine-store/store-context.js';
import { retryingByReason } from '../engine-store/steps/store-retrying.js';
import { moveSteps, numbersOfPlan } from '../engine-store/store-plan-numbers.js';
import { forgetListings } from '../engine-store/listings/store-listings.js';

/**
 * Leaves the pending steps of a run that is carried over, with all that was listed, for the one that follows. They keep
 * their plan, and the run keeps what it has done in a plan of its own: so as few rows as it has done are moved, and the
 * following run stands where this one has stopped. What is not proved yet is proved by that one too.
 */
export async function handOver(tx: Transaction, db: Database, run: RunRow): Promise<void> {
  const { jobs, plans, runs, steps } = db.tables;
  const [plan] = await tx.select().from(plans).where(eq(plans.id, run.planId));
  if (plan === undefined) return;
  const ownId = newId('plan');
  const { ordinal } = await numbersOfPlan(tx, db, run.jobId);
  await tx.insert(plans).values({ ...plan, id: ownId, ordinal, phase: 'DONE', leaseOwner: null, leaseUntil: null });
  const isProved = or(isNull(steps.verifiedBy), ne(steps.verifiedBy, 'NONE'));
  const isSettled = and(notInArray(steps.outcome, [...UNSETTLED]), isProved);
  await moveSteps(tx, db, { from: plan.ordinal, to: ordinal }, isSettled);
  await tx.update(runs).set({ planId: ownId }).where(eq(runs.id, run.id));
  const carried = { runId: run.id, planId: plan.id };
  await tx.update(jobs).set({ carried }).where(eq(jobs.id, run.jobId));
}

/**
 * Gives a run the pending steps of the one that was carried over; null when it has to list anew, since the job was changed
 * meanwhile or the run is about something else (`isWhole`). The job has nothing carried any more. Its row must be locked.
 */
export async function takeCarried(
  tx: Transaction,
  db: Database,
  job: JobRow,
  { runId, isWhole }: { runId: string; isWhole: boolean },
  storeContext: Pick<StoreContext, 'now'>,
): Promise<{ planId: string; counters: RunCounters } | null> {
  if (job.carried === null) return null;
  const { jobs, plans, runs } = db.tables;
  const { carried } = job;
  const now = storeContext.now().getTime();
  const nextStartAt = nextStartOf({ ...job, carried: null }, now, now);
  await tx.update(jobs).set({ carried: null, nextStartAt }).where(eq(jobs.id, job.id));
  const [plan] = await tx.select().from(plans).where(eq(plans.id, carried.planId));
  const [former] = await tx
    .select({ counters: runs.counters, planId: runs.planId })
    .from(runs)
    .where(eq(runs.id, carried.runId));
  if (plan === undefined || former === undefined) return null;
  const retrying = await retryingByReason(tx, db, stepsOfOrdinal(db, plan.ordinal));
  if (!isWhole || plan.jobVersion !== job.version) {
    await giveBack(tx, db, job, { from: plan, toId: former.planId }, storeContext.now());
    const counters = skipUnsettled(former.counters, retrying);
    await tx.update(runs).set({ counters }).where(eq(runs.id, carried.runId));
    return null;
  }
  await tx.update(plans).set({ runId }).where(eq(plans.id, plan.id));
  return { planId: plan.id, counters: { ...pendingOf(former.counters), reasons: retrying } };
}

/** Steps that nobody carries out any more go back to their run: the one that begins decides about their items anew. */
async function giveBack(
  tx: Transaction,
  db: Database,
  job: JobRow,
  { from, toId }: { from: PlanRow; toId: string },
  finishedAt: Date,
): Promise<void> {
  const { jobs, plans, steps } = db.tables;
  const message = 'A later run decided about this item anew.';
  const left = { outcome: 'SKIPPED', reason: 'CANCELED', message, remedy: null, finishedAt } as const;
  const isOpen = and(stepsOfOrdinal(db, from.ordinal), inArray(steps.outcome, [...UNSETTLED]));
  await tx.update(steps).set(left).where(isOpen);
  const [to] = await tx.select({ ordinal: plans.ordinal }).from(plans).where(eq(plans.id, toId));
  if (to === undefined) throw new Error('The plan of the run that was carried over does not exist.');
  await moveSteps(tx, db, { from: from.ordinal, to: to.ordinal });
  await forgetListings(tx, db, from.id);
  if (job.latestPlanId === from.id) await tx.update(jobs).set({ latestPlanId: toId }).where(eq(jobs.id, job.id));
  await tx.delete(plans).where(eq(plans.id, from.id));
}

/** Figures of a run at its beginning that has to do what another one has left. */
function pendingOf({ outcomes, callsNeeded, callsAtSource }: RunCounters): RunCounters {
  const open = UNSETTLED.flatMap((outcome) => (outcomes[outcome] ? [[outcome, outcomes[outcome]] as const] : []));
  const sum = (figure: 'items' | 'bytes') => open.reduce((total, [, figures]) => total + figures[figure], 0);
  return {
    ...emptyCounters(),
    outcomes: Object.fromEntries(open),
    itemsPlanned: sum('items'),
    bytesPlanned: sum('bytes'),
    callsNeeded,
    callsAtSource,
  };
}
