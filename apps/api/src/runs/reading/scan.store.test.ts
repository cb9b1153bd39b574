import { expect, it } from 'vitest';
import { describeScanStore, item } from '@sluice/core/testing';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { createScanStore, ScanResultStore } from './scan.store.js';
import { LeaseLostError, type StoreContext } from '../engine-store/store-context.js';
import { seedJob, seedRun } from '../engine-store/testing.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');

describeOnBothDatabases('scans in the store', (open) => {
  let shared: Promise<Database> | undefined;

  async function setUp(lease: string | null = null) {
    const db = await (shared ??= open());
    const jobId = await seedJob(db, { transferType: 'SCAN', destinationConnectionId: null, destinationPath: null });
    const { planId, runId } = await seedRun(db, jobId, 1);
    const context: StoreContext = {
      ...{ jobId, planId, runId, lease, planValidity: 1, now: () => NOW, onEvents: () => undefined },
      changes: { record: async () => undefined },
    };
    return { db, jobId, runId, store: createScanStore(db, context), results: new ScanResultStore(db) };
  }

  describeScanStore(
    'database',
    async () => {
      const { db, store, results, runId } = await setUp();
      const row = async () => (await results.ofRuns([runId]))[0];
      const { runs } = db.tables;
      return {
        store,
        duplicates: async () => (await row())?.duplicates ?? null,
        figures: async () => (await row())?.figures ?? null,
        counters: async () => {
          const run = (await db.reader.select().from(runs)).find(({ id }) => id === runId);
          return { ...run?.counters, discovered: [run?.itemsDiscovered, run?.bytesDiscovered] };
        },
      };
    },
    3,
  );

  it('counts what is to be read as the work of the run, and what was read as done', async () => {
    const { db, store, runId } = await setUp();
    await store.reset();
    await store.addFiles(['a', 'b', 'c'].map((path) => ({ ...item(path), size: path === 'c' ? 9 : 5, sha256: null })));
    await store.keepFigures(figures);
    const { runs } = db.tables;
    const counters = async () => (await db.reader.select().from(runs)).find(({ id }) => id === runId)?.counters;
    expect(await counters()).toMatchObject({ itemsPlanned: 2, bytesPlanned: 10, itemsDone: 0 });
    const [first] = await store.unread(null, 1);
    await store.noteHashes([{ id: first!.id, size: 5, sha256: null }]);
    expect(await counters()).toMatchObject({ itemsDone: 1, bytesDone: 5 });
  });

  it('removes the files of ended scans in portions, and keeps their results', async () => {
    const { db, jobId, store, results, runId } = await setUp();
    await store.reset();
    const files = Array.from({ length: 1_200 }, (_, index) => ({
      ...item(`f${index}`),
      size: 5,
      sha256: 'a'.repeat(64),
    }));
    await store.addFiles(files);
    await store.keepFigures(figures);
    await store.finish();
    const { scanFiles } = db.tables;
    const left = async () => (await db.reader.select().from(scanFiles)).filter((row) => row.runId === runId).length;
    await prune(results);
    expect(await left()).toBe(1_200);
    await seedRun(db, jobId, 2);
    const portions = await prune(results);
    expect([await left(), portions]).toEqual([0, 4]);
    expect((await results.ofRuns([runId]))[0]).toMatchObject({ hasFiles: false, duplicates: { groupCount: 1 } });
  });

  it('is written by the worker only that holds the run', async () => {
    const { store } = await setUp('another');
    await expect(store.noteHashes([{ id: 1, size: 5, sha256: null }])).rejects.toThrow(LeaseLostError);
  });
});

const figures = {
  ...{ fileCount: 3, folderCount: 0, emptyFolderCount: 0, byteCount: 19, isComplete: true, isCompared: true },
  ...{ extensions: [], sizeClasses: [], ageClasses: [], depths: [], longestPaths: [], nameProblems: [] },
};

/** Removes everything that may go; tells in how many portions. */
async function prune(results: ScanResultStore): Promise<number> {
  let portions = 0;
  while (await results.prunePortion()) portions += 1;
  return portions;
}
