import { expect, it } from 'vitest';
import type { LedgerEntry, Side } from '@sluice/core/plan';
import { item, ledgerEntry, outcome, step } from '@sluice/core/testing';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { RunAtWork } from '../run-at-work.testing.js';

const ids = (id: string) => ({ sourceId: `id:${id}`, destinationId: `d:${id}` });
const at = (id: string, sourceKey: string, destinationKey = sourceKey, over: Partial<LedgerEntry> = {}) =>
  ledgerEntry(sourceKey, { ...ids(id), destinationKey, ...over });
const IDS = { SOURCE: 'id', DESTINATION: 'd' } as const;

describeOnBothDatabases('entries whose item is not where the ledger knows it', (open) => {
  let shared: Promise<Database> | undefined;

  /** A run whose ledger has these entries. */
  async function remembering(...entries: LedgerEntry[]): Promise<RunAtWork> {
    const former = await RunAtWork.begin(await (shared ??= open()));
    await former.planned(...entries.map((_, index) => step(`${index}`)));
    const claimed = await former.claimed(entries.length);
    await former.store.commit(claimed.map((id, index) => outcome(id, { ledger: entries[index]! })));
    return former.next();
  }

  /** Lists items of a side, as key and identity. */
  const stage = ({ store }: RunAtWork, side: Side, seen: Record<string, string>, kind: 'FILE' | 'FOLDER' = 'FILE') =>
    store.stage(
      side,
      Object.entries(seen).map(([key, id]) => ({ key, item: item(key, { kind, id: `${IDS[side]}:${id}` }) })),
    );

  async function lost({ store }: RunAtWork, side?: Side): Promise<string[]> {
    const found: string[] = [];
    for await (const { sourceKey, destinationKey } of store.lostEntries(side))
      found.push(sourceKey === destinationKey ? sourceKey : `${sourceKey} > ${destinationKey}`);
    return found;
  }

  const ODD = ['a', 'a/b', 'a/b/c', 'a0', 'Z', 'ﬀ', '🙂', '🙂/x', 'é'];
  /** From the last to the first by folder, then name, both by bytes. */
  const BACKWARDS = ['🙂/x', 'a/b/c', 'a/b', '🙂', 'ﬀ', 'é', 'a0', 'a', 'Z'];

  it('are told from the last place at the destination to the first, what is alike among what is not', async () => {
    const entries = ODD.map((key, index) => (index % 2 ? at(key, key) : at(key, `of ${index}`, key)));
    const work = await remembering(...entries, at('twin 1', 'same'), at('twin 2', 'same'));
    const keys = (await lost(work)).map((one) => one.split(' > ').at(-1));
    expect(keys).toEqual([...BACKWARDS.slice(0, 6), 'same', 'same', ...BACKWARDS.slice(6)]);
  });

  it('are told from the last place at the source to the first for the destination', async () => {
    const work = await remembering(...ODD.map((key, index) => at(key, key, `of ${index}`)));
    expect((await lost(work, 'DESTINATION')).map((one) => one.split(' > ')[0])).toEqual(BACKWARDS);
  });

  it('are told each once where there are thousands, of this ledger alone', async () => {
    const names = Array.from({ length: 2_500 }, (_, index) => `${10_000 + index}`);
    await remembering(at('x', 'of another job'));
    const work = await remembering(
      ...names.map((key, index) => (index % 3 ? at(key, key) : at(key, `of ${key}`, key))),
    );
    await stage(work, 'SOURCE', { '10001': '10001' });
    await stage(work, 'DESTINATION', { '10000': '10000' });
    const expected = names.filter((key) => key !== '10001').reverse();
    expect((await lost(work)).map((one) => one.split(' > ').at(-1))).toEqual(expected);
    const other = (await lost(work, 'DESTINATION')).map((one) => one.split(' > ').at(-1)!);
    expect(other).toHaveLength(names.length - 1);
    expect([...other].sort()).toEqual(names.slice(1));
  });

  it.each(['SOURCE', 'DESTINATION'] as const)(
    'are none of what a side shows, be it elsewhere, and those of what took the place of another kind: %s',
    async (side) => {
      const keys = ['here', 'moved', 'gone', 'replaced', 'kind', 'taken'];
      const work = await remembering(...keys.map((key) => at(key, key)));
      // What no entry knows has the place of the item; an item that is known came to a place from elsewhere.
      await stage(work, side, { here: 'here', elsewhere: 'moved', replaced: 'new', taken: 'here too' });
      await stage(work, side, { kind: 'kind of folder' }, 'FOLDER');
      expect(await lost(work, side)).toEqual(['kind', 'gone']);
      const other = side === 'SOURCE' ? 'DESTINATION' : 'SOURCE';
      expect(await lost(work, other)).toEqual([...keys].sort().reverse());
    },
  );

  it('are those whose place a known item came to, or one of two that knew the place', async () => {
    const work = await remembering(at('a', 'a'), at('b', 'b'), at('c 1', 'c', 'x'), at('c 2', 'c', 'y'));
    await stage(work, 'SOURCE', { b: 'a', c: 'new' });
    await stage(work, 'DESTINATION', { x: 'c 1' });
    expect(await lost(work)).toEqual(['c > y', 'b']);
  });

  it.each([
    ['DESTINATION', 'SOURCE', 'd'],
    ['SOURCE', 'DESTINATION', 'id'],
  ] as const)('tell for an item of the %s where the other side has it now, if elsewhere', async (side, from, start) => {
    const work = await remembering(...['a', 'b', 'c'].map((key) => at(key, key)));
    await stage(work, from, { 'f/z': 'a', b: 'b', a: 'new' });
    expect(await work.store.leaving(`${start}:a`, side)).toMatchObject({
      ...{ key: 'f/z', item: { id: `${IDS[from]}:a` }, ledger: { sourceKey: 'a', ...ids('a') } },
    });
    const others = ['b', 'c', 'nobody'].map((id) => work.store.leaving(`${start}:${id}`, side));
    expect(await Promise.all(others)).toEqual([null, null, null]);
    const next = await work.next();
    await next.store.useLedger(null, { source: 'another', destination: 'place' });
    await stage(next, from, { z: 'a' });
    expect(await next.store.leaving(`${start}:a`, side)).toBeNull();
  });
});
