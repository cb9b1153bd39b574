import { expect, it } from 'vitest';
import { nextAttemptAt, RETRY_DELAYS_MS } from './retry.js';

const HOUR_MS = 3_600_000;

it('waits longer after each failed attempt, about a day in all', () => {
  const waits = RETRY_DELAYS_MS.map((_, index) => nextAttemptAt(0, index + 1, 500, 0)!);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  expect(total).toBeGreaterThan(23 * HOUR_MS);
  expect(total).toBeLessThan(25 * HOUR_MS);
});

it('gives up after the last of them, and at once when the receiver is gone for good', () => {
  expect(nextAttemptAt(0, RETRY_DELAYS_MS.length + 1, 500, 0)).toBeNull();
  expect(nextAttemptAt(0, 1, 410, 0)).toBeNull();
});

it('spreads attempts by up to a tenth of the wait', () => {
  expect([nextAttemptAt(1_000, 1, null, 0), nextAttemptAt(1_000, 1, null, 1)]).toEqual([6_000, 6_500]);
});
