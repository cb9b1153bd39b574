import { openingAt } from '@sluice/core/schedule';
import type { RunRow } from '../../db/row-types.js';
import type { Base } from '../../base.js';
import type { JobService } from '../../jobs/job.service.js';
import { Refusal } from '../../problems.js';
import type { RunService } from './run.service.js';
import type { FeedStore } from '../../feeds/feed.store.js';
import { dueStart, takenStart } from '../../schedules/due-start.js';
import type { ScheduleStore } from '../../schedules/schedule.store.js';

/** A job that could not be started is not tried again for this time. */
const HELD_MS = 30_000;

/**
 * Starts the runs of jobs when their time has come, and lets runs go on when one of their windows opens. Any
 * number of processes may do so: a start is taken in the transaction that stores its run.
 */
export class ScheduledStarts {
  /** Until when, by the monotonic clock, jobs are left alone that could not be started. */
  private readonly held = new Map<string, number>();

  constructor(
    private readonly base: Base,
    private readonly stores: { schedules: ScheduleStore; feeds: Pick<FeedStore, 'passOn'> },
    private readonly jobs: JobService,
    private readonly runs: RunService,
  ) {}

  /** Starts what is due, and lets runs go on whose window has opened. */
  async work(signal: AbortSignal): Promise<void> {
    const { schedules, feeds } = this.stores;
    await feeds.passOn(new Date(this.base.clock.now()));
    for (const id of await schedules.due(new Date(this.base.clock.now()), this.stillHeld())) {
      if (signal.aborted) return;
      await this.start(id, signal).catch((error: unknown) => this.hold(id, error));
    }
    for (const run of await schedules.awaitingWindow()) if (this.isOpen(run)) await this.goOn(run.id);
  }

  /** Takes the start of a job that is due: of several processes that try, one. */
  private async start(jobId: string, signal: AbortSignal): Promise<void> {
    await this.runs.refresh(jobId, signal);
    await this.base.db.transact(async (tx) => {
      const job = await this.jobs.store.lock(tx, jobId);
      const now = this.base.clock.now();
      const due = job && dueStart(job, now);
      if (job === null || due === null) return;
      await this.runs.startByItself(tx, jobId, due);
      await this.jobs.store.update(tx, jobId, takenStart(job, due, now));
    });
    this.held.delete(jobId);
  }

  /** A start that is refused stays due, and is made up once the job can run. */
  private hold(jobId: string, error: unknown): void {
    const isNew = !this.held.has(jobId);
    this.held.set(jobId, this.base.clock.monotonic() + HELD_MS);
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.problems;
    const details = { jobId, code: problem?.code };
    if (isNew) this.base.log.warn(details, `a job could not be started by its schedule: ${problem?.message ?? ''}`);
  }

  /** Jobs that are left alone for a while. One that was not tried again long after is not due any more. */
  private stillHeld(): string[] {
    const now = this.base.clock.monotonic();
    for (const [id, until] of this.held) if (until + HELD_MS < now) this.held.delete(id);
    return [...this.held].flatMap(([id, until]) => (until > now ? id : []));
  }

  private isOpen({ windows }: RunRow): boolean {
    return windows === null || openingAt(windows.windows, windows.timeZone, this.base.clock.now()).isOpen;
  }

  private goOn(runId: string): Promise<void> {
    return this.base.db.transact(async (tx) => {
      const run = await this.runs.store.lock(tx, runId);
      if (run?.state === 'AWAITING_WINDOW' && run.wish === 'RUN') await this.runs.continue(tx, run);
    });
  }
}
