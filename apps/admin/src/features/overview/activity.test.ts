import { expect, it } from 'vitest';
import { dayOf } from './activity.js';

it('has a value for each ten minutes of the last 24 hours, 0 where nothing was done', () => {
  const now = Date.parse('2026-11-21T12:34:56Z');
  const span = { from: '2026-11-21T12:20:00.000Z', callCount: 7, bytesDone: 900, itemsFlagged: 1 };
  const old = { ...span, from: '2026-11-20T12:30:00.000Z' };
  const day = dayOf([old, span], now);
  expect([day.times.length, day.times.at(-1)]).toEqual([144, Date.parse('2026-11-21T12:30:00Z') / 1_000]);
  expect([day.calls.slice(-3), day.bytes.slice(-3), day.flagged.slice(-3)]).toEqual([
    [0, 7, 0],
    [0, 900, 0],
    [0, 1, 0],
  ]);
  expect(day.calls.reduce((sum, calls) => sum + calls, 0)).toBe(7);
});
