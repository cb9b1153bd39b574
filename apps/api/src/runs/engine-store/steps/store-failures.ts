import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import type { Database, Reader, Transaction } from '../../../db/database.js';
import type { StoreContext } from '../store-context.js';
import { settlesFailures, type Committed } from './settled-step.js';

type FailureRow = Database['tables']['itemFailures']['$inferSelect'];

/** In how many runs in a row each item of the job failed. */
export class FailureStore {
  /**
   * Whether the job has items that failed; null until it is first asked. Only this run writes them while it is active, so as
   * long as there are none, the statements for them are left out.
   */
  private hasAny: boolean | null = null;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {}

  /** Number of former runs in which each of these items failed; without those that did not. */
  async formerRuns(itemKeys: readonly string[]): Promise<Map<string, number>> {
    const { itemFailures } = this.db.tables;
    const ofJob = eq(itemFailures.jobId, this.storeContext.jobId);
    const found: FailureRow[] = [];
    this.hasAny ??= await this.finds(this.db.reader);
    for (const part of this.hasAny ? chunks(itemKeys) : []) {
      const isOne = and(ofJob, inArray(itemFailures.itemKey, part));
      found.push(...(await this.db.reader.select().from(itemFailures).where(isOne)));
    }
    return new Map(found.map((row) => [row.itemKey, this.formerRunsOf(row)]));
  }

  private formerRunsOf({ runCount, runId }: FailureRow): number {
    return runCount - (runId === this.storeContext.runId ? 1 : 0);
  }

  private async finds(tx: Reader): Promise<boolean> {
    const { itemFailures } = this.db.tables;
    const ofJob = eq(itemFailures.jobId, this.storeContext.jobId);
    return (await tx.select({ key: itemFailures.itemKey }).from(itemFailures).where(ofJob).limit(1)).length > 0;
  }

  /** Counts items that are to be tried again, and forgets those that are settled. */
  async count(tx: Transaction, rows: readonly Committed[]): Promise<void> {
    const { itemFailures } = this.db.tables;
    const { jobId, runId } = this.storeContext;
    const failing = new Set(rows.filter(({ outcome }) => outcome.outcome === 'RETRYING').map(({ row }) => row.itemKey));
    const settled = rows
      .filter((committed) => settlesFailures(committed) && !failing.has(committed.row.itemKey))
      .map(({ row }) => row.itemKey);
    this.hasAny ??= await this.finds(tx);
    for (const part of this.hasAny ? chunks(settled) : []) {
      await tx.delete(itemFailures).where(and(eq(itemFailures.jobId, jobId), inArray(itemFailures.itemKey, part)));
    }
    this.hasAny ||= failing.size > 0;
    for (const itemKey of failing) {
      await tx
        .insert(itemFailures)
        .values({ jobId, itemKey, runCount: 1, runId: runId ?? '' })
        .onConflictDoUpdate({
          target: [itemFailures.jobId, itemFailures.itemKey],
          set: { runCount: sql`${itemFailures.runCount} + 1`, runId: runId ?? '' },
          setWhere: ne(itemFailures.runId, runId ?? ''),
        });
    }
  }
}
