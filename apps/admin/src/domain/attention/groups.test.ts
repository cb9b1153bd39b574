import { describe, expect, it } from 'vitest';
import { cureOf } from '../item/flag-cures.js';
import { groupsOf, isPartial, type FlaggedCount } from './groups.js';

const of = (name: string, reason: string, itemCount: number): FlaggedCount => ({
  job: { id: name, name, allowedActions: [] },
  reason,
  itemCount,
});

describe('what needs attention', () => {
  it('stands together by reason over all jobs, the most frequent first', () => {
    const groups = groupsOf([of('a', 'LOCKED', 1), of('b', 'ZERO_BYTES', 2), of('b', 'LOCKED', 2)]);
    expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
      ['LOCKED', 3],
      ['ZERO_BYTES', 2],
    ]);
    expect(groups[0]?.jobs.map(({ job, count }) => [job.name, count])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('leaves out what nobody can decide about, since its job is gone', () => {
    expect(groupsOf([{ job: null, reason: 'LOCKED', itemCount: 4 }])).toEqual([]);
  });

  it('says so where the server has not counted all', () => {
    expect(isPartial([of('a', 'LOCKED', 99_999)])).toBe(false);
    expect(isPartial([of('a', 'LOCKED', 99_999), of('b', 'LOCKED', 1)])).toBe(true);
    expect(isPartial(Array.from({ length: 500 }, (_, index) => of(String(index), 'LOCKED', 1)))).toBe(true);
  });

  it('offers another try only where it may succeed, and else what of the job decides', () => {
    expect(cureOf('NETWORK_ERROR')).toEqual({ mayRetry: true, decidedBy: null });
    expect(cureOf('NAME_INVALID')).toEqual({ mayRetry: false, decidedBy: 'invalidCharacters' });
    expect(cureOf('LOCKED')).toEqual({ mayRetry: true, decidedBy: 'lockedFiles' });
    expect(cureOf('REASON_OF_TOMORROW').mayRetry).toBe(true);
  });
});
