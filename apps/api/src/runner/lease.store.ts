import { tasksBefore, WORKING_RUN_STATES, type RunState } from '@sluice/core/job';
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { PlanRow, RunRow } from '../db/row-types.js';
import { newId } from '../graphql/ids.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { crashesAfter, MOST_CRASHES, SUSPECT_CRASHES } from './crashes.js';
import { LeaseWatch, type HeldLease } from '../db/lease-watch.js';

/** A worker whose lease another one has seen unchanged for this time counts as dead, and the other may continue its work. */
export const LEASE_MS = 10_000;
const CLAIMABLE: RunState[] = ['QUEUED', 'AWAITING_BUDGET', ...WORKING_RUN_STATES, 'PAUSING', 'CANCELING'];

/** Leases: the exclusive right to work on a run or plan. Each claim has a new name, so that a worker notices when its lease is lost. */
export class WorkLeases {
  /** Begins the names of all leases of this worker. */
  private readonly worker = newId('lease');
  private leaseCount = 0;
  private readonly runs: LeaseWatch;
  private readonly plans: LeaseWatch;

  constructor(private readonly base: Pick<Base, 'db' | 'clock'>) {
    this.runs = new LeaseWatch(base.clock, LEASE_MS);
    this.plans = new LeaseWatch(base.clock, LEASE_MS);
  }

  /**
   * Joins the workers of the store. Where this is the only one, held leases are those of dead workers and end at once.
   * `areBlamed`: whether what was held may be what ended them.
   */
  enter(areBlamed: boolean): Promise<void> {
    return this.base.db.enterAsWorker(() => this.voidAll(areBlamed));
  }

  private async voidAll(areBlamed: boolean): Promise<void> {
    await this.base.db.transact(async (tx) => {
      await this.endRuns(tx, await this.heldRuns(tx), areBlamed);
      await this.endPlans(tx, await this.heldPlans(tx), areBlamed);
    });
  }

  /** Takes runs that wait for a worker, oldest first; one at most that is suspected of ending its worker, if any. */
  async claimRuns(limit: number, takesSuspect: boolean): Promise<RunRow[]> {
    const { runs } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      await this.endRuns(tx, this.runs.silent(await this.heldRuns(tx)), true);
      // The condition is repeated, because another process may have claimed the run since its row was read.
      const isFree = and(this.isOpenRun(), isNull(runs.leaseOwner));
      const order = asc(runs.queuedAt);
      const find = (where: SQL | undefined, most: number) =>
        tx.select({ id: runs.id }).from(runs).where(and(isFree, where)).orderBy(order).limit(most);
      const suspects = takesSuspect ? await find(isSuspect(runs.crashes), 1) : [];
      const found = [...suspects, ...(await find(lt(runs.crashes, SUSPECT_CRASHES), limit - suspects.length))];
      const taken: RunRow[] = [];
      for (const { id } of found) {
        const isMeant = and(eq(runs.id, id), isFree);
        taken.push(...(await tx.update(runs).set(this.lease()).where(isMeant).returning()));
      }
      return taken;
    });
  }

  /** Takes plans that people asked for and that no run carries out. */
  async claimPlans(limit: number, takesSuspect: boolean): Promise<PlanRow[]> {
    const { plans } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      await this.endPlans(tx, this.plans.silent(await this.heldPlans(tx)), true);
      const isFree = and(this.isOpenPlan(), isNull(plans.leaseOwner));
      const order = asc(plans.createdAt);
      const find = (where: SQL | undefined, most: number) =>
        tx.select({ id: plans.id }).from(plans).where(and(isFree, where)).orderBy(order).limit(most);
      const suspects = takesSuspect ? await find(isSuspect(plans.crashes), 1) : [];
      const found = [...suspects, ...(await find(lt(plans.crashes, SUSPECT_CRASHES), limit - suspects.length))];
      const taken: PlanRow[] = [];
      for (const { id } of found) {
        const isMeant = and(eq(plans.id, id), isFree);
        taken.push(...(await tx.update(plans).set(this.lease()).where(isMeant).returning()));
      }
      return taken;
    });
  }

  /** Identifiers of the runs and plannings that ended their workers too often. */
  async crashing(): Promise<{ runs: string[]; plans: string[] }> {
    const { runs, plans } = this.base.db.tables;
    const { reader } = this.base.db;
    const isBadRun = and(this.isOpenRun(), isNull(runs.leaseOwner), gte(runs.crashes, MOST_CRASHES));
    const isBadPlan = and(this.isOpenPlan(), isNull(plans.leaseOwner), gte(plans.crashes, MOST_CRASHES));
    const badRuns = await reader.select({ id: runs.id }).from(runs).where(isBadRun);
    const badPlans = await reader.select({ id: plans.id }).from(plans).where(isBadPlan);
    return { runs: badRuns.map(({ id }) => id), plans: badPlans.map(({ id }) => id) };
  }

  private isOpenRun(): SQL | undefined {
    const { runs } = this.base.db.tables;
    return and(isNotNull(runs.activeJobId), inArray(runs.state, CLAIMABLE));
  }

  private isOpenPlan(): SQL | undefined {
    const { plans } = this.base.db.tables;
    return and(inArray(plans.taskState, tasksBefore('FAILED')), isNull(plans.runId));
  }

  private heldRuns(tx: Transaction) {
    const { runs } = this.base.db.tables;
    const { counters, crashes, itemsAtCrash } = runs;
    const columns = { ...leaseOf(runs), counters, crashes, itemsAtCrash };
    return tx
      .select(columns)
      .from(runs)
      .where(and(this.isOpenRun(), isNotNull(runs.leaseOwner)));
  }

  private heldPlans(tx: Transaction) {
    const { plans } = this.base.db.tables;
    const columns = { ...leaseOf(plans), crashes: plans.crashes };
    return tx
      .select(columns)
      .from(plans)
      .where(and(this.isOpenPlan(), isNotNull(plans.leaseOwner)));
  }

  /** A lease of this worker fell silent because the store took no sign of life, or because the machine slept. */
  private isOwn({ leaseOwner }: HeldLease): boolean {
    return leaseOwner?.startsWith(`${this.worker}.`) ?? false;
  }

  /** Ends leases of dead workers, as long as they stand as they were seen. */
  private async endRuns(
    tx: Transaction,
    dead: Awaited<ReturnType<WorkLeases['heldRuns']>>,
    areBlamed: boolean,
  ): Promise<void> {
    const { runs } = this.base.db.tables;
    for (const run of dead) {
      const itemsAtCrash = run.counters.itemsDone;
      const blame = areBlamed && !this.isOwn(run) ? { crashes: crashesAfter(run, itemsAtCrash), itemsAtCrash } : {};
      await tx
        .update(runs)
        .set({ ...FREE, ...blame })
        .where(isAsSeen(runs, run));
    }
  }

  private async endPlans(
    tx: Transaction,
    dead: Awaited<ReturnType<WorkLeases['heldPlans']>>,
    areBlamed: boolean,
  ): Promise<void> {
    const { plans } = this.base.db.tables;
    for (const plan of dead) {
      const crashes = plan.crashes + Number(areBlamed && !this.isOwn(plan));
      await tx
        .update(plans)
        .set({ ...FREE, crashes })
        .where(isAsSeen(plans, plan));
    }
  }

  /** What a lease that is renewed now is stored with: another end than before, by which others see that its worker lives. */
  until(): Date {
    return new Date(this.base.clock.now() + LEASE_MS);
  }

  private lease() {
    return { leaseOwner: `${this.worker}.${++this.leaseCount}`, leaseUntil: this.until() };
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

const FREE = { leaseOwner: null, leaseUntil: null };

const isSuspect = (crashes: SQLiteColumn) => and(gte(crashes, SUSPECT_CRASHES), lt(crashes, MOST_CRASHES));

const isAsSeen = (table: LeaseColumns, { id, leaseOwner, leaseUntil }: HeldLease): SQL | undefined =>
  and(
    eq(table.id, id),
    eq(table.leaseOwner, leaseOwner),
    leaseUntil === null ? isNull(table.leaseUntil) : eq(table.leaseUntil, leaseUntil),
  );
