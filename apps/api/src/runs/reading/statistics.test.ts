import { expect, it } from 'vitest';
import type { RunRow } from '../../db/row-types.js';
import { emptyCounters } from '../engine-store/counters.js';
import { outcomesOf, reasonsOf, restAtRate, statisticsOf } from './statistics.js';

const runOf = (given: Partial<RunRow>, counters = {}) =>
  ({
    state: 'TRANSFERRING',
    activeJobId: 'job_1',
    eventCount: 3,
    itemsDiscovered: 0,
    bytesDiscovered: 0,
    calls: [],
    live: null,
    ...given,
    counters: { ...emptyCounters(), ...counters },
  }) as unknown as RunRow;

it('has no progress before it is planned, and all of it once it has succeeded', () => {
  expect(statisticsOf(runOf({ state: 'LISTING' })).progress).toBeNull();
  expect(statisticsOf(runOf({ state: 'SUCCEEDED' })).progress).toBe(1);
});

it('counts items and bytes alike', () => {
  const run = runOf({}, { itemsPlanned: 10, itemsDone: 5, bytesPlanned: 1000, bytesDone: 100 });
  expect(statisticsOf(run).progress).toBe(0.3);
});

it('shows the figures that the process which works on the run has stored, and none of a run that rests', () => {
  const live = { itemsInFlight: 2, bytesInFlight: 20, itemsPerSecond: 1, bytesPerSecond: 10 };
  expect(statisticsOf(runOf({ itemsDiscovered: 7, bytesDiscovered: 70, live }))).toMatchObject({
    ...live,
    itemsDiscovered: 7,
    bytesDiscovered: 70,
  });
  expect(statisticsOf(runOf({}))).toMatchObject({ itemsInFlight: 0, bytesPerSecond: 0 });
});

it('leaves out what nothing has', () => {
  const outcomes = { CREATED: { items: 2, bytes: 5 }, PENDING: { items: 0, bytes: 0 } };
  const run = runOf({}, { outcomes, reasons: { NEW: 2, IDENTICAL: 0, OTHER: 9 } });
  expect(outcomesOf(statisticsOf(run))).toEqual([{ outcome: 'CREATED', itemCount: 2, byteCount: 5 }]);
  expect(reasonsOf(statisticsOf(run))).toEqual([
    { reason: 'OTHER', itemCount: 9 },
    { reason: 'NEW', itemCount: 2 },
  ]);
});

it('takes the slower of items and bytes for the rest', () => {
  const run = runOf(
    { live: { itemsInFlight: 0, bytesInFlight: 0, itemsPerSecond: 1, bytesPerSecond: 10 } },
    { itemsPlanned: 10, itemsDone: 5, bytesPlanned: 1000, bytesDone: 0 },
  );
  expect(restAtRate(statisticsOf(run))).toBe(100_000);
  expect(restAtRate(statisticsOf(runOf({}, { itemsPlanned: 1, bytesPlanned: 1 })))).toBeNull();
});
