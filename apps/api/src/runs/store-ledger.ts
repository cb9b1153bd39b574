import { and, eq, inArray, sql } from 'drizzle-orm';
import type { LedgerEntry } from '@sluice/core/plan';
import type { Database, Transaction } from '../db/database.js';
import { chunks } from './store-context.js';

/** Writes entries and keeps the job's count of them. */
export async function writeLedger(
  tx: Transaction,
  db: Database,
  jobId: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const { ledger, jobs } = db.tables;
  const unique = new Map(entries.map((entry) => [entry.sourceKey, { jobId, ...entry }]));
  for (const part of chunks([...unique.values()])) {
    const keys = part.map((entry) => entry.sourceKey);
    const known = await tx.$count(ledger, and(eq(ledger.jobId, jobId), inArray(ledger.sourceKey, keys)));
    await tx
      .insert(ledger)
      .values(part)
      .onConflictDoUpdate({ target: [ledger.jobId, ledger.sourceKey], set: EXCLUDED });
    await tx
      .update(jobs)
      .set({ ledgerItemCount: sql`${jobs.ledgerItemCount} + ${part.length - known}` })
      .where(eq(jobs.id, jobId));
  }
}

const EXCLUDED = {
  kind: sql`excluded.kind`,
  sourceId: sql`excluded.source_id`,
  sourceVersion: sql`excluded.source_version`,
  sourceSize: sql`excluded.source_size`,
  sourceModifiedAt: sql`excluded.source_modified_at`,
  destinationKey: sql`excluded.destination_key`,
  destinationId: sql`excluded.destination_id`,
  destinationVersion: sql`excluded.destination_version`,
  sha256: sql`excluded.sha256`,
};

/** Removes entries, so that the next run treats the items as new. */
export async function forgetLedger(
  tx: Transaction,
  db: Database,
  jobId: string,
  keys: readonly string[],
): Promise<void> {
  const { ledger, jobs } = db.tables;
  for (const part of chunks(keys)) {
    const removed = await tx
      .delete(ledger)
      .where(and(eq(ledger.jobId, jobId), inArray(ledger.sourceKey, part)))
      .returning({ key: ledger.sourceKey });
    await tx
      .update(jobs)
      .set({ ledgerItemCount: sql`${jobs.ledgerItemCount} - ${removed.length}` })
      .where(eq(jobs.id, jobId));
  }
}
