import { expect, it } from 'vitest';
import { isFullPage, joined } from './data.js';

it('offers more tokens after a full page, and none after one that is not full', () => {
  expect([undefined, 0, 99, 100, 101, 200].map(isFullPage)).toEqual([false, false, false, true, false, true]);
});

it('adds the next page of tokens behind those shown, each token once', () => {
  const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  expect(joined([a, b], [b, c])).toEqual([a, b, c]);
  expect([joined(null, [a]), joined([a], null)]).toEqual([[a], [a]]);
});
