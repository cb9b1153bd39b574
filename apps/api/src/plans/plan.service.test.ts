import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Base } from '../base.js';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { Gate } from '../runs/lifecycle/gate.js';
import { JobStore } from '../jobs/job.store.js';
import type { JobService } from '../jobs/job.service.js';
import { requireCurrent, type RunService } from '../runs/lifecycle/run.service.js';
import { RunStore } from '../runs/reading/run.store.js';
import { beginPlan } from '../runs/lifecycle/store-begin.js';
import { seedJob } from '../runs/engine-store/testing.js';
import { PlanService } from './plan.service.js';
import { PlanStore } from './plan.store.js';

const NOW_MS = Date.parse('2026-11-21T10:00:00.000Z');
const OUTDATED = {
  problems: [{ code: 'PLAN_OUTDATED', field: ['id'], message: 'A newer plan exists; use that one.' }],
};

describeOnBothDatabases('a plan that a newer one has superseded', (open) => {
  async function setUp() {
    const db: Database = await open();
    const recorded: unknown[] = [];
    const changes = { record: async (_tx: unknown, change: unknown) => void recorded.push(change) };
    const writeContext = { now: () => new Date(NOW_MS), changes, onEvents: () => undefined };
    const jobs = new JobStore(db);
    const store = new PlanStore(db);
    const plans = new PlanService(
      { db, changes, clock: { now: () => NOW_MS } } as unknown as Base,
      { store: jobs } as unknown as JobService,
      { store: new RunStore(db), writeContext } as unknown as RunService,
      {} as Gate,
      store,
    );
    const jobId = await seedJob(db);
    const begin = () =>
      db.transact(async (tx) => {
        const job = await jobs.lock(tx, jobId);
        if (job === null) throw new Error('The job was not stored.');
        return beginPlan(tx, db, job, { actorId: 'usr_1', runId: null }, writeContext);
      });
    const finish = (id: string) =>
      db.transact(async (tx) => {
        const done = { taskState: 'SUCCEEDED', approvalState: 'PENDING', digest: 'sha' } as const;
        await tx.update(db.tables.plans).set(done).where(eq(db.tables.plans.id, id));
      });
    const superseded = await begin();
    await finish(superseded);
    const newer = await begin();
    await finish(newer);
    recorded.length = 0;
    const read = async (id: string) => (await store.byIds([id]))[0] ?? null;
    return { plans, superseded, newer, read, recorded, job: await jobs.byId(jobId) };
  }

  it('cannot be rejected: the error is PLAN_OUTDATED at its field, and nothing is written', async () => {
    const { plans, superseded, read, recorded } = await setUp();
    const before = await read(superseded);
    expect(before?.approvalState).toBe('SUPERSEDED');
    await expect(plans.reject(superseded, 'No.', 'usr_1')).rejects.toMatchObject(OUTDATED);
    expect(await read(superseded)).toEqual(before);
    expect(recorded).toEqual([]);
  });

  it('cannot be approved or started either, with the same error', async () => {
    const { plans, superseded, read, job } = await setUp();
    await expect(plans.approve(superseded, 'sha', null, 'usr_1')).rejects.toMatchObject(OUTDATED);
    const plan = await read(superseded);
    if (plan === null || job === null) throw new Error('The plan was not stored.');
    expect(() => requireCurrent(plan, job, NOW_MS, ['id'])).toThrow(expect.objectContaining(OUTDATED));
  });

  it('leaves the newer plan to be rejected', async () => {
    const { plans, newer, read } = await setUp();
    await plans.reject(newer, 'No.', 'usr_1');
    expect(await read(newer)).toMatchObject({ approvalState: 'REJECTED', comment: 'No.', decidedById: 'usr_1' });
  });
});
