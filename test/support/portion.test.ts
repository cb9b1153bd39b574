import { expect, it } from 'vitest';
import { readPortion, shareOf } from './portion.js';

it('a portion is one of several parts, and nothing else is', () => {
  expect(readPortion('2/6')).toEqual({ number: 2, of: 6 });
  for (const text of ['0/6', '7/6', '1/0', '6', 'a/b', '1/6/7', '']) expect(readPortion(text), text).toBeNull();
});

it('the portions together are the whole', () => {
  for (const [total, of] of [
    [300, 6],
    [301, 7],
    [3, 5],
  ] as const) {
    const shares = Array.from({ length: of }, (_, index) => shareOf(total, { number: index + 1, of }));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
  }
});
