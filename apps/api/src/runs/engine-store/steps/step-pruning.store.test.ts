import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../../db/database.js';
import { describeOnBothDatabases } from '../../../db/testing.js';
import { DEFAULT_LIMITS } from '../../../limits.js';
import { stepRow } from '../../../reads/fill-store.js';
import { tidy } from '../../../runner/tidying.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import { PORTION_STEPS, StepPruning } from './step-pruning.store.js';
import { seedJob, seedRun } from '../testing.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const LIMITS = { ...DEFAULT_LIMITS, itemRuns: 2 };

const daysAgo = (days: number) => new Date(NOW - days * DAY_MS);
const pruningOf = (db: Database, limits = LIMITS) => new StepPruning(db, () => NOW, limits);

interface Ended {
  days: number;
  items?: number;
  isLatest?: boolean;
  isInDoubt?: boolean;
}

/** A job with runs that ended so many days ago, each with its plan and steps. */
async function seedRuns(db: Database, ended: readonly Ended[]) {
  const { jobs, plans, runs, steps, unmappedNames } = db.tables;
  const jobId = await seedJob(db);
  const planIds: string[] = [];
  for (const [index, { days, items = 1, isLatest = false, isInDoubt = false }] of ended.entries()) {
    const { planId, runId, ordinal, jobOrdinal } = await seedRun(db, jobId, index + 1);
    planIds.push(planId);
    const latestOf = isLatest ? jobOrdinal : null;
    const rows = Array.from({ length: items }, (_, entry) => stepRow(entry, { ordinal, latestOf }));
    await db.transact(async (tx) => {
      const over = { activeJobId: null, state: 'SUCCEEDED', finishedAt: daysAgo(days) } as const;
      await tx.update(runs).set(over).where(eq(runs.id, runId));
      for (let start = 0; start < items; start += 100)
        await tx
          .insert(steps)
          .values(rows.slice(start, start + 100).map((row) => ({ ...row, begunAt: isInDoubt ? daysAgo(days) : null })));
      await tx
        .update(jobs)
        .set({ runCount: index + 1, latestPlanId: planId })
        .where(eq(jobs.id, jobId));
      await tx
        .update(plans)
        .set({ finishedAt: daysAgo(days) })
        .where(eq(plans.id, planId));
    });
  }
  const names = planIds.map((planId) => ({
    ...{ planId, position: 1, message: 'Nothing was found.', isFlagged: false, itemCount: 1, examples: [] },
  }));
  await db.transact(async (tx) => void (await tx.insert(db.tables.unmappedNames).values(names)));
  return {
    jobId,
    planIds,
    unmapped: () => Promise.all(planIds.map((id) => db.reader.$count(unmappedNames, eq(unmappedNames.planId, id)))),
    left: () => Promise.all(planIds.map((id) => db.reader.$count(steps, stepsOfPlan(db, id)))),
  };
}

describeOnBothDatabases('steps of long ago', (open) => {
  it('are removed of runs that are old and not among the last ones of their job', async () => {
    const db = await open();
    const { left, unmapped } = await seedRuns(db, [
      { days: 90 },
      { days: 60 },
      { days: 20 },
      { days: 50 },
      { days: 40 },
    ]);
    const pruning = pruningOf(db);
    while (await pruning.prunePortion());
    expect(await left()).toEqual([0, 0, 1, 1, 1]);
    expect(await unmapped()).toEqual([0, 0, 1, 1, 1]);
    expect(await pruning.prunePortion()).toBe(false);
  });

  it('stay where they are the latest record of their item, and where it is in doubt what became of them', async () => {
    const db = await open();
    const old = [{ days: 90, isLatest: true }, { days: 90, isInDoubt: true }, { days: 90 }];
    const { left } = await seedRuns(db, [...old, { days: 80 }, { days: 80 }]);
    const pruning = pruningOf(db);
    while (await pruning.prunePortion());
    expect(await left()).toEqual([1, 1, 0, 1, 1]);
  });

  it('stay as long as events that tell of them, and as long as the settings say', async () => {
    const db = await open();
    const { left } = await seedRuns(db, [{ days: 90 }, { days: 1 }, { days: 1 }]);
    expect(await pruningOf(db, { ...LIMITS, eventRetention: 100 * DAY_MS }).prunePortion()).toBe(false);
    expect(await pruningOf(db, { ...LIMITS, itemRetention: 91 * DAY_MS }).prunePortion()).toBe(false);
    expect(await pruningOf(db, { ...LIMITS, itemRuns: 3 }).prunePortion()).toBe(false);
    expect(await left()).toEqual([1, 1, 1]);
  });

  it('are removed of plans that no run carried out, but not of the last plan of a job', async () => {
    const db = await open();
    const { left } = await seedRuns(db, [{ days: 90 }, { days: 90 }]);
    const { plans, runs } = db.tables;
    await db.transact(async (tx) => {
      await tx.delete(runs);
      await tx.update(plans).set({ runId: null });
    });
    const pruning = pruningOf(db);
    while (await pruning.prunePortion());
    expect(await left()).toEqual([0, 1]);
  });

  it('go in portions, with pauses for others', async () => {
    const db = await open();
    const { left } = await seedRuns(db, [{ days: 90, items: 1_200 }, { days: 1 }, { days: 1 }]);
    const counts = [1_200];
    const clock = { now: () => NOW, monotonic: () => NOW, sleep: async () => void counts.push((await left())[0]!) };
    const removals = { removePortion: async () => false };
    await tidy({ db, clock }, removals, [pruningOf(db)], new AbortController().signal);
    expect((await left())[0]).toBe(0);
    const portions = counts.slice(1).map((count, index) => (counts[index] ?? 0) - count);
    expect(Math.max(...portions)).toBe(PORTION_STEPS);
  });
});
