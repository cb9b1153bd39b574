import { expect, it } from 'vitest';
import { usersOf } from './users-of.js';

const run = (id: string, budgetId: string, callsNeeded: number | null) => ({
  id,
  forecast: [{ budget: { id: budgetId }, callsNeeded, finishAt: null }],
});

it('names the runs that still need calls of a budget, the greatest need first, with those whose need is not known', () => {
  const runs = [run('a', 'b1', 7), run('b', 'b1', 0), run('c', 'b2', 9), run('d', 'b1', 40), run('e', 'b1', null)];
  expect(usersOf('b1', runs).map((user) => user.run.id)).toEqual(['d', 'a', 'e']);
});
