import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { IllegalMoveError } from '@sluice/core/job';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { RunStore } from '../reading/run.store.js';
import { settleRun } from '../lifecycle/store-settle.js';
import { changePlan, changeRunState } from './store-state.js';
import { lockPlan } from './store-context.js';
import { seedJob, seedRun } from './testing.js';

const storeContext = { now: () => new Date(), changes: { record: async () => undefined }, onEvents: () => undefined };

describeOnBothDatabases('the states of runs and plans in the store', (open) => {
  let shared: Promise<Database> | undefined;

  async function setUp() {
    const db = await (shared ??= open());
    const { runId, planId } = await seedRun(db, await seedJob(db), 1);
    const store = new RunStore(db);
    return { db, runId, planId, store };
  }

  it('a run does not move against the table of legal moves, and nothing is written', async () => {
    const { db, runId, store } = await setUp();
    await db.transact(async (tx) => {
      await settleRun(tx, db, (await store.lock(tx, runId))!, { state: 'CANCELED', reason: null }, storeContext);
    });
    const before = await store.byId(runId);
    const revival = db.transact(async (tx) =>
      changeRunState(tx, db, (await store.lock(tx, runId))!, { state: 'TRANSFERRING', wish: 'RUN' }, storeContext),
    );
    await expect(revival).rejects.toThrow(new IllegalMoveError('run', 'CANCELED', 'TRANSFERRING'));
    expect(await store.byId(runId)).toEqual(before);
  });

  it('a plan does not move against the table of legal moves, and nothing is written', async () => {
    const { db, runId, planId } = await setUp();
    const { plans } = db.tables;
    const change = (fields: Parameters<typeof changePlan>[3]) =>
      db.transact(async (tx) => {
        const plan = await lockPlan(tx, db, { planId, runId, lease: null });
        await changePlan(tx, db, plan, fields);
      });
    await change({ approvalState: 'REJECTED' });
    await expect(change({ approvalState: 'APPROVED', comment: 'Yes' })).rejects.toThrow(IllegalMoveError);
    await expect(change({ taskState: 'RUNNING' })).rejects.toThrow(IllegalMoveError);
    const [row] = await db.reader.select().from(plans).where(eq(plans.id, planId));
    expect(row).toMatchObject({ approvalState: 'REJECTED', taskState: 'SUCCEEDED', comment: null });
  });
});
