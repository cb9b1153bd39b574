import type { TimeMark } from './budget-types.js';

/*
 * The time of a budget goes on evenly for all processes that share it, whatever is done to the time of day. Processes of
 * one machine read it off their common monotonic clock. Only after the machine was started anew, or on another machine,
 * does the time of day tell how much of it has passed since the last mark.
 */

/** The clocks of a process at one moment; `day` is the time of day by the store. */
export type Here = Omit<TimeMark, 'at'>;

/** What to add to the monotonic clock of a process to get the budget's time. */
export function offsetOf(mark: TimeMark | null, here: Here): number {
  if (mark === null) return here.day - here.monotonic;
  if (mark.machine === here.machine) return mark.at - mark.monotonic;
  return mark.at + Math.max(0, here.day - mark.day) - here.monotonic;
}

/** The budget's time now, in whole ms, and the offset that gives it: never earlier than what was marked before. */
export function timeAt(mark: TimeMark | null, offset: number, monotonic: number): { now: number; offset: number } {
  const now = Math.max(mark?.at ?? -Infinity, Math.floor(offset + monotonic));
  return { now, offset: Math.max(offset, now - monotonic) };
}
