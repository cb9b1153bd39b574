import { readFingerprints } from '@sluice/core/platform';
import { childKey, type Side } from '@sluice/core/plan';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunks } from '../../db/batch.js';
import { ComposedInsert } from '../../db/composed.js';
import type { Database, Transaction } from '../../db/database.js';
import type { BatchStore, FingerprintBatch } from './store-batches.js';
import { lockBoth, type StoreContext } from './store-context.js';

/**
 * Finds listed items by their identity. Only an item that is not where the ledger knows it is looked for, so the index of a
 * side is made when it is asked for first.
 */
export class IdentityStore {
  private readonly inserts: ComposedInsert<Database['tables']['stagedIdentities']>;
  private readonly filled = new Map<Side, Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly batches: BatchStore,
  ) {
    const { stagedIdentities } = db.tables;
    this.inserts = new ComposedInsert(stagedIdentities, (tx, rows) =>
      tx.insert(stagedIdentities).values(rows).onConflictDoNothing(),
    );
  }

  /** Those of the identities that the side shows, each with the first of its keys. */
  async find(side: Side, identities: readonly string[]): Promise<Map<string, string>> {
    const { stagedIdentities: table } = this.db.tables;
    const found = new Map<string, string>();
    if (identities.length === 0) return found;
    await this.fill(side);
    for (const part of chunks(identities)) {
      const rows = await this.db.reader
        .select({ remoteId: table.remoteId, key: table.key })
        .from(table)
        .where(and(eq(table.planId, this.storeContext.planId), eq(table.side, side), inArray(table.remoteId, part)))
        .orderBy(asc(table.remoteId), asc(table.key));
      for (const { remoteId, key } of rows) if (!found.has(remoteId)) found.set(remoteId, key);
    }
    return found;
  }

  /** What is listed afterwards makes the index anew. */
  async clear(tx: Transaction, side: Side): Promise<void> {
    const { stagedIdentities: table } = this.db.tables;
    if (!this.filled.delete(side)) return;
    await tx.delete(table).where(and(eq(table.planId, this.storeContext.planId), eq(table.side, side)));
  }

  /** The rows were removed. */
  forget(): void {
    this.filled.clear();
  }

  private fill(side: Side): Promise<void> {
    const filling = this.filled.get(side) ?? this.fillNow(side);
    this.filled.set(side, filling);
    return filling;
  }

  private async fillNow(side: Side): Promise<void> {
    for await (const page of this.batches.pages(side))
      await this.db.transact(async (tx) => {
        await lockBoth(tx, this.db, this.storeContext);
        await this.inserts.run(
          tx,
          page.flatMap((batch) => this.rowsOf(side, batch)),
        );
      });
  }

  private rowsOf(side: Side, { parentKey, fingerprints }: FingerprintBatch) {
    const { planId } = this.storeContext;
    const { names, ids } = readFingerprints(fingerprints);
    return names.map((name, index) => ({ planId, side, remoteId: ids[index]!, key: childKey(parentKey, name) }));
  }
}
