import { expect, it } from 'vitest';
import type { Statistics } from './data.js';
import { ratesOf, withLive, type Sample } from './samples.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12) + second * 1_000).toISOString();
const sample = (second: number, done: number): Sample => ({
  ...{ at: at(second), itemsDone: done, bytesDone: 1_000 * done, callCount: 2 * done, itemsFlagged: 0 },
});
const figures = (itemsDone: number) =>
  ({
    itemsDone,
    bytesDone: 0,
    calls: [{ total: 3 }, { total: 4 }],
    outcomes: [{ outcome: 'FLAGGED', itemCount: 2 }],
  }) as Statistics;

it('tells what was done between two samples, by the time between them', () => {
  const rates = ratesOf([sample(0, 0), sample(5, 10), sample(5.1, 11), sample(15, 10)]);
  expect(rates.times.map((time) => time - Date.parse(at(0)) / 1_000)).toEqual([5, 15]);
  expect([rates.itemsPerSecond, rates.bytesPerSecond, rates.callsPerMinute]).toEqual([
    [2, 0],
    [2_000, 0],
    [240, 0],
  ]);
  expect(ratesOf([sample(0, 0)]).times).toEqual([]);
});

it('draws no peak for the moment between the last sample and the one with which the run ends', () => {
  const rates = ratesOf([sample(0, 0), sample(5, 10), sample(10, 20), sample(10.5, 30)]);
  expect(rates.times.map((time) => time - Date.parse(at(0)) / 1_000)).toEqual([5, 10.5]);
  expect(rates.itemsPerSecond.map(Math.round)).toEqual([2, 4]);
});

it('adds what the stream tells every five seconds, and keeps a bounded number', () => {
  const last = sample(10, 1);
  expect(withLive([], last, figures(2), at(14))).toEqual([]);
  expect(withLive([], last, figures(2), at(15))).toEqual([
    { at: at(15), itemsDone: 2, bytesDone: 0, callCount: 7, itemsFlagged: 2 },
  ]);
  let live: readonly Sample[] = [];
  for (let count = 0; count < 300; count++) live = withLive(live, undefined, figures(count), at(5 * count));
  expect([live.length, live.at(-1)?.itemsDone]).toEqual([240, 299]);
});
