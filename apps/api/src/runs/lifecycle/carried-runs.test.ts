import type { Schedule } from '@sluice/core/schedule';
import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../db/testing.js';
import { stepRow } from '../../reads/fill-store.js';
import { emptyCounters } from '../engine-store/counters.js';
import { stepsOfPlan } from '../engine-store/store-plan-numbers.js';
import { NEVER } from '../../schedules/next-start.js';
import { ScheduleScene } from './schedule.testing.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURLY: Schedule = { cron: '0 * * * *', intervalAfterEndMs: null, timeZone: 'UTC', windows: [], isEnabled: true };
const RESTING: Schedule = { ...HOURLY, cron: null, intervalAfterEndMs: 15 * MINUTE_MS };
const RESET = new Date('2026-01-05T10:20:00Z');
const CARRIED = { state: 'CARRIED_OVER' as const, waitingUntil: RESET };

/** A run that has done two of its five items, one of the two not proved yet, and is carried over at 09:50. */
async function carryOver(scene: ScheduleScene, schedule: Schedule | null) {
  const process = scene.process();
  await scene.addJob('job_1', { schedule });
  await scene.clock.advance(HOUR_MS);
  await scene.db.transact((tx) => process.runs.start(tx, 'job_1', {}, 'usr_1'));
  const [run] = await scene.runsOf('job_1');
  if (run === undefined) throw new Error('The job has no run.');
  const { plans, runs, steps } = scene.db.tables;
  const [plan] = await scene.db.reader.select().from(plans).where(eq(plans.id, run.planId));
  const owner = { ordinal: plan!.ordinal, latestOf: plan!.jobOrdinal };
  const rows = [0, 1, 2, 3, 4].map((entry) => ({
    ...stepRow(entry, owner),
    ...(entry === 1 ? { verifiedBy: 'NONE' as const } : {}),
    ...(entry > 1 ? { outcome: 'PENDING' as const, finishedAt: null, verifiedBy: null } : {}),
  }));
  const outcomes = { CREATED: { items: 2, bytes: 200 }, PENDING: { items: 3, bytes: 300 } };
  const counters = { ...emptyCounters(), outcomes, itemsPlanned: 5, bytesPlanned: 500, itemsDone: 2, callsNeeded: 6 };
  await scene.db.transact(async (tx) => {
    await tx.insert(steps).values(rows);
    await tx.update(runs).set({ counters }).where(eq(runs.id, run.id));
    await tx.update(plans).set({ phase: 'TRANSFERRING', taskState: 'SUCCEEDED' }).where(eq(plans.id, run.planId));
  });
  await scene.clock.advance(50 * MINUTE_MS);
  await scene.settle('job_1', CARRIED);
  return { ...process, planId: run.planId, runId: run.id };
}

const stepsOf = async (scene: ScheduleScene, planId: string | undefined, outcome?: 'PENDING' | 'SKIPPED') => {
  const { steps } = scene.db.tables;
  const isMeant = and(stepsOfPlan(scene.db, planId ?? ''), outcome && eq(steps.outcome, outcome));
  return (await scene.db.reader.select({ id: steps.id }).from(steps).where(isMeant)).length;
};

describeOnBothDatabases('a run that is carried over', (open) => {
  it('is followed by the next scheduled start after the reset, which goes on where it stopped', async () => {
    const scene = new ScheduleScene(await open());
    const { work, planId, runId } = await carryOver(scene, HOURLY);
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T11:00:00.000Z');
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    await scene.clock.advance(10 * MINUTE_MS);
    await work();
    const [first, second] = await scene.runsOf('job_1');
    expect(second).toMatchObject({ trigger: 'CARRY_OVER', continuesId: runId, startedById: null, planId });
    expect(second?.counters).toMatchObject({
      outcomes: { PENDING: { items: 3, bytes: 300 } },
      itemsPlanned: 3,
      bytesPlanned: 300,
      itemsDone: 0,
      callsNeeded: 6,
    });
    expect(await stepsOf(scene, planId)).toBe(4);
    expect(await stepsOf(scene, first?.planId)).toBe(1);
    const [plan] = await scene.db.reader
      .select()
      .from(scene.db.tables.plans)
      .where(eq(scene.db.tables.plans.id, planId));
    expect(plan).toMatchObject({ runId: second?.id, phase: 'TRANSFERRING', isFrozen: false });
    expect(await scene.nextStartOf('job_1')).toBe('2026-01-05T12:00:00.000Z');
  });

  it('is followed at the reset without a schedule, once, and not while the job is suspended', async () => {
    const scene = new ScheduleScene(await open());
    const { work } = await carryOver(scene, null);
    expect(await scene.nextStartOf('job_1')).toBe(RESET.toISOString());
    await scene.db.transact((tx) => scene.jobs.store.update(tx, 'job_1', { nextStartAt: NEVER, isSuspended: true }));
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(1);
    await scene.db.transact((tx) => scene.jobs.store.update(tx, 'job_1', { nextStartAt: RESET, isSuspended: false }));
    await work();
    expect(await scene.runsOf('job_1')).toMatchObject([{}, { trigger: 'CARRY_OVER' }]);
    expect(await scene.nextStartOf('job_1')).toBe(NEVER.toISOString());
    await scene.settle('job_1');
    await scene.clock.advance(HOUR_MS);
    await work();
    expect(await scene.runsOf('job_1')).toHaveLength(2);
  });

  it('is followed after the interval of its schedule, but not before the reset', async () => {
    const scene = new ScheduleScene(await open());
    await carryOver(scene, RESTING);
    expect(await scene.nextStartOf('job_1')).toBe(RESET.toISOString());
    const other = new ScheduleScene(await open());
    await carryOver(other, { ...RESTING, intervalAfterEndMs: HOUR_MS });
    expect(await other.nextStartOf('job_1')).toBe('2026-01-05T10:50:00.000Z');
  });

  it('is followed by a start by hand as well, which takes the pending items', async () => {
    const scene = new ScheduleScene(await open());
    const { runs, planId, runId } = await carryOver(scene, null);
    await scene.db.transact((tx) => runs.start(tx, 'job_1', {}, 'usr_2'));
    expect((await scene.runsOf('job_1'))[1]).toMatchObject({
      trigger: 'CARRY_OVER',
      continuesId: runId,
      startedById: 'usr_2',
      planId,
    });
    expect(await scene.nextStartOf('job_1')).toBe(NEVER.toISOString());
  });

  it.each([
    ['the job was changed', {}, { version: 2 }],
    ['both sides are to be listed completely', { fullListing: true }, { version: 1 }],
    ['it is about some paths only', { onlyPaths: ['/a'] }, { version: 1 }],
  ])('gives its items back to be decided anew when %s', async (_case, input, change) => {
    const scene = new ScheduleScene(await open());
    const { runs, planId } = await carryOver(scene, null);
    await scene.db.transact((tx) => scene.jobs.store.update(tx, 'job_1', change));
    await scene.db.transact((tx) => runs.start(tx, 'job_1', input, 'usr_2'));
    const [first, second] = await scene.runsOf('job_1');
    expect(second).toMatchObject({ trigger: 'CARRY_OVER', continuesId: first?.id });
    expect(second?.planId).not.toBe(planId);
    expect(second?.counters).toEqual(emptyCounters());
    expect(await stepsOf(scene, planId)).toBe(0);
    expect(await stepsOf(scene, first?.planId)).toBe(5);
    expect(await stepsOf(scene, first?.planId, 'SKIPPED')).toBe(3);
  });
});
