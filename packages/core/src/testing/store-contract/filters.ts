import { expect } from 'vitest';
import { packItems, unpackItems } from '../../platform/index.js';
import type { EngineStore } from '../../run/index.js';
import { collect, groupsOf, working, type StorePromises } from './bench.js';
import { item, ledgerEntry } from './samples.js';

const folder = (path: string) => item(path, { kind: 'FOLDER', size: null, version: null });
const leaveOut = (run: EngineStore, key: string, items: ReturnType<typeof item>[], isKept = false) =>
  run.stageLeftOut([{ key, items: packItems(key === '' ? [] : key.split('/'), items) }], isKept);

const KNOWN = { token: 'since', root: 'r', settings: 's', fullAt: 1, deltas: 2 };
const HOW = { kind: 'FULL', reason: 'It is the first.' } as const;

/** What the filters of a job leave out. */
export function filterPromises(promise: StorePromises): void {
  promise(
    'shows nothing of what is left out, and knows it at its key, by its identity, and below a folder',
    async (bench) => {
      const keys = ['a.txt', 'b.txt', 'f', 'f/x', 'f/x/y', 'g', 'g/z', 'old', 'old/w', 'kept'];
      const next = await bench.remembering(...keys.map((key) => ledgerEntry(key)));
      await next.reset();
      await leaveOut(next, '', [
        item('a.txt', { id: 'another item' }),
        item('renamed.txt', { id: 'id:b.txt' }),
        item('unknown.txt'),
        folder('f'),
        item('renamed', { kind: 'FOLDER', id: 'id:old' }),
      ]);
      await leaveOut(next, 'g', [item('g/z')]);
      const out = await Promise.all(keys.map((key) => next.isLeftOut(key)));
      expect(keys.filter((_, index) => out[index])).toEqual([
        'a.txt',
        'b.txt',
        'f',
        'f/x',
        'f/x/y',
        'g/z',
        'old',
        'old/w',
      ]);
      expect(await next.isLeftOut('f2')).toBe(false);
      expect(await groupsOf(next)).toEqual([]);
      await next.reset();
      expect(await next.isLeftOut('a.txt')).toBe(false);
    },
  );

  promise('knows what is left out of a listing that is kept, after what is in', async (bench) => {
    await bench.store.reset();
    await bench.store.stage('SOURCE', [{ key: 'f', item: folder('f') }]);
    await leaveOut(bench.store, '', [item('a.tmp'), folder('tmp')], true);
    await leaveOut(bench.store, 'tmp', [item('tmp/b.txt')], true);
    await bench.store.stageProof('SOURCE', { root: 'r', seen: 4, total: null, token: 'since' }, HOW, KNOWN);
    await bench.store.enter('DONE');
    const next = await working(await bench.harness.nextRun());
    const known = (await collect(next.knownFolders('SOURCE'))).flatMap(({ items }) => unpackItems(items));
    expect(known.map(({ path }) => path.join('/'))[0]).toBe('f');
    expect(known.map(({ path }) => path.join('/')).sort()).toEqual(['a.tmp', 'f', 'tmp', 'tmp/b.txt']);
    expect(await collect(next.knownFolders('DESTINATION'))).toEqual([]);
  });
}
