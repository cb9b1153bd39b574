import { describe, expect, it } from 'vitest';
import { count, historyCount, leavesAt } from './call-history.js';

const history = (longest: number, ...slices: [from: number, to: number, count: number][]) => ({
  longest,
  history: slices.map(([from, to, calls]) => ({ from, to, count: calls })),
});
const two = () => history(1_000, [0, 100, 2], [200, 300, 3]);

describe('the calls of a rolling window', () => {
  it.each([
    [0, 5],
    [1_149, 5],
    [1_150, 3],
    [1_349, 3],
    [1_350, 0],
  ])('at %i ms: %i of them count', (time, expected) => expect(historyCount(two(), time)).toBe(expected));

  it('are none before the first', () => expect(historyCount(history(1_000), 0)).toBe(0));

  it.each([
    [0, 1, 1_150],
    [0, 2, 1_150],
    [0, 3, 1_350],
    [0, 5, 1_350],
    [0, 6, null],
    [1_149, 2, 1_150],
    [1_150, 1, 1_350],
    [1_150, 4, null],
    [1_350, 1, null],
  ])('at %i ms: %i of them have left it at %s', (now, calls, expected) => {
    expect(leavesAt(two(), now, calls)).toBe(expected);
  });

  it('are counted together while they come within a two-hundredth of its length', () => {
    const hour = history(20_000);
    for (const at of [0, 99, 100, 150]) count(hour, at);
    expect(hour.history).toEqual([
      { from: 0, to: 99, count: 2 },
      { from: 100, to: 150, count: 2 },
    ]);
  });

  it('are counted by an hour until its length is known', () => {
    const hour = history(0);
    for (const at of [0, 17_999, 18_000]) count(hour, at);
    expect(hour.history.map(({ count: calls }) => calls)).toEqual([2, 1]);
    count(hour, 17_999 + 7_200_000);
    expect(hour.history.map(({ from }) => from)).toEqual([18_000, 7_217_999]);
  });

  it('are forgotten after twice its length', () => {
    const hour = history(1_000, [0, 100, 1], [200, 300, 1]);
    count(hour, 2_099);
    expect(hour.history).toHaveLength(3);
    count(hour, 2_100);
    expect(hour.history.map(({ from }) => from)).toEqual([200, 2_099]);
    count(hour, 9_000);
    expect(hour.history.map(({ from }) => from)).toEqual([9_000]);
  });
});
