import { eq, sql } from 'drizzle-orm';
import { ComposedWrite } from '../../../db/composed.js';
import type { Database, Transaction, TransactionOptions } from '../../../db/database.js';
import type { RunCounters } from '../../../db/tables/runs.js';
import { emptyCounters } from '../counters.js';
import type { StoreContext } from '../store-context.js';
import { BatchLocks, type WorkRow } from '../store-locks.js';

/** Changes steps of a plan, and the figures of the run that carries it out, if any. */
type StepWork<T> = (tx: Transaction, counters: RunCounters, run: WorkRow | null) => Promise<T>;

/** Does work on steps in one transaction under the locks of plan and run; the counters are saved with it. */
export class WorkTransactions {
  private readonly locks: BatchLocks;
  private readonly saving: ComposedWrite;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {
    const { runs } = db.tables;
    this.locks = new BatchLocks(db, storeContext);
    this.saving = new ComposedWrite((tx) =>
      tx
        .update(runs)
        .set({ counters: sql`${sql.placeholder('counters')}` })
        .where(eq(runs.id, sql.placeholder('id'))),
    );
  }

  write<T>(work: StepWork<T>, options?: TransactionOptions): Promise<T> {
    return this.db.transact(async (tx) => {
      const run = await this.locks.lockRun(tx);
      if (run === null) await this.locks.lockPlan(tx);
      const counters = run?.counters ?? emptyCounters();
      const eventCount = run?.eventCount;
      const result = await work(tx, counters, run);
      if (run !== null) await this.save(tx, run.id, counters);
      if (run !== null && run.eventCount !== eventCount) tx.onCommit(() => this.storeContext.onEvents(run.id));
      return result;
    }, options);
  }

  private save(tx: Transaction, id: string, counters: RunCounters): Promise<void> {
    return this.saving.run(tx, { id, counters: this.db.tables.runs.counters.mapToDriverValue(counters) });
  }
}
