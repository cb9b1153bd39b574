import { PlatformError } from '@sluice/core/platform';
import { isEnded } from '@sluice/core/job';
import type { RunContext, RunEnd } from '@sluice/core/run';
import type { JobRow, RunRow } from '../db/row-types.js';
import { isStoreTrouble } from '../store-trouble.js';
import { needsApproval } from '../runs/lifecycle/approval.js';
import { eventChannel } from '../runs/stream/channels.js';
import { undoneRunOf } from '../runs/engine-store/steps/store-effects.js';
import { runKeysOf } from '../runs/engine-store/store-run-keys.js';
import { appendRunEvents } from '../runs/engine-store/store-events.js';
import { changePlan } from '../runs/engine-store/store-state.js';
import { settleRun } from '../runs/lifecycle/store-settle.js';
import { tracedStore } from '../runs/engine-store/traced-store.js';
import { createEngineStore } from '../runs/engine-store/store.js';
import { LeaseLostError, lockBoth, lockRun, type StoreContext } from '../runs/engine-store/store-context.js';
import { settlementOf, type WorkEnd } from './ending.js';
import { lessonsOf } from './lessons.js';
import { LiveReport } from './report.js';
import { RunWatch } from './run-watch.js';
import { scanContext } from './scan-context.js';
import type { Steering } from './steering.js';
import { openPlaces, openSource, storeContextOf } from './task-context.js';
import type { TaskParts } from './task-parts.js';
import { trashOver } from './trash-over.store.js';

/** The work of this process on one run, from its claim until the lease is given back. */
export class RunTask {
  private readonly watch: RunWatch;
  private readonly storeContext: StoreContext;

  constructor(
    private readonly parts: TaskParts,
    private readonly run: RunRow,
  ) {
    const { base } = parts;
    const { jobId, planId, id: runId, leaseOwner: lease } = run;
    this.storeContext = {
      ...storeContextOf(base, { jobId, planId, runId, lease }),
      onItems: (outcome, count, bytes) => base.meter.items(outcome, count, bytes),
      onEvents: (id) => base.hub.wake(eventChannel(id)),
    };
    this.watch = new RunWatch(parts, run, this.storeContext);
  }

  get steering(): Steering {
    return this.watch.steering;
  }

  /** Whether it has been waiting for calls for so long that another run may have its place. */
  get isWaiting(): boolean {
    return this.watch.isWaiting;
  }

  /** Whether it ended its workers several times, and has not been worked on in peace since. */
  get isSuspect(): boolean {
    return this.watch.isSuspect;
  }

  /** Stores the newest figures and reads what people wish. */
  look(): Promise<void> {
    return this.watch.look();
  }

  /** Never rejects. */
  work(): Promise<void> {
    const { id, jobId } = this.run;
    return this.parts.base.tracer.span('run', { 'sluice.run.id': id, 'sluice.job.id': jobId }, () => this.workToEnd());
  }

  private async workToEnd(): Promise<void> {
    const beats = new AbortController();
    const beating = this.watch.beat(beats.signal);
    const end = await this.end();
    beats.abort();
    await beating;
    if (this.watch.isLost) return;
    try {
      await this.watch.look();
      await this.settle(end);
      await this.teach();
    } catch (error) {
      if (!(error instanceof LeaseLostError)) this.tellDefect(error, 'the end of a run could not be stored');
    }
  }

  private async end(): Promise<WorkEnd> {
    // People may have wished to stop the run while a former process worked on it: it is not begun again then.
    if (this.run.wish !== 'RUN' || !this.watch.windows.isOpen) return { kind: 'STOPPED' };
    try {
      const job = await this.parts.jobs.store.byId(this.run.jobId);
      if (job === null) throw new LeaseLostError('The job was deleted.');
      const report = await this.makeReport(job);
      this.watch.begin(job, report);
      await this.markStarted();
      const end = await this.workOn(job, report);
      const { resumesAt } = this.watch;
      return end.kind === 'STOPPED' && resumesAt !== null ? { kind: 'CARRYING_OVER', resumesAt } : end;
    } catch (error) {
      return this.endOf(error);
    }
  }

  private async workOn(job: JobRow, report: LiveReport): Promise<RunEnd> {
    const { engine } = this.parts;
    if (job.transferType !== 'SCAN')
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
      this.watch.isLost = true;
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
      () => void this.watch.look().catch(() => undefined),
      base.meter,
    );
  }

  private get caller() {
    return { owner: this.run.id, share: this.watch.share, signal: this.steering.signal };
  }

  /** What the engine is given for a run of any type, beside the places. */
  private given(report: LiveReport) {
    const { base } = this.parts;
    return {
      rules: this.run.rules,
      store: tracedStore(createEngineStore(base.db, this.storeContext), base.tracer),
      clock: base.clock,
      throttle: this.watch.bandwidth.throttle,
      report,
      control: this.steering,
      owner: this.run.id,
      share: () => this.watch.share,
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

  private settle(end: WorkEnd): Promise<void> {
    const { base } = this.parts;
    return base.db.transact(
      async (tx) => {
        const run = await lockRun(tx, base.db, this.storeContext);
        if (run === null) return;
        await this.parts.samples.note(tx, run, this.storeContext.now(), true);
        const settlement = this.watch.windows.settle(settlementOf(end, run));
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
    const { report } = this.watch;
    const [run] = await runs.byIds([this.run.id]);
    if (!run || !report || !isEnded(run.state)) return;
    for (const [id, lesson] of lessonsOf(run, report.budgets)) await connections.learnCalls(id, lesson);
  }
}
