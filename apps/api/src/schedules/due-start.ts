import { followsNow, NEVER, nextStartOf, type StartingJob } from './next-start.js';

/** What of a job decides whether it starts now. */
export interface DueJob extends StartingJob {
  nextStartAt: Date;
  /** When a run became due because a platform told of changes; null when none is due for that. */
  changesDueAt: Date | null;
}

/** What starts a job now, null for nothing; `now` in epoch ms. A start of the schedule is one for the changes too. */
export function dueStart(job: DueJob, now: number): 'SCHEDULE' | 'CHANGE' | null {
  if (job.nextStartAt.getTime() <= now) return 'SCHEDULE';
  const isTold = job.changesDueAt !== null && job.changesDueAt.getTime() <= now;
  // Pending items that were carried over wait for the schedule: the calls of the hour are used up.
  return isTold && job.carried === null && followsNow(job) ? 'CHANGE' : null;
}

/**
 * Columns of a job whose start was taken. A run that takes up pending items lists nothing anew, so changes stay due for the
 * one after it.
 */
export function takenStart(
  job: DueJob,
  start: 'SCHEDULE' | 'CHANGE',
  now: number,
): Partial<Pick<DueJob, 'nextStartAt' | 'startsTakenUntil' | 'changesDueAt'>> {
  const told = job.carried === null ? { changesDueAt: null } : {};
  if (start === 'CHANGE') return told;
  const startsTakenUntil = new Date(Math.max(now, job.startsTakenUntil?.getTime() ?? 0));
  const isInterval = job.schedule?.cron === null;
  const nextStartAt = isInterval ? NEVER : nextStartOf({ ...job, startsTakenUntil, carried: null }, now, now);
  return { ...told, nextStartAt, startsTakenUntil };
}
