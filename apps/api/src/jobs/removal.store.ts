import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { stepsOfOrdinal } from '../db/plan-steps.js';
import { chunks } from '../db/batch.js';
import type { Database, Reader, Transaction } from '../db/database.js';

/** Rows that are deleted in one transaction. */
export const PORTION_ROWS = 500;
/** Facts of this name keep the identifier of a row that is gone while rows that belong to it remain. */
const REMOVED = 'removed:';
const AFTER_REMOVED = 'removed;';

/** Stands in the fact of a plan between its identifier and its ordinal. */
const BEFORE_ORDINAL = ' ';

type Owned = [table: SQLiteTable, isOwned: SQL];

/** Removes jobs: at once for everyone who asks, while rows of theirs that may be very many go in portions on SQLite. */
export class JobRemovals {
  constructor(private readonly db: Database) {}

  /** Removes the job with its plans and runs, in a transaction that leaves owned rows. */
  async remove(tx: Transaction, jobId: string): Promise<void> {
    const { jobs, plans, runs, facts } = this.db.tables;
    const goneRuns = await tx.delete(runs).where(eq(runs.jobId, jobId)).returning({ id: runs.id });
    const { id, ordinal } = plans;
    const gonePlans = await tx.delete(plans).where(eq(plans.jobId, jobId)).returning({ id, ordinal });
    await tx.delete(jobs).where(eq(jobs.id, jobId));
    if (this.db.dialect === 'postgres') return this.removeSteps(tx, gonePlans);
    const owners = [jobId, ...goneRuns.map((run) => run.id)];
    const notes = [
      ...owners.map((owner) => ({ name: REMOVED + owner, value: owner })),
      ...gonePlans.map((plan) => ({ name: REMOVED + plan.id, value: plan.id + BEFORE_ORDINAL + plan.ordinal })),
    ];
    for (const part of chunks(notes)) await tx.insert(facts).values(part);
  }

  private async removeSteps(tx: Transaction, plans: readonly { ordinal: number }[]): Promise<void> {
    const { steps } = this.db.tables;
    for (const { ordinal } of plans) await tx.delete(steps).where(stepsOfOrdinal(this.db, ordinal));
  }

  /** Deletes a portion of the rows that removed jobs have left; tells whether there may be more. */
  async removePortion(): Promise<boolean> {
    if ((await this.nextOwner(this.db.reader)) === null) return false;
    await this.db.transact(async (tx) => {
      let left = PORTION_ROWS;
      while (left > 0) {
        const owner = await this.nextOwner(tx);
        if (owner === null) return;
        const [id = '', ordinal] = owner.split(BEFORE_ORDINAL);
        left -= await this.removeOf(tx, this.ownedBy(id, ordinal === undefined ? null : Number(ordinal)), left);
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

  private async removeOf(tx: Transaction, rows: readonly Owned[], limit: number): Promise<number> {
    let count = 0;
    for (const [table, isOwned] of rows) {
      const some = sql`select rowid from ${table} where ${isOwned} limit ${limit - count}`;
      const deleted = await tx.rows(sql`delete from ${table} where rowid in (${some}) returning 1 as one`);
      count += deleted.length;
    }
    return count;
  }

  /** `ordinal`: of a plan; null for one whose steps are gone. */
  private ownedBy(id: string, ordinal: number | null): Owned[] {
    const { steps, stagedItems, stagedBatches, stagedIdentities, stagedProblems, stagedDeletions, knownListings } =
      this.db.tables;
    const { stagedLeftOut, scanFiles, scans } = this.db.tables;
    const { runEvents, runKeys, ledgerEntries, restingFolders, scopeMarks, itemFailures, locationPairs } =
      this.db.tables;
    if (id.startsWith('run_'))
      return [
        [runEvents, eq(runEvents.runId, id)],
        [runKeys, eq(runKeys.runId, id)],
        [scanFiles, eq(scanFiles.runId, id)],
        [scans, eq(scans.runId, id)],
      ];
    if (id.startsWith('plan_'))
      return [
        ...(ordinal === null ? [] : [[steps, stepsOfOrdinal(this.db, ordinal)] satisfies Owned]),
        [stagedItems, eq(stagedItems.planId, id)],
        [stagedBatches, eq(stagedBatches.planId, id)],
        [stagedIdentities, eq(stagedIdentities.planId, id)],
        [stagedProblems, eq(stagedProblems.planId, id)],
        [stagedDeletions, eq(stagedDeletions.planId, id)],
        [stagedLeftOut, eq(stagedLeftOut.planId, id)],
        [knownListings, eq(knownListings.planId, id)],
      ];
    const pairs = sql`(select ${locationPairs.number} from ${locationPairs} where ${locationPairs.jobId} = ${id})`;
    return [
      [ledgerEntries, sql`${ledgerEntries.pair} in ${pairs}`],
      [restingFolders, sql`${restingFolders.pair} in ${pairs}`],
      [scopeMarks, sql`${scopeMarks.pair} in ${pairs}`],
      [locationPairs, eq(locationPairs.jobId, id)],
      [itemFailures, eq(itemFailures.jobId, id)],
    ];
  }
}
