import { expect } from 'vitest';
import type { EngineStore } from '../../run/index.js';
import { collect, groupsOf, type StoreBench, type StorePromises } from './bench.js';
import { step, outcome, ledgerEntry, staged } from './samples.js';

const doubtful = async (run: EngineStore, start: string | null) =>
  (await collect(run.doubtfulEntries(start)))
    .map(({ entry, replaced }) => `${entry.sourceKey}${replaced === null ? '' : ` for ${replaced}`}`)
    .sort();

/** A run in a start of the machine, whose files have these marks: with a null between two, a mark ends. */
async function mark(bench: StoreBench, start: string, keys: readonly (string | null)[]): Promise<void> {
  await bench.store.beginMarks(start, true);
  await bench.planned(...keys.flatMap((key) => (key === null ? [] : [step(key)])));
  const claimed = await bench.store.claim(keys.length);
  for (const key of keys) {
    if (key === null) await bench.store.settleMark(bench.store.nextMark()!);
    else await bench.store.commit([outcome(claimed.shift()!.id, { ledger: ledgerEntry(key), replaced: `old ${key}` })]);
  }
}

/** What the ledger doubts after a loss of power. */
export function durabilityPromises(promise: StorePromises): void {
  promise(
    'doubts what was not settled once the machine has lost its memory, and nothing while it has not',
    async (bench) => {
      await mark(bench, 'start 1', ['a', null, 'b', 'c']);
      const next = await bench.nextRun();
      expect(await doubtful(next, 'start 1')).toEqual([]);
      expect(await doubtful(next, 'start 2')).toEqual(['b for old b', 'c for old c']);
      expect(await doubtful(next, null)).toEqual(['b for old b', 'c for old c']);
    },
  );

  promise('doubts what was settled by nobody, whatever process wrote it, until a settling covers it', async (bench) => {
    await mark(bench, 'start 1', ['a', null, 'b']);
    bench.store.nextMark();
    const next = await bench.nextRun();
    await next.beginMarks('start 1', true);
    expect(next.nextMark()).toBeNull();
    await next.appendSteps([step('c')]);
    await next.finishPlan('d');
    const [claimed] = await next.claim(1);
    await next.commit([outcome(claimed!.id, { ledger: ledgerEntry('c') })]);
    expect(await doubtful(next, 'start 2')).toEqual(['b for old b', 'c']);
    await next.settleMark(next.nextMark()!);
    expect(await doubtful(next, 'start 2')).toEqual([]);
  });

  promise('takes what is there after a start of the machine for durable, and doubts no more of it', async (bench) => {
    await mark(bench, 'start 1', ['a', 'b']);
    const next = await bench.nextRun();
    const [a, b] = await collect(next.doubtfulEntries('start 2'));
    const { id, ...left } = { ...b!.entry, sourceVersion: '', destinationVersion: 'as found' };
    await next.reviseEntries([
      { id: a!.entry.id, entry: null },
      { id, entry: { ...left, id } },
    ]);
    await next.beginMarks('start 2', false);
    expect(await doubtful(next, 'start 3')).toEqual([]);
    await next.stage(
      'SOURCE',
      ['a', 'b'].map((key) => staged(key)),
    );
    const ledgers = (await groupsOf(next)).flatMap(({ items }) => items.map(({ ledger }) => ledger));
    const known = new Map(ledgers.flatMap((ledger) => (ledger ? [[ledger.sourceKey, ledger]] : [])));
    expect([...known.keys()]).toEqual([b!.entry.sourceKey]);
    expect(known.get(b!.entry.sourceKey)).toEqual({ ...left, id });
    expect((await next.locationPairs())[0]!.itemCount).toBe(1);
  });

  promise('trusts nothing that is not settled once a settling has failed', async (bench) => {
    await mark(bench, 'start 1', ['a', null, 'b']);
    await bench.store.beginMarks(null, true);
    const next = await bench.nextRun();
    expect(await doubtful(next, 'start 1')).toEqual(['b for old b']);
  });
}
