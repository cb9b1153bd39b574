import { expect, it } from 'vitest';
import { ledgerEntry, outcome, step } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { RunAtWork } from '../run-at-work.testing.js';
import { LeaseLostError } from '../store-context.js';
import { MarkStore } from './store-marks.js';
import { LocationPairStore } from './store-pairs.js';

describeOnBothDatabases('the marks of what may be lost with the power', (open) => {
  let shared: Promise<Database> | undefined;
  const begin = async () => RunAtWork.begin(await (shared ??= open()));
  const marksOf = ({ db, context }: RunAtWork) => new MarkStore(db, context, new LocationPairStore(db, context));

  /** What the pair of the run knows. */
  async function settledOf({ db, store }: RunAtWork) {
    const { locationPairs: table } = db.tables;
    const [pair] = await store.locationPairs();
    const [row] = await db.reader
      .select()
      .from(table)
      .where(eq(table.number, pair?.number ?? 0));
    return [row?.machineStart, row?.settledMark];
  }

  async function write(work: RunAtWork, ...keys: string[]): Promise<void> {
    await work.store.appendSteps(keys.map((key) => step(key)));
    await work.store.finishPlan('digest');
    const ids = await work.claimed(keys.length);
    await work.store.commit(
      ids.map((id, index) => outcome(id, { ledger: ledgerEntry(keys[index]!), replaced: `old ${keys[index]}` })),
    );
  }

  async function doubted({ store }: RunAtWork, start: string | null): Promise<string[]> {
    const keys: string[] = [];
    for await (const { entry, replaced } of store.doubtfulEntries(start)) keys.push(`${entry.sourceKey} ${replaced}`);
    return keys;
  }

  it('are given to what is written from the beginning on, a new one after each that was used', async () => {
    const marks = marksOf(await begin());
    expect([marks.use(), marks.next()]).toEqual([null, null]);
    await marks.begin('start 1', true);
    expect(marks.next()).toBeNull();
    const first = marks.use()!;
    expect(marks.use()).toBe(first);
    expect([marks.next(), marks.next()]).toEqual([first, null]);
    expect([marks.use(), marks.next()]).toEqual([first + 1, first + 1]);
  });

  it('are none where what is told is durable already', async () => {
    const marks = marksOf(await begin());
    await marks.begin('start 1', true);
    marks.use();
    await marks.begin('start 1', false);
    expect([marks.use(), marks.next()]).toEqual([null, null]);
  });

  it('begin beyond those that a process which died may have left', async () => {
    const work = await begin();
    const marks = marksOf(work);
    await marks.begin('start 1', true);
    const first = marks.use()!;
    await marks.settle(first);
    const next = marksOf(work);
    await next.begin('start 1', true);
    expect(next.next()).toBeNull();
    expect(next.use()).toBe(first + 3);
  });

  it('take what was there before the machine started for settled, once for each start', async () => {
    const [work, other] = [await begin(), await begin()];
    await work.store.beginMarks('start 1', true);
    const [, settled] = await settledOf(work);
    await work.store.beginMarks('start 1', true);
    expect(await settledOf(work)).toEqual(['start 1', settled]);
    await work.store.beginMarks('start 2', true);
    expect(await settledOf(work)).toEqual(['start 2', Number(settled) + 2]);
    await work.store.beginMarks(null, true);
    expect(await settledOf(work)).toEqual([null, Number(settled) + 2]);
    expect(await settledOf(other)).toEqual([null, 0]);
  });

  it('are settled in one ledger alone', async () => {
    const [work, other] = [await begin(), await begin()];
    await work.store.settleMark(7);
    expect([await settledOf(work), await settledOf(other)]).toEqual([
      [null, 7],
      [null, 0],
    ]);
  });

  it('tell each entry that is to be doubted once, however many there are, and of no other job', async () => {
    const [work, other] = [await begin(), await begin()];
    const keys = Array.from({ length: 1_003 }, (_, index) => `${index}`);
    for (const one of [other, work]) await one.store.beginMarks('start 1', true);
    await write(other, 'of another job');
    await write(work, 'settled');
    await work.store.settleMark(work.store.nextMark()!);
    await write(work, ...keys);
    expect(await doubted(work, 'start 1')).toEqual([]);
    expect(await doubted(work, 'start 2')).toEqual(keys.map((key) => `${key} old ${key}`));
    expect(await doubted(work, null)).toHaveLength(keys.length);
  });

  it('have everything doubted where nobody knows in which start of the machine it was written', async () => {
    const work = await begin();
    await work.store.beginMarks(null, true);
    await write(work, 'a');
    expect([await doubted(work, null), await doubted(work, 'start 1')]).toEqual([['a old a'], ['a old a']]);
  });

  it('are neither begun nor settled by a process that has lost the run', async () => {
    const work = await begin();
    await expect(work.lost().beginMarks('start 1', true)).rejects.toThrow(LeaseLostError);
    await expect(work.lost().settleMark(9)).rejects.toThrow(LeaseLostError);
    expect(await settledOf(work)).toEqual([null, 0]);
  });
});
