import { expect, it } from 'vitest';
import { lastCallAt } from './forecast.js';

const NOW = 1_000_000;
const RESET = NOW + 600_000;
const HOUR_MS = 3_600_000;
const budget = (remaining: number | null, callsPerMinute: number | null = null) => ({
  hourly: { limit: 1_000, remaining, resetsAt: RESET, source: 'REPORTED' as const },
  reserveShare: 0.02,
  callsPerMinute,
});

it.each([
  ['nothing is needed', 0, budget(500), NOW],
  ['the rest of the hour is enough and the pace is known', 120, budget(500, 60), NOW + 120_000],
  ['the rest of the hour is enough and the pace is unknown', 120, budget(500), null],
  ['the next hour is needed, since the reserve is for people', 100, budget(110), RESET],
  ['two more hours are needed', 980 + 10, budget(20), RESET + HOUR_MS],
  ['two more hours are needed, and the pace is known', 980 + 10, budget(20, 60), RESET + HOUR_MS + 10_000],
  ['nothing is known', 10, budget(null), null],
])('the last call when %s', (_name, needed, given, expected) => {
  expect(lastCallAt(needed, given, NOW)).toBe(expected);
});
