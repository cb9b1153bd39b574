/** A run begins once nothing was told for so long, or so long after the first word at the latest. */
export const QUIET_MS = 10_000;
export const LONGEST_BURST_MS = 60_000;

/** When the runs are due for changes of which the first was told at `firstWordAt` and another one now. */
export function dueAfter(firstWordAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + QUIET_MS, firstWordAt.getTime() + LONGEST_BURST_MS));
}
