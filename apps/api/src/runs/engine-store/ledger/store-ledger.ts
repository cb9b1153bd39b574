import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { LedgerEntry, Side } from '@sluice/core/plan';
import { ITEM_KINDS, type ItemKind } from '@sluice/core/platform';
import type { RevisedEntry, StepOutcome } from '@sluice/core/run';
import { chunks } from '../../../db/batch.js';
import { ComposedInsert, ComposedList, ComposedWrite } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import {
  isAtSource,
  isBelow,
  ledgerEntryOfRow,
  ledgerRowOf,
  rowNumbers,
  type LedgerRow,
  type LedgerTable,
} from './store-ledger-row.js';
import type { StoreContext } from '../store-context.js';
import { disturbFolders, disturbBelow } from './store-resting.js';
import type { MarkStore } from './store-marks.js';
import type { LocationPairStore } from './store-pairs.js';

/** How an item that is forgotten is found. */
interface ItemAtSource {
  sourceKey: string | null;
  kind: ItemKind;
}

/** Writes the ledger of the plan's location pair, and keeps the counts of its entries. */
export class LedgerStore {
  /** Of entries that are new, and of those that keep their identifier. */
  private readonly inserts: ComposedInsert<LedgerTable, 'id'>;
  private readonly insertsAgain: ComposedInsert<LedgerTable>;
  /** One statement for each index: joined by `or`, SQLite would read the whole ledger. */
  private readonly removals: Record<'id' | 'source' | 'destination', ComposedList>;
  private readonly counting: Record<'pair' | 'job', ComposedWrite>;

  constructor(
    private readonly db: Database,
    private readonly storeContext: Pick<StoreContext, 'jobId'>,
    private readonly pairs: LocationPairStore,
    private readonly marks: Pick<MarkStore, 'use'>,
  ) {
    this.counting = countingOf(db);
    const { ledgerEntries: table } = db.tables;
    const insert = (tx: Transaction, rows: NewRow[]) => tx.insert(table).values(rows).onConflictDoNothing();
    this.inserts = new ComposedInsert(table, insert, ['id']);
    this.insertsAgain = new ComposedInsert(table, (tx, rows) => tx.insert(table).values(rows));
    const removalBy = (column: SQLiteColumn) =>
      new ComposedList(column, (tx, list) =>
        tx
          .delete(table)
          .where(and(eq(table.pair, sql.placeholder('pair')), sql`${column} in ${list}`))
          .returning({ folder: sql`${table.sourceFolder} as "folder"` }),
      );
    this.removals = {
      id: removalBy(table.id),
      source: removalBy(table.sourceId),
      destination: removalBy(table.destinationId),
    };
  }

  /** Takes over what outcomes tell: entries, folders that were moved, and the items that are forgotten, by entry or else by place. */
  async learn(
    tx: Transaction,
    told: readonly Pick<StepOutcome, 'ledger' | 'moved' | 'replaced' | 'forgetLedger' | 'forgottenId'>[],
    forgotten: readonly ItemAtSource[],
  ): Promise<void> {
    let entries: NewEntry[] = [];
    // What is told after a move has its place already, and must not follow it.
    for (const { moved, ledger, replaced = null } of told) {
      if (!ledger) continue;
      entries.push({ entry: ledger, replaced });
      if (!moved) continue;
      await this.write(tx, entries);
      entries = [];
      await this.follow(tx, moved, ledger);
    }
    await this.write(tx, entries);
    const ids = told.flatMap(({ forgetLedger, forgottenId }) => (forgetLedger && forgottenId ? [forgottenId] : []));
    await this.forgetByIds(tx, ids);
    await this.forget(tx, forgotten);
  }

  async entryOf(side: Side, identity: string): Promise<LedgerEntry | null> {
    const { ledgerEntries: table } = this.db.tables;
    const isIt = eq(side === 'SOURCE' ? table.sourceId : table.destinationId, identity);
    const isOfPair = eq(table.pair, await this.pairs.current());
    const [row] = await this.db.reader.select().from(table).where(and(isOfPair, isIt)).limit(1);
    return row ? ledgerEntryOfRow(row) : null;
  }

  async forgetEntries(ledgerIds: readonly string[]): Promise<void> {
    if (ledgerIds.length > 0) await this.db.transact((tx) => this.forgetByIds(tx, ledgerIds));
  }

  private async forgetByIds(tx: Transaction, ledgerIds: readonly string[]): Promise<void> {
    if (ledgerIds.length === 0) return;
    const pair = await this.pairs.current(tx);
    await this.count(tx, pair, -(await this.remove(tx, pair, 'id', rowNumbers(ledgerIds))));
  }

  async judge(ledgerId: string, versions: string): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    const isOne = inArray(table.id, rowNumbers([ledgerId]));
    await this.db.transact(async (tx) => void (await tx.update(table).set({ judged: versions }).where(isOne)));
  }

  /**
   * Each item of either side has one entry: what an entry was before, or what had one of its items, is replaced. Most entries
   * replace nothing, so it is tried without first.
   */
  private async write(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const pair = await this.pairs.current(tx);
    const mark = this.marks.use();
    const latest = latestOf(entries);
    const rows = latest.map(({ entry, replaced }) => ledgerRowOf(entry, { pair, mark, replaced }));
    const ids = latest.map(({ entry: { id } }) => (id === null ? null : (rowNumbers([id])[0] ?? null)));
    const again = rows.flatMap((row, index) => (ids[index] == null ? [] : [Object.assign({ id: ids[index] }, row)]));
    const fresh = again.length === 0 ? rows : rows.filter((_, index) => ids[index] === null);
    let added = again.length > 0 ? 0 : await this.inserts.run(tx, fresh);
    if (added < rows.length) {
      added -= await this.removeAll(tx, pair, rows, again);
      added += (await this.inserts.run(tx, fresh)) + (await this.insertsAgain.run(tx, again));
    }
    await disturbFolders(
      tx,
      this.db,
      pair,
      rows.map(({ sourceFolder }) => sourceFolder),
    );
    await this.count(tx, pair, added);
  }

  private async removeAll(
    tx: Transaction,
    pair: number,
    rows: readonly NewRow[],
    again: readonly LedgerRow[],
  ): Promise<number> {
    const ids = again.map(({ id }) => id);
    const source = rows.map(({ sourceId }) => sourceId);
    const destination = rows.map(({ destinationId }) => destinationId);
    return (
      (await this.remove(tx, pair, 'source', source)) +
      (await this.remove(tx, pair, 'destination', destination)) +
      (await this.remove(tx, pair, 'id', ids))
    );
  }

  /** Replaces entries, each by what is really there; null forgets it. */
  async revise(tx: Transaction, revised: readonly RevisedEntry[]): Promise<void> {
    const pair = await this.pairs.current(tx);
    const ids = rowNumbers(revised.map(({ id }) => id));
    await this.count(tx, pair, -(await this.remove(tx, pair, 'id', ids)));
    await this.write(
      tx,
      revised.flatMap(({ entry }) => (entry ? [{ entry, replaced: null }] : [])),
    );
  }

  /** What is remembered of all below a folder goes with it to its new places. */
  private async follow(tx: Transaction, from: Places, to: Places): Promise<void> {
    if (from.sourceKey === to.sourceKey && from.destinationKey === to.destinationKey) return;
    const { ledgerEntries: table } = this.db.tables;
    const pair = await this.pairs.current(tx);
    await disturbBelow(tx, this.db, pair, from);
    // Where both sides move alike, keys that are alike stay so.
    const isAlike = from.sourceKey === from.destinationKey && to.sourceKey === to.destinationKey;
    if (!isAlike) for (const key of new Set(Object.values(placesOf(from)))) await this.tellApart(tx, pair, key);
    await this.rebase(tx, pair, table.sourceFolder, [from.sourceKey, to.sourceKey]);
    await this.rebase(tx, pair, table.destinationFolder, [from.destinationKey, to.destinationKey]);
    if (!isAlike) await this.tellTogether(tx, pair, to.destinationKey);
  }

  /** Has the keys at the destination written out of what is below this folder of either side. */
  private async tellApart(tx: Transaction, pair: number, key: string): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    const places = { destinationFolder: sql`${table.sourceFolder}`, destinationName: sql`${table.sourceName}` };
    await this.change(tx, pair, places, [isNull(table.destinationFolder), isBelow(table.sourceFolder, key)]);
  }

  /** Leaves them out again where they are those at the source. */
  private async tellTogether(tx: Transaction, pair: number, key: string): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    const isAlike = [
      eq(table.destinationFolder, table.sourceFolder),
      eq(table.destinationName, table.sourceName),
      isBelow(table.destinationFolder, key),
    ];
    await this.change(tx, pair, { destinationFolder: null, destinationName: null }, isAlike);
  }

  private async rebase(tx: Transaction, pair: number, folder: SQLiteColumn, [from, to]: [string, string]) {
    if (from === to) return;
    const moved = sql`${to} || substr(${folder}, ${[...from].length + 1})`;
    const name = folder === this.db.tables.ledgerEntries.sourceFolder ? 'sourceFolder' : 'destinationFolder';
    await this.change(tx, pair, { [name]: moved }, [isBelow(folder, from)]);
  }

  private async change(tx: Transaction, pair: number, values: object, where: (SQL | undefined)[]): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    await tx
      .update(table)
      .set(values)
      .where(and(eq(table.pair, pair), ...where));
  }

  /** Removes the entries of items by their keys at the source and their kinds, so that the next run takes them for new. */
  private async forget(tx: Transaction, items: readonly ItemAtSource[]): Promise<void> {
    for (const kind of ITEM_KINDS) {
      const keys = items.flatMap((item) => (item.kind === kind ? (item.sourceKey ?? []) : []));
      for (const part of chunks(keys)) {
        const pair = await this.pairs.current(tx);
        await this.count(tx, pair, -(await this.removeByKey(tx, pair, part, kind)));
      }
    }
  }

  private async removeByKey(tx: Transaction, pair: number, keys: readonly string[], kind: ItemKind): Promise<number> {
    const { ledgerEntries: table } = this.db.tables;
    const which = and(eq(table.pair, pair), isAtSource(table, keys), eq(table.isFolder, kind === 'FOLDER'));
    const removed = await tx.delete(table).where(which).returning({ folder: table.sourceFolder });
    return this.disturbed(tx, pair, removed);
  }

  /** Removes the entries that have one of these values, and tells how many there were. */
  private async remove(
    tx: Transaction,
    pair: number,
    by: keyof LedgerStore['removals'],
    values: readonly (string | number)[],
  ): Promise<number> {
    return this.disturbed(tx, pair, await this.removals[by].rows<{ folder: string }>(tx, values, { pair }));
  }

  private async disturbed(tx: Transaction, pair: number, removed: readonly { folder: string }[]): Promise<number> {
    await disturbFolders(
      tx,
      this.db,
      pair,
      removed.map(({ folder }) => folder),
    );
    return removed.length;
  }

  private async count(tx: Transaction, pair: number, added: number): Promise<void> {
    if (added === 0) return;
    await this.counting.pair.run(tx, { added, key: pair });
    await this.counting.job.run(tx, { added, key: this.storeContext.jobId });
  }
}

/** Adds to the number of entries that a pair or a job has. */
function countingOf({ tables: { jobs, locationPairs } }: Database): Record<'pair' | 'job', ComposedWrite> {
  const [added, key] = [sql.placeholder('added'), sql.placeholder('key')];
  return {
    pair: new ComposedWrite((tx) =>
      tx
        .update(locationPairs)
        .set({ itemCount: sql`${locationPairs.itemCount} + ${added}` })
        .where(eq(locationPairs.number, key)),
    ),
    job: new ComposedWrite((tx) =>
      tx
        .update(jobs)
        .set({ ledgerItemCount: sql`${jobs.ledgerItemCount} + ${added}` })
        .where(eq(jobs.id, key)),
    ),
  };
}

interface NewEntry {
  entry: LedgerEntry;
  /** Version at the destination that it took the place of; null when it took none. */
  replaced: string | null;
}

type NewRow = Omit<LedgerRow, 'id'>;

type Places = Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>;

const placesOf = ({ sourceKey, destinationKey }: Places) => ({ sourceKey, destinationKey });

/** Of several entries of one item the last one counts. */
function latestOf(entries: readonly NewEntry[]): NewEntry[] {
  const bySource = new Map<string, NewEntry>();
  for (const each of entries) bySource.set(each.entry.sourceId, each);
  const byDestination = new Map<string, NewEntry>();
  for (const each of bySource.values()) byDestination.set(each.entry.destinationId, each);
  return [...byDestination.values()];
}
