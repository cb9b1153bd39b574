import { expect, it } from 'vitest';
import { emptyTotals } from '../engine-store/counters.js';
import { needsApproval } from './approval.js';

const guard = { maxItems: 10, maxShare: 0.2 };
const totals = (destructive: number) => ({ ...emptyTotals(), destructive });

it.each([
  ['NEVER', 5, true, false],
  ['ALWAYS', 0, false, true],
  ['FIRST_RUN', 5, false, false],
  ['FIRST_RUN', 0, true, true],
  ['DESTRUCTIVE_ONLY', 0, true, false],
  ['DESTRUCTIVE_ONLY', 1, false, true],
] as const)('%s with %d destructive steps, first run %s: approval %s', (approval, destructive, isFirst, expected) => {
  expect(needsApproval(approval, totals(destructive), isFirst, { guard, remembered: 0 })).toBe(expected);
});

it.each([
  [10, false],
  [11, true],
] as const)('NEVER with %d removals, a guard of 10 items and 20 %% of 50: approval %s', (items, expected) => {
  const removing = { ...totals(items), actions: { DELETE: { items, bytes: 0 } } };
  expect(needsApproval('NEVER', removing, false, { guard, remembered: 50 })).toBe(expected);
});

it('the guard looks at each side by itself, and not at what was moved', () => {
  const moved = { ...totals(0), actions: { DELETE: { items: 30, bytes: 0 } } };
  const source = (removals: number) => ({ actions: { DELETE: 30 }, calls: 0, removals });
  const asks = (removals: number, items: number) =>
    needsApproval('NEVER', { ...moved, actions: { DELETE: { items, bytes: 0 } }, source: source(removals) }, false, {
      guard,
      remembered: 50,
    });
  expect([asks(0, 30), asks(10, 40), asks(11, 30), asks(0, 41)]).toEqual([false, false, true, true]);
});
