/** A worker process that ends within this time after it was ready, or before, has ended at once. */
export const QUICK_END_MS = 5_000;
/** So many ends at once, one after the other, and the worker counts as down. */
export const MAX_QUICK_ENDS = 5;
export const FIRST_DELAY_MS = 100;
export const MAX_DELAY_MS = 30_000;

/** Ends at once without a longer life between them. `readyFor`: milliseconds since the process was ready, null before that. */
export function quickEndsAfter(quickEnds: number, readyFor: number | null): number {
  return readyFor !== null && readyFor >= QUICK_END_MS ? 0 : quickEnds + 1;
}

/** Milliseconds until the next start: at once after a long life, then doubled with each end at once, half a minute at most. */
export function delayAfter(quickEnds: number): number {
  if (quickEnds === 0) return 0;
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(quickEnds - 1, 20));
}
