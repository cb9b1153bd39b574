import { expect } from 'vitest';
import { packItems, PlatformError, type Item } from '../../platform/index.js';
import { asItIs, childrenOf, collect, groupsOf, listedAt, type StorePromises } from './bench.js';
import { NOW, item, step, outcome, ledgerEntry, staged } from './samples.js';

/** What is listed of either side. */
export function itemPromises(promise: StorePromises): void {
  promise('remembers its phase across restarts', async (bench) => {
    expect(await bench.store.phase()).toBe('NEW');
    await bench.store.enter('LISTING');
    expect(await (await bench.harness.restarted(bench.store)).phase()).toBe('LISTING');
  });

  promise('gives source folders top-down with their children by name and their ledger entries', async (bench) => {
    await bench.planned(step('a'));
    const [claimed] = await bench.store.claim(1);
    await bench.store.commit([outcome(claimed!.id, { ledger: ledgerEntry('b/a') })]);
    const next = await bench.nextRun();
    await next.stage('SOURCE', [
      staged('b/c/d'),
      staged('b', { kind: 'FOLDER' }),
      staged('b/c', { kind: 'FOLDER' }),
      staged('Z'),
      staged('b/a'),
    ]);
    const groups = await groupsOf(next);
    expect(groups.map(({ parentKey, items }) => [parentKey, items.map(({ key }) => key)])).toEqual([
      ['', ['Z', 'b']],
      ['b', ['b/a', 'b/c']],
      ['b/c', ['b/c/d']],
    ]);
  });

  promise('gives every child of a large folder in one group, and items back as they were', async (bench) => {
    const many = Array.from({ length: 1234 }, (_, i) => staged(`f/${String(i).padStart(5, '0')} ü.pdf`));
    const odd = staged('f/x', {
      size: null,
      modifiedAt: null,
      lock: { holder: 'Ivo', until: NOW },
      handle: 'h',
      description: 'd',
      isPrivate: true,
      sha256: 'ff',
    });
    await bench.store.stage('SOURCE', [...many, odd]);
    const groups = await groupsOf(bench.store);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.items).toHaveLength(1235);
    expect(groups[0]!.items.at(-1)!.item).toEqual(odd.item);
  });

  promise('replaces an item that is staged twice', async (bench) => {
    await bench.store.stage('DESTINATION', [staged('a', { size: 1 })]);
    await bench.store.stage('DESTINATION', [staged('a', { size: 2 })]);
    expect((await listedAt(bench.store, '')).map(({ item }) => item.size)).toEqual([2]);
  });

  promise(
    'finds destination items by folder, key and identifier, without the root among its own children',
    async (bench) => {
      await bench.store.stage('DESTINATION', [
        { key: '', item: item('', { kind: 'FOLDER' }) },
        staged('a', { kind: 'FOLDER' }),
        staged('a/b'),
      ]);
      expect((await listedAt(bench.store, '')).map(({ key }) => key)).toEqual(['a']);
      expect((await listedAt(bench.store, 'a')).map(({ key }) => key)).toEqual(['a/b']);
      expect((await bench.store.destinationByKey('a/b'))?.item.id).toBe('id:a/b');
      expect((await bench.store.destinationById('id:a/b'))?.key).toBe('a/b');
      expect(await bench.store.destinationByKey('none')).toBeNull();
      expect(await bench.store.destinationById('none')).toBeNull();
    },
  );

  promise('knows which folders could not be listed, and everything below them', async (bench) => {
    const problem = {
      path: ['p'],
      kind: 'FOLDER' as const,
      error: new PlatformError('ACCESS_DENIED', 'No right.', { remedy: 'Ask.' }),
    };
    await bench.store.stageProblems('DESTINATION', [{ key: 'p', problem }]);
    await bench.store.stageProblems('SOURCE', [{ key: 'q', problem: { ...problem, path: ['q'] } }]);
    await bench.store.stageProblems('DESTINATION', [{ key: 'h', problem: { ...problem, kind: 'PART' } }]);
    const coverage = await Promise.all(
      ['p', 'p/q/r', 'pp', 'q', 'h', 'h/i'].map((key) => bench.store.coverage('DESTINATION', key)),
    );
    expect(coverage).toEqual(['NONE', 'NONE', 'WHOLE', 'WHOLE', 'PART', 'PART']);
    const [found] = await collect(bench.store.sourceProblems());
    expect(found).toMatchObject({ key: 'q', problem: { kind: 'FOLDER', path: ['q'] } });
    expect(found!.problem.error).toMatchObject({ kind: 'ACCESS_DENIED', message: 'No right.', remedy: 'Ask.' });
  });

  promise('knows whether there is a file below a folder', async (bench) => {
    await bench.store.stage('SOURCE', [
      staged('a', { kind: 'FOLDER' }),
      staged('a/b', { kind: 'FOLDER' }),
      staged('a/b/f'),
      staged('ab', { kind: 'FOLDER' }),
      staged('ab%'),
      staged('_/f'),
    ]);
    expect(await bench.store.hasSourceFileBelow('a')).toBe(true);
    expect(await bench.store.hasSourceFileBelow('ab')).toBe(false);
    expect(await bench.store.hasSourceFileBelow('a_')).toBe(false);
  });

  promise('tells whether the source still has an item at a key', async (bench) => {
    await bench.store.stage('SOURCE', [staged('a')]);
    expect(await bench.store.isAtSource('a', 'id:a')).toBe(true);
    expect(await bench.store.isAtSource('a', 'id:b')).toBe(false);
    expect(await bench.store.isAtSource('b', 'id:a')).toBe(false);
  });

  promise(
    'tells which folders are on both sides as the ledger knows them, so that nothing in them is looked at singly',
    async (bench) => {
      const next = await bench.remembering(
        ledgerEntry('f', { kind: 'FOLDER' }),
        ...['f/a', 'f/b', 'g', 'h/a', 'gone'].map((key) => ledgerEntry(key)),
      );
      const folder = (key: string, id: string) => staged(key, { kind: 'FOLDER', version: null, size: null, id });
      await next.stage('SOURCE', [folder('f', 'id:f'), staged('g'), staged('f/a'), staged('f/b'), staged('h/a')]);
      const there = (key: string) => staged(key, { id: `d:${key}`, version: '7' });
      await next.stage('DESTINATION', [staged('', { kind: 'FOLDER' }), folder('f', 'd:f'), there('g'), there('other')]);
      await next.stage('DESTINATION', [there('f/a'), there('f/b'), { ...there('h/a'), item: item('h/a') }]);
      const found = await collect(next.sourceFolders(asItIs));
      const facts = found.map(({ key, count, bytes, settled }) => [key, count, bytes, settled?.destinationKey]);
      expect(facts).toEqual([
        ['', 2, 10, ''],
        ['f', 2, 20, 'f'],
        ['h', 1, 10, undefined],
      ]);
      expect(found[0]!.settled!.folders).toMatchObject([{ sourceKey: 'f', destinationKey: 'f' }]);
    },
  );

  promise('takes the parts of a folder together, however they are staged', async (bench) => {
    const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    const part = (key: string, over: Partial<Item> = {}) => [{ key: '', items: packItems([], [item(key, over)]) }];
    await next.stageFolders('SOURCE', part('a'));
    await next.stageFolders('DESTINATION', part('a', { id: 'd:a', version: '7' }));
    await next.stageFolders('SOURCE', part('b'));
    expect((await collect(next.sourceFolders(asItIs)))[0]!.settled).toBeNull();
    await next.stageFolders('DESTINATION', part('b', { id: 'd:b', version: '7' }));
    expect(await collect(next.sourceFolders(asItIs))).toMatchObject([{ count: 2, settled: { destinationKey: '' } }]);
    await next.stageFolders('SOURCE', part('b', { version: '2' }));
    const [again] = await collect(next.sourceFolders(asItIs));
    expect(again!.settled).toBeNull();
    expect((await childrenOf(again!)).map((child) => [child.key, child.item.version])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect((await next.destinationById('d:b'))?.key).toBe('b');
    await next.stageFolders('DESTINATION', part('c', { id: 'd:c' }));
    expect((await next.destinationById('d:c'))?.key).toBe('c');
  });
}
