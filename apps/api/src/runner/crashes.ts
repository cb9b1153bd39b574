import type { Problem } from '../problems.js';

/*
 * A run or planning that ends its worker again and again must not keep the worker down for the others. What a worker held
 * when it ended is counted; what was held several times is worked on one at a time, so that the next end tells which one it
 * was; and what ends its worker once more is put aside.
 */

/** Ends in a row from which on a run or planning is suspected, and those after which it is put aside. */
export const SUSPECT_CRASHES = 2;
export const MOST_CRASHES = 4;
/** A worker that holds it for so long without an end clears it of suspicion. */
export const CLEARED_AFTER_MS = 60_000;

/** Ends in a row, one more than before; what was done since the last one makes it the first again. */
export function crashesAfter(before: { crashes: number; itemsAtCrash: number }, itemsDone: number): number {
  return itemsDone > before.itemsAtCrash ? 1 : before.crashes + 1;
}

export const RUN_CRASHES: Problem = {
  code: 'INTERNAL_ERROR',
  message:
    `The worker process ended ${MOST_CRASHES} times in a row while it worked on this run, and nothing of it was done in ` +
    'between; the log of the server tells how it ended. The run rests so that others go on: resume it once the cause is ' +
    'gone, such as too little memory or a defect that an update mends, or cancel it.',
  isRetryable: true,
};

export const PLANNING_CRASHES: Problem = {
  code: 'INTERNAL_ERROR',
  message:
    `The worker process ended ${MOST_CRASHES} times in a row while it made this plan; the log of the server tells how it ` +
    'ended. Make a plan again once the cause is gone, such as too little memory or a defect that an update mends.',
  isRetryable: true,
};
