import { expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { PlatformError } from '../platform/index.js';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  MemoryScanStore,
  quietRun,
  type MemoryPlatform,
} from '../testing/index.js';
import { executeScan, type ScanContext } from './index.js';

const clock = { now: () => Date.UTC(2026, 10, 21), monotonic: () => 0, sleep: async () => {} };

class Scan {
  readonly source: MemoryPlatform;
  readonly store = new MemoryEngineStore(new MemoryJob());
  readonly scans = new MemoryScanStore();
  readonly operations: string[] = [];

  constructor(level: 'FULL' | 'NONE' = 'NONE') {
    this.source = createMemoryPlatform({ capabilities: { CONTENT_CHECKSUM: { level } } });
    this.note();
  }

  note(): void {
    this.operations.length = 0;
    this.source.onOperation(({ operation, moment, path }) => {
      if (moment === 'before') this.operations.push(`${operation} ${path.join('/')}`);
    });
  }

  put(files: Record<string, string | null>): this {
    const entries = Object.entries(files);
    this.source.seed(entries.map(([path, bytes]) => (bytes === null ? { path } : { path, bytes })));
    return this;
  }

  run(given: Partial<ScanContext> = {}) {
    const { source, store, scans } = this;
    const { report, control, owner } = quietRun();
    const what = { source, store, scans, sourceRoot: [], rules: [], others: [], mayRead: true, maxParallelReads: 2 };
    return executeScan({ ...what, clock, report, control, owner, ...given });
  }
}

const groups = ({ scans }: Scan) => scans.duplicates?.groups.map(({ paths }) => paths);

it('analyses one place: counts, empty folders, and duplicates by content', async () => {
  const scan = new Scan().put({
    'a.txt': 'same',
    'sub/b.txt': 'same',
    'sub/c.txt': 'also',
    'sub/d.txt': 'longer',
    void: null,
  });
  expect(await scan.run()).toEqual({ kind: 'DONE' });
  expect(scan.scans.figures).toMatchObject({
    ...{ fileCount: 4, folderCount: 2, emptyFolderCount: 1, byteCount: 18, isComplete: true, isCompared: true },
  });
  expect(groups(scan)).toEqual([['/a.txt', '/sub/b.txt']]);
});

it('reads files of equal sizes only, each once, and lists once', async () => {
  const scan = new Scan().put({ a: '1234', b: '1234', c: '12345', d: '', e: '' });
  await scan.run();
  expect(scan.operations.toSorted()).toEqual(['find ', 'list ', 'open a', 'open b']);
});

it('costs only its listing where contents may not be read', async () => {
  const scan = new Scan().put({ a: '1234', b: '1234' });
  expect(await scan.run({ mayRead: false })).toEqual({ kind: 'DONE' });
  expect(scan.operations.toSorted()).toEqual(['find ', 'list ']);
  expect(scan.scans.figures).toMatchObject({ fileCount: 2, isCompared: false });
  expect(groups(scan)).toEqual([]);
});

it('compares without reading where the platform tells checksums', async () => {
  const scan = new Scan('FULL').put({ a: '1234', b: '1234' });
  await scan.run({ mayRead: false });
  expect(scan.operations).not.toContain('open a');
  expect(groups(scan)).toEqual([['/a', '/b']]);
});

it('goes on reading after a stop, and lists nothing again', async () => {
  const scan = new Scan().put({ a: '12', b: '12', c: '12', d: '12' });
  const control = { ...quietRun().control, isStopping: false };
  scan.source.onOperation(({ operation, path }) => {
    scan.operations.push(`${operation} ${path.join('/')}`);
    control.isStopping ||= operation === 'open';
  });
  expect(await scan.run({ control, maxParallelReads: 1 })).toEqual({ kind: 'STOPPED' });
  expect(scan.scans.duplicates).toBeNull();
  control.isStopping = false;
  scan.note();
  expect(await scan.run()).toEqual({ kind: 'DONE' });
  expect(scan.operations.toSorted()).toEqual(['open a', 'open b', 'open c']);
  expect(groups(scan)).toEqual([['/a', '/b', '/c', '/d']]);
});

it('begins a listing again that was broken off, and never shows half of one', async () => {
  const scan = new Scan().put({ a: '12', 'sub/b': '12' });
  const error = new PlatformError('UNREACHABLE', 'Gone.');
  scan.source.failNext('list', error, 1, 'after');
  expect(await scan.run()).toEqual({ kind: 'BROKEN', error });
  expect([scan.scans.figures, scan.scans.duplicates]).toEqual([null, null]);
  expect(await scan.run()).toEqual({ kind: 'DONE' });
  expect(scan.scans.figures).toMatchObject({ fileCount: 2, folderCount: 1 });
  expect(groups(scan)).toEqual([['/a', '/sub/b']]);
});

it('reports a folder that cannot be listed, and does not call it empty', async () => {
  const scan = new Scan().put({ a: '12', 'sub/b': '12', void: null });
  scan.source.denyListing('sub', new PlatformError('ACCESS_DENIED', 'No right.'));
  expect(await scan.run()).toEqual({ kind: 'DONE' });
  expect(scan.scans.figures).toMatchObject({ fileCount: 1, folderCount: 2, emptyFolderCount: 1, isComplete: false });
  expect(scan.store.outcomes()).toEqual({ sub: 'FLAGGED LISTING_FAILED' });
});

it('compares a file with none that cannot be read, and says so', async () => {
  const scan = new Scan().put({ a: '12', b: '12', c: '12' });
  // The last one that came is read first.
  scan.source.failNext('open', new PlatformError('ACCESS_DENIED', 'No right.'));
  expect(await scan.run({ maxParallelReads: 1 })).toEqual({ kind: 'DONE' });
  expect(groups(scan)).toEqual([['/a', '/b']]);
  expect(scan.store.logged).toMatchObject([{ severity: 'WARNING' }]);
  expect(scan.store.logged[0]?.message).toContain('1 files could not be read');
});

it('rests when the platform is out of reach while it reads, and goes on with what was not read', async () => {
  const scan = new Scan().put({ a: '12', b: '12' });
  const error = new PlatformError('UNREACHABLE', 'Gone.');
  scan.source.failNext('open', error);
  expect(await scan.run()).toEqual({ kind: 'BROKEN', error });
  expect(await scan.run()).toEqual({ kind: 'DONE' });
  expect(groups(scan)).toEqual([['/a', '/b']]);
});

it('counts only what the filters leave in', async () => {
  const scan = new Scan().put({ 'a.pdf': '12', 'sub/b.tmp': '12' });
  const rules = [{ ...NO_CONDITION, isExclusion: true, extensions: ['tmp'] }];
  await scan.run({ rules });
  expect(scan.scans.figures).toMatchObject({ fileCount: 1, folderCount: 1, emptyFolderCount: 0 });
  expect(scan.store.outcomes()).toEqual({ 'sub/b.tmp': 'SKIPPED EXCLUDED_BY_RULE' });
  expect(groups(scan)).toEqual([]);
});

it('lets others have their turn while it lists, though neither store nor listing waits for anything', async () => {
  const scan = new Scan().put(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`${index}`, '12'])));
  let turns = 0;
  await scan.run({ mayRead: false, clock: { ...clock, sleep: async () => void (turns += 1) } });
  expect(turns).toBeGreaterThan(2);
});
