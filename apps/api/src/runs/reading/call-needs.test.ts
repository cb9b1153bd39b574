import { describe, expect, it } from 'vitest';
import { experienceOf, foreseenBy, type CallFigures } from './call-needs.js';
import { SIDES, type Side } from '@sluice/core/plan';
import { emptyCounters, moveItem } from '../engine-store/counters.js';

const run = (over: Partial<CallFigures> = {}, counters: Partial<CallFigures['counters']> = {}): CallFigures => ({
  counters: { ...emptyCounters(), itemsPlanned: 100, itemsDone: 50, callsNeeded: 100, callsDone: 120, ...counters },
  calls: [{ budgetId: 'bud_1', total: 140, throttled: 0, planning: 10 }],
  live: null,
  ...over,
});

describe('calls that a run still needs', () => {
  it('are not known until the plan is complete', () => {
    expect(foreseenBy(run({}, { itemsPlanned: null }), ['DESTINATION'])).toBeNull();
  });

  it('are those of the sides that take them from the budget', () => {
    const both = run({}, { callsAtSource: 30 });
    expect(foreseenBy(both, ['DESTINATION'])).toBe(70);
    expect(foreseenBy(both, ['SOURCE'])).toBe(30);
    expect(foreseenBy(both, ['SOURCE', 'DESTINATION'])).toBe(100);
    expect(foreseenBy(run({}, { callsNeeded: -2 }), ['DESTINATION'])).toBe(0);
  });
});

it('what is read for the destination is needed of the source until it is done', () => {
  const item = { reason: 'NEW', byteCount: 1, versionsDone: 0, isRevised: false, bytesDone: 0 } as const;
  const counters = { ...emptyCounters(), itemsPlanned: 2, callsNeeded: 8, callsAtSource: 4 };
  const done = (side: Side) => {
    const open = { ...item, side, callCount: 3, readCallCount: 1, outcome: 'PENDING' as const };
    moveItem(counters, open, { ...open, outcome: 'CREATED' });
    return SIDES.map((one) => foreseenBy({ counters }, [one]));
  };
  expect(SIDES.map((one) => foreseenBy({ counters }, [one]))).toEqual([4, 4]);
  expect(done('DESTINATION')).toEqual([3, 1]);
  expect(done('SOURCE')).toEqual([0, 0]);
  expect(counters).toMatchObject({ callsDone: 8, callsDoneAtSource: 4 });
});

describe('what a run has taken so far', () => {
  it('is counted from the complete plan on', () => {
    expect(experienceOf(run(), 'bud_1', ['DESTINATION'])).toEqual({ foreseen: 120, made: 130 });
    const listing = [{ budgetId: 'bud_1', total: 140, throttled: 0 }];
    expect(experienceOf(run({ calls: listing }), 'bud_1', ['DESTINATION']).made).toBe(0);
    expect(experienceOf(run(), 'bud_2', ['DESTINATION']).made).toBe(0);
  });

  it('leaves out half of what the items under way take, but never makes less of what is done', () => {
    const live = { itemsInFlight: 4, bytesInFlight: 0, itemsPerSecond: 0, bytesPerSecond: 0 };
    expect(experienceOf(run({ live }), 'bud_1', ['DESTINATION']).made).toBe(126);
    expect(experienceOf(run({ live: { ...live, itemsInFlight: 64 } }), 'bud_1', ['DESTINATION']).made).toBe(120);
  });

  it('is that of the sides that take it from the budget; runs of former releases have none', () => {
    const atSource = run({}, { callsDoneAtSource: 20 });
    expect(experienceOf(atSource, 'bud_1', ['SOURCE']).foreseen).toBe(20);
    expect(experienceOf(atSource, 'bud_1', ['DESTINATION']).foreseen).toBe(100);
    const { callsDone: _, callsDoneAtSource: __, ...former } = emptyCounters();
    expect(experienceOf({ ...run(), counters: former }, 'bud_1', ['SOURCE', 'DESTINATION']).foreseen).toBe(0);
  });
});
