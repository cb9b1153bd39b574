import { eq } from 'drizzle-orm';
import type { Database, Transaction, TransactionOptions } from '../../../db/database.js';
import type { RunCounters } from '../../../db/tables/runs.js';
import { emptyCounters } from '../counters.js';
import { lockPlan, lockRunAtWork, type StoreContext, type WorkRow } from '../store-context.js';

/** Changes steps of a plan, and the figures of the run that carries it out, if any. */
type StepWork<T> = (tx: Transaction, counters: RunCounters, run: WorkRow | null) => Promise<T>;

/** Does work on steps in one transaction under the locks of plan and run; the counters are saved with it. */
export class WorkTransactions {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {}

  write<T>(work: StepWork<T>, options?: TransactionOptions): Promise<T> {
    const { runs } = this.db.tables;
    return this.db.transact(async (tx) => {
      const run = await lockRunAtWork(tx, this.db, this.storeContext);
      if (run === null) await lockPlan(tx, this.db, this.storeContext);
      const counters = run?.counters ?? emptyCounters();
      const eventCount = run?.eventCount;
      const result = await work(tx, counters, run);
      if (run !== null) await tx.update(runs).set({ counters }).where(eq(runs.id, run.id));
      if (run !== null && run.eventCount !== eventCount) tx.onCommit(() => this.storeContext.onEvents(run.id));
      return result;
    }, options);
  }
}
