import { tasksBefore, WORKING_RUN_STATES, type RunState } from '@sluice/core/job';
import { and, asc, eq, inArray, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { newId } from '../graphql/ids.js';
import type { Base } from '../base.js';
import type { PlanRow, RunRow } from '../runs/store-context.js';

/** A worker that has not renewed its lease for this time counts as dead, and another one may continue its work. */
export const LEASE_MS = 10_000;
const CLAIMABLE: RunState[] = ['QUEUED', 'AWAITING_BUDGET', ...WORKING_RUN_STATES, 'PAUSING', 'CANCELING'];

/** Leases: the exclusive right to work on a run or plan. Each claim has a new name, so that a worker notices when its lease is lost. */
export class WorkLeases {
  constructor(private readonly base: Pick<Base, 'db' | 'clock'>) {}

  /** Joins the workers of the store. Where this is the only one, held leases are those of dead workers and end at once. */
  enter(): Promise<void> {
    return this.base.db.enterAsWorker(() => this.voidAll());
  }

  private async voidAll(): Promise<void> {
    const { runs, plans } = this.base.db.tables;
    await this.base.db.transact(async (tx) => {
      await tx.update(runs).set({ leaseOwner: null, leaseUntil: null }).where(isNotNull(runs.leaseOwner));
      await tx.update(plans).set({ leaseOwner: null, leaseUntil: null }).where(isNotNull(plans.leaseOwner));
    });
  }

  /** Takes runs that wait for a worker, oldest first. */
  async claimRuns(limit: number): Promise<RunRow[]> {
    const { runs } = this.base.db.tables;
    const isWaiting = and(isNotNull(runs.activeJobId), inArray(runs.state, CLAIMABLE), this.isFree(runs));
    return this.base.db.transact(async (tx) => {
      const found = await tx
        .select({ id: runs.id })
        .from(runs)
        .where(isWaiting)
        .orderBy(asc(runs.queuedAt))
        .limit(limit);
      const taken: RunRow[] = [];
      for (const { id } of found) {
        // The condition is repeated, because another process may have claimed the run since its row was read.
        taken.push(
          ...(await tx
            .update(runs)
            .set(this.lease())
            .where(and(eq(runs.id, id), isWaiting))
            .returning()),
        );
      }
      return taken;
    });
  }

  /** Takes plans that people asked for and that no run carries out. */
  async claimPlans(limit: number): Promise<PlanRow[]> {
    const { plans } = this.base.db.tables;
    const isWaiting = and(inArray(plans.taskState, tasksBefore('FAILED')), isNull(plans.runId), this.isFree(plans));
    return this.base.db.transact(async (tx) => {
      const found = await tx
        .select({ id: plans.id })
        .from(plans)
        .where(isWaiting)
        .orderBy(asc(plans.createdAt))
        .limit(limit);
      const taken: PlanRow[] = [];
      for (const { id } of found) {
        taken.push(
          ...(await tx
            .update(plans)
            .set(this.lease())
            .where(and(eq(plans.id, id), isWaiting))
            .returning()),
        );
      }
      return taken;
    });
  }

  /** The time at which a lease that is renewed now ends. */
  until(): Date {
    return new Date(this.base.clock.now() + LEASE_MS);
  }

  private lease() {
    return { leaseOwner: newId('lease'), leaseUntil: this.until() };
  }

  private isFree(table: { leaseOwner: SQLiteColumn; leaseUntil: SQLiteColumn }): SQL | undefined {
    return or(isNull(table.leaseOwner), lt(table.leaseUntil, new Date(this.base.clock.now())));
  }
}
