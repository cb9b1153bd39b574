import { expect, it } from 'vitest';
import { problemsOfSchedule, type Schedule } from './index.js';

const NOW = Date.UTC(2026, 0, 5);
const BASE: Schedule = { cron: '0 2 * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const problems = (changes: Partial<Schedule>) => problemsOfSchedule({ ...BASE, ...changes }, NOW);

it.each(['0 2 * * *', '*/5 8-18 * * MON-FRI', '0 0 L * *', ' 0  2 * * 7 ', '0 0 29 2 *', '0 6 * * 1#1'])(
  'takes the cron expression %s',
  (cron) => expect(problems({ cron })).toEqual([]),
);

it.each([
  ['', 'five fields'],
  ['@daily', 'five fields'],
  ['0 0 2 * * *', 'five fields'],
  ['2026-01-01T00:00:00', 'five fields'],
  ['60 * * * *', 'minute: 60'],
  ['0 24 * * *', 'hour: 24'],
  ['0 0 * * 8', 'dayOfWeek: 8'],
  ['*/0 * * * *', 'stepping'],
  ['a b c d e', 'illegal characters'],
  ['? 2 * * *', 'question mark'],
  ['0 0 30 2 *', 'never comes'],
  ['0 0 31 4,6 *', 'never comes'],
  [`${'0,'.repeat(200)}0 * * * *`, 'at most 200 characters'],
])('refuses the cron expression “%s” at its field', (cron, sentence) => {
  expect(problems({ cron })).toEqual([
    { code: 'INVALID', field: ['starts', 'cron'], message: expect.stringContaining(sentence) as unknown },
  ]);
});

it('tells what of a cron expression cannot be read, and how one is written', () => {
  expect(problems({ cron: '60 * * * *' })[0]?.message).toBe(
    'The cron expression cannot be read: invalid value for minute: 60. Write five fields such as 0 2 * * 1-5: minute, ' +
      'hour, day of the month, month, day of the week.',
  );
});

it('takes an interval from a second to 366 days', () => {
  const interval = (intervalAfterEndMs: number) => problems({ cron: null, intervalAfterEndMs });
  expect([1_000, 900_000, 366 * 86_400_000].flatMap(interval)).toEqual([]);
  for (const refused of [0, 999, 366 * 86_400_000 + 1])
    expect(interval(refused)).toMatchObject([{ code: 'OUT_OF_RANGE', field: ['starts', 'intervalAfterEnd'] }]);
});

it('refuses windows that never begin, days named twice and more than 20 of them', () => {
  const hours = { from: '08:00', to: '18:00' };
  expect(
    problems({
      windows: [
        { days: ['MONDAY'], ...hours },
        { days: [], ...hours },
      ],
    }),
  ).toMatchObject([{ code: 'REQUIRED', field: ['windows', '1', 'days'] }]);
  expect(problems({ windows: [{ days: ['MONDAY', 'MONDAY'], ...hours }] })).toMatchObject([
    { code: 'INVALID', field: ['windows', '0', 'days'] },
  ]);
  const many = Array.from({ length: 21 }, () => ({ days: ['MONDAY'] as const, ...hours }));
  expect(problems({ windows: many })).toMatchObject([{ code: 'TOO_LONG', field: ['windows'] }]);
  expect(problems({ windows: many.slice(1) })).toEqual([]);
});
