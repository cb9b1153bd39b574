import { expect, it } from 'vitest';
import { emptyCounters } from '../runs/engine-store/counters.js';
import { lessonsOf } from './lessons.js';

const counters = { ...emptyCounters(), itemsPlanned: 10, itemsDone: 10, callsDone: 20, callsDoneAtSource: 4 };
const calls = [
  { budgetId: 'bud_1', total: 30, throttled: 0, planning: 9 },
  { budgetId: 'bud_2', total: 6, throttled: 0, planning: 1 },
];

it('a run that has ended tells what it has taken of each budget', () => {
  expect(lessonsOf({ counters, calls }, { SOURCE: 'bud_2', DESTINATION: 'bud_1' })).toEqual([
    ['bud_2', { foreseen: 4, made: 5 }],
    ['bud_1', { foreseen: 16, made: 21 }],
  ]);
  expect(lessonsOf({ counters, calls }, { SOURCE: 'bud_1', DESTINATION: 'bud_1' })).toEqual([
    ['bud_1', { foreseen: 20, made: 21 }],
  ]);
});

it('one that has done nothing, or that no budget counts, tells nothing', () => {
  expect(lessonsOf({ counters: emptyCounters(), calls }, { SOURCE: null, DESTINATION: 'bud_1' })).toEqual([]);
  expect(lessonsOf({ counters, calls: [] }, { SOURCE: null, DESTINATION: 'bud_1' })).toEqual([]);
  expect(lessonsOf({ counters, calls }, { SOURCE: null, DESTINATION: null })).toEqual([]);
});
