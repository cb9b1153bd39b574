import { expect, it, vi } from 'vitest';
import { outcome, step } from '@sluice/core/testing';
import type { Side } from '@sluice/core/plan';
import type { EngineStore } from '@sluice/core/run';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { LATER, NOW, RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError } from '../store-context.js';

const RETRYING = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;

describeOnBothDatabases('the claims of steps', (open) => {
  let shared: Promise<Database> | undefined;

  /** A run with a step for each of these keys; those in capitals change the source. */
  async function planned(...keys: string[]): Promise<RunAtWork> {
    const sideOf = (key: string): Side => (key === key.toLowerCase() ? 'DESTINATION' : 'SOURCE');
    const work = await RunAtWork.begin(await (shared ??= open()));
    return work.planned(...keys.map((key) => step(key, { side: sideOf(key) })));
  }

  /** Keys and identifiers of the steps that are claimed. */
  async function claim(store: EngineStore, limit: number, side?: Side) {
    const claimed = await store.claim(limit, side);
    return { keys: claimed.map((one) => one.step.sourceKey).join(' '), ids: claimed.map(({ id }) => id) };
  }

  const outcomesOf = async (work: RunAtWork) => {
    const { outcomes } = (await work.row()).counters;
    return Object.fromEntries(
      Object.entries(outcomes).flatMap(([name, { items, bytes }]) => (items === 0 ? [] : [[name, [items, bytes]]])),
    ) as Record<string, [number, number]>;
  };

  it('give each step of a side once and in its turn', async () => {
    const { store } = await planned('a', 'B', 'c', 'D', 'e');
    expect((await claim(store, 2)).keys).toBe('a c');
    expect((await claim(store, 1, 'SOURCE')).keys).toBe('B');
    expect((await claim(store, 9)).keys).toBe('e');
    expect((await claim(store, 9, 'SOURCE')).keys).toBe('D');
    expect([(await claim(store, 9)).keys, (await claim(store, 9, 'SOURCE')).keys]).toEqual(['', '']);
  });

  it('give nothing of other plans', async () => {
    const other = await planned('a');
    const work = await planned('b');
    await planned('c');
    await other.store.begin(await other.claimed(1), NOW);
    expect((await claim(work.store, 9)).keys).toBe('b');
    expect((await other.steps()).map((row) => row.outcome)).toEqual(['IN_PROGRESS']);
    await other.store.commit([outcome((await other.steps())[0]!.id, RETRYING)]);
    expect(await work.store.requeue(9)).toBe(0);
    expect((await other.steps()).map((row) => row.outcome)).toEqual(['RETRYING']);
  });

  it('give what is released again in its turn, and what follows no second time', async () => {
    const { store } = await planned('a', 'b', 'c', 'd');
    const { ids } = await claim(store, 3);
    await store.begin(ids, NOW);
    await store.release([ids[1]!, ids[2]!]);
    await store.commit([outcome(ids[0]!)]);
    expect((await claim(store, 1)).keys).toBe('b');
    await store.release([ids[1]!]);
    expect((await claim(store, 9)).keys).toBe('b c d');
    expect((await claim(store, 9)).keys).toBe('');
  });

  it('keep the turns of each side where steps of the other one are released', async () => {
    const { store } = await planned('a', 'B', 'c', 'D');
    const [here, there] = [await claim(store, 9), await claim(store, 9, 'SOURCE')];
    await store.commit(here.ids.map((id) => outcome(id)));
    await store.release([there.ids[0]!]);
    expect((await claim(store, 9)).keys).toBe('');
    expect((await claim(store, 1, 'SOURCE')).keys).toBe('B');
  });

  it('say since when a step is in doubt that a process left in progress, those first and each once', async () => {
    const work = await planned('a', 'B', 'c', 'd', 'e');
    const [a, , d] = (await claim(work.store, 3)).ids;
    await work.store.begin([a!, d!, ...(await claim(work.store, 1, 'SOURCE')).ids], NOW);
    const { store } = work.restarted();
    const doubtful = [await store.claim(1), await store.claim(1)].flat();
    expect(doubtful.map((one) => [one.step.sourceKey, one.inDoubtSince])).toEqual([
      ['a', NOW],
      ['d', NOW],
    ]);
    expect((await claim(store, 1)).keys).toBe('c');
    expect((await claim(store, 9)).keys).toBe('e');
    expect(await store.claim(9, 'SOURCE')).toMatchObject([{ step: { sourceKey: 'B' }, inDoubtSince: NOW }]);
    expect((await claim(store, 9, 'SOURCE')).keys).toBe('');
  });

  it('fill up with steps that are not in doubt', async () => {
    const work = await planned('a', 'b', 'c');
    const { ids } = await claim(work.store, 2);
    await work.store.begin([ids[1]!], NOW);
    const { store } = work.restarted();
    const first = await claim(store, 2);
    expect(first.keys).toBe('b a');
    await store.release([first.ids[0]!]);
    expect((await claim(store, 1)).keys).toBe('b');
    expect((await claim(store, 9)).keys).toBe('c');
  });

  it('count what a process left in progress as pending again, and keep when it began until it has an outcome', async () => {
    const work = await planned('a', 'b');
    const { ids } = await claim(work.store, 2);
    await work.store.begin([ids[0]!], NOW);
    expect(await outcomesOf(work)).toEqual({ IN_PROGRESS: [1, 10], PENDING: [1, 10] });
    const again = work.restarted();
    await claim(again.store, 9);
    expect(await outcomesOf(work)).toEqual({ PENDING: [2, 20] });
    expect(await work.steps()).toMatchObject([
      { isInDoubt: true, begunAt: NOW },
      { isInDoubt: false, begunAt: null },
    ]);
    await again.store.begin(ids, LATER);
    expect(await work.steps()).toMatchObject([{ begunAt: NOW }, { begunAt: LATER }]);
    await again.store.release(ids);
    expect(await work.steps()).toMatchObject([{ begunAt: NOW }, { begunAt: null }]);
  });

  it('have the beginning of steps written for good before anything is asked of a platform', async () => {
    const work = await planned('a', 'b');
    const { ids } = await claim(work.store, 1);
    const transact = vi.spyOn(work.db, 'transact');
    await work.store.begin(ids, NOW);
    const asked = transact.mock.calls.map(([, options]) => options);
    transact.mockRestore();
    expect(asked).toEqual([{ isDurable: true }]);
    expect(await work.steps()).toMatchObject([
      { outcome: 'IN_PROGRESS', begunAt: NOW },
      { outcome: 'PENDING', begunAt: null },
    ]);
    await work.store.release(ids);
    expect(await outcomesOf(work)).toEqual({ PENDING: [2, 20] });
    expect(await work.steps()).toMatchObject([{ outcome: 'PENDING', begunAt: null }, { outcome: 'PENDING' }]);
  });

  it('count a step that had begun by its outcome alone', async () => {
    const work = await planned('a');
    const { ids } = await claim(work.store, 1);
    await work.store.begin(ids, NOW);
    await work.store.commit([outcome(ids[0]!)]);
    expect(await outcomesOf(work)).toEqual({ CREATED: [1, 10] });
  });

  it('refuse to begin or to release what is not claimed', async () => {
    const work = await planned('a');
    const [row] = await work.steps();
    const refusal = 'A step that is not claimed was begun.';
    await expect(work.store.begin([row!.id], NOW)).rejects.toThrow(refusal);
    await expect(work.store.release([row!.id])).rejects.toThrow(refusal);
    expect(await work.steps()).toMatchObject([{ outcome: 'PENDING', begunAt: null }]);
  });

  it('give what is to be tried again on either side, as often as it may be', async () => {
    const work = await planned('a', 'B', 'c', 'd');
    const ids = [...(await claim(work.store, 9)).ids, ...(await claim(work.store, 9, 'SOURCE')).ids];
    const [a, c, d, b] = ids as [string, string, string, string];
    await work.store.commit([outcome(a, RETRYING), outcome(b, RETRYING), outcome(c), outcome(d, RETRYING)]);
    await work.store.commit([outcome(d, RETRYING)]);
    expect(await work.store.requeue(2)).toBe(2);
    expect(await outcomesOf(work)).toEqual({ PENDING: [2, 20], RETRYING: [1, 10], CREATED: [1, 10] });
    expect(await work.store.claim(9)).toMatchObject([{ id: a, attempts: 1, inDoubtSince: null }]);
    expect((await claim(work.store, 9, 'SOURCE')).keys).toBe('B');
    expect(await work.store.requeue(2)).toBe(0);
    expect((await claim(work.store, 9)).keys).toBe('');
  });

  it('are no longer made by a process that has lost the run', async () => {
    const work = await planned('a');
    const store = work.lost();
    await expect(store.claim(1)).rejects.toThrow(LeaseLostError);
    await expect(store.release([])).rejects.toThrow(LeaseLostError);
    await expect(store.requeue(1)).rejects.toThrow(LeaseLostError);
  });
});
