import { describe, expect, it } from 'vitest';
import { offsetOf, timeAt } from './budget-time.js';

const MARK = { at: 1_000_000, machine: 'm', monotonic: 5_000, day: 900_000 };

describe('the time of a budget', () => {
  it('begins as the time of day', () => {
    expect(offsetOf(null, { machine: 'm', monotonic: 100, day: 1_000 }) + 100).toBe(1_000);
  });

  it('goes on with the monotonic clock of the machine, whatever the time of day is', () => {
    for (const day of [0, 900_000, 99_900_000]) {
      expect(offsetOf(MARK, { machine: 'm', monotonic: 6_000, day }) + 6_000).toBe(1_001_000);
    }
  });

  it('goes on by the time of day after a restart of the machine and on another one, and never back', () => {
    const at = (day: number) => offsetOf(MARK, { machine: 'n', monotonic: 10, day }) + 10;
    expect([at(901_500), at(0)]).toEqual([1_001_500, 1_000_000]);
  });

  it('follows a process that is ahead', () => {
    expect(timeAt(null, 100, 20)).toEqual({ now: 120, offset: 100 });
    expect(timeAt(MARK, 999_000, 500)).toEqual({ now: 1_000_000, offset: 999_500 });
    expect(timeAt(MARK, 999_000, 2_000)).toEqual({ now: 1_001_000, offset: 999_000 });
  });
});
