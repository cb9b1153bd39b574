import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database, Reader, Transaction } from '../db/database.js';
import { chunks } from '../runs/store-context.js';

/** Rows that are deleted in one transaction. */
export const PORTION_ROWS = 500;
/** Facts of this name keep the identifier of a row that is gone while rows that belong to it remain. */
const REMOVED = 'removed:';
const AFTER_REMOVED = 'removed;';

/** Rows whose owner is one of these: an identifier, or a list in brackets. */
type Owned = [table: SQLiteTable, owner: SQLiteColumn, owners?: SQL];

/** Removes jobs: at once for everyone who asks, while rows of theirs that may be very many go in portions on SQLite. */
export class JobRemovals {
  constructor(private readonly db: Database) {}

  /** Removes the job with its plans and runs, in a transaction that leaves owned rows. */
  async remove(tx: Transaction, jobId: string): Promise<void> {
    const { jobs, plans, runs, facts } = this.db.tables;
    const gone = [
      ...(await tx.delete(runs).where(eq(runs.jobId, jobId)).returning({ id: runs.id })),
      ...(await tx.delete(plans).where(eq(plans.jobId, jobId)).returning({ id: plans.id })),
      ...(await tx.delete(jobs).where(eq(jobs.id, jobId)).returning({ id: jobs.id })),
    ];
    if (this.db.dialect === 'postgres') return;
    const notes = gone.map(({ id }) => ({ name: REMOVED + id, value: id }));
    for (const part of chunks(notes)) await tx.insert(facts).values(part);
  }

  /** Deletes a portion of the rows that removed jobs have left; tells whether there may be more. */
  async removePortion(): Promise<boolean> {
    if ((await this.nextOwner(this.db.reader)) === null) return false;
    await this.db.transact(async (tx) => {
      let left = PORTION_ROWS;
      while (left > 0) {
        const id = await this.nextOwner(tx);
        if (id === null) return;
        left -= await this.removeOf(tx, id, left);
        if (left > 0) left -= await this.forget(tx, id);
      }
    });
    return true;
  }

  private async nextOwner(reader: Reader): Promise<string | null> {
    const { facts } = this.db.tables;
    const isRemoved = and(gte(facts.name, REMOVED), lt(facts.name, AFTER_REMOVED));
    const [row] = await reader.select({ id: facts.value }).from(facts).where(isRemoved).limit(1);
    return row?.id ?? null;
  }

  private async forget(tx: Transaction, id: string): Promise<number> {
    const { facts } = this.db.tables;
    return (
      await tx
        .delete(facts)
        .where(eq(facts.name, REMOVED + id))
        .returning()
    ).length;
  }

  private async removeOf(tx: Transaction, id: string, limit: number): Promise<number> {
    let count = 0;
    for (const [table, owner, owners = sql`(${id})`] of this.ownedBy(id)) {
      const some = sql`select rowid from ${table} where ${owner} in ${owners} limit ${limit - count}`;
      const deleted = await tx.rows(sql`delete from ${table} where rowid in (${some}) returning 1 as one`);
      count += deleted.length;
    }
    return count;
  }

  private ownedBy(id: string): Owned[] {
    const { steps, stagedItems, stagedBatches, stagedIdentities, stagedProblems, stagedDeletions, knownListings } =
      this.db.tables;
    const { runEvents, runKeys, ledgerEntries, restingFolders, scopeMarks, itemFailures, locationPairs } =
      this.db.tables;
    if (id.startsWith('run_'))
      return [
        [runEvents, runEvents.runId],
        [runKeys, runKeys.runId],
      ];
    if (id.startsWith('plan_'))
      return [
        [steps, steps.planId],
        [stagedItems, stagedItems.planId],
        [stagedBatches, stagedBatches.planId],
        [stagedIdentities, stagedIdentities.planId],
        [stagedProblems, stagedProblems.planId],
        [stagedDeletions, stagedDeletions.planId],
        [knownListings, knownListings.planId],
      ];
    const pairs = sql`(select ${locationPairs.number} from ${locationPairs} where ${locationPairs.jobId} = ${id})`;
    return [
      [ledgerEntries, ledgerEntries.pair, pairs],
      [restingFolders, restingFolders.pair, pairs],
      [scopeMarks, scopeMarks.pair, pairs],
      [locationPairs, locationPairs.jobId],
      [itemFailures, itemFailures.jobId],
    ];
  }
}
