import type { JobRow, RunRow } from '../db/row-types.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { connectionIdsOf } from '../jobs/job.service.js';
import type { ProblemCode } from '../problems.js';
import { WORK_CHANNEL } from '../runs/stream/channels.js';
import type { RunService } from '../runs/lifecycle/run.service.js';
import type { ScheduledStarts } from '../runs/lifecycle/scheduled-starts.js';
import { PlanTask } from './plan-task.js';
import { putAside } from './put-aside.js';
import { RestWatch } from './rest.js';
import { RunTask } from './run-task.js';
import type { TaskParts } from './task-parts.js';
import { ScanResultStore } from '../runs/reading/scan.store.js';
import { StepPruning } from '../runs/engine-store/steps/step-pruning.store.js';
import { tidy } from './tidying.js';

/** Runs that work at the same time, and those besides that only wait for calls. */
const MAX_RUNS = 8;
const MAX_WAITING_RUNS = 56;
const MAX_PLANS = 2;
/** When the process ends, runs have this time to reach a safe point; then they are aborted. */
const STOP_TIMEOUT_MS = 8_000;
const REVIVE_INTERVAL_MS = 30_000;
const PRUNE_INTERVAL_MS = 3_600_000;
const TIDY_INTERVAL_MS = 60_000;
const USABLE = new Set(['HEALTHY', 'DEGRADED', 'UNTESTED']);
const FOR_PEOPLE: ReadonlySet<ProblemCode> = new Set(['APPROVAL_REQUIRED', 'INTERNAL_ERROR']);

interface Task {
  steering: { stop(): void; abort(): void };
  /** Whether it only waits for calls: then another one may have its place. */
  readonly isWaiting: boolean;
  /** Whether it ended its workers several times, and has not been worked on in peace since. */
  readonly isSuspect: boolean;
  work(): Promise<void>;
  look?(): Promise<void>;
}

/**
 * The worker: claims queued runs and plans by leases and works on several of them at once. This folder decides when work
 * begins, stops and ends; what is copied and how is decided by the engine in `@sluice/core`, and what is stored by `runs/`.
 */
export class Runner {
  private readonly running = new Map<Task, Promise<void>>();
  private readonly closing = new AbortController();
  private wakeUp: () => void = () => undefined;
  private hasWork = true;
  private loop: Promise<void> = Promise.resolve();
  private watch: Promise<unknown> = Promise.resolve();
  private unlisten: () => void = () => undefined;
  private readonly rests: RestWatch;

  constructor(
    private readonly parts: TaskParts,
    private readonly runs: RunService,
    private readonly schedules: Pick<ScheduledStarts, 'work'>,
    private readonly options: { poll: number; followsCrash: boolean },
  ) {
    this.rests = new RestWatch(parts.base.clock);
  }

  /** Begins to work, first on what a former process left. */
  async start(): Promise<void> {
    const { base, jobs, leases } = this.parts;
    const prunings = [
      new StepPruning(base.db, () => base.clock.now(), base.config.limits),
      new ScanResultStore(base.db),
    ];
    await leases.enter(this.options.followsCrash);
    this.unlisten = base.hub.listen(WORK_CHANNEL, () => this.wake());
    this.loop = this.claimUntilClosed();
    this.watch = Promise.all([
      this.watchConnections(),
      this.every(this.options.poll, () => this.schedules.work(this.closing.signal)),
      this.every(REVIVE_INTERVAL_MS, () => this.reviveAll()),
      this.every(PRUNE_INTERVAL_MS, () => this.pruneOld()),
      this.every(TIDY_INTERVAL_MS, () => tidy(base, jobs.removals, prunings, this.closing.signal)),
    ]);
  }

  /** Stops all work: runs reach a safe point, and go on after the next start. */
  async stop(): Promise<void> {
    await this.takeNoMore();
    const patience = new AbortController();
    const { clock } = this.parts.base;
    void clock.sleep(STOP_TIMEOUT_MS, patience.signal).then(
      () => this.each((task) => task.steering.abort()),
      () => undefined,
    );
    this.each((task) => (task instanceof PlanTask ? task.steering.abort() : task.steering.stop()));
    await Promise.all(this.running.values());
    patience.abort();
  }

  /** Takes no more work and waits until that under way is done. */
  async retire(): Promise<void> {
    await this.takeNoMore();
    await Promise.all(this.running.values());
  }

  private async takeNoMore(): Promise<void> {
    this.closing.abort();
    this.unlisten();
    this.wakeUp();
    await Promise.all([this.loop, this.watch]);
  }

  private each(work: (task: Task) => void): void {
    for (const task of this.running.keys()) work(task);
  }

  /** Wakes the loop that claims work. It is called right after commits, so it does nothing else itself. */
  private wake(): void {
    this.hasWork = true;
    this.wakeUp();
  }

  private async claimUntilClosed(): Promise<void> {
    const { base } = this.parts;
    const { signal } = this.closing;
    while (!signal.aborted) {
      this.hasWork = false;
      this.each((task) => void task.look?.().catch(() => undefined));
      await this.claim().catch((error: unknown) =>
        base.log.error({ err: error as Error }, 'work could not be claimed'),
      );
      if (!this.hasWork && !signal.aborted) await this.rest(signal);
    }
  }

  private async rest(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const rung = new Promise<void>((resolve) => (this.wakeUp = resolve));
    const slept = this.parts.base.clock
      .sleep(this.options.poll, AbortSignal.any([signal, stop.signal]))
      .catch(() => undefined);
    await Promise.race([rung, slept]);
    stop.abort();
  }

  private async claim(): Promise<void> {
    const { leases } = this.parts;
    await this.wakeRested();
    await putAside(this.parts);
    const tasks = [...this.running.keys()];
    const running = tasks.filter((task) => task instanceof RunTask);
    const planning = tasks.filter((task) => task instanceof PlanTask && !task.isWaiting).length;
    const working = running.filter((task) => !task.isWaiting).length;
    const freeRuns = Math.min(MAX_RUNS - working, MAX_RUNS + MAX_WAITING_RUNS - running.length);
    const hasSuspect = () => [...this.running.keys()].some(({ isSuspect }) => isSuspect);
    if (freeRuns > 0) for (const run of await leases.claimRuns(freeRuns, !hasSuspect())) this.beginRun(run);
    if (planning < MAX_PLANS) {
      const claimed = await leases.claimPlans(MAX_PLANS - planning, !hasSuspect());
      for (const plan of claimed) this.begin(new PlanTask(this.parts, plan));
    }
  }

  /** Lets runs try again whose rest after trouble that passes is over. */
  private async wakeRested(): Promise<void> {
    for (const { id } of this.rests.over(await this.runs.store.resting())) await this.goOn(id);
  }

  private goOn(runId: string): Promise<void> {
    return this.parts.base.db.transact(async (tx) => {
      const row = await this.runs.store.lock(tx, runId);
      if (row?.state === 'PAUSED' && row.wish === 'RUN') await this.runs.continue(tx, row);
    });
  }

  private beginRun(run: RunRow): void {
    this.parts.base.log.info({ runId: run.id, worker: process.pid }, 'a run was taken up');
    this.begin(new RunTask(this.parts, run));
  }

  private begin(task: Task): void {
    const work = task.work().finally(() => {
      this.running.delete(task);
      this.wake();
    });
    this.running.set(task, work);
  }

  /** When a connection changes, checks its jobs again and continues its runs that were paused for the sake of their account. */
  private async watchConnections(): Promise<void> {
    const { base, jobs } = this.parts;
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        for await (const { subjectId } of base.changes.follow({ topics: ['CONNECTION'] }, null, signal)) {
          await jobs.recheck(subjectId, signal);
          const ofConnection = await jobs.store.ofConnection(subjectId);
          await this.revive(await this.runs.store.resting(), ofConnection);
        }
      } catch (error) {
        this.tell(error);
        await base.clock.sleep(this.options.poll, signal).catch(() => undefined);
      }
    }
  }

  /** Continues every run whose account works again: a sign-in during the pausing of a run causes no later change. */
  private async reviveAll(): Promise<void> {
    const resting = await this.runs.store.resting();
    const jobs = await this.parts.jobs.store.byIds(resting.map(({ jobId }) => jobId));
    await this.revive(
      resting,
      jobs.flatMap((job) => job ?? []),
    );
  }

  private async pruneOld(): Promise<void> {
    const { clock, config } = this.parts.base;
    const now = clock.now();
    await this.runs.store.pruneEvents(new Date(now - config.limits.eventRetention));
    await this.parts.samples.prune(new Date(now));
  }

  private async every(milliseconds: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await work().catch((error: unknown) => this.tell(error));
      await this.parts.base.clock.sleep(milliseconds, signal).catch(() => undefined);
    }
  }

  private tell(error: unknown): void {
    if (this.closing.signal.aborted) return;
    this.parts.base.log.error({ err: error as Error }, 'upkeep of runs failed');
  }

  private async revive(resting: readonly RunRow[], jobs: readonly JobRow[]): Promise<void> {
    const byId = new Map(jobs.map((job) => [job.id, job]));
    for (const run of resting) {
      const job = byId.get(run.jobId);
      if (job === undefined || !(await this.isUsable(this.parts.connections, job, run))) continue;
      await this.goOn(run.id);
    }
  }

  /**
   * Whether a paused run can continue. A question that it asked is answered by people only, and a run that ended its workers
   * is resumed by them only. After a refused secret its
   * connection has to be tested first, since the run would otherwise fail again and again.
   */
  private async isUsable(connections: ConnectionAccess, job: JobRow, run: RunRow): Promise<boolean> {
    if (run.stateReason !== null && FOR_PEOPLE.has(run.stateReason.code)) return false;
    const rows = await connections.byIds(connectionIdsOf(job));
    if (!rows.every((row) => row !== null && USABLE.has(row.status))) return false;
    if (run.stateReason?.code === 'SIGN_IN_REQUIRED') return true;
    const since = await this.runs.store.restingSince(run.id);
    return rows.some((row) => row?.checkedAt && row.checkedAt > since);
  }
}
