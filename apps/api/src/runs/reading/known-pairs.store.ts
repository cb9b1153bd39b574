import type { RememberedContents } from '@sluice/core/pair';
import type { LedgerEntry } from '@sluice/core/plan';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { ledgerEntryOfRow } from '../engine-store/ledger/store-ledger-row.js';
import { chunks } from '../../db/batch.js';
import { locationPairsOf } from '../engine-store/ledger/store-pairs.js';

/** An entry of a ledger as far as a comparison of both sides needs it. */
export type KnownPair = Pick<LedgerEntry, 'sourceKey' | 'destinationKey'> & RememberedContents;

/** What the ledger of a job knows of its items, for those who only read. */
export class KnownPairStore {
  constructor(private readonly db: Database) {}

  /** Number of the ledger that the job used last for its places as they are now; null for none. */
  async ledgerOf(jobId: string, sourceRoot: string): Promise<number | null> {
    const pairs = await locationPairsOf(this.db, this.db.reader, jobId);
    return pairs.find((pair) => pair.sourceRoot === sourceRoot)?.number ?? null;
  }

  /** By the identities of items at the source. */
  async bySourceIds(ledger: number, ids: readonly string[]): Promise<Map<string, KnownPair>> {
    const { ledgerEntries: table } = this.db.tables;
    const found = new Map<string, KnownPair>();
    for (const part of chunks(ids)) {
      const rows = await this.db.reader
        .select()
        .from(table)
        .where(and(eq(table.pair, ledger), inArray(table.sourceId, part)));
      for (const row of rows) found.set(row.sourceId, knownOf(ledgerEntryOfRow(row)));
    }
    return found;
  }
}

const knownOf = ({ sourceKey, destinationKey, sha256, sourceVersion, destinationVersion }: LedgerEntry): KnownPair => ({
  sourceKey,
  destinationKey,
  sha256,
  sourceVersion,
  destinationVersion,
});
