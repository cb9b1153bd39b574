import { expect, it } from 'vitest';
import { hasStopLimit, NO_RUNS, stopReasonOf, tallied, type StopLimits, type TalliedRun } from './stop-policy.js';

const NEVER: StopLimits = { stopAfterRuns: null, stopAfterUnchangedRuns: null, stopAfterFailedRuns: null };
const QUIET: TalliedRun = { state: 'SUCCEEDED', hasChanged: false, isRetried: false, isRestricted: false };
const BUSY: TalliedRun = { ...QUIET, hasChanged: true };
const FAILED: TalliedRun = { ...QUIET, state: 'FAILED' };
const after = (...runs: TalliedRun[]) => runs.reduce(tallied, NO_RUNS);

it.each<[string, Partial<TalliedRun>, [number, number, number]]>([
  ['that changed nothing', {}, [4, 3, 1]],
  ['that changed nothing and flagged items', { state: 'SUCCEEDED_WITH_ISSUES' }, [4, 3, 1]],
  ['that changed something', { hasChanged: true }, [4, 0, 1]],
  ['whose items are tried again', { state: 'SUCCEEDED_WITH_ISSUES', isRetried: true }, [4, 0, 1]],
  ['that failed', { state: 'FAILED' }, [4, 0, 2]],
  ['that was canceled', { state: 'CANCELED' }, [3, 2, 1]],
  ['that was canceled after it had changed something', { state: 'CANCELED', hasChanged: true }, [3, 0, 1]],
  ['that is carried over', { state: 'CARRIED_OVER' }, [3, 2, 1]],
  ['that is carried over and changed something', { state: 'CARRIED_OVER', hasChanged: true }, [3, 0, 1]],
  ['of chosen items', { isRestricted: true }, [3, 2, 1]],
  ['of chosen items that changed something', { isRestricted: true, hasChanged: true }, [3, 0, 1]],
])('a run %s is counted for what it is', (_name, run, [runs, unchanged, failed]) => {
  const before = { runs: 3, unchanged: 2, failed: 1 };
  expect(tallied(before, { ...QUIET, ...run })).toEqual({ runs, unchanged, failed });
});

it('a job ends after so many runs, so many unchanged ones in a row, or so many failed ones', () => {
  expect(stopReasonOf({ ...NEVER, stopAfterRuns: 2 }, after(BUSY))).toBeNull();
  expect(stopReasonOf({ ...NEVER, stopAfterRuns: 2 }, after(BUSY, FAILED))).toBe('It ends after 2 runs.');
  const unchanged = { ...NEVER, stopAfterUnchangedRuns: 2 };
  expect(stopReasonOf(unchanged, after(QUIET, BUSY, QUIET))).toBeNull();
  expect(stopReasonOf(unchanged, after(QUIET, QUIET))).toBe('It ends after 2 runs in a row that changed nothing.');
  const once = stopReasonOf({ ...NEVER, stopAfterUnchangedRuns: 1 }, after(BUSY, QUIET));
  expect(once).toBe('It ends after 1 run that changed nothing.');
  const failed = { ...NEVER, stopAfterFailedRuns: 2 };
  expect(stopReasonOf(failed, after(FAILED, QUIET))).toBeNull();
  expect(stopReasonOf(failed, after(FAILED, BUSY, FAILED))).toBe('It ends after 2 failed runs.');
});

it('a job without limits never ends', () => {
  expect(hasStopLimit(NEVER)).toBe(false);
  for (const name of Object.keys(NEVER)) expect(hasStopLimit({ ...NEVER, [name]: 1 }), name).toBe(true);
  expect(stopReasonOf(NEVER, { runs: 99, unchanged: 99, failed: 99 })).toBeNull();
});
