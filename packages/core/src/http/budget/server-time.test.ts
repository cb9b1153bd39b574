import { describe, expect, it } from 'vitest';
import { localReset, observeDate, serverAhead } from './server-time.js';

const HOUR = 3_600_000;
const NOW = 10 * HOUR;
const report = (resetsAt: number) => ({ limit: 100, remaining: 1, resetsAt });

describe('how far the host’s clock is ahead', () => {
  it('lies within what one reply allows, whose date is cut to the second', () => {
    expect(observeDate(null, 5_000, 4_000, 4_100)).toEqual({ least: 900, most: 1_999 });
  });

  it('is narrowed by each reply, also to one value, and begins anew where a reply contradicts', () => {
    const time = { least: 0, most: 1_000 };
    expect(observeDate(time, 5_000, 4_500, 4_800)).toEqual({ least: 200, most: 1_000 });
    expect(observeDate(time, 5_000, 3_900, 4_000)).toEqual({ least: 1_000, most: 1_000 });
    expect(observeDate(time, 9_000, 3_900, 4_000)).toEqual({ least: 5_000, most: 6_099 });
  });

  it('is the least that explains what was seen', () => {
    expect(serverAhead(null)).toBe(0);
    expect(serverAhead({ least: -5, most: 5 })).toBe(0);
    expect(serverAhead({ least: 3, most: 5 })).toBe(3);
    expect(serverAhead({ least: -5, most: -3 })).toBe(-3);
  });
});

describe('the end of a reported window by our clock', () => {
  const ahead = (ms: number) => ({ least: ms, most: ms });

  it.each([
    ['the host’s clock taken into account', NOW + HOUR / 2, ahead(60_000), NOW + HOUR / 2 - 60_000],
    ['just over', NOW - 5_000, null, NOW - 5_000],
    ['the longest, a little late', NOW + HOUR + 5_000, null, NOW + HOUR + 5_000],
    ['as reported, where the date makes nonsense of it', NOW + 60_000, ahead(HOUR), NOW + 60_000],
    ['long over by any clock', NOW - 5_001, null, NOW],
    ['later than any window lasts', NOW + HOUR + 5_001, null, NOW + HOUR],
  ])('%s', (_, resetsAt, time, expected) => {
    expect(localReset(report(resetsAt), time, NOW)).toBe(expected);
  });
});
