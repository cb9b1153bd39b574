import { beforeEach, expect, it } from 'vitest';
import { item } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { LeaseLostError, type StoreContext } from '../store-context.js';
import { seedJob, seedRun } from '../testing.js';
import { LocationPairStore, locationPairsOf } from './store-pairs.js';

const ROOTS = { source: 's', destination: 'd' };

describeOnBothDatabases('the places of a job', (open) => {
  let shared: Promise<Database> | undefined;
  let db: Database;
  let context: StoreContext;
  beforeEach(async () => {
    db = await (shared ??= open());
    context = await contextOf(await seedJob(db), 1);
  });

  async function contextOf(jobId: string, number: number): Promise<StoreContext> {
    return {
      ...{ jobId, ...(await seedRun(db, jobId, number)), lease: null, planValidity: 1_000 },
      ...{ now: () => new Date(0), changes: { record: async () => undefined }, onEvents: () => undefined },
    };
  }

  const storeAt = (ms = 0) => new LocationPairStore(db, { ...context, now: () => new Date(ms) });
  const jobOf = async () =>
    (await db.reader.select().from(db.tables.jobs).where(eq(db.tables.jobs.id, context.jobId)))[0];
  async function changeJob(fields: object): Promise<void> {
    const { jobs } = db.tables;
    await db.transact(async (tx) => void (await tx.update(jobs).set(fields).where(eq(jobs.id, context.jobId))));
  }
  async function changePair(number: number, fields: object): Promise<void> {
    const { locationPairs: table } = db.tables;
    await db.transact(async (tx) => void (await tx.update(table).set(fields).where(eq(table.number, number))));
  }
  const begun = async (ms: number, roots: Parameters<LocationPairStore['use']>[1] = ROOTS) => {
    const store = storeAt(ms);
    await store.use(null, roots);
    return store.current();
  };

  it('have no ledger until one is chosen, which the plan then has in every process', async () => {
    await expect(storeAt().current()).rejects.toThrow('No ledger was chosen for the plan.');
    const number = await begun(0);
    expect(await storeAt().current()).toBe(number);
    expect(await storeAt().row(db.reader)).toMatchObject({ number, ...{ sourceRoot: 's', destinationRoot: 'd' } });
    context = await contextOf(context.jobId, 2);
    await expect(storeAt().current()).rejects.toThrow('No ledger was chosen for the plan.');
  });

  it('are told with the pair that was used last first, the newer one of two', async () => {
    const [first, second, third] = [await begun(5), await begun(9), await begun(9, { source: 'x', destination: null })];
    const numbers = async () => (await storeAt().list()).map(({ number }) => number);
    expect(await numbers()).toEqual([third, second, first]);
    expect((await storeAt().list())[0]).toEqual({
      ...{ number: third, sourceRoot: 'x', destinationRoot: null, itemCount: 0 },
    });
    await storeAt(10).use(first, { source: 's2', destination: 'd2' });
    expect(await numbers()).toEqual([first, third, second]);
    expect((await storeAt().list())[0]).toMatchObject({ sourceRoot: 's2', destinationRoot: 'd2' });
    expect((await storeAt().list())[1]).toMatchObject({ sourceRoot: 'x', destinationRoot: null });
  });

  it('have the job count the entries of the ledger that is used', async () => {
    const [first, second] = [await begun(0), await begun(1)];
    await changePair(first, { itemCount: 7 });
    await storeAt().use(first, ROOTS);
    expect((await jobOf())?.ledgerItemCount).toBe(7);
    await storeAt().use(second, ROOTS);
    expect((await jobOf())?.ledgerItemCount).toBe(0);
  });

  it.each([
    { sourceConnectionId: 'con_other' },
    { sourcePath: '/other' },
    { sourceRemoteId: 'remote' },
    { destinationConnectionId: 'con_other' },
    { destinationPath: '/other' },
    { destinationRemoteId: 'remote' },
  ])(
    'have no former ledger once the job names another place, and have it again when it is changed back: %o',
    async (change) => {
      const number = await begun(0);
      const former = await jobOf();
      await changeJob(change);
      expect(await storeAt().list()).toEqual([]);
      const other = await begun(1);
      expect((await storeAt().list()).map((pair) => pair.number)).toEqual([other]);
      await changeJob({ ...former });
      expect((await locationPairsOf(db, db.reader, context.jobId)).map((pair) => pair.number)).toEqual([number]);
    },
  );

  it('are named by identifier before by path', async () => {
    await changeJob({ sourceRemoteId: 'source', destinationRemoteId: 'destination' });
    await begun(0);
    await changeJob({ sourcePath: '/renamed', destinationPath: '/renamed too' });
    expect(await storeAt().list()).toHaveLength(1);
    expect(await storeAt().row(db.reader)).toMatchObject({ sourcePlace: 'source', destinationPlace: 'destination' });
  });

  it('are those of one job alone', async () => {
    const number = await begun(0);
    const former = context;
    context = await contextOf(await seedJob(db), 1);
    expect(await storeAt().list()).toEqual([]);
    await expect(storeAt().use(number, ROOTS)).rejects.toThrow('The ledger that is to be used does not exist.');
    await begun(0);
    await changeJob({ ledgerItemCount: 3 });
    context = former;
    await storeAt().use(number, ROOTS);
    expect(await storeAt().current()).toBe(number);
  });

  it('are none for a scan and for a job that is gone', async () => {
    await changeJob({ destinationConnectionId: null });
    await expect(storeAt().list()).rejects.toThrow('A scan has no ledger.');
    await changeJob({ destinationConnectionId: 'con', destinationPath: null });
    await expect(storeAt().list()).rejects.toThrow('A scan has no ledger.');
    await expect(locationPairsOf(db, db.reader, 'job_of_nobody')).rejects.toThrow('The job does not exist.');
  });

  it('tell when the ledger that was chosen is gone', async () => {
    const number = await begun(0);
    const { locationPairs: table } = db.tables;
    await db.transact(async (tx) => void (await tx.delete(table).where(eq(table.number, number))));
    await expect(storeAt().row(db.reader)).rejects.toThrow('The ledger that was chosen is gone.');
  });

  it('know which question about them was asked last in this plan', async () => {
    const other = await contextOf(await seedJob(db), 1);
    expect(await storeAt().isAccepted('Is it right?')).toBe(false);
    expect(await new LocationPairStore(db, other).isAccepted('Is it right?')).toBe(false);
    expect(await storeAt().isAccepted('Is it right?')).toBe(true);
    expect(await storeAt().isAccepted('And this?')).toBe(false);
  });

  it('learn of the folder of the destination once it is found, and of no other item', async () => {
    const [former, number] = [
      await begun(0, { source: 's', destination: null }),
      await begun(1, { source: 's', destination: null }),
    ];
    const learn = (...given: [string, string][]) => {
      const staged = given.map(([key, id]) => ({ key, item: item(key, { kind: 'FOLDER', id }) }));
      return db.transact((tx) => storeAt().learnDestination(tx, staged));
    };
    const roots = async () => (await storeAt().list()).map((pair) => [pair.number, pair.destinationRoot]);
    await learn(['a', 'id of a']);
    expect(await roots()).toEqual([
      [number, null],
      [former, null],
    ]);
    await learn(['a', 'id of a'], ['', 'id of the folder']);
    await learn(['', 'id of another folder']);
    expect(await roots()).toEqual([
      [number, 'id of the folder'],
      [former, null],
    ]);
  });

  it('are not chosen by a process that has lost the run', async () => {
    const lost = new LocationPairStore(db, { ...context, lease: 'of a process that is gone' });
    await expect(lost.use(null, ROOTS)).rejects.toThrow(LeaseLostError);
    await expect(lost.isAccepted('Is it right?')).rejects.toThrow(LeaseLostError);
    expect(await storeAt().list()).toEqual([]);
  });
});
