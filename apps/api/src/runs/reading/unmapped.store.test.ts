import type { UnmappedName } from '@sluice/core/mapping';
import { expect, it } from 'vitest';
import type { UnmappedRow } from '../../db/row-types.js';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { createEngineStore } from '../engine-store/store.js';
import { LeaseLostError } from '../engine-store/store-context.js';
import { seedJob, seedRun } from '../engine-store/testing.js';
import { UnmappedReader } from './unmapped.store.js';

const nameOf = (value: string, more: Partial<UnmappedName> = {}): UnmappedName => ({
  ...{ kind: 'TAG', reason: 'UNMAPPED', field: null, value, message: `Nothing for ${value}.`, isFlagged: false },
  ...{ itemCount: 3, examples: ['plans/a.pdf', `odd \0 ${value}`] },
  ...more,
});

async function read(db: Database, jobId: string) {
  const rows: (UnmappedRow & { number: number | null })[] = [];
  for await (const { plan, names } of new UnmappedReader(db).ofJob(jobId))
    rows.push(...names.map((name) => ({ ...name, number: plan.number })));
  return rows;
}

const told = async (db: Database, jobId: string) =>
  (await read(db, jobId)).map(({ number, value }) => [number, value] as const);

async function storeOf(db: Database, jobId: string, number: number, lease: string | null = null) {
  const context = { jobId, ...(await seedRun(db, jobId, number)), lease, planValidity: 1, onEvents: () => undefined };
  const changes = { record: async () => undefined };
  return createEngineStore(db, { ...context, changes, now: () => new Date(0) });
}

describeOnBothDatabases('what could not be mapped', (open) => {
  it('is kept with its plan, portion by portion and the latest plan first, and with it alone', async () => {
    const db = await open();
    const [jobId, other] = [await seedJob(db), await seedJob(db)];
    await (await storeOf(db, jobId, 1)).noteUnmapped([nameOf('old')], 0);
    await (await storeOf(db, other, 1)).noteUnmapped([nameOf('foreign')], 0);
    const many = Array.from({ length: 1_200 }, (_, index) => nameOf(`n${index}`));
    await (await storeOf(db, jobId, 2)).noteUnmapped(many, 0);
    expect(await told(db, jobId)).toEqual([...many.map(({ value }) => [2, value]), [1, 'old']]);
  });

  it('is forgotten when the plan is made anew after the worker died, so that nothing is told twice', async () => {
    const db = await open();
    const jobId = await seedJob(db);
    const store = await storeOf(db, jobId, 1);
    await store.noteUnmapped([nameOf('a')], 0);
    await store.reset();
    expect(await told(db, jobId)).toEqual([]);
    await store.noteUnmapped([nameOf('a')], 0);
    expect(await told(db, jobId)).toEqual([[1, 'a']]);
  });

  it('says how often others could not be mapped, and is written by nobody who lost the lease', async () => {
    const db = await open();
    const jobId = await seedJob(db);
    await (await storeOf(db, jobId, 1)).noteUnmapped([nameOf('a')], 7);
    expect(await read(db, jobId)).toMatchObject([
      { kind: 'TAG', value: 'a', itemCount: 3, examples: ['plans/a.pdf', expect.stringMatching(/^odd . a$/s)] },
      { kind: null, value: null, itemCount: 7, examples: [] },
    ]);
    const late = await storeOf(db, jobId, 2, 'somebody else');
    await expect(late.noteUnmapped([nameOf('b')], 0)).rejects.toThrow(LeaseLostError);
    expect(await told(db, jobId)).toEqual([
      [1, 'a'],
      [1, null],
    ]);
  });
});
