import { PlatformError } from '@sluice/core/platform';
import { isEnded, isWorking } from '@sluice/core/job';
import { runStateOf, type RunContext, type RunEnd } from '@sluice/core/run';
import type { JobRow, RunRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { isStoreTrouble } from '../store-trouble.js';
import type { JobService } from '../jobs/job.service.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { PlanStore } from '../plans/plan.store.js';
import type { Problem } from '../problems.js';
import { needsApproval } from '../runs/lifecycle/approval.js';
import { eventChannel } from '../runs/stream/channels.js';
import { undoneRunOf } from '../runs/engine-store/steps/store-effects.js';
import { runKeysOf } from '../runs/engine-store/store-run-keys.js';
import type { RunStore } from '../runs/reading/run.store.js';
import type { SampleStore } from '../runs/samples/sample.store.js';
import { appendRunEvents } from '../runs/engine-store/store-events.js';
import { changePlan, changeRunState } from '../runs/engine-store/store-state.js';
import { settleRun } from '../runs/lifecycle/store-settle.js';
import { tracedStore } from '../runs/engine-store/traced-store.js';
import { createEngineStore } from '../runs/engine-store/store.js';
import { LeaseLostError, lockBoth, lockRun, type StoreContext } from '../runs/engine-store/store-context.js';
import { CLEARED_AFTER_MS, SUSPECT_CRASHES } from './crashes.js';
import { settlementOf, type WorkEnd } from './ending.js';
import type { Engine } from './engine.js';
import { LEASE_MS, type WorkLeases } from './lease.store.js';
import type { CompleteSets } from './job-mapping.js';
import { lessonsOf } from './lessons.js';
import { LiveReport } from './report.js';
import { RunBandwidth } from './run-bandwidth.js';
import { RunWindows } from './run-windows.js';
import { scanContext } from './scan-context.js';
import { Steering } from './steering.js';
import { openPlaces, openSource, storeContextOf } from './task-context.js';
import { trashOver } from './trash-over.store.js';

export interface TaskParts {
  base: Base;
  jobs: JobService;
  connections: ConnectionAccess;
  mappings: CompleteSets;
  leases: WorkLeases;
  runs: RunStore;
  samples: SampleStore;
  plans: PlanStore;
  engine: Engine;
  /** Milliseconds between two renewals of the lease. */
  beat: number;
}

/** A run that waits less than this for calls keeps its state; only a longer wait is shown as AWAITING_BUDGET. */
const SHORT_WAIT_MS = 3_000;
/** A longer wait is not for the seconds' window, but for the hour's. */
const LONGEST_SPIKE_WAIT_MS = 15_000;
const WAITING: Problem = {
  code: 'RATE_LIMITED',
  message: 'The calls that the platform allows are used up; the run goes on when there are new ones.',
  isRetryable: true,
};

/** The work of this process on one run, from its claim until the lease is given back. */
export class RunTask {
  readonly steering = new Steering();
  private readonly storeContext: StoreContext;
  private report: LiveReport | null = null;
  private beating: Promise<void> = Promise.resolve();
  private renewedAt: number;
  private isLost = false;
  private readonly claimedAt: number;
  private isCleared = false;
  private readonly windows: RunWindows;
  private readonly bandwidth: RunBandwidth;
  private share = 1;
  /** When there are new calls for the run that follows this one. */
  private resumesAt: Date | null = null;
  private isScan = false;

  constructor(
    private readonly parts: TaskParts,
    private readonly run: RunRow,
  ) {
    const { base } = parts;
    this.bandwidth = new RunBandwidth(base.clock);
    this.windows = new RunWindows(run.windows, () => base.clock.now());
    this.claimedAt = this.renewedAt = base.clock.monotonic();
    const { jobId, planId, id: runId, leaseOwner: lease } = run;
    this.storeContext = {
      ...storeContextOf(base, { jobId, planId, runId, lease }),
      onItems: (outcome, count, bytes) => base.meter.items(outcome, count, bytes),
      onEvents: (id) => base.hub.wake(eventChannel(id)),
    };
  }

  /** Whether it has been waiting for calls for so long that another run may have its place. */
  get isWaiting(): boolean {
    const wait = this.report?.wait ?? null;
    return wait !== null && this.parts.base.clock.monotonic() - wait.since >= SHORT_WAIT_MS;
  }

  /** Whether it ended its workers several times, and has not been worked on in peace since. */
  get isSuspect(): boolean {
    return this.run.crashes >= SUSPECT_CRASHES && !this.isCleared;
  }

  /** Never rejects. */
  work(): Promise<void> {
    const { id, jobId } = this.run;
    return this.parts.base.tracer.span('run', { 'sluice.run.id': id, 'sluice.job.id': jobId }, () => this.workToEnd());
  }

  private async workToEnd(): Promise<void> {
    const beats = new AbortController();
    const beating = this.beat(beats.signal);
    const end = await this.end();
    beats.abort();
    await beating;
    if (this.isLost) return;
    try {
      await this.look();
      await this.settle(end);
      await this.teach();
    } catch (error) {
      if (!(error instanceof LeaseLostError)) this.tellDefect(error, 'the end of a run could not be stored');
    }
  }

  private async end(): Promise<WorkEnd> {
    // People may have wished to stop the run while a former process worked on it: it is not begun again then.
    if (this.run.wish !== 'RUN' || !this.windows.isOpen) return { kind: 'STOPPED' };
    try {
      const job = await this.parts.jobs.store.byId(this.run.jobId);
      if (job === null) throw new LeaseLostError('The job was deleted.');
      this.follow(job);
      this.report = await this.makeReport(job);
      await this.markStarted();
      const end = await this.workOn(job, this.report);
      const isCarried = end.kind === 'STOPPED' && this.resumesAt !== null;
      return isCarried ? { kind: 'CARRYING_OVER', resumesAt: this.resumesAt! } : end;
    } catch (error) {
      return this.endOf(error);
    }
  }

  private async workOn(job: JobRow, report: LiveReport): Promise<RunEnd> {
    const { engine } = this.parts;
    this.isScan = job.transferType === 'SCAN';
    if (!this.isScan)
      return engine.executeRun(await this.context(job, report), () => {
        report.planned();
        return this.approve(job);
      });
    const source = await openSource(this.parts, job, this.caller);
    const given = { ...this.given(report), ...source, policies: this.run.policies };
    return engine.executeScan(await scanContext(this.parts, job, given, this.storeContext));
  }

  private endOf(error: unknown): WorkEnd {
    if (error instanceof LeaseLostError) {
      this.isLost = true;
      return { kind: 'STOPPED' };
    }
    if (error instanceof PlatformError)
      return this.steering.signal.aborted ? { kind: 'STOPPED' } : { kind: 'BROKEN', error };
    const isPassing = isStoreTrouble(error);
    this.tellDefect(error, isPassing ? 'a run rests because of the store' : 'a run failed by a defect');
    return { kind: isPassing ? 'STORE' : 'DEFECT' };
  }

  private tellDefect(error: unknown, message: string): void {
    this.parts.base.log.error({ err: error as Error, runId: this.run.id }, message);
  }

  private async makeReport({ sourceConnectionId, destinationConnectionId }: JobRow): Promise<LiveReport> {
    const { connections, base } = this.parts;
    const SOURCE = await connections.budgetIdOf(sourceConnectionId);
    const there = destinationConnectionId;
    const DESTINATION = there === null ? null : await connections.budgetIdOf(there);
    return new LiveReport(
      () => base.clock.monotonic(),
      { SOURCE, DESTINATION },
      this.run.calls,
      () => void this.look().catch(() => undefined),
      base.meter,
    );
  }

  private get caller() {
    return { owner: this.run.id, share: this.share, signal: this.steering.signal };
  }

  /** What the engine is given for a run of any type, beside the places. */
  private given(report: LiveReport) {
    const { base } = this.parts;
    return {
      rules: this.run.rules,
      store: tracedStore(createEngineStore(base.db, this.storeContext), base.tracer),
      clock: base.clock,
      throttle: this.bandwidth.throttle,
      report,
      control: this.steering,
      owner: this.run.id,
      share: () => this.share,
    };
  }

  private async context(job: JobRow, report: LiveReport): Promise<RunContext> {
    const { base, plans } = this.parts;
    const places = await openPlaces(this.parts, job, this.caller, this.run.isFullListing);
    const [plan] = await plans.byIds([this.run.planId]);
    return {
      ...this.given(report),
      ...places,
      isReapply: this.run.trigger === 'REAPPLY',
      policies: this.run.policies,
      only: await runKeysOf(base.db, this.run),
      undo: plan ? await undoneRunOf(base.db, plan) : undefined,
      trashOver: this.trashOver(job),
    };
  }

  private trashOver(job: JobRow): RunContext['trashOver'] {
    const { db, clock, config } = this.parts.base;
    const retention = config.limits.trashRetention;
    return retention === 0 ? undefined : trashOver(db, job.id, { now: clock.now(), retention });
  }

  private async markStarted(): Promise<void> {
    if (this.run.startedAt !== null) return;
    const startedAt = this.storeContext.now();
    await this.parts.base.db.transact((tx) => this.parts.runs.update(tx, this.run.id, { startedAt }));
  }

  /** A plan that was given was approved before; a new one may need a person first. */
  private approve(job: JobRow): Promise<'GO_ON' | 'WAIT'> {
    const { base } = this.parts;
    return base.db.transact(async (tx) => {
      const { plan } = await lockBoth(tx, base.db, this.storeContext);
      const isSettled = plan.isFrozen || plan.approvalState === 'APPROVED';
      if (isSettled) return 'GO_ON';
      const remembered = (await this.parts.jobs.store.byId(job.id, tx))?.ledgerItemCount ?? 0;
      const removal = { guard: this.run.policies.deletionGuard, remembered };
      if (!needsApproval(this.run.approval, plan.totals, this.run.number === 1, removal)) return 'GO_ON';
      await changePlan(tx, base.db, plan, { approvalState: 'PENDING' });
      await base.changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: plan.id, relatedId: job.id });
      return 'WAIT';
    });
  }

  /** Renews the lease and reads what people wish: at once, then at every beat. */
  private async beat(signal: AbortSignal): Promise<void> {
    const { clock } = this.parts.base;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.miss(error));
      await clock.sleep(this.parts.beat, signal).catch(() => undefined);
    }
  }

  private miss(error: unknown): void {
    const isExpired = this.parts.base.clock.monotonic() - this.renewedAt > LEASE_MS;
    if (error instanceof LeaseLostError || isExpired) this.isLost = true;
    else this.tellDefect(error, 'a sign of life of a run could not be stored');
    if (this.isLost) this.steering.abort();
  }

  /** Renews the lease, stores the newest figures and reads what people wish. One call waits for the one before. */
  look(): Promise<void> {
    this.beating = this.beating.catch(() => undefined).then(() => this.lookNow());
    return this.beating;
  }

  private async lookNow(): Promise<void> {
    const { base, leases } = this.parts;
    await base.db.transact(async (tx) => {
      const run = await lockRun(tx, base.db, this.storeContext);
      if (run === null) return;
      if (run.counters.itemsPlanned !== null) this.report?.planned();
      this.report?.sample(run.counters.itemsDone);
      const figures = this.figures(run);
      await this.parts.runs.update(tx, run.id, { leaseUntil: leases.until(), ...this.clear(run), ...figures });
      await this.parts.samples.note(tx, { ...run, ...figures }, this.storeContext.now());
      const isPlanned = run.counters.itemsPlanned !== null;
      this.steering.obey(run.wish === 'RUN' && !this.windows.isOpen ? 'PAUSE' : run.wish, isPlanned);
      if (isPlanned) this.carryOver();
      await this.followJob(tx);
      await this.showWait(tx, run);
    });
    this.renewedAt = base.clock.monotonic();
    base.hub.wake(eventChannel(this.run.id));
  }

  /**
   * Follows the limits of the job, also those that people give it while the run works. Transfers that began without one and
   * go by it are broken off, and the run is taken up again at once.
   */
  private async followJob(tx: Transaction): Promise<void> {
    const [job] = await this.parts.jobs.store.byIds([this.run.jobId], tx, ['id', 'policies']);
    if (job && this.follow(job)) this.steering.abort();
  }

  /** Keeps to the job's part of the calls and of the network; tells whether bytes go by without being held back. */
  private follow({ policies }: Pick<JobRow, 'policies'>): boolean {
    this.share = policies.budgetShare ?? 1;
    return this.bandwidth.obey(policies.bandwidth ?? []);
  }

  /** Ends the run rather than waiting for the calls of the next hour, where that is its policy. */
  private carryOver(): void {
    const until = this.report?.wait?.until ?? null;
    const { policies, startedById } = this.run;
    const policy = policies.onBudgetExhausted ?? (startedById === null ? 'CARRY_OVER' : 'WAIT');
    // What a scan has left is no list of steps that another run could take up.
    if (until === null || policy === 'WAIT' || this.isScan || this.steering.isStopping) return;
    if (until.getTime() - this.parts.base.clock.now() <= LONGEST_SPIKE_WAIT_MS) return;
    this.resumesAt = until;
    this.steering.endWithPending();
  }

  /** What was done meanwhile, or a long time in peace, clears it of suspicion. */
  private clear({ crashes, counters }: RunRow): Partial<RunRow> {
    const heldMs = this.parts.base.clock.monotonic() - this.claimedAt;
    this.isCleared ||= counters.itemsDone > this.run.itemsAtCrash || heldMs >= CLEARED_AFTER_MS;
    return this.isCleared && crashes > 0 ? { crashes: 0 } : {};
  }

  private figures(run: RunRow): Partial<RunRow> {
    if (this.report === null) return {};
    const { items, bytes } = this.report.discovered();
    return {
      live: this.report.figures(),
      calls: this.report.calls(),
      itemsDiscovered: Math.max(run.itemsDiscovered, items),
      bytesDiscovered: Math.max(run.bytesDiscovered, bytes),
    };
  }

  private async showWait(tx: Transaction, run: RunRow): Promise<void> {
    const { base } = this.parts;
    const wait = this.report?.wait ?? null;
    if (wait !== null && this.isWaiting && (isWorking(run.state) || run.state === 'AWAITING_BUDGET')) {
      const isKnown = run.state === 'AWAITING_BUDGET' && run.waitingUntil?.getTime() === wait.until.getTime();
      if (isKnown) return;
      const changes = { state: 'AWAITING_BUDGET', waitingUntil: wait.until, stateReason: WAITING } as const;
      return changeRunState(tx, base.db, run, changes, this.storeContext);
    }
    if (wait !== null || run.state !== 'AWAITING_BUDGET') return;
    const [plan] = await this.parts.plans.byIds([run.planId], tx);
    const state = (plan && runStateOf(plan.phase)) ?? 'TRANSFERRING';
    await changeRunState(tx, base.db, run, { state, waitingUntil: null, stateReason: null }, this.storeContext);
  }

  private settle(end: WorkEnd): Promise<void> {
    const { base } = this.parts;
    return base.db.transact(
      async (tx) => {
        const run = await lockRun(tx, base.db, this.storeContext);
        if (run === null) return;
        await this.parts.samples.note(tx, run, this.storeContext.now(), true);
        const settlement = this.windows.settle(settlementOf(end, run));
        const { state, reason } = settlement;
        if (state === 'FAILED' && reason !== null) {
          const line = { kind: 'LOG', severity: 'ERROR', message: reason.message } as const;
          await appendRunEvents(tx, base.db, run, [line], this.storeContext.now());
        }
        await settleRun(tx, base.db, run, settlement, this.storeContext);
      },
      { isDurable: true },
    );
  }

  /** Leaves what the run has taken of its budgets to the forecasts of later ones. */
  private async teach(): Promise<void> {
    const { connections, runs } = this.parts;
    const [run] = await runs.byIds([this.run.id]);
    if (!run || !this.report || !isEnded(run.state)) return;
    for (const [id, lesson] of lessonsOf(run, this.report.budgets)) await connections.learnCalls(id, lesson);
  }
}
