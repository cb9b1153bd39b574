import type { Schedule } from '@sluice/core/schedule';
import { expect, it } from 'vitest';
import { comingStarts, NEVER, nextStartOf, rescheduled, windowsOf } from './next-start.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const HOUR_MS = 3_600_000;
const DAILY: Schedule = { cron: '0 2 * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const HOURLY_AFTER: Schedule = { ...DAILY, cron: null, intervalAfterEndMs: HOUR_MS };
const job = { schedule: DAILY, isSuspended: false, stopReason: null, carried: null, startsTakenUntil: null };
const at = (text: string) => new Date(text);
const change = (before: object, after: object, isRunning = false) =>
  rescheduled({ ...job, ...before }, { ...job, ...after }, { now: NOW, isRunning });

it('counts from the later of now and the start that was taken last', () => {
  expect(nextStartOf(job, NOW, NOW)).toEqual(at('2026-01-06T02:00:00Z'));
  const taken = { ...job, startsTakenUntil: at('2026-01-07T02:00:00Z') };
  expect(nextStartOf(taken, NOW, NOW)).toEqual(at('2026-01-08T02:00:00Z'));
});

it('never starts without a schedule in force, suspended, or ended by its stop policy', () => {
  const stopped = { stopReason: 'It ends after 2 runs.' };
  for (const without of [
    { schedule: null },
    { isSuspended: true },
    stopped,
    { schedule: { ...DAILY, isEnabled: false } },
  ])
    expect(nextStartOf({ ...job, ...without }, NOW, NOW)).toEqual(NEVER);
});

it('changes with the rule, with its being in force and with the suspension of the job, and with nothing else', () => {
  expect(change({}, {})).toEqual({});
  const windows = [{ days: ['MONDAY'], from: '01:00', to: '02:00' }];
  expect(change({}, { schedule: { ...DAILY, windows } })).toEqual({});
  expect(change({}, { schedule: null })).toEqual({ nextStartAt: NEVER, startsTakenUntil: null });
  expect(change({}, { schedule: { ...DAILY, isEnabled: false } })).toMatchObject({ nextStartAt: NEVER });
  expect(change({}, { isSuspended: true })).toMatchObject({ nextStartAt: NEVER });
  expect(change({ schedule: null }, {})).toMatchObject({ nextStartAt: at('2026-01-06T02:00:00Z') });
});

it('keeps what was taken as long as the rule is the same', () => {
  const startsTakenUntil = at('2026-01-07T02:00:00Z');
  const resumed = change({ isSuspended: true, startsTakenUntil }, { startsTakenUntil });
  expect(resumed).toEqual({ nextStartAt: at('2026-01-08T02:00:00Z'), startsTakenUntil });
  const other = { ...DAILY, cron: '0 3 * * *' };
  expect(change({ startsTakenUntil }, { schedule: other, startsTakenUntil })).toEqual({
    nextStartAt: at('2026-01-06T03:00:00Z'),
    startsTakenUntil: null,
  });
});

it('lets an interval wait for the end of the run that is under way', () => {
  expect(change({ schedule: null }, { schedule: HOURLY_AFTER }, true)).toMatchObject({ nextStartAt: NEVER });
  expect(change({ schedule: null }, { schedule: HOURLY_AFTER })).toMatchObject({
    nextStartAt: at('2026-01-05T09:00:00Z'),
  });
});

it('shows a start that is due as one of now, and those after it', () => {
  const due = comingStarts({ schedule: DAILY, nextStartAt: at('2026-01-05T02:00:00Z') }, NOW, 2);
  expect(due).toEqual([new Date(NOW), at('2026-01-06T02:00:00Z')]);
  const interval = comingStarts({ schedule: HOURLY_AFTER, nextStartAt: at('2026-01-05T08:30:00Z') }, NOW, 3);
  expect(interval).toEqual(['08:30', '09:30', '10:30'].map((time) => at(`2026-01-05T${time}:00Z`)));
  expect(comingStarts({ schedule: DAILY, nextStartAt: at('2026-01-06T02:00:00Z') }, NOW, 1)).toHaveLength(1);
  expect(comingStarts({ schedule: DAILY, nextStartAt: NEVER }, NOW, 2)).toEqual([]);
});

it('gives a run the windows of a schedule that is in force', () => {
  const windows = [{ days: ['MONDAY' as const], from: '01:00', to: '02:00' }];
  expect(windowsOf({ ...DAILY, windows })).toEqual({ timeZone: 'UTC', windows });
  for (const none of [null, DAILY, { ...DAILY, windows, isEnabled: false }]) expect(windowsOf(none)).toBeNull();
});
