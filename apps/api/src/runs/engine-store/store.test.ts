import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Step } from '@sluice/core/plan';
import type { EngineStore } from '@sluice/core/run';
import {
  describeEngineStore,
  ledgerEntry,
  outcome as outcomeOf,
  settledStep,
  step as stepOf,
} from '@sluice/core/testing';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { latestStepsOf, stepsOfPlan } from './store-plan-numbers.js';
import { sourceKeyOf } from './step-keys.js';
import { settleRun } from '../lifecycle/store-settle.js';
import { createEngineStore } from './store.js';
import { LeaseLostError, type StoreContext } from './store-context.js';
import { seedJob, seedRun } from './testing.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');
let ticks = 0;
const base = {
  lease: null,
  planValidity: 86_400_000,
  now: () => new Date(NOW.getTime() + ++ticks),
  changes: { record: async () => undefined },
  onEvents: () => undefined,
};

const flagged = {
  outcome: 'FLAGGED',
  reason: 'ACCESS_DENIED',
  message: 'No right.',
  verifiedBy: null,
  byteCount: 0,
} as const;
const refused = {
  action: 'REFUSE',
  reason: 'NAME_INVALID',
  message: 'The name is refused.',
  byteCount: 0,
  callCount: 0,
} as const;

async function plan(store: EngineStore, steps: readonly Step[]): Promise<void> {
  await store.reset();
  await store.enter('LISTING');
  await store.appendSteps(steps);
  await store.finishPlan('digest');
  await store.enter('TRANSFERRING');
}

describeOnBothDatabases('the run store', (open) => {
  let shared: Promise<Database> | undefined;
  const scopes = new Map<EngineStore, StoreContext>();

  async function setUp(given: Partial<StoreContext> = {}) {
    const db = await (shared ??= open());
    const jobId = await seedJob(db);
    let number = 0;
    const nextRun = async () => {
      const storeContext = { ...base, jobId, ...(await seedRun(db, jobId, ++number)), ...given };
      const store = createEngineStore(db, storeContext);
      if (storeContext.lease === null) {
        const [last] = await store.locationPairs();
        await store.useLedger(last?.number ?? null, { source: 's', destination: 'd' });
      }
      scopes.set(store, storeContext);
      return { store, storeContext };
    };
    return { db, jobId, nextRun, ...(await nextRun()) };
  }

  const runOf = async (db: Database, { runId }: StoreContext) => {
    const [row] = await db.reader
      .select()
      .from(db.tables.runs)
      .where(eq(db.tables.runs.id, runId ?? ''));
    if (row === undefined) throw new Error('no run');
    return row;
  };
  const stepsOf = (db: Database, { planId }: StoreContext) =>
    db.reader
      .select()
      .from(db.tables.steps)
      .where(stepsOfPlan(db, planId))
      .orderBy(sql`coalesce(${db.tables.steps.turn}, ${db.tables.steps.id})`);

  it('keeps with the plan what its listings say of themselves, until it is planned again', async () => {
    const { db, store, storeContext } = await setUp();
    const { plans } = db.tables;
    const proofs = async () => {
      const shown = { source: plans.sourceProof, destination: plans.destinationProof };
      return (await db.reader.select(shown).from(plans).where(eq(plans.id, storeContext.planId)))[0];
    };
    const proof = { root: 'folder', seen: 3, total: 4 };
    await store.stageProof('SOURCE', proof, { kind: 'FULL', reason: 'It is the first.' }, null);
    await store.stageProof('DESTINATION', null, { kind: 'FULL', reason: 'It is the first.' }, null);
    expect(await proofs()).toEqual({ source: proof, destination: null });
    await store.reset();
    expect(await proofs()).toEqual({ source: null, destination: null });
  });

  it('shows a plan that no run carries out as complete only along with whether a person has to approve it', async () => {
    const { db, storeContext } = await setUp();
    const { plans } = db.tables;
    const shown = { taskState: plans.taskState, approvalState: plans.approvalState };
    const read = async () => (await db.reader.select(shown).from(plans).where(eq(plans.id, storeContext.planId)))[0];
    let before: Awaited<ReturnType<typeof read>>;
    const approvalOf: StoreContext['approvalOf'] = async () => {
      before = await read();
      return { approvalState: 'PENDING' };
    };
    const isMeant = eq(plans.id, storeContext.planId);
    await db.transact((tx) => tx.update(plans).set({ taskState: 'RUNNING' }).where(isMeant));
    await plan(createEngineStore(db, { ...storeContext, runId: null, approvalOf }), [stepOf('a')]);
    expect(before!.taskState).not.toBe('SUCCEEDED');
    expect(await read()).toEqual({ taskState: 'SUCCEEDED', approvalState: 'PENDING' });
  });

  describeEngineStore('database', async () => {
    const { db, store, nextRun } = await setUp();
    return {
      firstRun: async () => store,
      nextRun: async () => (await nextRun()).store,
      restarted: async (former) => {
        const storeContext = scopes.get(former);
        if (storeContext === undefined) throw new Error('no such store');
        const again = createEngineStore(db, storeContext);
        scopes.set(again, storeContext);
        return again;
      },
    };
  });

  it('keeps of a step that is over what people are shown of it, and no more', async () => {
    const { db, store, storeContext } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b'), stepOf('c'), settledStep('d', refused)]);
    const [a, b, c] = await store.claim(3);
    await store.commit([
      outcomeOf(a!.id),
      outcomeOf(b!.id, { verifiedBy: 'NONE' }),
      outcomeOf(c!.id, { outcome: 'RETRYING', reason: 'NETWORK_ERROR' }),
    ]);
    const kept = (rows: { itemKey: string; step: string }[]) =>
      rows.flatMap(({ itemKey, step }) => (step === '' ? [] : [sourceKeyOf(itemKey)]));
    expect(kept(await stepsOf(db, storeContext))).toEqual(['b', 'c']);
    // What fails its verification later is carried out again.
    await store.commit([outcomeOf(b!.id, { outcome: 'RETRYING', reason: 'VERIFICATION_FAILED', verifiedBy: null })]);
    expect(await store.requeue(5)).toBe(2);
    expect((await store.claim(5)).map(({ step }) => step.sourceKey)).toEqual(['b', 'c']);
  });

  it('keeps why the name of an item is adapted, from the side that is read to the one that is written', async () => {
    const { db, store, storeContext } = await setUp();
    const renamed = (from: string, to: string, side: 'SOURCE' | 'DESTINATION' = 'DESTINATION') =>
      stepOf(side === 'SOURCE' ? to : from, {
        ...{ side, isRevised: true, destinationKey: side === 'SOURCE' ? from : to, parentKey: '', name: to },
      });
    await plan(store, [
      stepOf('same'),
      renamed('a:b.txt', 'a_b.txt'),
      renamed('c.txt', 'c (1).txt'),
      renamed('d:.txt', 'd_.txt', 'SOURCE'),
    ]);
    const revisions = (await stepsOf(db, storeContext)).map(({ revision }) => revision);
    expect(revisions).toEqual([null, 'CHARACTERS', 'TAKEN', 'CHARACTERS']);
  });

  it('counts outcomes, reasons, bytes and calls along with the steps', async () => {
    const { db, store, storeContext } = await setUp();
    await plan(store, [
      stepOf('a', { readCallCount: 3 }),
      stepOf('b', { isRevised: true }),
      stepOf('c'),
      settledStep('d', refused),
    ]);
    expect((await runOf(db, storeContext)).counters).toMatchObject({
      itemsPlanned: 3,
      bytesPlanned: 30,
      callsNeeded: 9,
      callsAtSource: 3,
      outcomes: { PENDING: { items: 3, bytes: 30 }, FLAGGED: { items: 1, bytes: 0 } },
      reasons: { NAME_INVALID: 1 },
    });
    const { plans } = db.tables;
    const [made] = await db.reader.select().from(plans).where(eq(plans.id, storeContext.planId));
    expect(made?.totals).toMatchObject({ calls: 9, source: { calls: 3, actions: {}, removals: 0 } });
    const [a, b] = await store.claim(2);
    await store.begin([a!.id, b!.id], NOW);
    expect((await runOf(db, storeContext)).counters.outcomes).toMatchObject({
      PENDING: { items: 1, bytes: 10 },
      IN_PROGRESS: { items: 2, bytes: 20 },
    });
    await store.commit([outcomeOf(a!.id), outcomeOf(b!.id)]);
    const [c] = await store.claim(1);
    await store.commit([outcomeOf(c!.id, { ...flagged, outcome: 'RETRYING' })]);
    expect((await runOf(db, storeContext)).counters).toMatchObject({
      itemsDone: 2,
      bytesDone: 20,
      versionsDone: 2,
      itemsRevised: 1,
      callsNeeded: 2,
      callsAtSource: 0,
      callsDoneAtSource: 3,
      outcomes: {
        PENDING: { items: 0 },
        IN_PROGRESS: { items: 0 },
        CREATED: { items: 2, bytes: 20 },
        RETRYING: { items: 1 },
      },
      reasons: { NEW: 2, ACCESS_DENIED: 1 },
    });
    await store.commit([outcomeOf(c!.id)]);
    const { counters } = await runOf(db, storeContext);
    expect(counters).toMatchObject({
      itemsDone: 3,
      bytesDone: 30,
      callsNeeded: 0,
      outcomes: { RETRYING: { items: 0 }, CREATED: { items: 3 } },
    });
  });

  it('numbers its events without gaps and tells of items that need attention only', async () => {
    const { db, store, storeContext } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b'), settledStep('c', refused)]);
    const [a, b] = await store.claim(2);
    await store.commit([outcomeOf(a!.id), outcomeOf(b!.id, flagged)]);
    await store.log('WARNING', 'Look.');
    const events = await db.reader
      .select()
      .from(db.tables.runEvents)
      .where(eq(db.tables.runEvents.runId, storeContext.runId ?? ''));
    expect(events.map(({ sequence, kind, state, message }) => [sequence, kind, state ?? message])).toEqual([
      [1, 'STATE', 'LISTING'],
      [2, 'ITEM', null],
      [3, 'STATE', 'TRANSFERRING'],
      [4, 'ITEM', null],
      [5, 'LOG', 'Look.'],
    ]);
    expect((await runOf(db, storeContext)).eventCount).toBe(5);
  });

  it('knows the latest record of every item of a job', async () => {
    const { db, store, nextRun, jobId } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b')]);
    const claimed = await store.claim(2);
    await store.commit(claimed.map(({ id }) => outcomeOf(id)));
    const second = await nextRun();
    await plan(second.store, [stepOf('a', { action: 'UPDATE' }), settledStep('c', refused)]);
    const latest = async () => {
      const rows = await db.reader.select().from(db.tables.steps).where(latestStepsOf(db, jobId));
      return rows.map((row) => `${sourceKeyOf(row.itemKey)} ${row.outcome}`).sort();
    };
    expect(await latest()).toEqual(['a CREATED', 'b CREATED', 'c FLAGGED']);
    const [a] = await second.store.claim(1);
    await second.store.commit([outcomeOf(a!.id, { outcome: 'UPDATED' })]);
    expect(await latest()).toEqual(['a UPDATED', 'b CREATED', 'c FLAGGED']);
  });

  it('counts the ledger of the job', async () => {
    const { db, store, jobId } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b')]);
    const [a, b] = await store.claim(2);
    await store.commit([
      outcomeOf(a!.id, { ledger: ledgerEntry('a') }),
      outcomeOf(b!.id, { ledger: ledgerEntry('b') }),
    ]);
    await store.commit([outcomeOf(a!.id, { ledger: ledgerEntry('a') })]);
    const count = async () =>
      (await db.reader.select().from(db.tables.jobs).where(eq(db.tables.jobs.id, jobId)))[0]?.ledgerItemCount;
    expect(await count()).toBe(2);
    await store.commit([outcomeOf(b!.id, { outcome: 'RETRYING', forgetLedger: true })]);
    expect(await count()).toBe(1);
  });

  it('plans a frozen plan anew without leaving its items, and settles what vanished', async () => {
    const { db, store, storeContext } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b'), stepOf('c')]);
    const before = await stepsOf(db, storeContext);
    await db.transact(async (tx) => {
      await tx
        .update(db.tables.plans)
        .set({ isFrozen: true, phase: 'NEW' })
        .where(eq(db.tables.plans.id, storeContext.planId));
    });
    await plan(store, [stepOf('new'), stepOf('b', { byteCount: 99 }), stepOf('a')]);
    const after = await stepsOf(db, storeContext);
    expect(after.map((row) => [sourceKeyOf(row.itemKey), row.outcome, row.byteCount])).toEqual([
      ['c', 'SKIPPED', 10],
      ['b', 'PENDING', 99],
      ['a', 'PENDING', 10],
    ]);
    expect(new Set(after.map(({ id }) => id))).toEqual(new Set(before.map(({ id }) => id)));
    expect((await runOf(db, storeContext)).counters).toMatchObject({ itemsPlanned: 2, bytesPlanned: 109 });
    const [b] = await store.claim(1);
    const [a] = await store.claim(5);
    expect([b, a].map((claimed) => claimed?.step.sourceKey)).toEqual(['b', 'a']);
    await store.release([b!.id, a!.id]);
    expect((await store.claim(5)).map(({ step }) => step.sourceKey)).toEqual(['b', 'a']);
  });

  it('writes nothing once another process holds the lease', async () => {
    const { db, store, storeContext } = await setUp({ lease: 'mine' });
    const hold = (leaseOwner: string) =>
      db.transact(
        async (tx) =>
          void (await tx
            .update(db.tables.runs)
            .set({ leaseOwner })
            .where(eq(db.tables.runs.id, storeContext.runId ?? ''))),
      );
    await hold('mine');
    await plan(store, [stepOf('a')]);
    const [a] = await store.claim(1);
    await hold('other');
    await expect(store.commit([outcomeOf(a!.id)])).rejects.toThrow(LeaseLostError);
    await expect(store.enter('VERIFYING')).rejects.toThrow(LeaseLostError);
    await expect(store.begin([a!.id], NOW)).rejects.toThrow(LeaseLostError);
    expect((await stepsOf(db, storeContext)).map(({ outcome }) => outcome)).toEqual(['PENDING']);
  });

  it('a run that is canceled leaves what it had begun to the next one', async () => {
    const { db, store, storeContext, nextRun } = await setUp();
    await plan(store, [stepOf('a'), stepOf('b')]);
    const [a] = await store.claim(2);
    await store.begin([a!.id], NOW);
    await db.transact(async (tx) =>
      settleRun(tx, db, await runOf(db, storeContext), { state: 'CANCELED', reason: null }, base),
    );
    const intents: unknown[] = [];
    for await (const { stepId, isOfThisRun } of (await nextRun()).store.openIntents())
      intents.push([stepId, isOfThisRun]);
    expect(intents).toEqual([[a!.id, false]]);
    expect((await stepsOf(db, storeContext)).map(({ outcome }) => outcome)).toEqual(['SKIPPED', 'SKIPPED']);
  });

  it('commits all outcomes of a batch or none', async () => {
    const { db, store, storeContext } = await setUp();
    await plan(store, [stepOf('a')]);
    const [a] = await store.claim(1);
    await store.begin([a!.id], NOW);
    await expect(store.commit([outcomeOf(a!.id), outcomeOf('item_unknown')])).rejects.toThrow();
    expect((await stepsOf(db, storeContext))[0]).toMatchObject({ outcome: 'IN_PROGRESS', attempts: [] });
    expect((await runOf(db, storeContext)).counters.itemsDone).toBe(0);
  });
});
