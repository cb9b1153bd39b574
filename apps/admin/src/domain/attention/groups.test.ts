import { describe, expect, it } from 'vitest';
import { cureOf } from '../item/flag-cures.js';
import { groupsOf, type FlaggedJob } from './groups.js';

const job = (name: string, reasons: string[], total: number | null = reasons.length): FlaggedJob => ({
  id: name,
  name,
  mayRetry: true,
  items: reasons.map((reason) => ({ reason })),
  total,
});

describe('what needs attention', () => {
  it('stands together by reason over all jobs, the most frequent first', () => {
    const groups = groupsOf([job('a', ['LOCKED']), job('b', ['ZERO_BYTES', 'ZERO_BYTES', 'LOCKED', 'LOCKED'])]);
    expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
      ['LOCKED', 3],
      ['ZERO_BYTES', 2],
    ]);
    expect(groups[0]?.jobs.map((each) => [each.job.name, each.items.length])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('says so where items of a job were not read', () => {
    expect(groupsOf([job('a', ['LOCKED'], 7)])[0]?.isPartial).toBe(true);
    expect(groupsOf([job('a', ['LOCKED'], null)])[0]?.isPartial).toBe(true);
    expect(groupsOf([job('a', ['LOCKED'])])[0]?.isPartial).toBe(false);
  });

  it('offers another try only where it may succeed, and else what of the job decides', () => {
    expect(cureOf('NETWORK_ERROR')).toEqual({ mayRetry: true, decidedBy: null });
    expect(cureOf('NAME_INVALID')).toEqual({ mayRetry: false, decidedBy: 'invalidCharacters' });
    expect(cureOf('LOCKED')).toEqual({ mayRetry: true, decidedBy: 'lockedFiles' });
    expect(cureOf('REASON_OF_TOMORROW').mayRetry).toBe(true);
  });
});
