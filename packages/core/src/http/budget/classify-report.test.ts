import { expect, it } from 'vitest';
import { classifyReport, type WindowName } from './classify-report.js';
import { budgetState } from './state.testing.js';

it.each<[string, number | null, number | null, number, number, WindowName]>([
  ['the limit of the hour, near its end', 600, 25, 600, 5_000, 'hour'],
  ['the limit over seconds', 600, 25, 25, 5_000, 'spike'],
  ['the limit over seconds, with a reset further away than they reach', 600, 25, 25, 60_000, 'spike'],
  ['the limit of an hour that is the smaller one', 20, 25, 20, 5_000, 'hour'],
  ['a limit of neither, far from its reset', 600, 25, 700, 60_000, 'hour'],
  ['a limit of neither, near its reset', 600, 25, 700, 5_000, 'spike'],
  ['a first limit, at the reach of seconds', null, null, 25, 11_000, 'spike'],
  ['a first limit, beyond the reach of seconds', null, null, 25, 11_001, 'hour'],
  ['a second limit above the first, near its reset', null, 25, 600, 5_000, 'hour'],
  ['a second limit below the first, near its reset', null, 25, 20, 5_000, 'spike'],
])('a report of %s', (_, hour, spike, limit, untilReset, expected) => {
  const state = budgetState({ hour: { limit: hour }, spike: { limit: spike } });
  const report = { limit, remaining: limit - 1, resetsAt: untilReset };
  expect(classifyReport(state, { seq: 1, sentAt: 0, by: 'p' }, report, untilReset, 0)).toBe(expected);
});
