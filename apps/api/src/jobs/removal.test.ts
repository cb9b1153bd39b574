import { eq, like } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { eventRow, stepRow } from '../reads/fill-store.js';
import { tidy } from '../runner/tidying.js';
import { seedJob, seedRun } from '../runs/engine-store/testing.js';
import { openTestApp } from '../testing.js';
import { JobRemovals, PORTION_ROWS } from './removal.store.js';

const MANY_ROWS = 1_200;
const HUNDRED = 100;
const AT = new Date('2026-11-21T10:00:00.000Z');

const batchOf = (planId: string) => {
  const counts = { depth: 0, itemCount: 1, fileCount: 1, byteCount: 1 };
  return {
    planId,
    side: 'SOURCE',
    parentKey: '',
    part: 1,
    folder: '[]',
    fingerprints: '',
    rest: '',
    ...counts,
  } as const;
};

/** A job with an ended run of very many items. */
async function seedLarge(db: Database): Promise<string> {
  const { runs, steps, runEvents, runKeys, ledgerEntries, restingFolders, itemFailures, locationPairs } = db.tables;
  const { stagedItems, stagedBatches, stagedIdentities, stagedProblems, stagedDeletions } = db.tables;
  const jobId = await seedJob(db);
  const { planId, runId, ordinal } = await seedRun(db, jobId, 1);
  const entryOf = (number: number, pair: number) => {
    const text = String(number);
    const place = { isFolder: false, sourceFolder: '', sourceName: text };
    return { pair, ...place, sourceId: text, destinationId: text };
  };
  await db.transact(async (tx) => {
    const places = { sourceConnectionId: 'a', sourcePlace: '/', destinationConnectionId: 'b', destinationPlace: '/' };
    const pairRow = { jobId, ...places, itemCount: MANY_ROWS, usedAt: AT };
    const [pair] = await tx.insert(locationPairs).values(pairRow).returning();
    await tx.update(runs).set({ activeJobId: null, state: 'SUCCEEDED' }).where(eq(runs.id, runId));
    for (let start = 0; start < MANY_ROWS; start += HUNDRED) {
      const numbers = Array.from({ length: HUNDRED }, (_, index) => start + index);
      await tx.insert(steps).values(numbers.map((number) => stepRow(number, { ordinal, latestOf: ordinal })));
      await tx.insert(runEvents).values(numbers.map((number) => eventRow(number, { runId, ordinal })));
      await tx.insert(ledgerEntries).values(numbers.map((number) => entryOf(number, pair!.number)));
    }
    const rest = { sourceKey: 'a', destinationKey: 'a', sourcePrint: '', destinationPrint: '' };
    await tx.insert(restingFolders).values({ pair: pair!.number, ...rest });
    await tx.insert(itemFailures).values({ jobId, itemKey: 'a', runCount: 1, runId });
    await tx.insert(stagedItems).values({ planId, side: 'SOURCE', key: 'a', remoteId: 'a', kind: 'FILE', item: '' });
    await tx.insert(runKeys).values({ runId, key: 'a' });
    await tx.insert(stagedIdentities).values({ planId, side: 'SOURCE', key: 'a', remoteId: 'a' });
    await tx.insert(stagedBatches).values(batchOf(planId));
    await tx.insert(stagedDeletions).values({ planId, remoteId: 'a' });
    await tx.insert(stagedProblems).values({ planId, side: 'SOURCE', key: 'a', kind: 'FOLDER', problem: '' });
  });
  return jobId;
}

async function ownedRows(db: Database): Promise<number> {
  const { steps, stagedItems, stagedBatches, stagedIdentities, stagedProblems, stagedDeletions } = db.tables;
  const { runEvents, runKeys, ledgerEntries, restingFolders, itemFailures, locationPairs } = db.tables;
  const staged = [steps, stagedItems, stagedBatches, stagedIdentities, stagedProblems, stagedDeletions];
  const owned = [...staged, runEvents, runKeys, ledgerEntries, restingFolders, itemFailures, locationPairs];
  const counts = await Promise.all(owned.map((table) => db.reader.$count(table)));
  return counts.reduce((sum, count) => sum + count, 0);
}

describeOnBothDatabases('the removal of a job', (open) => {
  it('removes the job with its runs at once, and everything that belongs to it in the end; other jobs keep theirs', async () => {
    const db = await open();
    await seedLarge(db);
    const kept = await ownedRows(db);
    const jobId = await seedLarge(db);
    const removals = new JobRemovals(db);
    await db.transact((tx) => removals.remove(tx, jobId), { leavesOwnedRows: true });
    for (const table of [db.tables.jobs, db.tables.plans, db.tables.runs])
      expect(await db.reader.$count(table)).toBe(1);
    while (await removals.removePortion());
    expect(await ownedRows(db)).toBe(kept);
    expect(await db.reader.$count(db.tables.facts, like(db.tables.facts.name, 'removed:%'))).toBe(0);
  });
});

it('deletes a large job in bounded portions, which go on after a restart, with pauses for others', async () => {
  await using test = await openTestApp({ role: 'api' });
  const { db } = test.app.base;
  const id = await seedLarge(db);
  const before = await ownedRows(db);
  const reply = await test.send('mutation ($id: ID!) { jobDelete(id: $id) { deletedId userErrors { code } } }', { id });
  expect(reply.data).toEqual({ jobDelete: { deletedId: id, userErrors: [] } });
  expect(await ownedRows(db)).toBe(before);
  // Nothing but the store knows what is left to do.
  const removals = new JobRemovals(db);
  const counts = [before];
  const clock = {
    now: () => AT.getTime(),
    monotonic: () => AT.getTime(),
    sleep: async () => void counts.push(await ownedRows(db)),
  };
  const pruning = { prunePortion: async () => false };
  await tidy({ db, clock }, removals, [pruning], new AbortController().signal);
  expect(counts.at(-1)).toBe(0);
  const portions = counts.slice(1).map((count, index) => (counts[index] ?? 0) - count);
  expect(Math.max(...portions)).toBe(PORTION_ROWS);
});

it('keeps every other transaction from leaving rows without an owner', async () => {
  await using test = await openTestApp({ role: 'api' });
  const { db } = test.app.base;
  const jobId = await seedLarge(db);
  await db.transact(async () => undefined, { leavesOwnedRows: true });
  await db.transact(async (tx) => void (await tx.delete(db.tables.jobs).where(eq(db.tables.jobs.id, jobId))));
  // Steps belong to a plan by their identifiers alone.
  expect(await ownedRows(db)).toBe(MANY_ROWS);
});
