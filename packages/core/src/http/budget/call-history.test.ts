import { describe, expect, it } from 'vitest';
import { count, historyCount, leavesAt } from './call-history.js';
import { historyOf } from './state.testing.js';

const hourOf = (longest: number, ...slices: [end: number, count: number][]) => ({
  longest,
  history: historyOf(...slices),
});
const two = () => hourOf(1_000, [100, 2], [300, 3]);

describe('the calls of a rolling window', () => {
  it.each([
    [0, 5],
    [1_149, 5],
    [1_150, 3],
    [1_349, 3],
    [1_350, 0],
  ])('at %i ms: %i of them count', (time, expected) => expect(historyCount(two(), time)).toBe(expected));

  it('are none before the first', () => expect(historyCount(hourOf(1_000), 0)).toBe(0));

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
    const hour = hourOf(20_000);
    for (const at of [0, 99, 100, 150]) count(hour, at);
    expect(hour.history).toEqual({ openedAt: 100, ends: [99, 150], counts: [2, 2] });
  });

  it('are counted by an hour until its length is known', () => {
    const hour = hourOf(0);
    for (const at of [0, 17_999, 18_000]) count(hour, at);
    expect(hour.history).toEqual({ openedAt: 18_000, ends: [17_999, 18_000], counts: [2, 1] });
    count(hour, 17_999 + 7_200_000);
    expect(hour.history.ends).toEqual([18_000, 7_217_999]);
  });

  it('are forgotten after twice its length', () => {
    const hour = hourOf(1_000, [100, 1], [300, 1]);
    count(hour, 2_099);
    expect(hour.history).toEqual({ openedAt: 2_099, ends: [100, 300, 2_099], counts: [1, 1, 1] });
    count(hour, 2_100);
    expect(hour.history).toEqual({ openedAt: 2_099, ends: [300, 2_100], counts: [1, 2] });
    count(hour, 9_000);
    expect(hour.history).toEqual({ openedAt: 9_000, ends: [9_000], counts: [1] });
  });
});
