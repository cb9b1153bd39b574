import { sql } from 'drizzle-orm';
import { ComposedRows } from '../../db/composed.js';
import type { Database, Transaction } from '../../db/database.js';
import type { PlanRow, RunRow } from '../../db/row-types.js';
import { held, lockingPlan, lockingRun, type StoreContext } from './store-context.js';

/** What every batch of items needs of a run: who holds it, its figures and the number of its last event. */
export type WorkRow = Pick<RunRow, 'id' | 'leaseOwner' | 'eventCount' | 'counters'>;

/** What every batch of steps needs of a plan. */
export type PlanAtHand = Pick<PlanRow, 'id' | 'leaseOwner' | 'ordinal' | 'isFrozen' | 'stepCount' | 'totals'>;

/** Locks the rows of plan and run as `lockBoth`, and reads of them what every batch needs alone. */
export class BatchLocks {
  private readonly run: ComposedRows<WorkRow, Transaction>;
  private readonly plan: ComposedRows<PlanAtHand, Transaction>;

  constructor(
    db: Database,
    private readonly storeContext: Pick<StoreContext, 'planId' | 'runId' | 'lease'>,
  ) {
    const ofRun = workColumns(db);
    const ofPlan = planColumns(db);
    const id = sql.placeholder('id');
    this.run = new ComposedRows<WorkRow, Transaction>(ofRun, (tx) => lockingRun(tx, db, id).returning(ofRun));
    this.plan = new ComposedRows<PlanAtHand, Transaction>(ofPlan, (tx) => lockingPlan(tx, db, id).returning(ofPlan));
  }

  /** Null without a run. Where both rows are locked, the run is locked first. */
  async lockRun(tx: Transaction): Promise<WorkRow | null> {
    const { runId: id, lease } = this.storeContext;
    if (id === null) return null;
    const [row] = await this.run.run(tx, { id });
    return held(row, 'run', lease);
  }

  async lockPlan(tx: Transaction): Promise<PlanAtHand> {
    const { planId: id, runId, lease } = this.storeContext;
    const [row] = await this.plan.run(tx, { id });
    return held(row, 'plan', runId === null ? lease : null);
  }
}

function workColumns({ tables: { runs } }: Database) {
  const { id, leaseOwner, eventCount, counters } = runs;
  return { id, leaseOwner, eventCount, counters };
}

function planColumns({ tables: { plans } }: Database) {
  const { id, leaseOwner, ordinal, isFrozen, stepCount, totals } = plans;
  return { id, leaseOwner, ordinal, isFrozen, stepCount, totals };
}
