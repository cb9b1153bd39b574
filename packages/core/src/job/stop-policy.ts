import { isEnded, type RunState } from './run-state.js';

/** When a job ends by itself; null for never. Names and meanings are those of the public `JobPolicies`. */
export interface StopLimits {
  stopAfterRuns: number | null;
  /** In a row. */
  stopAfterUnchangedRuns: number | null;
  stopAfterFailedRuns: number | null;
}

/** Runs of a job since it got its limits or was resumed; `unchanged` are the latest ones in a row. */
export interface RunTally {
  runs: number;
  unchanged: number;
  failed: number;
}

export const NO_RUNS: RunTally = { runs: 0, unchanged: 0, failed: 0 };

/** What an ended run says to the stop policy of its job. */
export interface TalliedRun {
  state: RunState;
  /** Whether anything was changed on either side. */
  hasChanged: boolean;
  /** Whether items that failed are tried again by the next run. */
  isRetried: boolean;
  /** Whether it was about chosen items alone. */
  isRestricted: boolean;
}

/**
 * The tally after a run. Runs that people canceled, that are carried over, or that try chosen items again are none of those
 * that a limit means, but what they changed ends a row of unchanged ones.
 */
export function tallied(tally: RunTally, run: TalliedRun): RunTally {
  const isCounted = isEnded(run.state) && run.state !== 'CANCELED' && run.state !== 'CARRIED_OVER' && !run.isRestricted;
  if (!isCounted) return run.hasChanged ? { ...tally, unchanged: 0 } : tally;
  const isFailed = run.state === 'FAILED';
  const isUnchanged = !isFailed && !run.hasChanged && !run.isRetried;
  return {
    runs: tally.runs + 1,
    unchanged: isUnchanged ? tally.unchanged + 1 : 0,
    failed: tally.failed + Number(isFailed),
  };
}

export const hasStopLimit = (limits: StopLimits): boolean =>
  limits.stopAfterRuns !== null || limits.stopAfterUnchangedRuns !== null || limits.stopAfterFailedRuns !== null;

/** Why a job with that tally ends, in a sentence; null while it goes on. */
export function stopReasonOf(limits: StopLimits, tally: RunTally): string | null {
  const reached = (limit: number | null, count: number): limit is number => limit !== null && count >= limit;
  const { stopAfterRuns: runs, stopAfterUnchangedRuns: unchanged, stopAfterFailedRuns: failed } = limits;
  if (reached(failed, tally.failed)) return `It ends after ${counted(failed, 'failed run')}.`;
  if (reached(unchanged, tally.unchanged))
    return `It ends after ${counted(unchanged, 'run')}${unchanged === 1 ? '' : ' in a row'} that changed nothing.`;
  if (reached(runs, tally.runs)) return `It ends after ${counted(runs, 'run')}.`;
  return null;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
