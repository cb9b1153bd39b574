import { describe, expect, it } from 'vitest';
import { executeScan, type ListedFigures, type ScanDuplicates, type ScanStore, type SizedFile } from '../run/index.js';
import { MemoryEngineStore } from './memory-engine-store.js';
import { createMemoryPlatform } from './memory-platform.js';
import { MemoryJob } from './memory-store/job.js';
import { quietRun } from './quiet-run.js';
import { item } from './store-contract/samples.js';

export interface ScanStoreHarness {
  store: ScanStore;
  /** What is shown of the scan; null while it is not finished. */
  duplicates: () => Promise<ScanDuplicates | null>;
  /** What its listing showed; null before its end. */
  figures: () => Promise<ListedFigures | null>;
  /** What the run counts of it, by any names; null where nothing counts. */
  counters: () => Promise<object | null>;
}

export const NO_FIGURES = {
  ...{ fileCount: 0, folderCount: 0, emptyFolderCount: 0, byteCount: 0, isComplete: true, isCompared: true },
  ...{ extensions: [], sizeClasses: [], ageClasses: [], depths: [], longestPaths: [], nameProblems: [] },
};

const file = (path: string, size: number, sha256: string | null = null): SizedFile => ({
  ...item(path),
  path: path.split('/'),
  size,
  sha256,
});
const hash = (letter: string) => letter.repeat(64);

/** The promises of `ScanStore`, as tests: each has a run of its own. A slow store is killed at each `nth` moment only. */
export function describeScanStore(name: string, open: () => Promise<ScanStoreHarness>, nth = 1): void {
  describe(`scan store: ${name}`, () => {
    it('gives the files of equal sizes, largest first, each once', async () => {
      const { store } = await open();
      await store.reset();
      await store.addFiles([file('a', 5), file('b', 7), file('c', 5), file('d', 9)]);
      await store.addFiles([file('e', 7), file('f', 5, hash('f'))]);
      await store.keepFigures(NO_FIGURES);
      const first = await store.unread(null, 2);
      const rest = await store.unread(first.at(-1)!, 9);
      const paths = [...first, ...rest].map((one) => one.file.path.join('/'));
      expect(paths).toEqual(['e', 'b', 'c', 'a']);
      await store.noteHashes(first.map(({ id, file: { size } }) => ({ id, size, sha256: null })));
      expect((await store.unread(null, 9)).map((one) => one.file)).toEqual([file('c', 5), file('a', 5)]);
    });

    it('gives none whose size no other file has, however many there are', async () => {
      const { store } = await open();
      await store.reset();
      await store.addFiles(
        Array.from({ length: 1_100 }, (_, index) => file(`f${index}`, index === 1_099 ? 1 : index + 1)),
      );
      await store.keepFigures(NO_FIGURES);
      expect((await store.unread(null, 9)).map((one) => one.file.path)).toEqual([['f1099'], ['f0']]);
    });

    it('finds the files of equal content when it is finished, and none that was not read', async () => {
      const { store, duplicates } = await open();
      await store.reset();
      await store.addFiles(['a', 'b', 'c', 'd', 'x/e'].map((path) => file(path, 10)));
      await store.addFiles([file('f', 500, hash('f')), file('g', 500, hash('f')), file('h', 500)]);
      await store.keepFigures(NO_FIGURES);
      const contents: Record<string, string | null> = { a: 'a', b: 'b', c: 'a', d: null, e: 'a', h: null };
      const read = (await store.unread(null, 99)).map(({ id, file: { size, path } }) => {
        const letter = contents[path.at(-1)!] ?? null;
        return { id, size, sha256: letter && hash(letter) };
      });
      await store.noteHashes(read);
      expect(await duplicates()).toBeNull();
      await store.finish();
      expect(await duplicates()).toEqual({
        groupCount: 2,
        byteCount: 520,
        groups: [
          { sha256: hash('f'), byteSize: 500, fileCount: 2, paths: ['/f', '/g'] },
          { sha256: hash('a'), byteSize: 10, fileCount: 3, paths: ['/a', '/c', '/x/e'] },
        ],
      });
    });

    it('tells a hundred groups and twenty paths of each, and counts all', async () => {
      const { store, duplicates } = await open();
      await store.reset();
      const pairs = Array.from({ length: 130 }, (_, index) => String(index).padStart(64, '0'));
      await store.addFiles(pairs.flatMap((sha256) => [file(`${sha256}-1`, 3, sha256), file(`${sha256}-2`, 3, sha256)]));
      await store.addFiles(Array.from({ length: 30 }, (_, index) => file(`many-${index}`, 4, hash('a'))));
      await store.keepFigures(NO_FIGURES);
      await store.finish();
      const found = await duplicates();
      expect(found).toMatchObject({ groupCount: 131, byteCount: 130 * 3 + 29 * 4, groups: { length: 100 } });
      expect(found?.groups[0]).toMatchObject({ fileCount: 30, paths: { length: 20 } });
    });

    it('forgets what an interrupted scan left', async () => {
      const { store, duplicates } = await open();
      await store.reset();
      await store.addFiles([file('a', 5), file('b', 5)]);
      await store.reset();
      await store.addFiles([file('a', 5)]);
      await store.keepFigures(NO_FIGURES);
      expect(await store.unread(null, 9)).toEqual([]);
      await store.finish();
      expect(await duplicates()).toEqual({ groupCount: 0, byteCount: 0, groups: [] });
    });

    it('killed before or after any of its effects, a scan ends as if nothing had been, and counts nothing twice', async () => {
      const undisturbed = await scanned(open, Infinity);
      expect(undisturbed.result).toMatchObject({
        duplicates: { groupCount: 2, groups: [{ fileCount: 2 }, { paths: ['/a.txt', '/sub/b.txt'] }] },
        figures: { fileCount: 6, folderCount: 2, isComplete: true },
      });
      expect(undisturbed.moments).toBeGreaterThan(30);
      for (let moment = 1; moment <= undisturbed.moments; moment += nth)
        expect((await scanned(open, moment)).result, `killed at moment ${moment}`).toEqual(undisturbed.result);
    });
  });
}

/** A scan whose process is killed at one moment, and goes on in another process. */
async function scanned(open: () => Promise<ScanStoreHarness>, killedAt: number) {
  const { store, duplicates, figures, counters } = await open();
  const source = createMemoryPlatform({ capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } });
  const contents = {
    'a.txt': 'same',
    'sub/b.txt': 'same',
    'sub/c.txt': 'also',
    'd/e.pdf': 'longer',
    'd/f.pdf': 'longer',
    g: '',
  };
  source.seed(Object.entries(contents).map(([path, bytes]) => ({ path, bytes })));
  let moments = 0;
  const pass = () => {
    if ((moments += 1) >= killedAt) throw new Error('Killed.');
  };
  source.onOperation(pass);
  const engineStore = new MemoryEngineStore(new MemoryJob());
  const work = (each: { scans: ScanStore; store: MemoryEngineStore }) =>
    executeScan({ ...SCAN, ...quietRun(), source, ...each });
  const dying = work({ scans: mortal(store, pass), store: mortal(engineStore, pass) });
  if (killedAt === Infinity) await dying;
  else await expect(dying).rejects.toThrow('Killed.');
  const passed = moments;
  source.onOperation(() => undefined);
  expect(await work({ scans: store, store: engineStore })).toEqual({ kind: 'DONE' });
  return {
    moments: passed,
    result: { duplicates: await duplicates(), figures: await figures(), counters: await counters() },
  };
}

const SCAN = {
  ...{ sourceRoot: [], rules: [], others: [], mayRead: true, maxParallelReads: 1 },
  clock: { now: () => Date.UTC(2026, 10, 21), monotonic: () => 0, sleep: async () => {} },
};

/** The same object, of which each call passes a moment before and after its effect; once one throws, all do. */
function mortal<Store extends object>(store: Store, pass: () => void): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        pass();
        const result: unknown = await Reflect.apply(value, target, given);
        pass();
        return result;
      };
    },
  });
}
