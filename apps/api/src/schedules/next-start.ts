import { firstStarts, hasSameStarts, nextStart, type Schedule, type WindowsOfRun } from '@sluice/core/schedule';

/** When a job starts by itself that does not: a column that orders a list is never null. */
export const NEVER = new Date(Date.UTC(9999, 11, 31));

/** What of a job decides when it starts next. */
export interface StartingJob {
  schedule: Schedule | null;
  isSuspended: boolean;
  /** Why its stop policy ended it; null while it goes on. */
  stopReason: string | null;
  /** Pending items of a run that was carried over, which a job takes up by itself also without a schedule. */
  carried: { runId: string; planId: string } | null;
  /** Up to here, in the time of day, all starts of the schedule were taken; null before the first. */
  startsTakenUntil: Date | null;
}

/**
 * The next start of a job, `NEVER` for none. Starts that were taken do not come again, also when the time of day is set
 * back. `now` and `restedSince` in epoch ms: see `StartsFrom`.
 */
export function nextStartOf(job: StartingJob, now: number, restedSince: number): Date {
  const { schedule, startsTakenUntil, carried } = job;
  if (isHeld(job)) return NEVER;
  if (schedule === null || !schedule.isEnabled) return carried === null ? NEVER : new Date(now);
  const after = Math.max(now, startsTakenUntil?.getTime() ?? now);
  const start = nextStart(schedule, { after, restedSince });
  return start === null ? NEVER : new Date(start);
}

/** Whether word of changes starts the job. */
export const followsNow = (job: StartingJob): boolean =>
  !isHeld(job) && job.schedule !== null && job.schedule.isEnabled && job.schedule.followsChanges === true;

const isHeld = ({ isSuspended, stopReason }: StartingJob) => isSuspended || stopReason !== null;

/** Columns of a job that follow from a change of it; none where its starts stay as they are. */
export function rescheduled<Job extends StartingJob>(
  before: Job,
  after: Job,
  { now, isRunning }: { now: number; isRunning: boolean },
): { nextStartAt?: Date; startsTakenUntil?: Date | null; changesDueAt?: null } {
  const isSame = startsEqual(before.schedule, after.schedule);
  const forgotten = followsNow(before) && !followsNow(after) ? { changesDueAt: null } : {};
  if (isSame && isHeld(before) === isHeld(after)) return forgotten;
  const startsTakenUntil = isSame ? after.startsTakenUntil : null;
  const waitsForEnd = isRunning && after.schedule?.cron === null;
  const nextStartAt = waitsForEnd ? NEVER : nextStartOf({ ...after, startsTakenUntil }, now, now);
  return { nextStartAt, startsTakenUntil, ...forgotten };
}

function startsEqual(one: Schedule | null, other: Schedule | null): boolean {
  if (one === null || other === null) return one === other;
  return one.isEnabled === other.isEnabled && hasSameStarts(one, other);
}

/** The coming starts of a job, the first of which may be due. */
export function comingStarts(
  { schedule, nextStartAt }: { schedule: Schedule; nextStartAt: Date },
  now: number,
  count: number,
): Date[] {
  if (nextStartAt.getTime() === NEVER.getTime()) return [];
  const first = Math.max(nextStartAt.getTime(), now);
  const interval = schedule.intervalAfterEndMs ?? 0;
  const others = firstStarts(schedule, { after: first + interval, restedSince: first }, count - 1);
  return [first, ...(count > 1 ? others : [])].map((start) => new Date(start));
}

/** What a new run keeps of the windows of its job; null where it may work at any time. */
export function windowsOf(schedule: Schedule | null): WindowsOfRun | null {
  if (schedule === null || !schedule.isEnabled || schedule.windows.length === 0) return null;
  return { timeZone: schedule.timeZone, windows: schedule.windows };
}
