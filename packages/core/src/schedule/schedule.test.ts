import { expect, it } from 'vitest';
import { firstStarts, hasSameStarts, nextStart, type Schedule } from './index.js';

const at = (text: string) => Date.parse(text);
const shown = (instants: readonly number[]) =>
  instants.map((instant) => new Date(instant).toISOString().replace(':00.000Z', 'Z'));
const cron = (text: string, timeZone = 'UTC'): Schedule => ({
  cron: text,
  intervalAfterEndMs: null,
  timeZone,
  windows: [],
  isEnabled: true,
});
const starts = (schedule: Schedule, after: string, count = 3) =>
  shown(firstStarts(schedule, { after: at(after), restedSince: at(after) }, count));

it('starts by cron in its time zone', () => {
  expect(starts(cron('30 2 * * 1-5', 'Europe/Berlin'), '2026-01-08T12:00:00Z', 4)).toEqual([
    '2026-01-09T01:30Z',
    '2026-01-12T01:30Z',
    '2026-01-13T01:30Z',
    '2026-01-14T01:30Z',
  ]);
  expect(starts(cron('0 9 1 * *', 'Asia/Kathmandu'), '2026-01-08T12:00:00Z', 2)).toEqual([
    '2026-02-01T03:15Z',
    '2026-03-01T03:15Z',
  ]);
});

it('starts after the given instant, never at it', () => {
  expect(starts(cron('0 * * * *'), '2026-01-08T12:00:00Z', 1)).toEqual(['2026-01-08T13:00Z']);
  expect(starts(cron('0 * * * *'), '2026-01-08T11:59:59.999Z', 1)).toEqual(['2026-01-08T12:00Z']);
});

/*
 * Changes of 2026, from the published rules of the zones: Berlin skips 02:00 to 03:00 on 29 March and repeats it on 25
 * October; New York skips 02:00 to 03:00 on 8 March and repeats 01:00 to 02:00 on 1 November; Lord Howe, by half an hour,
 * repeats 01:30 to 02:00 on 5 April and skips 02:00 to 02:30 on 4 October.
 */
const CHANGES = [
  {
    zone: 'Europe/Berlin',
    skipped: { cron: '30 2 * * *', after: '2026-03-27T12:00:00Z' },
    aroundSkipped: ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    twice: { cron: '30 2 * * *', after: '2026-10-23T12:00:00Z' },
    aroundTwice: ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
  },
  {
    zone: 'America/New_York',
    skipped: { cron: '30 2 * * *', after: '2026-03-07T00:00:00Z' },
    aroundSkipped: ['2026-03-07T07:30Z', '2026-03-08T07:00Z', '2026-03-09T06:30Z'],
    twice: { cron: '30 1 * * *', after: '2026-10-31T00:00:00Z' },
    aroundTwice: ['2026-10-31T05:30Z', '2026-11-01T05:30Z', '2026-11-02T06:30Z'],
  },
  {
    zone: 'Australia/Lord_Howe',
    skipped: { cron: '15 2 * * *', after: '2026-10-02T12:00:00Z' },
    aroundSkipped: ['2026-10-02T15:45Z', '2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    twice: { cron: '45 1 * * *', after: '2026-04-03T12:00:00Z' },
    aroundTwice: ['2026-04-03T14:45Z', '2026-04-04T14:45Z', '2026-04-05T15:15Z'],
  },
];

it.each(CHANGES)(
  'moves a local time that is skipped in $zone to the next minute, and counts one that comes twice once',
  ({ zone, skipped, aroundSkipped, twice, aroundTwice }) => {
    expect(starts(cron(skipped.cron, zone), skipped.after)).toEqual(aroundSkipped);
    expect(starts(cron(twice.cron, zone), twice.after)).toEqual(aroundTwice);
  },
);

it.each(CHANGES)('starts once on every day of a year in $zone', ({ zone, skipped, twice }) => {
  for (const { cron: text } of [skipped, twice]) {
    const year = firstStarts(cron(text, zone), { after: at('2025-12-31T15:00:00Z'), restedSince: 0 }, 365);
    const days = year.map((start) => new Date(start).toLocaleDateString('sv-SE', { timeZone: zone }));
    expect(new Set(days).size).toBe(365);
    const hours = year.slice(1).map((start, index) => (start - (year[index] ?? 0)) / 3_600_000);
    expect(hours.every((count) => count >= 23 && count <= 25)).toBe(true);
    expect(hours.filter((count) => count !== 24).length).toBeLessThanOrEqual(4);
  }
});

it('has one start for all that a skipped hour moves to the same minute, and none in the second pass of an hour', () => {
  const quarters = cron('*/15 * * * *', 'Europe/Berlin');
  expect(starts(quarters, '2026-03-29T00:40:00Z', 3)).toEqual([
    '2026-03-29T00:45Z',
    '2026-03-29T01:00Z',
    '2026-03-29T01:15Z',
  ]);
  expect(starts(quarters, '2026-10-25T00:40:00Z', 2)).toEqual(['2026-10-25T00:45Z', '2026-10-25T02:00Z']);
  expect(starts(quarters, '2026-10-25T01:20:00Z', 1)).toEqual(['2026-10-25T02:00Z']);
});

it('starts at the first minute of a day whose midnight is skipped', () => {
  // Santiago goes from 23:59:59 on 5 September to 01:00 on 6 September 2026.
  expect(starts(cron('0 0 * * *', 'America/Santiago'), '2026-09-05T12:00:00Z', 2)).toEqual([
    '2026-09-06T04:00Z',
    '2026-09-07T03:00Z',
  ]);
});

it('starts an interval after the end of the last run', () => {
  const schedule = { ...cron(''), cron: null, intervalAfterEndMs: 900_000 };
  const from = { after: at('2026-01-08T12:00:00Z'), restedSince: at('2026-01-08T11:55:00Z') };
  expect(shown(firstStarts(schedule, from, 3))).toEqual([
    '2026-01-08T12:10Z',
    '2026-01-08T12:25Z',
    '2026-01-08T12:40Z',
  ]);
  const late = { ...from, restedSince: at('2026-01-07T12:00:00Z') };
  expect(shown(firstStarts(schedule, late, 1))).toEqual(['2026-01-08T12:00Z']);
});

it('has no start while it is not in force', () => {
  expect(nextStart({ ...cron('* * * * *'), isEnabled: false }, { after: 0, restedSince: 0 })).toBeNull();
});

it('tells whether two schedules start at the same times', () => {
  const berlin = cron('0 2 * * *', 'Europe/Berlin');
  expect(
    hasSameStarts(berlin, { ...berlin, isEnabled: false, windows: [{ days: ['MONDAY'], from: '00:00', to: '01:00' }] }),
  ).toBe(true);
  expect(hasSameStarts(berlin, cron('0 3 * * *', 'Europe/Berlin'))).toBe(false);
  expect(hasSameStarts(berlin, cron('0 2 * * *'))).toBe(false);
  const interval = { ...berlin, cron: null, intervalAfterEndMs: 1_000 };
  expect(hasSameStarts(berlin, interval)).toBe(false);
  expect(hasSameStarts(interval, { ...interval, timeZone: 'UTC' })).toBe(true);
});
