import { tasksBefore, WORKING_RUN_STATES, type RunState } from '@sluice/core/job';
import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { newId } from '../graphql/ids.js';
import type { Base } from '../base.js';
import type { PlanRow, RunRow } from '../runs/store-context.js';
import { LeaseWatch, type HeldLease } from './lease-watch.js';

/** A worker whose lease another one has seen unchanged for this time counts as dead, and the other may continue its work. */
export const LEASE_MS = 10_000;
const CLAIMABLE: RunState[] = ['QUEUED', 'AWAITING_BUDGET', ...WORKING_RUN_STATES, 'PAUSING', 'CANCELING'];

/** Leases: the exclusive right to work on a run or plan. Each claim has a new name, so that a worker notices when its lease is lost. */
export class WorkLeases {
  private readonly runs: LeaseWatch;
  private readonly plans: LeaseWatch;

  constructor(private readonly base: Pick<Base, 'db' | 'clock'>) {
    this.runs = new LeaseWatch(base.clock, LEASE_MS);
    this.plans = new LeaseWatch(base.clock, LEASE_MS);
  }

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
    const isOpen = and(isNotNull(runs.activeJobId), inArray(runs.state, CLAIMABLE));
    return this.base.db.transact(async (tx) => {
      const held = await tx
        .select(leaseOf(runs))
        .from(runs)
        .where(and(isOpen, isNotNull(runs.leaseOwner)));
      // The condition is repeated, because another process may have claimed the run since its row was read.
      const isWaiting = and(isOpen, isFree(runs, this.runs.silent(held)));
      const order = asc(runs.queuedAt);
      const found = await tx.select({ id: runs.id }).from(runs).where(isWaiting).orderBy(order).limit(limit);
      const taken: RunRow[] = [];
      for (const { id } of found) {
        const isMeant = and(eq(runs.id, id), isWaiting);
        taken.push(...(await tx.update(runs).set(this.lease()).where(isMeant).returning()));
      }
      return taken;
    });
  }

  /** Takes plans that people asked for and that no run carries out. */
  async claimPlans(limit: number): Promise<PlanRow[]> {
    const { plans } = this.base.db.tables;
    const isOpen = and(inArray(plans.taskState, tasksBefore('FAILED')), isNull(plans.runId));
    return this.base.db.transact(async (tx) => {
      const held = await tx
        .select(leaseOf(plans))
        .from(plans)
        .where(and(isOpen, isNotNull(plans.leaseOwner)));
      const isWaiting = and(isOpen, isFree(plans, this.plans.silent(held)));
      const order = asc(plans.createdAt);
      const found = await tx.select({ id: plans.id }).from(plans).where(isWaiting).orderBy(order).limit(limit);
      const taken: PlanRow[] = [];
      for (const { id } of found) {
        const isMeant = and(eq(plans.id, id), isWaiting);
        taken.push(...(await tx.update(plans).set(this.lease()).where(isMeant).returning()));
      }
      return taken;
    });
  }

  /** What a lease that is renewed now is stored with: another end than before, by which others see that its worker lives. */
  until(): Date {
    return new Date(this.base.clock.now() + LEASE_MS);
  }

  private lease() {
    return { leaseOwner: newId('lease'), leaseUntil: this.until() };
  }
}

interface LeaseColumns {
  id: SQLiteColumn;
  leaseOwner: SQLiteColumn;
  leaseUntil: SQLiteColumn;
}

const leaseOf = <T extends LeaseColumns>({ id, leaseOwner, leaseUntil }: T): Pick<T, keyof LeaseColumns> => ({
  id,
  leaseOwner,
  leaseUntil,
});

/** Rows that nobody holds, and those of the leases that are silent, as long as they stand as they were seen. */
function isFree(table: LeaseColumns, silent: readonly HeldLease[]): SQL | undefined {
  const isDead = silent.map(({ id, leaseOwner, leaseUntil }) =>
    and(
      eq(table.id, id),
      eq(table.leaseOwner, leaseOwner),
      leaseUntil === null ? isNull(table.leaseUntil) : eq(table.leaseUntil, leaseUntil),
    ),
  );
  return or(isNull(table.leaseOwner), ...isDead);
}
