import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultPolicies, type Policies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk, type Disk } from '@sluice/fileshare/testing';
import { eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import { sourceKeyOf } from '../step-keys.js';
import { isAtSource } from './store-ledger-row.js';
import { createEngineStore } from '../store.js';
import { seedJob, seedRun } from '../testing.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} };

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-resting-'));
  for (const place of ['from', 'to']) mkdirSync(join(base, place));
  for (const path of [
    'top.txt',
    'A/1.txt',
    'A/2.txt',
    'A/deep/3.txt',
    'A/deep/4.txt',
    'B/5.txt',
    'B/6.txt',
    'C/c/7.txt',
  ])
    write(`from/${path}`, path);
});
afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

const remove = (path: string) => rmSync(join(base, path), { recursive: true });
const move = (from: string, to: string) => renameSync(join(base, from), join(base, to));

/** Files with what is in them, without what is in the trash. */
function tree(place: string): Record<string, string> {
  const entries = readdirSync(join(base, place), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const seen = files.filter((path) => !path.includes('.sluice-trash'));
  return Object.fromEntries(seen.map((path) => [path.slice(join(base, place).length + 1), readFileSync(path, 'utf8')]));
}

describeOnBothDatabases('folders at rest', (open) => {
  let db: Database;
  let jobId = '';
  let runs = 0;
  beforeEach(async () => {
    db = await open();
    jobId = await seedJob(db);
    runs = 0;
  });

  /** A run to its end: its steps as `ACTION key`, its items without one, and the folders of the source that were kept bare. */
  async function run(
    policies: Partial<Policies> = {},
    only: string[] | null = null,
    disk: Disk = realDisk(),
    /** Done between planning and carrying out. */
    meanwhile: () => void = () => undefined,
  ) {
    const scope = await seedRun(db, jobId, ++runs);
    const changes = { record: async () => undefined };
    const store = createEngineStore(db, {
      ...{ jobId, ...scope, lease: null, planValidity: 1_000, changes },
      ...{ now: () => new Date(clock.now()), onEvents: () => undefined },
    });
    const share = (place: string) =>
      createFilesharePlatform({
        root: join(base, place),
        clock,
        random: Math.random,
        durability: 'NEVER',
        lane: inlineLane(disk),
      });
    const [source, destination] = [await share('from'), await share('to')];
    const context = { source, destination, sourceRoot: [], destinationRoot: [], store, clock, ...quietRun(), only };
    const approve = async () => (meanwhile(), 'GO_ON' as const);
    const given = { ...context, policies: { ...defaultPolicies('COPY'), ...policies } };
    expect(await executeRun(given, approve)).toEqual({ kind: 'DONE' });
    await Promise.all([source.close(), destination.close()]);
    const { steps, stagedBatches, plans } = db.tables;
    const made = await db.reader.select().from(steps).where(stepsOfPlan(db, scope.planId));
    const [plan] = await db.reader.select().from(plans).where(eq(plans.id, scope.planId));
    const kept = await db.reader.select().from(stagedBatches).where(isNotNull(stagedBatches.otherHalf));
    return {
      steps: made.map(({ action, itemKey }) => `${action} ${sourceKeyOf(itemKey)}`).sort(),
      unchanged: plan!.totals.unchangedItems,
      bare: kept.flatMap((row) => (row.planId === scope.planId && row.side === 'SOURCE' ? [row.parentKey] : [])).sort(),
    };
  }

  const ALL = ['', 'A', 'A/deep', 'B', 'C', 'C/c'];

  /** Copied, and at rest with that. */
  async function rest(): Promise<void> {
    await run();
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
  }

  it('are kept without their files from the first run after the copy on, and all their items are counted', async () => {
    await rest();
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
  });

  it('are kept so from the first run after an adoption on', async () => {
    cpSync(join(base, 'from'), join(base, 'to'), { recursive: true, preserveTimestamps: true });
    expect((await run()).steps).toHaveLength(13);
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
  });

  it('are not taken for settled where an item changed between planning and carrying out', async () => {
    cpSync(join(base, 'from'), join(base, 'to'), { recursive: true, preserveTimestamps: true });
    await run({}, null, realDisk(), () => (write('from/B/5.txt', 'edited'), write('to/A/1.txt', 'edited there')));
    const found = await run();
    expect(found.steps).toContain('UPDATE B/5.txt');
    expect(found.bare).toEqual(ALL.filter((key) => key !== 'A' && key !== 'B'));
    expect(tree('to')).toEqual({ ...tree('from'), 'A/1.txt': 'edited there' });
  });

  it('are recorded by a later run where the first one ended before it came to that, and anew by other filters', async () => {
    await run();
    const { restingFolders: table } = db.tables;
    await db.transact(async (tx) => void (await tx.delete(table)));
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: [] });
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
    await db.transact(
      async (tx) => void (await tx.update(table).set({ sourcePrint: 'former', destinationPrint: 'former' })),
    );
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: [] });
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
  });

  it.each<[string, () => void, string[]]>([
    ['a new file', () => write('from/B/new.txt', 'new'), ['CREATE B/new.txt']],
    ['a new folder below one at rest', () => write('from/C/new/x.txt', 'x'), ['CREATE C/new', 'CREATE C/new/x.txt']],
    ['an edited file', () => write('from/A/deep/3.txt', 'edited'), ['UPDATE A/deep/3.txt']],
    ['a file that is gone at the destination', () => remove('to/B/5.txt'), ['CREATE B/5.txt']],
    ['a folder that is gone at the destination', () => remove('to/C/c'), ['CREATE C/c', 'CREATE C/c/7.txt']],
    ['a file that is gone at the source', () => remove('from/A/1.txt'), ['DELETE A/1.txt']],
    [
      'a folder that is gone at the source',
      () => remove('from/A/deep'),
      ['DELETE A/deep', 'DELETE A/deep/3.txt', 'DELETE A/deep/4.txt'],
    ],
    ['a file that moved to another folder', () => move('from/A/1.txt', 'from/B/1.txt'), ['MOVE B/1.txt']],
    ['a renamed folder with others at rest in it', () => move('from/A', 'from/Z'), ['RENAME Z']],
    [
      'two folders that swap names',
      () => (move('from/A', 'from/x'), move('from/B', 'from/A'), move('from/x', 'from/B')),
      ['RENAME A', 'RENAME B', 'RENAME B'],
    ],
  ])('%s is found beside them, and the rest of the tree rests on', async (_, change, expected) => {
    await rest();
    change();
    const policies = {
      deletions: 'MIRROR',
      deletionGuard: { maxItems: 1_000, maxShare: 100 },
    } satisfies Partial<Policies>;
    const found = await run(policies);
    expect(found.steps).toEqual(expected);
    expect(tree('to')).toEqual(tree('from'));
    expect((await run(policies)).steps).toEqual([]);
    // Looked at one by one, without anything at rest, all is as well.
    await db.transact(async (tx) => void (await tx.delete(db.tables.restingFolders)));
    expect((await run(policies)).steps).toEqual([]);
  });

  it('rest no longer when another thing is remembered of an item in them, though nothing changed', async () => {
    await rest();
    const { ledgerEntries: table } = db.tables;
    const [entry] = await db.reader
      .select()
      .from(table)
      .where(isAtSource(table, ['B/5.txt']));
    const scope = await seedRun(db, jobId, ++runs);
    const store = createEngineStore(db, {
      ...{ jobId, ...scope, lease: null, planValidity: 1_000, changes: { record: async () => undefined } },
      ...{ now: () => new Date(clock.now()), onEvents: () => undefined },
    });
    const [pair] = await store.locationPairs();
    await store.useLedger(pair!.number, { source: pair!.sourceRoot!, destination: pair!.destinationRoot });
    await store.forgetEntries([String(entry!.id)]);
    expect(await run()).toMatchObject({ steps: ['ADOPT B/5.txt'], bare: ALL.filter((key) => key !== 'B') });
  });

  it('are listed whole where a run is about some items only, and where empty folders are left out', async () => {
    await rest();
    expect(await run({}, ['B/5.txt'])).toMatchObject({ steps: [], bare: [] });
    expect(await run({ emptyFolders: 'SKIP' })).toEqual({ steps: [], unchanged: 13, bare: [] });
  });

  it('are listed again where their items are decided about one by one after all, such as beside a folder that cannot be listed', async () => {
    await rest();
    const disk = realDisk();
    const locked: Disk['open'] = (path, ...more) => {
      if (path === join(base, 'from/B')) throw Object.assign(new Error('locked'), { code: 'EACCES' });
      return disk.open(path, ...more);
    };
    const found = await run({}, null, { ...disk, open: locked });
    expect(found).toEqual({ steps: ['REFUSE B'], unchanged: 10, bare: ['A/deep', 'C/c'] });
    expect(tree('to')).toEqual(tree('from'));
    expect(await run()).toEqual({ steps: [], unchanged: 13, bare: ALL });
  });

  it('are told apart by the time of a file alone', async () => {
    await rest();
    utimesSync(join(base, 'from/B/5.txt'), 1, 1);
    expect((await run()).bare).not.toContain('B');
    expect(tree('to')).toEqual(tree('from'));
  });
});
