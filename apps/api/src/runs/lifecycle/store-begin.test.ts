import { defaultPolicies } from '@sluice/core/plan';
import type { Schedule } from '@sluice/core/schedule';
import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../db/database.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import type { NewChange } from '../../live/change.store.js';
import { emptyCounters, emptyTotals } from '../engine-store/counters.js';
import { seedJob, seedRun } from '../engine-store/testing.js';
import { beginPlan, beginRun, type NewRun } from './store-begin.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const BY_HAND: NewRun = { trigger: 'MANUAL', actorId: 'usr_1', continuesId: null, onlyKeys: null, planId: null };
const SCHEDULE: Schedule = {
  ...{ cron: '0 * * * *', intervalAfterEndMs: null, timeZone: 'Europe/Berlin', isEnabled: true },
  windows: [{ days: ['MONDAY'], from: '08:00', to: '12:00' }],
};

describeOnBothDatabases('a run that begins', (open) => {
  let shared: Promise<Database> | undefined;

  async function setUp(given: Parameters<typeof seedJob>[1] = {}) {
    const db = await (shared ??= open());
    const jobId = await seedJob(db, given);
    const told: NewChange[] = [];
    const changes = { record: async (_tx: unknown, change: NewChange) => void told.push(change) };
    const context = { now: () => NOW, changes, onEvents: () => undefined };
    const { jobs, plans, runs } = db.tables;
    const jobOf = async () => (await db.reader.select().from(jobs).where(eq(jobs.id, jobId)))[0]!;
    const plansOf = () => db.reader.select().from(plans).where(eq(plans.jobId, jobId)).orderBy(asc(plans.ordinal));
    const planOf = async (id: string) => (await plansOf()).find((plan) => plan.id === id);
    const begin = async (request: Partial<NewRun> = {}) => {
      const job = await jobOf();
      await db.transact(async (tx) => void (await tx.update(runs).set({ activeJobId: null })));
      const id = await db.transact((tx) => beginRun(tx, db, job, { ...BY_HAND, ...request }, context));
      return (await db.reader.select().from(runs).where(eq(runs.id, id)))[0]!;
    };
    const plan = async (request: Partial<Parameters<typeof beginPlan>[3]> = {}) => {
      const job = await jobOf();
      const given3 = { actorId: 'usr_1', runId: null, ...request };
      return db.transact((tx) => beginPlan(tx, db, job, given3, context));
    };
    return { db, jobId, told, jobOf, planOf, begin, plan };
  }

  it('waits for a worker with what the job says at that time', async () => {
    const none = {
      ...{ minBytes: null, maxBytes: null, createdFrom: null, createdTo: null, modifiedFrom: null, modifiedTo: null },
      ...{ minAgeMs: null, maxAgeMs: null, isHidden: null, metadataKey: null, metadataValue: null },
    };
    const rules = [{ isExclusion: true, globs: ['*.tmp'], extensions: [], ...none }];
    const given = { version: 4, runCount: 6, approval: 'ALWAYS', policies: { deletions: 'MIRROR' } } as const;
    const { jobId, begin } = await setUp({ ...given, rules });
    const run = await begin();
    expect(run).toMatchObject({
      ...{ jobId, activeJobId: jobId, number: 7, jobVersion: 4, state: 'QUEUED', wish: 'RUN', trigger: 'MANUAL' },
      ...{ startedById: 'usr_1', continuesId: null, isRestricted: false, isFullListing: false, approval: 'ALWAYS' },
      ...{ policies: { ...defaultPolicies('COPY'), deletions: 'MIRROR' }, rules, windows: null, queuedAt: NOW },
      ...{ counters: emptyCounters(), itemsDiscovered: 0, bytesDiscovered: 0, calls: [], eventCount: 1 },
    });
  });

  it('is the latest one of its job, which has no other plan than that of the run', async () => {
    const { jobId, jobOf, planOf, begin } = await setUp({ runCount: 2 });
    const run = await begin({ continuesId: 'run_before', trigger: 'SCHEDULE', actorId: null, isFullListing: true });
    expect(run).toMatchObject({
      continuesId: 'run_before',
      trigger: 'SCHEDULE',
      startedById: null,
      isFullListing: true,
    });
    const latest = { runCount: 3, latestRunId: run.id, latestRunAt: NOW, latestPlanId: run.planId };
    expect(await jobOf()).toMatchObject(latest);
    expect(await planOf(run.planId)).toMatchObject({
      ...{ jobId, runId: run.id, undoesId: null, isFrozen: false, taskState: 'QUEUED', phase: 'NEW', stepCount: 0 },
      ...{ totals: emptyTotals(), approvalState: 'NOT_REQUIRED', createdAt: NOW, createdById: null },
    });
  });

  it('is told to followers along with its plan, and has its state as its first event', async () => {
    const { db, jobId, told, begin } = await setUp();
    const { id, planId } = await begin();
    expect(told).toEqual([
      { topic: 'PLAN', change: 'CREATED', subjectId: planId, relatedId: jobId },
      { topic: 'RUN', change: 'CREATED', subjectId: id, relatedId: jobId, runState: 'QUEUED' },
    ]);
    const { runEvents } = db.tables;
    expect(await db.reader.select().from(runEvents).where(eq(runEvents.runId, id))).toMatchObject([
      { sequence: 1, kind: 'STATE', state: 'QUEUED', occurredAt: NOW },
    ]);
  });

  it('is about the items that it is restricted to', async () => {
    const { db, begin } = await setUp();
    const { id, isRestricted } = await begin({ onlyKeys: ['a', 'b/c'] });
    const { runKeys } = db.tables;
    const rows = await db.reader.select().from(runKeys).where(eq(runKeys.runId, id));
    expect([isRestricted, rows.map(({ key }) => key).sort()]).toEqual([true, ['a', 'b/c']]);
  });

  it('works in the windows of its job, unless it is to ignore them', async () => {
    const { begin } = await setUp({ schedule: SCHEDULE });
    expect((await begin()).windows).toEqual({ timeZone: 'Europe/Berlin', windows: SCHEDULE.windows });
    expect((await begin({ ignoresWindows: true })).windows).toBeNull();
  });

  it('carries out a plan that was made before, which nobody changes any more', async () => {
    const { db, told, jobOf, planOf, plan, begin } = await setUp();
    const [other, planId] = [await plan(), await plan()];
    const { plans } = db.tables;
    await db.transact(async (tx) => void (await tx.update(plans).set({ phase: 'DONE' }).where(eq(plans.id, planId))));
    told.length = 0;
    const run = await begin({ planId });
    expect(run.planId).toBe(planId);
    expect(await planOf(planId)).toMatchObject({ runId: run.id, isFrozen: true, phase: 'NEW' });
    expect(await planOf(other)).toMatchObject({ runId: null, isFrozen: false });
    expect([told.map(({ topic }) => topic), (await jobOf()).latestPlanId]).toEqual([['RUN'], planId]);
  });

  it('has plans superseded that nobody carries out, of its job alone, and none that was decided about', async () => {
    const { db, jobId, plan, planOf, begin } = await setUp();
    const elsewhere = await setUp();
    const [pending, rejected, foreign] = [await plan(), await plan(), await elsewhere.plan()];
    const carried = (await begin()).planId;
    const { plans } = db.tables;
    const state = (id: string, approvalState: 'PENDING' | 'REJECTED') =>
      db.transact(async (tx) => void (await tx.update(plans).set({ approvalState }).where(eq(plans.id, id))));
    await state(pending, 'PENDING');
    await state(rejected, 'REJECTED');
    const newest = await plan({ undoesId: 'run_undone' });
    const approval = async (id: string) => (await planOf(id))?.approvalState;
    expect(await Promise.all([pending, rejected, carried, newest].map(approval))).toEqual([
      ...['SUPERSEDED', 'REJECTED', 'NOT_REQUIRED', 'NOT_REQUIRED'],
    ]);
    expect(await planOf(newest)).toMatchObject({ jobId, undoesId: 'run_undone', createdById: 'usr_1', runId: null });
    expect((await elsewhere.planOf(foreign))?.approvalState).toBe('NOT_REQUIRED');
  });

  it('takes over what was carried over only where it follows that run as a whole', async () => {
    const { db, jobId, begin } = await setUp();
    const former = await seedRun(db, jobId, 100);
    const carry = async () => {
      const { jobs } = db.tables;
      const carried = { runId: former.runId, planId: former.planId };
      await db.transact(async (tx) => void (await tx.update(jobs).set({ carried }).where(eq(jobs.id, jobId))));
    };
    await carry();
    expect((await begin()).planId).not.toBe(former.planId);
    expect((await begin({ trigger: 'CARRY_OVER' })).planId).toBe(former.planId);
    expect((await begin({ trigger: 'CARRY_OVER' })).planId).not.toBe(former.planId);
  });
});
