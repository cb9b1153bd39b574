import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, type MemoryPlatformOptions, quietRun } from '@sluice/core/testing';
import type { Database } from '../../db/database.js';
import { openDatabase } from '../../db/open-database.js';
import { systemClock } from '../../clock.js';
import { createEngineStore } from './store.js';
import { seedJob, seedRun } from './testing.js';

const MOST_PER_ITEM = 4;
const silent = () => {};

let folder = '';
let db: Database;
let statements = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-statements-'));
  db = await openDatabase(
    { dataFolder: folder, databaseUrl: null, role: 'all' },
    { onStatement: () => (statements += 1) },
  );
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

/** Statements of one run of a job that has that many files in folders of a hundred. */
async function statementsOf(files: number, { prepare, ...options }: Case): Promise<number> {
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform(options)];
  const modifiedAt = new Date('2026-01-05');
  const seeds = Array.from({ length: files }, (_, n) => ({
    path: `folder ${n % (files / 100)}/${n}.txt`,
    bytes: `bytes of ${n}`,
    modifiedAt,
  }));
  source.seed(seeds);
  if (prepare === 'THERE') destination.seed(seeds);
  const jobId = await seedJob(db);
  const run = async (number: number) => {
    const changes = { record: async () => undefined };
    const context = { jobId, ...(await seedRun(db, jobId, number)), lease: null, planValidity: 1e9, changes };
    const before = statements;
    await executeRun({
      source,
      destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: defaultPolicies('COPY'),
      store: createEngineStore(db, { ...context, now: () => new Date(), onEvents: silent }),
      clock: systemClock,
      ...quietRun(),
    });
    return statements - before;
  };
  const first = await run(1);
  if (prepare !== 'COPIED') return first;
  source.seed(seeds.map((seed) => ({ ...seed, bytes: `${seed.bytes} again` })));
  return run(2);
}

type Case = MemoryPlatformOptions & { prepare?: 'THERE' | 'COPIED' };

describe('statements per item on SQLite', () => {
  it.each<[string, Case]>([
    ['of files that come directly', {}],
    ['of files that come by streams', { without: ['direct'] }],
    ['of files that are adopted', { prepare: 'THERE' }],
    ['of files that are updated', { prepare: 'COPIED' }],
  ])('%s are at most four, and do not grow with the number of items', async (_, given) => {
    const [few, many] = [await statementsOf(200, given), await statementsOf(800, given)];
    expect(many / 800).toBeLessThanOrEqual(MOST_PER_ITEM);
    expect(many / 800).toBeLessThanOrEqual(few / 200);
  });
});
