import { beforeAll, expect, it } from 'vitest';
import { t as units } from '../../ui/words.js';
import { scheduleFacts } from './schedule-facts.js';
import { checkSchedule, NEW_WINDOW, scheduleInput, scheduleValues, type ScheduleValues } from './schedule-values.js';
import { t } from './words.js';

beforeAll(() => Promise.all([t.load(), units.load()]));

const saved = {
  cron: '30 2 * * 1-5',
  intervalAfterEnd: null,
  timeZone: 'Europe/Berlin',
  windows: [{ days: ['MONDAY' as const], from: '20:00', to: '06:00' }],
  followsChanges: false,
  isEnabled: true,
  nextStarts: ['2026-03-30T00:30:00.000Z'],
};
const values = (changes: Partial<ScheduleValues>): ScheduleValues => ({ ...scheduleValues(null), ...changes });

it('sends no schedule for a job that is started by hand', () => {
  expect(scheduleInput(scheduleValues(null))).toBeNull();
});

it('sends a saved schedule as it was', () => {
  const { nextStarts: _, cron, intervalAfterEnd: __, ...others } = saved;
  expect(scheduleInput(scheduleValues(saved))).toEqual({ starts: { cron }, ...others });
  expect(scheduleInput(scheduleValues({ ...saved, followsChanges: true }))).toMatchObject({ followsChanges: true });
  const interval = { ...saved, cron: null, intervalAfterEnd: 'PT1H30M' };
  expect(scheduleInput(scheduleValues(interval))).toMatchObject({ starts: { intervalAfterEnd: 'PT5400S' } });
});

it('asks for a number of minutes and for both ends of a window, each at its field', () => {
  expect(checkSchedule(values({ kind: 'INTERVAL', minutes: '' }))).toHaveProperty(['schedule.starts.intervalAfterEnd']);
  expect(checkSchedule(values({ kind: 'NONE', minutes: '' }))).toEqual({});
  const windows = [NEW_WINDOW, { ...NEW_WINDOW, to: '' }];
  expect(Object.keys(checkSchedule(values({ kind: 'CRON', windows })))).toEqual(['schedule.windows.1']);
});

it('tells the rule, the windows and the next start in the time zone of the schedule', () => {
  expect(scheduleFacts({ schedule: saved })).toEqual([
    ['Starts', 'By 30 2 * * 1-5 in Europe/Berlin'],
    ['Works only', 'Mon 20:00–06:00 in Europe/Berlin'],
    ['Next start', 'Mon, 30 Mar 2026, 02:30 GMT+2'],
  ]);
  expect(scheduleFacts({ schedule: { ...saved, windows: [], followsChanges: true } })[0]).toEqual([
    'Starts',
    'By 30 2 * * 1-5 in Europe/Berlin; also when changes are told',
  ]);
  expect(scheduleFacts({ schedule: null })).toEqual([['Starts', 'Only by hand']]);
  const off = { ...saved, cron: null, intervalAfterEnd: 'PT15M', windows: [], isEnabled: false, nextStarts: [] };
  expect(scheduleFacts({ schedule: off }).map(([, text]) => text.replaceAll('\u00a0', ' '))).toEqual([
    '15 min 00 s after the end of each run; not in force',
    'None',
  ]);
});
