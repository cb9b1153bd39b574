import { describe, expect, it } from 'vitest';
import { parseHttpDate, parseRateReport } from './rate-report.js';

const NOW = 1_800_000_000_000;
const read = (limit: string | null, remaining: string | null, reset: string | null) => {
  const told = { 'x-rate-limit-limit': limit, 'x-rate-limit-remaining': remaining, 'x-rate-limit-reset': reset };
  const headers = new Headers(Object.entries(told).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  return parseRateReport(headers, NOW);
};

describe('the headers of a rate limit', () => {
  it.each<[string | null, string | null, string | null, ReturnType<typeof read>]>([
    ['100', '7', '1800000060', { limit: 100, remaining: 7, resetsAt: NOW + 60_000 }],
    ['100', '7', '60', { limit: 100, remaining: 7, resetsAt: NOW + 60_000 }],
    ['1', '0', '1000000000', { limit: 1, remaining: 0, resetsAt: 1_000_000_000_000 }],
    ['100', '101', '60', { limit: 100, remaining: 100, resetsAt: NOW + 60_000 }],
    [null, '7', '60', null],
    ['100', null, '60', null],
    ['100', '7', null, null],
    ['0', '0', '60', null],
    ['many', '7', '60', null],
    ['100', '-1', '60', null],
    ['100', '7', '6e1', null],
  ])('%s, %s and %s are read whole or not at all', (limit, remaining, reset, expected) => {
    expect(read(limit, remaining, reset)).toEqual(expected);
  });
});

it.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
  ['Sunday, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
  ['1994-11-06', null],
  ['by Sun, 06 Nov 1994 08:49:37 GMT', null],
  ['Sun, 06 Nov 1994 08:49:37 GMT+2', null],
  ['Sun, soon GMT', null],
  [null, null],
])('of the date %j the time is %j', (value, expected) => expect(parseHttpDate(value)).toBe(expected));
