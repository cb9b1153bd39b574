import { expect } from 'vitest';
import { PlatformError } from '../../platform/index.js';
import type { EngineStore } from '../../run/index.js';
import { collect, groupsOf, ledgerOf, listedAt, type StorePromises } from './bench.js';
import { ledgerEntry, staged } from './samples.js';

/** What the job remembers of its items. */
export function ledgerPromises(promise: StorePromises): void {
  promise(
    'finds ledger entries by identity wherever the item is, and by place only what is not found elsewhere',
    async (bench) => {
      const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'), ledgerEntry('c'));
      await next.stage('SOURCE', [
        staged('a', { id: 'id:b' }),
        staged('b', { id: 'new' }),
        staged('c', { id: 'id:c' }),
      ]);
      expect(await ledgerOf(next)).toEqual(['d:b', null, 'd:c']);
      const other = await bench.remembering(ledgerEntry('a', { id: null }));
      await other.stage('SOURCE', [staged('a', { id: 'replaced' })]);
      expect(await ledgerOf(other)).toEqual(['d:a']);
    },
  );

  promise('forgets entries of items that are gone on both sides', async (bench) => {
    const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    const lost = await collect(next.lostEntries());
    await next.forgetEntries(lost.flatMap(({ sourceKey, id }) => (sourceKey === 'a' ? (id ?? []) : [])));
    await next.forgetEntries([]);
    expect((await collect(next.lostEntries())).map(({ sourceKey }) => sourceKey)).toEqual(['b']);
    expect((await next.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([1]);
  });

  promise('remembers which versions were read and found to differ, until the entry is replaced', async (bench) => {
    const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    const judged = async (run: EngineStore) => {
      const groups = await groupsOf(run);
      return groups.flatMap(({ items }) => items.map(({ ledger }) => ledger?.judged));
    };
    await next.stage('SOURCE', [staged('a'), staged('b')]);
    const [{ items } = { items: [] }] = await groupsOf(next);
    await next.judge(items[0]!.ledger!.id!, '["1","7"]');
    expect(await judged(next)).toEqual(['["1","7"]', null]);
    bench.store = next;
    const later = await bench.remembering(ledgerEntry('a'));
    await later.stage('SOURCE', [staged('a')]);
    expect(await judged(later)).toEqual([null]);
  });

  promise('remembers what mappings gave an item', async (bench) => {
    const next = await bench.remembering(ledgerEntry('a', { mapped: 'of a' }), ledgerEntry('b'));
    await next.stage('SOURCE', [staged('a'), staged('b')]);
    const groups = await groupsOf(next);
    expect(groups.flatMap(({ items }) => items.map(({ ledger }) => ledger?.mapped))).toEqual(['of a', null]);
  });

  promise('keeps one ledger entry for each item of either side, under the identifier that it has', async (bench) => {
    let next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    await next.stage('SOURCE', [staged('a'), staged('b')]);
    const [{ items } = { items: [] }] = await groupsOf(next);
    bench.store = next;
    const [a, b] = items.map(({ ledger }) => ledger!);
    next = await bench.remembering(
      { ...a!, sourceId: 'x', destinationId: 'y' },
      { ...b!, id: null, destinationId: 'y2' },
    );
    await next.stage('SOURCE', [staged('a', { id: 'x' }), staged('b')]);
    const ledgers = (await groupsOf(next)).flatMap((group) => group.items.map(({ ledger }) => ledger));
    expect(ledgers.map((ledger) => ledger?.destinationId)).toEqual(['y', 'y2']);
    expect(ledgers[0]?.id).toBe(a!.id);
    expect((await next.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([2]);
  });

  promise('tells which entries the source does not show any more, what is below first', async (bench) => {
    const next = await bench.remembering(
      ...['f', 'f/a', 'f/a/b', 'moved', 'kept', 'replaced', 'g'].map((key) => ledgerEntry(key)),
    );
    const problem = { path: ['f'], kind: 'FOLDER' as const, error: new PlatformError('ACCESS_DENIED', 'No.') };
    await next.stage('SOURCE', [staged('kept'), staged('x', { id: 'id:moved' }), staged('replaced', { id: 'new' })]);
    await next.stageProblems('SOURCE', [
      { key: 'f', problem },
      { key: 'z', problem: { ...problem, kind: 'FILE' } },
    ]);
    const lost = (await collect(next.lostEntries())).map(({ sourceKey }) => sourceKey);
    expect([...lost].sort()).toEqual(['f', 'f/a', 'f/a/b', 'g']);
    expect(lost.filter((key) => key !== 'g')).toEqual(['f/a/b', 'f/a', 'f']);
    const keys = ['f', 'f/a/b', 'g', 'f0', 'z', ''];
    const coverage = await Promise.all(keys.map((key) => next.coverage('SOURCE', key)));
    expect(coverage).toEqual(['NONE', 'NONE', 'WHOLE', 'WHOLE', 'NONE', 'WHOLE']);
  });

  promise('knows what was seen in the recycle bin: the item itself, or a folder above it', async (bench) => {
    const folders = ['f', 'g'].map((key) => ledgerEntry(key, { kind: 'FOLDER' }));
    const next = await bench.remembering(...folders, ...['f/a', 'g/b'].map((key) => ledgerEntry(key)));
    await next.stageDeleted(['id:f', 'id:f', 'id:g/b', 'id:of another item']);
    const isDeleted = (key: string, id = `id:${key}`) => next.isSeenDeleted({ key, id });
    const deleted = await Promise.all(['f', 'f/a', 'g', 'g/b', 'f0'].map((key) => isDeleted(key)));
    expect(deleted).toEqual([true, true, false, true, false]);
    expect(await isDeleted('g/b', 'id:of one that is gone from there')).toBe(false);
    await next.reset();
    expect(await isDeleted('f')).toBe(false);
  });

  promise('keeps two items at one path apart, each with its own ledger entry', async (bench) => {
    const twins = [
      staged('x', { id: 'file' }),
      staged('x', { id: 'folder', kind: 'FOLDER' }),
      staged('x', { id: '2' }),
    ];
    const next = await bench.remembering(
      ledgerEntry('x', { sourceId: 'former file', destinationId: 'd1' }),
      ledgerEntry('x', { sourceId: 'former folder', destinationId: 'd2', kind: 'FOLDER' }),
    );
    for (const twin of twins) await next.stage('SOURCE', [twin]);
    await next.stage('DESTINATION', twins);
    const [group] = await groupsOf(next);
    expect(group!.items.map(({ item: { id }, ledger }) => `${id} ${ledger?.destinationId}`).sort()).toEqual([
      '2 d1',
      'file d1',
      'folder d2',
    ]);
    expect((await listedAt(next, '')).map(({ item: { id } }) => id).sort()).toEqual(['2', 'file', 'folder']);
    expect((await next.destinationByKey('x'))?.item.id).toBe('folder');
    expect((await next.destinationById('2'))?.key).toBe('x');
  });
}
