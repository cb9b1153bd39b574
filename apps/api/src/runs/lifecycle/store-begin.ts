import { approvalsBefore, type RunTrigger } from '@sluice/core/job';
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { JobRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import { newId } from '../../graphql/ids.js';
import { effectivePolicies } from '../../jobs/policies.js';
import { windowsOf } from '../../schedules/next-start.js';
import { emptyCounters, emptyTotals } from '../engine-store/counters.js';
import { takeCarried } from './store-carry-over.js';
import { numbersOfPlan } from '../engine-store/store-plan-numbers.js';
import { addRunKeys } from '../engine-store/store-run-keys.js';
import { appendRunEvents } from '../engine-store/store-events.js';
import type { StoreContext } from '../engine-store/store-context.js';

export type WriteContext = Pick<StoreContext, 'now' | 'changes' | 'onEvents'>;

export interface NewRun {
  trigger: RunTrigger;
  /** Null where nobody started it, but a schedule. */
  actorId: string | null;
  continuesId: string | null;
  /** Keys below the source to which the run is restricted; null for all. */
  onlyKeys: readonly string[] | null;
  /** Plan to carry out; null for a new one. */
  planId: string | null;
  /** Whether both sides are to be listed as a whole. */
  isFullListing?: boolean;
  /** Whether it may work outside the windows of the job. */
  ignoresWindows?: boolean;
}

/** Stores a run that waits for a worker. The job's row must be locked; it must have no active run. */
export async function beginRun(
  tx: Transaction,
  db: Database,
  job: JobRow,
  request: NewRun,
  storeContext: WriteContext,
): Promise<string> {
  const { jobs, plans, runs } = db.tables;
  const id = newId('run');
  const { planId: givenPlanId, actorId, onlyKeys, ignoresWindows = false, ...fields } = request;
  const isWhole = givenPlanId === null && onlyKeys === null && request.isFullListing !== true;
  const carried =
    request.trigger === 'CARRY_OVER' ? await takeCarried(tx, db, job, { runId: id, isWhole }, storeContext) : null;
  const planId = givenPlanId ?? carried?.planId ?? (await beginPlan(tx, db, job, { actorId, runId: id }, storeContext));
  if (givenPlanId !== null) {
    await tx.update(plans).set({ runId: id, isFrozen: true, phase: 'NEW' }).where(eq(plans.id, planId));
  }
  const queuedAt = storeContext.now();
  await tx.insert(runs).values({
    id,
    jobId: job.id,
    activeJobId: job.id,
    number: job.runCount + 1,
    jobVersion: job.version,
    planId,
    state: 'QUEUED',
    wish: 'RUN',
    startedById: actorId,
    ...fields,
    isRestricted: onlyKeys !== null,
    approval: job.approval,
    policies: effectivePolicies(job.transferType, job.policies),
    rules: job.rules,
    windows: ignoresWindows ? null : windowsOf(job.schedule),
    queuedAt,
    counters: carried?.counters ?? emptyCounters(),
    itemsDiscovered: 0,
    bytesDiscovered: 0,
    calls: [],
    eventCount: 0,
  });
  await addRunKeys(tx, db, id, onlyKeys ?? []);
  const latest = { runCount: job.runCount + 1, latestRunId: id, latestRunAt: queuedAt };
  await tx.update(jobs).set(latest).where(eq(jobs.id, job.id));
  await appendRunEvents(tx, db, { id, eventCount: 0 }, [{ kind: 'STATE', state: 'QUEUED' }], queuedAt);
  await storeContext.changes.record(tx, {
    topic: 'RUN',
    change: 'CREATED',
    subjectId: id,
    relatedId: job.id,
    runState: 'QUEUED',
  });
  return id;
}

/** Stores a plan that waits for a worker; older ones that nobody carried out are superseded. */
export async function beginPlan(
  tx: Transaction,
  db: Database,
  job: JobRow,
  { actorId, runId, undoesId = null }: { actorId: string | null; runId: string | null; undoesId?: string | null },
  { now, changes }: WriteContext,
): Promise<string> {
  const { jobs, plans } = db.tables;
  const id = newId('plan');
  await tx.insert(plans).values({
    id,
    jobId: job.id,
    ...(await numbersOfPlan(tx, db, job.id)),
    jobVersion: job.version,
    runId,
    undoesId,
    isFrozen: false,
    taskState: 'QUEUED',
    phase: 'NEW',
    totals: emptyTotals(),
    stepCount: 0,
    approvalState: 'NOT_REQUIRED',
    createdAt: now(),
    createdById: actorId,
  });
  const open = inArray(plans.approvalState, approvalsBefore('SUPERSEDED'));
  await tx
    .update(plans)
    .set({ approvalState: 'SUPERSEDED' })
    .where(and(eq(plans.jobId, job.id), isNull(plans.runId), ne(plans.id, id), open));
  await tx.update(jobs).set({ latestPlanId: id }).where(eq(jobs.id, job.id));
  await changes.record(tx, { topic: 'PLAN', change: 'CREATED', subjectId: id, relatedId: job.id });
  return id;
}
