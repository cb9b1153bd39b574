import { expect, it } from 'vitest';
import { dayOf } from './day.js';

it('has a place for each ten minutes of the last 24 hours, empty where nothing was done', () => {
  const now = Date.parse('2026-11-21T12:34:56Z');
  const span = { from: '2026-11-21T12:20:00.000Z', callCount: 7 };
  const old = { ...span, from: '2026-11-20T12:30:00.000Z' };
  const { times, spans } = dayOf([old, span], now);
  expect([times.length, times.at(-1)]).toEqual([144, Date.parse('2026-11-21T12:30:00Z') / 1_000]);
  expect(spans.slice(-3)).toEqual([undefined, span, undefined]);
  expect(spans.filter((one) => one !== undefined)).toEqual([span]);
});
