import { folderStep, item, outcome, step } from '@sluice/core/testing';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { emptyCounters } from '../engine-store/counters.js';
import { LATER, NOW, RunAtWork } from '../engine-store/run-at-work.testing.js';
import { stepsOfPlan } from '../engine-store/store-plan-numbers.js';
import { handOver, takeCarried } from './store-carry-over.js';

const RETRYING = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;
const WHOLE = { runId: 'run_next', isWhole: true };

describeOnBothDatabases('what a run leaves to the next one', (open) => {
  let shared: Promise<Database> | undefined;

  /** A run that has done two of six items, of which one is not proved yet, and is carried over. */
  async function carriedOver(): Promise<RunAtWork> {
    const work = await RunAtWork.begin(await (shared ??= open()));
    await work.planned(...['a', 'b', 'c', 'd', 'e'].map((key) => step(key, { readCallCount: 1 })), folderStep('f'));
    const [a, b, c, d] = (await work.claimed(4)) as [string, string, string, string];
    await work.store.begin([d], NOW);
    await work.store.commit([outcome(a), outcome(b, { verifiedBy: 'NONE' }), outcome(c, RETRYING)]);
    await work.store.stage('SOURCE', [{ key: 'a', item: item('a') }]);
    const run = await work.row();
    await work.db.transact((tx) => handOver(tx, work.db, run));
    return work;
  }

  const jobOf = async ({ db, context }: RunAtWork) =>
    (await db.reader.select().from(db.tables.jobs).where(eq(db.tables.jobs.id, context.jobId)))[0]!;
  const changeJob = async ({ db, context }: RunAtWork, fields: object) => {
    const { jobs } = db.tables;
    await db.transact(async (tx) => void (await tx.update(jobs).set(fields).where(eq(jobs.id, context.jobId))));
  };
  const planOf = async ({ db }: RunAtWork, id: string) =>
    (await db.reader.select().from(db.tables.plans).where(eq(db.tables.plans.id, id)))[0];
  const listed = ({ db, context }: RunAtWork) =>
    db.reader.$count(db.tables.stagedBatches, eq(db.tables.stagedBatches.planId, context.planId));
  const take = async (work: RunAtWork, given = WHOLE) => {
    const job = await jobOf(work);
    return work.db.transact((tx) => takeCarried(tx, work.db, job, given, { now: () => LATER }));
  };
  /** Steps of a plan, as `key OUTCOME`. */
  async function stepsOf({ db }: RunAtWork, planId: string): Promise<string[]> {
    const rows = await db.reader.select().from(db.tables.steps).where(stepsOfPlan(db, planId));
    return rows.map((row) => `${row.itemKey.slice(2)} ${row.outcome}`).sort();
  }

  const LEFT = ['b CREATED', 'c RETRYING', 'd IN_PROGRESS', 'e PENDING', 'f PENDING'];

  it('is all that is not done or not proved, under the plan that it had; what is done is in a plan of its own', async () => {
    const work = await carriedOver();
    const { planId, runId } = work.context;
    const own = (await work.row()).planId;
    expect(await stepsOf(work, planId)).toEqual(LEFT);
    expect(await stepsOf(work, own)).toEqual(['a CREATED']);
    expect((await jobOf(work)).carried).toEqual({ runId, planId });
    const { ordinal, id: _id, phase, ...plan } = (await planOf(work, planId))!;
    const { ordinal: newer, id: _own, ...copy } = (await planOf(work, own))!;
    expect(copy).toEqual({ ...plan, phase: 'DONE' });
    expect([phase, newer > ordinal, await listed(work)]).toEqual(['TRANSFERRING', true, 1]);
  });

  it('is held by nobody in the plan that stays with the run', async () => {
    const work = await RunAtWork.begin(await (shared ??= open()));
    const { plans } = work.db.tables;
    const held = { leaseOwner: 'worker', leaseUntil: NOW };
    const isOwn = eq(plans.id, work.context.planId);
    await work.db.transact(async (tx) => void (await tx.update(plans).set(held).where(isOwn)));
    const run = await work.row();
    await work.db.transact((tx) => handOver(tx, work.db, run));
    expect(await planOf(work, (await work.row()).planId)).toMatchObject({ leaseOwner: null, leaseUntil: null });
  });

  it('is nothing where the plan of the run is gone', async () => {
    const work = await RunAtWork.begin(await (shared ??= open()));
    const run = { ...(await work.row()), planId: 'plan_of_nobody' };
    await work.db.transact((tx) => handOver(tx, work.db, run));
    expect([(await jobOf(work)).carried, (await work.row()).planId]).toEqual([null, work.context.planId]);
  });

  it('is taken with the figures of what is pending, once', async () => {
    const work = await carriedOver();
    const taken = await take(work);
    expect(taken).toEqual({
      planId: work.context.planId,
      counters: {
        ...{ ...emptyCounters(), itemsPlanned: 4, bytesPlanned: 30, callsNeeded: 11, callsAtSource: 3 },
        outcomes: {
          PENDING: { items: 2, bytes: 10 },
          IN_PROGRESS: { items: 1, bytes: 10 },
          RETRYING: { items: 1, bytes: 10 },
        },
        reasons: { NETWORK_ERROR: 1 },
      },
    });
    expect(await planOf(work, work.context.planId)).toMatchObject({ runId: 'run_next' });
    expect(await planOf(work, (await work.row()).planId)).toMatchObject({ runId: work.context.runId });
    expect([await stepsOf(work, work.context.planId), (await jobOf(work)).carried]).toEqual([LEFT, null]);
    expect([await take(work), await listed(work)]).toEqual([null, 1]);
  });

  it('has the job start by its schedule again once it is taken', async () => {
    const work = await carriedOver();
    const schedule = { cron: '0 * * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
    await changeJob(work, { schedule, nextStartAt: NOW });
    await take(work);
    expect((await jobOf(work)).nextStartAt).toEqual(new Date('2026-11-21T11:00:00.000Z'));
  });

  it.each([
    ['the next run is about something else', { isWhole: false }, {}],
    ['the job was changed meanwhile', { isWhole: true }, { version: 2 }],
  ])('goes back to be decided anew where %s', async (_, { isWhole }, change) => {
    const [work, other] = [await carriedOver(), await carriedOver()];
    const { planId } = work.context;
    await changeJob(work, { ...change, latestPlanId: planId });
    expect(await take(work, { ...WHOLE, isWhole })).toBeNull();
    const own = (await work.row()).planId;
    expect(await stepsOf(work, own)).toEqual([
      ...['a CREATED', 'b CREATED', 'c SKIPPED', 'd SKIPPED', 'e SKIPPED', 'f SKIPPED'],
    ]);
    const rows = await work.db.reader.select().from(work.db.tables.steps).where(stepsOfPlan(work.db, own));
    const message = 'A later run decided about this item anew.';
    const skipped = rows.filter((row) => row.outcome === 'SKIPPED');
    const told = { reason: 'CANCELED', message, remedy: null, finishedAt: LATER };
    expect(skipped).toMatchObject([told, told, told, told]);
    const { counters } = await work.row();
    expect(counters.outcomes).toEqual({ CREATED: { items: 2, bytes: 20 }, SKIPPED: { items: 4, bytes: 30 } });
    expect(counters).toMatchObject({ reasons: { NEW: 2, NETWORK_ERROR: 0, CANCELED: 4 }, callsNeeded: 0 });
    expect([await planOf(work, planId), await listed(work)]).toEqual([undefined, 0]);
    expect(await jobOf(work)).toMatchObject({ carried: null, latestPlanId: own });
    expect([await stepsOf(other, other.context.planId), await listed(other)]).toEqual([LEFT, 1]);
  });

  it('leaves a newer plan of the job the latest one', async () => {
    const work = await carriedOver();
    await changeJob(work, { version: 2, latestPlanId: 'plan_newer' });
    await take(work);
    expect((await jobOf(work)).latestPlanId).toBe('plan_newer');
  });

  it.each(['runs', 'plans'] as const)('is nothing where the %s that it was of are gone', async (name) => {
    const work = await carriedOver();
    const { runs, plans } = work.db.tables;
    const { runId, planId } = work.context;
    await work.db.transact(async (tx) => {
      if (name === 'runs') await tx.delete(runs).where(eq(runs.id, runId ?? ''));
      else await tx.delete(plans).where(eq(plans.id, planId));
    });
    expect([await take(work), (await jobOf(work)).carried]).toEqual([null, null]);
  });
});
