import { and, asc, eq, isNotNull, isNull, lte, notExists, notInArray, or, sql } from 'drizzle-orm';
import type { RunRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import { NEVER, nextStartOf } from './next-start.js';

/** Jobs that are started at a time; the others follow with the next look. */
const MAX_DUE_JOBS = 50;

export class ScheduleStore {
  constructor(private readonly db: Database) {}

  /** Jobs whose start has come, or for which changes were told, and that no run works for, those that wait longest first. */
  async due(now: Date, except: readonly string[]): Promise<string[]> {
    const { jobs, runs } = this.db.tables;
    const { reader } = this.db;
    const active = reader
      .select({ one: sql`1` })
      .from(runs)
      .where(eq(runs.activeJobId, jobs.id));
    // Pending items that were carried over wait for the schedule, and changes for the run that takes these up.
    const hasChanges = and(lte(jobs.changesDueAt, now), isNull(jobs.carried));
    const others = except.length > 0 ? notInArray(jobs.id, [...except]) : undefined;
    const rows = await reader
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(or(lte(jobs.nextStartAt, now), hasChanges), notExists(active), others))
      .orderBy(asc(sql`coalesce(${jobs.changesDueAt}, ${jobs.nextStartAt})`), asc(jobs.id))
      .limit(MAX_DUE_JOBS);
    return rows.map(({ id }) => id);
  }

  /** Runs that wait for one of their windows. */
  awaitingWindow(): Promise<RunRow[]> {
    const { runs } = this.db.tables;
    return this.db.reader
      .select()
      .from(runs)
      .where(and(isNotNull(runs.activeJobId), eq(runs.state, 'AWAITING_WINDOW')));
  }
}

/**
 * Sets when a job starts next, as a run of it has ended: an interval begins now, starts by cron stay as they are. Pending
 * items are taken up by the first start after `resumesAt`, or then where the job has no schedule.
 */
export async function scheduleAfterRun(
  tx: Transaction,
  db: Database,
  jobId: string,
  { endedAt, resumesAt }: { endedAt: Date; resumesAt: Date | null },
): Promise<void> {
  const { jobs } = db.tables;
  const [job] = await tx
    .select({
      schedule: jobs.schedule,
      isSuspended: jobs.isSuspended,
      stopReason: jobs.stopReason,
      startsTakenUntil: jobs.startsTakenUntil,
      carried: jobs.carried,
    })
    .from(jobs)
    .where(eq(jobs.id, jobId));
  if (job === undefined || (job.schedule?.intervalAfterEndMs == null && resumesAt === null)) return;
  const ended = endedAt.getTime();
  const nextStartAt = nextStartOf(job, Math.max(ended, resumesAt?.getTime() ?? ended), ended);
  if (nextStartAt.getTime() !== NEVER.getTime()) await tx.update(jobs).set({ nextStartAt }).where(eq(jobs.id, jobId));
}
