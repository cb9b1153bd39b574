import { expect, it } from 'vitest';
import type { MappingProblem } from './outcome.js';
import { UnmappedTally } from './tally.js';

const problem = (value: string, more: Partial<MappingProblem> = {}): MappingProblem => ({
  reason: 'UNMAPPED',
  kind: 'TAG',
  field: null,
  value,
  message: `${value} was not found.`,
  isFlagged: false,
  ...more,
});

it('counts each name once and at how many items, most frequent first', () => {
  const tally = new UnmappedTally();
  tally.add([problem('a'), problem('b')]);
  tally.add([problem('b'), problem('b', { kind: 'ACCOUNT' })]);
  expect(tally.rows().map(({ kind, value, itemCount }) => [kind, value, itemCount])).toEqual([
    ['TAG', 'b', 2],
    ['TAG', 'a', 1],
    ['ACCOUNT', 'b', 1],
  ]);
  expect(tally.untold).toBe(0);
});

it('is bounded: beyond the most names only how often is kept', () => {
  const tally = new UnmappedTally(2);
  for (const value of ['a', 'b', 'c', 'd', 'a']) tally.add([problem(value)]);
  expect(tally.rows().map(({ itemCount }) => itemCount)).toEqual([2, 1]);
  expect(tally.untold).toBe(2);
});
