import { expect, it } from 'vitest';
import { bandwidthAt, type BandwidthLimit, WEEKDAYS } from './index.js';

const DAY: BandwidthLimit = {
  window: { days: WEEKDAYS.slice(0, 5), from: '08:00', to: '18:00' },
  timeZone: 'Europe/Berlin',
  uploadBytesPerSecond: 1_000_000,
  downloadBytesPerSecond: 2_000_000,
};
const ALWAYS: BandwidthLimit = {
  window: null,
  timeZone: 'UTC',
  uploadBytesPerSecond: null,
  downloadBytesPerSecond: 5_000_000,
};
const at = (limits: readonly BandwidthLimit[], now: string) => {
  const { bytesPerSecond, until } = bandwidthAt(limits, Date.parse(now));
  return [bytesPerSecond, until === null ? null : new Date(until).toISOString()];
};

it('is without bounds where there is no limit, and where none has an open window', () => {
  expect(at([], '2026-01-05T09:00:00Z')).toEqual([null, null]);
  expect(at([DAY], '2026-01-05T20:00:00Z')).toEqual([null, '2026-01-06T07:00:00.000Z']);
});

it('is the smaller of both limits of the first whose window is open, until that changes', () => {
  expect(at([DAY, ALWAYS], '2026-01-05T09:00:00Z')).toEqual([1_000_000, '2026-01-05T17:00:00.000Z']);
  expect(at([DAY, ALWAYS], '2026-01-05T17:00:00Z')).toEqual([5_000_000, '2026-01-06T07:00:00.000Z']);
  expect(at([ALWAYS, DAY], '2026-01-05T09:00:00Z')[0]).toBe(5_000_000);
});
