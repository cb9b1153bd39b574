import { expect, it } from 'vitest';
import { emptyTotals } from './counters.js';
import { needsApproval } from './approval.js';

const totals = (destructive: number) => ({ ...emptyTotals(), destructive });

it.each([
  ['NEVER', 5, true, false],
  ['ALWAYS', 0, false, true],
  ['FIRST_RUN', 5, false, false],
  ['FIRST_RUN', 0, true, true],
  ['DESTRUCTIVE_ONLY', 0, true, false],
  ['DESTRUCTIVE_ONLY', 1, false, true],
] as const)('%s with %d destructive steps, first run %s: approval %s', (approval, destructive, isFirst, expected) => {
  expect(needsApproval(approval, totals(destructive), isFirst)).toBe(expected);
});
