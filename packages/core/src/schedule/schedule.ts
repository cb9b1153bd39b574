import { cronStarts } from './cron.js';
import type { TimeWindow } from './windows.js';

/** When a job runs by itself: either by `cron`, or `intervalAfterEndMs` after the end of each run. */
export interface Schedule {
  cron: string | null;
  intervalAfterEndMs: number | null;
  /** Time zone of cron and windows. */
  timeZone: string;
  /** When its runs may work; none for always. */
  windows: readonly TimeWindow[];
  /** Whether it also starts when a platform tells of changes; absent: no. */
  followsChanges?: boolean;
  isEnabled: boolean;
}

/** Epoch ms. `restedSince`: the end of the last run, or the time since which the schedule is in force if that is later. */
export interface StartsFrom {
  after: number;
  restedSince: number;
}

/**
 * The coming starts, in order and without an end unless the rule has one. With an interval each run is taken to end as it
 * begins, since nobody knows how long it works.
 */
export function* startsOf(schedule: Schedule, { after, restedSince }: StartsFrom): Generator<number> {
  const { cron, intervalAfterEndMs, timeZone, isEnabled } = schedule;
  if (!isEnabled) return;
  if (cron !== null) yield* cronStarts(cron, timeZone, after);
  if (intervalAfterEndMs === null) return;
  for (let start = Math.max(restedSince + intervalAfterEndMs, after); ; start += intervalAfterEndMs) yield start;
}

/** At most so many of the coming starts. */
export function firstStarts(schedule: Schedule, from: StartsFrom, count: number): number[] {
  const starts: number[] = [];
  for (const start of startsOf(schedule, from)) {
    if (starts.push(start) >= count) break;
  }
  return starts;
}

export function nextStart(schedule: Schedule, from: StartsFrom): number | null {
  return firstStarts(schedule, from, 1)[0] ?? null;
}

/** Whether both start at the same times; windows and whether they are in force aside. */
export function hasSameStarts(one: Schedule, other: Schedule): boolean {
  return (
    one.cron === other.cron &&
    one.intervalAfterEndMs === other.intervalAfterEndMs &&
    (one.cron === null || one.timeZone === other.timeZone)
  );
}
