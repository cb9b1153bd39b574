import { expect, it } from 'vitest';
import { openingAt, type TimeWindow, WEEKDAYS } from './index.js';

const WORKDAYS = WEEKDAYS.slice(0, 5);
const NIGHTS: TimeWindow[] = [{ days: WORKDAYS, from: '20:00', to: '06:00' }];

function opening(windows: readonly TimeWindow[], now: string, zone = 'Europe/Berlin') {
  const { isOpen, until } = openingAt(windows, zone, Date.parse(now));
  return [isOpen, until === null ? null : new Date(until).toISOString().replace(':00.000Z', 'Z')];
}

it.each([
  ['before the evening of a Monday', '2026-01-05T18:59:59Z', [false, '2026-01-05T19:00Z']],
  ['from its beginning on', '2026-01-05T19:00:00Z', [true, '2026-01-06T05:00Z']],
  ['after midnight, by the day on which it began', '2026-01-10T04:59:59Z', [true, '2026-01-10T05:00Z']],
  ['no longer at its end', '2026-01-10T05:00:00Z', [false, '2026-01-12T19:00Z']],
  ['not on the night to Monday', '2026-01-11T23:30:00Z', [false, '2026-01-12T19:00Z']],
])('is open over midnight: %s', (_case, now, expected) => {
  expect(opening(NIGHTS, now)).toEqual(expected);
});

it('is always open without windows, and with windows that fill the week', () => {
  expect(opening([], '2026-01-05T19:00:00Z')).toEqual([true, null]);
  expect(opening([{ days: WEEKDAYS, from: '08:00', to: '08:00' }], '2026-01-05T19:00:00Z')).toEqual([true, null]);
});

it('takes windows that touch or overlap for one', () => {
  const touching: TimeWindow[] = [
    { days: ['MONDAY'], from: '08:00', to: '12:00' },
    { days: ['MONDAY'], from: '12:00', to: '14:00' },
    { days: ['MONDAY'], from: '13:00', to: '15:00' },
  ];
  expect(opening(touching, '2026-01-05T09:00:00Z', 'UTC')).toEqual([true, '2026-01-05T15:00Z']);
  expect(opening(touching, '2026-01-05T15:00:00Z', 'UTC')).toEqual([false, '2026-01-12T08:00Z']);
});

it('lasts by the clocks of the zone where these are set ahead or back', () => {
  const night: TimeWindow[] = [{ days: ['SATURDAY'], from: '22:00', to: '06:00' }];
  expect(opening(night, '2026-03-28T21:00:00Z')).toEqual([true, '2026-03-29T04:00Z']);
  expect(opening(night, '2026-10-24T20:00:00Z')).toEqual([true, '2026-10-25T05:00Z']);
  const skipped: TimeWindow[] = [{ days: ['SUNDAY'], from: '02:15', to: '02:45' }];
  expect(opening(skipped, '2026-03-29T01:00:00Z')).toEqual([false, '2026-04-05T00:15Z']);
});
