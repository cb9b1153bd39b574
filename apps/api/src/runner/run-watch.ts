import { isWorking } from '@sluice/core/job';
import { runStateOf } from '@sluice/core/run';
import type { JobRow, RunRow } from '../db/row-types.js';
import type { Transaction } from '../db/database.js';
import type { Problem } from '../problems.js';
import { changeRunState } from '../runs/engine-store/store-state.js';
import { LeaseLostError, lockRun, type StoreContext } from '../runs/engine-store/store-context.js';
import { eventChannel } from '../runs/stream/channels.js';
import { CLEARED_AFTER_MS, SUSPECT_CRASHES } from './crashes.js';
import { LEASE_MS } from './lease.store.js';
import type { LiveReport } from './report.js';
import { RunBandwidth } from './run-bandwidth.js';
import { RunWindows } from './run-windows.js';
import { Steering } from './steering.js';
import type { TaskParts } from './task-parts.js';

/** A run that waits less than this for calls keeps its state; only a longer wait is shown as AWAITING_BUDGET. */
const SHORT_WAIT_MS = 3_000;
/** A longer wait is not for the seconds' window, but for the hour's. */
const LONGEST_SPIKE_WAIT_MS = 15_000;
const WAITING: Problem = {
  code: 'RATE_LIMITED',
  message: 'The calls that the platform allows are used up; the run goes on when there are new ones.',
  isRetryable: true,
};

/** Keeps the lease of a run while this process works on it, stores its figures, and obeys what people and the job wish. */
export class RunWatch {
  readonly steering = new Steering();
  readonly windows: RunWindows;
  readonly bandwidth: RunBandwidth;
  /** Null until the work begins. */
  report: LiveReport | null = null;
  /** The job's part of the calls. */
  share = 1;
  /** When there are new calls for the run that follows this one. */
  resumesAt: Date | null = null;
  isLost = false;
  private isScan = false;
  private looking: Promise<void> = Promise.resolve();
  private renewedAt: number;
  private isCleared = false;
  private readonly claimedAt: number;

  constructor(
    private readonly parts: TaskParts,
    private readonly run: RunRow,
    private readonly storeContext: StoreContext,
  ) {
    const { clock } = parts.base;
    this.bandwidth = new RunBandwidth(clock);
    this.windows = new RunWindows(run.windows, () => clock.now());
    this.claimedAt = this.renewedAt = clock.monotonic();
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

  /** Follows the work on a job that begins now. */
  begin(job: JobRow, report: LiveReport): void {
    this.isScan = job.transferType === 'SCAN';
    this.follow(job);
    this.report = report;
  }

  /** Renews the lease and reads what people wish: at once, then at every beat. */
  async beat(signal: AbortSignal): Promise<void> {
    const { clock } = this.parts.base;
    while (!signal.aborted) {
      await this.look().catch((error: unknown) => this.miss(error));
      await clock.sleep(this.parts.beat, signal).catch(() => undefined);
    }
  }

  private miss(error: unknown): void {
    const isExpired = this.parts.base.clock.monotonic() - this.renewedAt > LEASE_MS;
    if (error instanceof LeaseLostError || isExpired) this.isLost = true;
    else
      this.parts.base.log.error(
        { err: error as Error, runId: this.run.id },
        'a sign of life of a run could not be stored',
      );
    if (this.isLost) this.steering.abort();
  }

  /** Renews the lease, stores the newest figures and reads what people wish. One call waits for the one before. */
  look(): Promise<void> {
    this.looking = this.looking.catch(() => undefined).then(() => this.lookNow());
    return this.looking;
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
}
