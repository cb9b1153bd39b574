import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBench, type Bench } from '../test-bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ settings: { segmentThresholdBytes: 1000 } });
});
afterAll(() => bench.close());

it.each([
  ['CREATE', null, 1],
  ['CREATE', 1000, 2],
  ['CREATE', 1001, 3],
  ['UPDATE', 10, 2],
  ['RENAME', null, 1],
  ['REMOVE', null, 2],
] as const)('%s of %s bytes costs %i calls', (work, size, calls) => {
  expect(bench.platform.destination?.cost?.(work, size)).toBe(calls);
});
