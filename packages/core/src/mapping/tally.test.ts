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
  tally.add('x', [problem('a'), problem('b')]);
  tally.add('y', [problem('b'), problem('b', { kind: 'ACCOUNT' })]);
  expect(tally.rows().map(({ kind, value, itemCount }) => [kind, value, itemCount])).toEqual([
    ['TAG', 'b', 2],
    ['TAG', 'a', 1],
    ['ACCOUNT', 'b', 1],
  ]);
  expect(tally.untold).toBe(0);
});

it('is bounded: beyond the most names only how often is kept', () => {
  const tally = new UnmappedTally(2);
  for (const value of ['a', 'b', 'c', 'd', 'a']) tally.add(value, [problem(value)]);
  expect(tally.rows().map(({ itemCount }) => itemCount)).toEqual([2, 1]);
  expect(tally.untold).toBe(2);
});

it('names the first items that have a name', () => {
  const tally = new UnmappedTally();
  for (const key of ['1', '2', '3', '4']) tally.add(key, [problem('a', { isFlagged: key === '2' })]);
  expect(tally.rows()).toMatchObject([{ itemCount: 4, examples: ['1', '2', '3'], isFlagged: true }]);
});

it('is bounded by the length of what it tells, too', () => {
  const tally = new UnmappedTally(10, 200);
  tally.add('x'.repeat(200), [problem('long')]);
  tally.add('y'.repeat(200), [problem('long'), problem('other')]);
  expect(tally.rows()).toMatchObject([{ value: 'long', itemCount: 2, examples: ['x'.repeat(200)] }]);
  expect(tally.untold).toBe(1);
});
