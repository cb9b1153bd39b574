import { expect, it } from 'vitest';
import { delayAfter, MAX_DELAY_MS, QUICK_END_MS, quickEndsAfter } from './restarts.js';

it('counts ends before the worker was ready, and soon after, until one lives longer', () => {
  expect(quickEndsAfter(0, null)).toBe(1);
  expect(quickEndsAfter(1, QUICK_END_MS - 1)).toBe(2);
  expect(quickEndsAfter(4, QUICK_END_MS)).toBe(0);
});

it('waits longer after each end at once, up to a bound, and not at all after a long life', () => {
  expect([0, 1, 2, 3, 4, 5, 9, 10, 10_000].map(delayAfter)).toEqual([
    0,
    100,
    200,
    400,
    800,
    1_600,
    25_600,
    MAX_DELAY_MS,
    MAX_DELAY_MS,
  ]);
});
