import { cronProblem } from './cron.js';
import type { Schedule } from './schedule.js';
import { WEEKDAYS, type TimeWindow } from './windows.js';

export const MAX_WINDOWS = 20;
const MIN_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 366 * 86_400_000;

/** What is wrong with a schedule: where, below it, and in a sentence that says what would be right. */
export interface ScheduleProblem {
  code: 'INVALID' | 'OUT_OF_RANGE' | 'TOO_LONG' | 'REQUIRED';
  field: readonly string[];
  message: string;
}

/** `now` in epoch ms: a schedule that never starts after it is refused. */
export function problemsOfSchedule(schedule: Schedule, now: number): ScheduleProblem[] {
  return [...startProblems(schedule, now), ...windowProblems(schedule.windows)];
}

function startProblems({ cron, intervalAfterEndMs: interval }: Schedule, now: number): ScheduleProblem[] {
  const message = cron === null ? null : cronProblem(cron, now);
  if (message !== null) return [{ code: 'INVALID', field: ['starts', 'cron'], message }];
  if (interval === null || (interval >= MIN_INTERVAL_MS && interval <= MAX_INTERVAL_MS)) return [];
  const range = 'The time between two runs must be from one second (PT1S) to 366 days (P366D).';
  return [{ code: 'OUT_OF_RANGE', field: ['starts', 'intervalAfterEnd'], message: range }];
}

function windowProblems(windows: readonly TimeWindow[]): ScheduleProblem[] {
  if (windows.length > MAX_WINDOWS)
    return [{ code: 'TOO_LONG', field: ['windows'], message: `Give at most ${MAX_WINDOWS} windows.` }];
  return windows.flatMap((window, index) =>
    problemsOfWindow(window).map((problem) => ({ ...problem, field: ['windows', String(index), ...problem.field] })),
  );
}

/** What is wrong with one window. */
export function problemsOfWindow({ days }: TimeWindow): ScheduleProblem[] {
  if (days.length === 0)
    return [{ code: 'REQUIRED', field: ['days'], message: 'Say on which days the window begins.' }];
  const isTwice = new Set(days).size < days.length;
  const message = `Name each day once, of ${WEEKDAYS.join(', ')}.`;
  return isTwice ? [{ code: 'INVALID', field: ['days'], message }] : [];
}
