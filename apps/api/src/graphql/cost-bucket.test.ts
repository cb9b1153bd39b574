import { expect, it } from 'vitest';
import { CostBuckets } from './cost-bucket.js';

const clock = { now: () => 1_000, monotonic: () => 1_000, sleep: () => Promise.resolve() };

it('remembers a bounded number of payers, and strangers do not make a person rich', () => {
  const buckets = new CostBuckets(clock, 10);
  for (let i = 0; i < 30_000; i++) buckets.charge(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 10);
  expect(buckets.size).toBe(10_000);
  expect(() => buckets.charge('10.0.117.47', 1)).toThrow('Too much was asked');
});
