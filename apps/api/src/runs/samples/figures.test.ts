import { expect, it } from 'vitest';
import { DAY_MS } from '../../spans.js';
import { between, MAX_SAMPLES, sampleInterval } from './figures.js';

it('takes samples of short runs often, and of a day so that all of them fit', () => {
  expect([0, 60_000, 480_000, 480_001].map(sampleInterval)).toEqual([1_000, 1_000, 1_000, 2_000]);
  expect(DAY_MS / sampleInterval(DAY_MS)).toBeLessThanOrEqual(MAX_SAMPLES);
  expect(sampleInterval(100 * DAY_MS)).toBe(300_000);
});

it('counts what was done, and nothing for figures that fell', () => {
  const earlier = { itemsDone: 3, bytesDone: 10, callCount: 4, itemsFlagged: 5 };
  const later = { itemsDone: 5, bytesDone: 10, callCount: 6, itemsFlagged: 1 };
  expect(between(earlier, later)).toEqual({ itemsDone: 2, bytesDone: 0, callCount: 2, itemsFlagged: 0 });
  expect(between(earlier, earlier)).toBeNull();
});
