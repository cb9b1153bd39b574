import { and, eq, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { forgetUnmapped } from './store-unmapped.js';
import { stepsOfPlan } from '../store-plan-numbers.js';
import type { ServerLimits } from '../../../limits.js';

/** Rows that are deleted in one transaction. */
export const PORTION_STEPS = 500;

/**
 * Removes steps of long ago: of runs that are neither among the last ones of their jobs nor younger than a number of days,
 * and of plans of that age that no run carried out. The latest record of each item stays, and so does what a run began and
 * left in doubt; what could not be mapped goes with them.
 */
export class StepPruning {
  constructor(
    private readonly db: Database,
    private readonly now: () => number,
    private readonly limits: Pick<ServerLimits, 'itemRetention' | 'itemRuns' | 'eventRetention'>,
  ) {}

  /** Tells whether there may be more. */
  async prunePortion(): Promise<boolean> {
    const planId = (await this.oldRun()) ?? (await this.oldPlan());
    if (planId === null) return false;
    const { plans, steps } = this.db.tables;
    const isOver = and(stepsOfPlan(this.db, planId), isNull(steps.latestOf), isNull(steps.begunAt));
    await this.db.transact(async (tx) => {
      const some = tx.select({ id: steps.id }).from(steps).where(isOver).limit(PORTION_STEPS);
      const deleted = await tx.delete(steps).where(inArray(steps.id, some)).returning({ id: steps.id });
      if (deleted.length === PORTION_STEPS) return;
      await forgetUnmapped(tx, this.db, planId);
      await tx.update(plans).set({ isPruned: true }).where(eq(plans.id, planId));
    });
    return true;
  }

  /** Events that are kept longer tell of items, which stay as long. */
  private get before(): Date {
    return new Date(this.now() - Math.max(this.limits.itemRetention, this.limits.eventRetention));
  }

  private async oldRun(): Promise<string | null> {
    const { jobs, plans, runs } = this.db.tables;
    const isOld = and(
      lt(runs.finishedAt, this.before),
      lte(runs.number, sql`${jobs.runCount} - ${this.limits.itemRuns}`),
    );
    const [found] = await this.db.reader
      .select({ id: plans.id })
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.jobId))
      .innerJoin(plans, and(eq(plans.id, runs.planId), eq(plans.runId, runs.id)))
      .where(and(isNull(runs.activeJobId), isOld, eq(plans.isPruned, false)))
      .limit(1);
    return found?.id ?? null;
  }

  private async oldPlan(): Promise<string | null> {
    const { jobs, plans } = this.db.tables;
    const isFormer = or(isNull(jobs.latestPlanId), ne(jobs.latestPlanId, plans.id));
    const [found] = await this.db.reader
      .select({ id: plans.id })
      .from(plans)
      .innerJoin(jobs, eq(jobs.id, plans.jobId))
      .where(and(isNull(plans.runId), lt(plans.finishedAt, this.before), isFormer, eq(plans.isPruned, false)))
      .limit(1);
    return found?.id ?? null;
  }
}
