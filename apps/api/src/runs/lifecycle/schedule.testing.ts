import { FakeClock } from '@sluice/core/testing';
import type { RunRow } from '../../db/row-types.js';
import type { Base } from '../../base.js';
import type { Database } from '../../db/database.js';
import { JobService } from '../../jobs/job.service.js';
import type { ConnectionAccess } from '../../jobs/ports.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import { ChangeLog } from '../../live/change-log.js';
import { Hub } from '../../live/hub.js';
import { createLog } from '../../log.js';
import { MappingStore } from '../../mappings/mapping.store.js';
import { PlanStore } from '../../plans/plan.store.js';
import { FeedStore } from '../../feeds/feed.store.js';
import { Gate } from './gate.js';
import { ItemStore } from '../reading/item.store.js';
import { RunService } from './run.service.js';
import { RunStore } from '../reading/run.store.js';
import { settleRun, type Settlement } from './store-settle.js';
import { jobRow, seedJob } from '../engine-store/testing.js';
import { nextStartOf, type StartingJob } from '../../schedules/next-start.js';
import { ScheduledStarts } from './scheduled-starts.js';
import { ScheduleStore } from '../../schedules/schedule.store.js';

const NEVER_ABORTED = new AbortController().signal;

/** Jobs with schedules over connections that exist in name only, and any number of processes that start them. */
export class ScheduleScene {
  readonly clock = new FakeClock(Date.UTC(2026, 0, 5, 8));
  readonly runs: RunStore;
  readonly feeds: FeedStore;
  readonly jobs: JobService;
  /** Of both connections. */
  status = 'HEALTHY';
  private readonly base: Base;

  constructor(readonly db: Database) {
    const hub = new Hub();
    const { clock } = this;
    const changes = new ChangeLog(db, hub, clock, { limits: DEFAULT_LIMITS, hasPeers: true });
    this.base = {
      db,
      clock,
      hub,
      changes,
      log: createLog('silent'),
      config: { limits: DEFAULT_LIMITS },
    } as unknown as Base;
    this.runs = new RunStore(db);
    this.feeds = new FeedStore(db);
    this.jobs = new JobService(this.base, this.connections(), new MappingStore(this.base));
  }

  /** What one process has of its own. */
  process(): { work: () => Promise<void>; runs: RunService } {
    const gate = new Gate(this.jobs, this.connections(), this.runs);
    const items = new ItemStore(this.db);
    const runs = new RunService(this.base, this.jobs, gate, this.runs, items, new PlanStore(this.db));
    const service = new ScheduledStarts(
      this.base,
      { schedules: new ScheduleStore(this.db), feeds: this.feeds },
      this.jobs,
      runs,
    );
    return { runs, work: () => service.work(NEVER_ABORTED) };
  }

  async addJob(id: string, starting: Partial<StartingJob> & Partial<Parameters<typeof jobRow>[0]>): Promise<string> {
    const job = {
      schedule: null,
      isSuspended: false,
      stopReason: null,
      carried: null,
      startsTakenUntil: null,
      ...starting,
    };
    const now = this.clock.now();
    return seedJob(this.db, jobRow({ id, ...job, nextStartAt: nextStartOf(job, now, now) }));
  }

  async nextStartOf(jobId: string): Promise<string | undefined> {
    return (await this.jobs.store.byId(jobId))?.nextStartAt.toISOString();
  }

  /** Runs of a job by their number. */
  async runsOf(jobId: string): Promise<RunRow[]> {
    const rows = await this.db.reader.select().from(this.db.tables.runs);
    return rows.filter((run) => run.jobId === jobId).sort((one, other) => one.number - other.number);
  }

  /** Ends the active run of the job, or lets it wait. */
  async settle(jobId: string, settlement: Partial<Settlement> = {}): Promise<void> {
    await this.db.transact(async (tx) => {
      const active = await this.runs.activeOf(tx, jobId);
      const run = active && (await this.runs.lock(tx, active.id));
      if (run === null) throw new Error('The job has no active run.');
      const { changes, clock } = this.base;
      const context = { now: () => new Date(clock.now()), changes, onEvents: () => undefined };
      await settleRun(tx, this.db, run, { state: 'SUCCEEDED', reason: null, ...settlement }, context);
    });
  }

  private connections(): ConnectionAccess {
    const byIds = async (ids: readonly string[]) => ids.map((id) => ({ id, name: id, status: this.status }));
    return { byIds, budgetIdOf: async () => null } as unknown as ConnectionAccess;
  }
}
