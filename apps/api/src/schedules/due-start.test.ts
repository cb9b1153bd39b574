import { expect, it } from 'vitest';
import { dueStart, takenStart, type DueJob } from './due-start.js';
import { NEVER, rescheduled } from './next-start.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const at = (minutes: number) => new Date(NOW + minutes * 60_000);
const DAILY = { cron: '0 2 * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const FOLLOWING = { ...DAILY, followsChanges: true };
const job: DueJob = {
  ...{ schedule: FOLLOWING, isSuspended: false, stopReason: null, carried: null, startsTakenUntil: null },
  ...{ nextStartAt: at(60), changesDueAt: null },
};
const told: DueJob = { ...job, changesDueAt: at(-1) };
const carried = { runId: 'run_1', planId: 'plan_1' };

it.each<[string, DueJob, ReturnType<typeof dueStart>]>([
  ['nothing is due', job, null],
  ['its time has come', { ...job, nextStartAt: at(0) }, 'SCHEDULE'],
  ['changes were told', told, 'CHANGE'],
  ['both', { ...told, nextStartAt: at(0) }, 'SCHEDULE'],
  ['changes are due later', { ...told, changesDueAt: at(1) }, null],
  ['it follows no changes any more', { ...told, schedule: DAILY }, null],
  ['its schedule is not in force', { ...told, schedule: { ...FOLLOWING, isEnabled: false } }, null],
  ['it is suspended', { ...told, isSuspended: true }, null],
  ['its stop policy ended it', { ...told, stopReason: 'It ends after 2 runs.' }, null],
  ['pending items wait for the calls of the next hour', { ...told, carried }, null],
])('when %s', (_name, given, start) => expect(dueStart(given, NOW)).toBe(start));

it('leaves the schedule as it is for a run that changes start, and takes changes along with one of the schedule', () => {
  expect(takenStart(told, 'CHANGE', NOW)).toEqual({ changesDueAt: null });
  expect(takenStart({ ...told, nextStartAt: at(0) }, 'SCHEDULE', NOW)).toEqual({
    changesDueAt: null,
    nextStartAt: new Date('2026-01-06T02:00:00Z'),
    startsTakenUntil: at(0),
  });
  const resting = { ...told, schedule: { ...FOLLOWING, cron: null, intervalAfterEndMs: 1 } };
  expect(takenStart(resting, 'SCHEDULE', NOW)).toMatchObject({ nextStartAt: NEVER });
});

it('keeps changes due for the run after one that takes up pending items', () => {
  expect(takenStart({ ...told, carried }, 'SCHEDULE', NOW)).not.toHaveProperty('changesDueAt');
});

it.each<[string, Partial<DueJob>, boolean]>([
  ['suspended', { isSuspended: true }, true],
  ['without its schedule', { schedule: null }, true],
  ['not to follow changes', { schedule: DAILY }, true],
  ['to start at another time', { schedule: { ...FOLLOWING, cron: '0 3 * * *' } }, false],
])('a job that becomes %s forgets changes: %s', (_name, changes, forgets) => {
  const columns = rescheduled(told, { ...told, ...changes }, { now: NOW, isRunning: false });
  expect('changesDueAt' in columns).toBe(forgets);
});
