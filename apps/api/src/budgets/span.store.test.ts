import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../db/testing.js';
import { SpanStore } from './span.store.js';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const at = (seconds: number) => new Date(NOON + seconds * 1_000);
const DAY = 86_400;

describeOnBothDatabases('what budgets have counted', (open) => {
  async function setUp() {
    const db = await open();
    const store = new SpanStore(db);
    const note = (seconds: number, calls: number, refusals = 0, budget = 'a') =>
      db.transact((tx) => store.note(tx, budget, { calls, refusals }, at(seconds)));
    const told = async (seconds: number, ...budgets: string[]) =>
      (await store.ofBudgets(budgets, at(seconds))).map(({ budgetId, from, ...counted }) => [
        budgetId,
        (from.getTime() - NOON) / 1_000,
        [counted.callsBefore, counted.calls],
        [counted.refusalsBefore, counted.refusals],
      ]);
    return { store, note, told };
  }

  it('goes from span to span, that of each budget for itself', async () => {
    const { note, told } = await setUp();
    await note(1, 0);
    await note(5, 7, 0, 'b');
    await note(30, 40, 1);
    await note(599, 90, 1);
    await note(1_800, 95, 2);
    expect(await told(1_900, 'a', 'b')).toEqual([
      ['a', 0, [0, 90], [0, 1]],
      ['a', 1_800, [90, 95], [1, 2]],
      ['b', 0, [7, 7], [0, 0]],
    ]);
  });

  it('does not go back for figures that come late', async () => {
    const { note, told } = await setUp();
    for (const calls of [3, 9, 5]) await note(10, calls);
    expect(await told(20, 'a')).toEqual([['a', 0, [3, 9], [0, 0]]]);
  });

  it('is kept for a day, and the newest for as long as nothing follows', async () => {
    const { store, note, told } = await setUp();
    await note(0, 4);
    await note(700, 6);
    await note(0, 2, 0, 'b');
    await store.prune(at(2 * DAY));
    expect(await told(2 * DAY, 'a', 'b')).toEqual([]);
    expect(await told(700, 'a', 'b')).toEqual([
      ['a', 600, [4, 6], [0, 0]],
      ['b', 0, [2, 2], [0, 0]],
    ]);
    await note(2 * DAY, 10);
    expect(await told(2 * DAY, 'a')).toEqual([['a', 2 * DAY, [6, 10], [0, 0]]]);
  });
});
