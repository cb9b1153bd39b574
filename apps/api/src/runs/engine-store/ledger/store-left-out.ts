import { readFingerprints } from '@sluice/core/platform';
import { childKey, selfAndAbove } from '@sluice/core/plan';
import type { StagedFolder } from '@sluice/core/run';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import type { Database, Transaction } from '../../../db/database.js';
import { isAtSource } from './store-ledger-row.js';
import type { BatchStore } from '../store-batches.js';
import { lockBoth, type StoreContext } from '../store-context.js';
import type { LocationPairStore } from './store-pairs.js';

/**
 * What the filters of a job leave out of the source. Of all that is left out, which may be nearly everything, only the keys of
 * folders and of what the ledger knows are kept.
 */
export class LeftOutStore {
  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
  ) {}

  async stage(folders: readonly StagedFolder[], isKept: boolean): Promise<void> {
    const pair = await this.pairs.current();
    const found = folders.map(itemsIn);
    const keys = new Set(found.flatMap(({ folderKeys }) => folderKeys));
    const { ledgerEntries: ledger } = this.db.tables;
    for (const { ids, itemKeys } of found) {
      for (const key of await this.knownBy(pair, ids, (part) => inArray(ledger.sourceId, part))) keys.add(key);
      for (const key of await this.knownBy(pair, itemKeys, (part) => isAtSource(ledger, part))) keys.add(key);
    }
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      await this.insert(tx, [...keys]);
      const whole = folders.map((folder) => ({ ...folder, otherHalf: null }));
      if (isKept) await this.batches.add(tx, 'LEFT_OUT', whole);
    });
  }

  /** Keys at the source of the ledger's entries that have one of these values, by a condition for some of them. */
  private async knownBy(pair: number, values: readonly string[], isOne: (part: string[]) => SQL): Promise<string[]> {
    const { ledgerEntries: ledger } = this.db.tables;
    const keys: string[] = [];
    for (const part of chunks(values)) {
      const rows = await this.db.reader
        .select({ folder: ledger.sourceFolder, name: ledger.sourceName })
        .from(ledger)
        .where(and(eq(ledger.pair, pair), isOne(part)));
      for (const { folder, name } of rows) keys.push(folder + name);
    }
    return keys;
  }

  private async insert(tx: Transaction, keys: readonly string[]): Promise<void> {
    const { stagedLeftOut: table } = this.db.tables;
    const { planId } = this.storeContext;
    for (const part of chunks(keys))
      await tx
        .insert(table)
        .values(part.map((sourceKey) => ({ planId, sourceKey })))
        .onConflictDoNothing();
  }

  async has(sourceKey: string): Promise<boolean> {
    const { stagedLeftOut: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ sourceKey: table.sourceKey })
      .from(table)
      .where(and(eq(table.planId, this.storeContext.planId), inArray(table.sourceKey, selfAndAbove(sourceKey))))
      .limit(1);
    return rows.length > 0;
  }
}

function itemsIn({ key, items }: StagedFolder) {
  const { names, ids, isFolder } = readFingerprints(items.fingerprints);
  const itemKeys = names.map((name) => childKey(key, name));
  return { ids, itemKeys, folderKeys: itemKeys.filter((_, index) => isFolder[index]) };
}
