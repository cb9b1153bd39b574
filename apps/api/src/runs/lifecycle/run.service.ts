import {
  allowedRunActions,
  isEnded,
  RUN_STATES,
  WORKING_RUN_STATES,
  type RunAction,
  type RunState,
  type RunWish,
} from '@sluice/core/job';
import { pathKey } from '@sluice/core/plan';
import type { JobRow, PlanRow, RunRow } from '../../db/row-types.js';
import type { Base } from '../../base.js';
import type { Transaction } from '../../db/database.js';
import { readPath, segmentsOf } from '../../jobs/location.js';
import type { JobService } from '../../jobs/job.service.js';
import type { PlanRows } from '../ports.js';
import { notFound, Problems, Refusal, wrongState } from '../../problems.js';
import { beginRun, type NewRun, type WriteContext } from './store-begin.js';
import type { Gate } from './gate.js';
import { FlaggedItemStore, type ItemSelection } from './flagged.store.js';
import { IgnoredItems } from './ignored-items.js';
import type { ItemStore } from '../reading/item.store.js';
import type { RunStore } from '../reading/run.store.js';
import { changeRunState } from '../engine-store/store-state.js';
import { settleRun } from './store-settle.js';
import { addRunKeys } from '../engine-store/store-run-keys.js';
import { eventChannel, WORK_CHANNEL } from '../stream/channels.js';

export interface RunStart {
  planId?: string | null;
  onlyPaths?: readonly string[] | null;
  fullListing?: boolean;
  ignoreWindows?: boolean;
}

/** How runs begin, and how people pause, resume and cancel them. */
export class RunService {
  readonly writeContext: WriteContext;
  private readonly flagged: FlaggedItemStore;

  constructor(
    private readonly base: Base,
    private readonly jobs: JobService,
    private readonly gate: Gate,
    readonly store: RunStore,
    items: ItemStore,
    private readonly plans: PlanRows,
  ) {
    this.flagged = new FlaggedItemStore(base.db, items);
    this.writeContext = {
      now: () => new Date(base.clock.now()),
      changes: base.changes,
      onEvents: (runId) => base.hub.wake(eventChannel(runId)),
    };
  }

  /** Checks a job again that could not run. It may ask a platform, so it is called before the transaction of `start`. */
  refresh(jobId: string, signal?: AbortSignal): Promise<void> {
    return this.gate.refresh(jobId, signal);
  }

  async start(
    tx: Transaction,
    jobId: string,
    { planId = null, onlyPaths = null, fullListing = false, ignoreWindows = false }: RunStart,
    actorId: string,
  ): Promise<RunRow> {
    const job = await this.gate.enter(tx, jobId);
    if (onlyPaths !== null) refuseForScan(job, ['input', 'onlyPaths'], SCANS_ALL);
    const onlyKeys = onlyPaths === null ? null : readOnlyPaths(job, onlyPaths, planId !== null);
    const plan = planId === null ? null : await this.requireCarriable(tx, job, planId);
    const request = { actorId, continuesId: null, onlyKeys, planId };
    // What was carried over waits for the next run that does what the job does.
    if (plan !== null && plan.undoesId !== null)
      return this.beginNow(tx, job, { ...request, trigger: 'UNDO', ignoresWindows: ignoreWindows });
    return this.begin(tx, job, {
      ...request,
      trigger: 'MANUAL',
      isFullListing: fullListing,
      ignoresWindows: ignoreWindows,
    });
  }

  /** A run that gives items which were brought over before what the job's mappings make of them now, and does nothing else. */
  async reapply(tx: Transaction, jobId: string, actorId: string): Promise<RunRow> {
    const job = await this.gate.enter(tx, jobId);
    if (job.mappingSetIds.length === 0)
      throw new Refusal({ code: 'INVALID', message: 'The job has no mapping sets to apply.', field: ['jobId'] });
    const request = { actorId, continuesId: null, onlyKeys: null, planId: null };
    return this.beginNow(tx, job, { ...request, trigger: 'REAPPLY' });
  }

  /** A run that the job begins by itself: by its schedule, or because a platform told of changes. */
  async startByItself(tx: Transaction, jobId: string, trigger: 'SCHEDULE' | 'CHANGE'): Promise<RunRow> {
    const job = await this.gate.enter(tx, jobId);
    const request = { actorId: null, continuesId: null, onlyKeys: null, planId: null };
    return this.begin(tx, job, { trigger, ...request });
  }

  /** Any run that is no retry takes up what a former one carried over. */
  private async begin(tx: Transaction, job: JobRow, asked: NewRun): Promise<RunRow> {
    const { carried } = job;
    const continues = carried === null || asked.trigger === 'RETRY' ? null : carried;
    const request = continues && { ...asked, trigger: 'CARRY_OVER' as const, continuesId: continues.runId };
    return this.beginNow(tx, job, request ?? asked);
  }

  private async beginNow(tx: Transaction, job: JobRow, request: NewRun): Promise<RunRow> {
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
    const row = await this.store.byId(await beginRun(tx, this.base.db, job, request, this.writeContext), tx);
    if (row === null) throw notFound('run');
    return row;
  }

  private async requireCarriable(tx: Transaction, job: JobRow, planId: string): Promise<PlanRow> {
    const [plan] = await this.plans.byIds([planId], tx);
    if (!plan || plan.jobId !== job.id) throw notFound('plan of this job', 'planId');
    requireCurrent(plan, job, this.base.clock.now(), ['input', 'planId']);
    if (plan.taskState !== 'SUCCEEDED')
      throw wrongState('The plan is not complete.', plan.taskState, ['SUCCEEDED'], true);
    if (plan.runId !== null)
      throw wrongState('The plan has a run already.', 'CARRIED_OUT', ['NOT_REQUIRED', 'APPROVED']);
    if (plan.approvalState === 'NOT_REQUIRED' || plan.approvalState === 'APPROVED') return plan;
    if (plan.approvalState === 'REJECTED')
      throw wrongState('The plan was rejected.', 'REJECTED', ['NOT_REQUIRED', 'APPROVED']);
    throw new Refusal({ code: 'APPROVAL_REQUIRED', message: 'Approve the plan first.', field: ['input', 'planId'] });
  }

  async pause(id: string): Promise<RunRow> {
    return this.steer(id, 'PAUSE', async (tx, run) => {
      if (run.state === 'PAUSED' || run.state === 'PAUSING') return;
      await this.stop(tx, run, 'PAUSE', 'PAUSING', 'PAUSED');
    });
  }

  async resume(id: string): Promise<RunRow> {
    return this.steer(id, 'RESUME', async (tx, run) => {
      if (run.wish === 'RUN' && run.state !== 'PAUSED') return;
      await this.continue(tx, run);
    });
  }

  /** Lets a resting run go on; its row must be locked. */
  async continue(tx: Transaction, run: RunRow): Promise<void> {
    const changes = { state: 'QUEUED', wish: 'RUN', stateReason: null, waitingUntil: null } as const;
    await changeRunState(tx, this.base.db, run, changes, this.writeContext);
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
  }

  async cancel(id: string, isImmediate: boolean): Promise<RunRow> {
    return this.steer(id, 'CANCEL', async (tx, run) => {
      if (run.state === 'CANCELED') return;
      const wish: RunWish = isImmediate || run.wish === 'CANCEL_NOW' ? 'CANCEL_NOW' : 'CANCEL';
      await this.stop(tx, run, wish, 'CANCELING', 'CANCELED');
    });
  }

  /** Stops a run: while a worker holds its lease the wish is stored for that worker, otherwise the state changes here. */
  private async stop(
    tx: Transaction,
    run: RunRow,
    wish: RunWish,
    way: 'PAUSING' | 'CANCELING',
    end: 'PAUSED' | 'CANCELED',
  ): Promise<void> {
    const { db } = this.base;
    if (run.leaseOwner === null) {
      await this.store.update(tx, run.id, { wish });
      return settleRun(tx, db, run, { state: end, reason: null }, this.writeContext);
    }
    await changeRunState(tx, db, run, { state: way, wish, waitingUntil: null }, this.writeContext);
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
  }

  /** Runs the change under the lock of the run. Refuses when its state neither allows the action nor is one that it leads to. */
  private steer(id: string, action: RunAction, work: (tx: Transaction, run: RunRow) => Promise<void>): Promise<RunRow> {
    return this.base.db.transact(async (tx) => {
      const run = await this.store.lock(tx, id);
      if (run === null) throw notFound('run');
      if (!allowedRunActions(run.state, false).includes(action) && !REACHED[action]?.includes(run.state)) {
        throw wrongState(
          `A run in this state cannot be ${WORDS[action]}.`,
          run.state,
          allowing(action),
          !isEnded(run.state),
        );
      }
      await work(tx, run);
      tx.concerns(id);
      const after = await this.store.byId(id, tx);
      return after ?? run;
    });
  }

  /** A new run that is restricted to flagged items of the job. */
  async retry(tx: Transaction, jobId: string, selection: ItemSelection, actorId: string): Promise<RunRow> {
    const job = await this.gate.enter(tx, jobId);
    refuseForScan(job, ['jobId'], SCANS_ANEW);
    const request = { trigger: 'RETRY' as const, actorId, continuesId: job.latestRunId, onlyKeys: [], planId: null };
    const run = await this.begin(tx, job, request);
    for await (const items of this.flagged.chosen(tx, job, selection))
      await addRunKeys(
        tx,
        this.base.db,
        run.id,
        items.flatMap(({ sourceKey }) => sourceKey ?? []),
      );
    return run;
  }

  /** Marks flagged items of the job as skipped. */
  async ignore(jobId: string, selection: ItemSelection): Promise<string> {
    return this.base.db.transact(async (tx) => {
      // The job is read without a lock: runs are locked below, and a worker that locks a run first and its job then
      // would wait for this transaction while this one waits for it.
      const job = await this.jobs.store.byId(jobId, tx);
      if (job === null) throw notFound('job', 'jobId');
      const ignored = new IgnoredItems();
      for await (const items of this.flagged.chosen(tx, job, selection)) {
        await this.flagged.ignore(tx, items);
        ignored.add(items);
      }
      for (const ordinal of ignored.plans) await this.recount(tx, ordinal, ignored);
      await this.base.changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: jobId });
      return jobId;
    });
  }

  private async recount(tx: Transaction, ordinal: number, ignored: IgnoredItems): Promise<void> {
    const runId = (await this.plans.byOrdinals([ordinal], tx))[0]?.runId ?? null;
    const run = runId === null ? null : await this.store.lock(tx, runId);
    if (run === null) return;
    ignored.moveIn(run.counters, ordinal);
    await this.store.update(tx, run.id, { counters: run.counters });
  }
}

/** States in which an action has happened already, so that it has no further effect. */
const REACHED: Partial<Record<RunAction, readonly RunState[]>> = {
  PAUSE: ['PAUSED', 'PAUSING'],
  RESUME: ['QUEUED', 'AWAITING_BUDGET', 'AWAITING_WINDOW', ...WORKING_RUN_STATES],
  CANCEL: ['CANCELED', 'CANCELING'],
};
const WORDS: Partial<Record<RunAction, string>> = { PAUSE: 'paused', RESUME: 'resumed', CANCEL: 'canceled' };
const allowing = (action: RunAction) => RUN_STATES.filter((state) => allowedRunActions(state, false).includes(action));

/** Refuses a plan that is too old or was made for another version of the job. */
export function requireCurrent(plan: PlanRow, job: JobRow, now: number, field: string[]): void {
  if (plan.approvalState === 'SUPERSEDED') {
    throw new Refusal({ code: 'PLAN_OUTDATED', message: 'A newer plan exists; use that one.', field });
  }
  if (plan.jobVersion !== job.version) {
    throw new Refusal({ code: 'PLAN_OUTDATED', message: 'The job changed since; make a new plan.', field });
  }
  if (plan.expiresAt !== null && plan.expiresAt.getTime() <= now) {
    throw new Refusal({ code: 'PLAN_EXPIRED', message: 'The plan is too old; make a new one.', field });
  }
}

const SCANS_ALL = 'A SCAN analyses its whole place; choose a smaller folder in the job.';
const SCANS_ANEW = 'A SCAN lists everything in each run; start a run.';

function refuseForScan({ transferType }: JobRow, field: string[], message: string): void {
  if (transferType === 'SCAN') throw new Refusal({ code: 'INVALID', field, message });
}

/** Keys of the paths below the job's source. */
function readOnlyPaths(job: JobRow, paths: readonly string[], hasPlan: boolean): string[] {
  const problems = new Problems();
  const field = ['input', 'onlyPaths'];
  if (hasPlan) problems.add('INVALID', field, 'A plan says itself what it is about; leave the paths out.');
  if (paths.length === 0) problems.add('OUT_OF_RANGE', field, 'Give paths, or none at all for everything.');
  const root = segmentsOf(job.sourcePath);
  const keys = paths.map((path, index) => readOnlyPath(path, root, problems, [...field, String(index)]));
  problems.refuseIfAny();
  return keys;
}

function readOnlyPath(path: string, root: readonly string[], problems: Problems, field: string[]): string {
  const segments = segmentsOf(readPath(path, problems, field) ?? '');
  const isBelow = segments.length > root.length && root.every((segment, index) => segment === segments[index]);
  if (!isBelow && path.startsWith('/'))
    problems.add('INVALID', field, 'The path must lie below the source of the job.');
  return pathKey(segments.slice(root.length));
}
