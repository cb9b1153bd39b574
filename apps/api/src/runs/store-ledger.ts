import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { LedgerEntry } from '@sluice/core/plan';
import { ITEM_KINDS, type ItemKind } from '@sluice/core/platform';
import type { RevisedEntry, StepOutcome } from '@sluice/core/run';
import { ComposedInsert, ComposedList } from '../db/composed.js';
import type { Database, Transaction } from '../db/database.js';
import { newId } from '../graphql/ids.js';
import { chunks, type StoreContext } from './store-context.js';
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
  private readonly inserts: ComposedInsert<Database['tables']['ledgerEntries']>;
  /** One statement for each index: joined by `or`, SQLite would read the whole ledger. */
  private readonly removals: Record<'id' | 'source' | 'destination', ComposedList>;

  constructor(
    private readonly db: Database,
    private readonly storeContext: Pick<StoreContext, 'jobId'>,
    private readonly pairs: LocationPairStore,
    private readonly marks: Pick<MarkStore, 'use'>,
  ) {
    const { ledgerEntries: table } = db.tables;
    this.inserts = new ComposedInsert(table, (tx, rows) => tx.insert(table).values(rows));
    const removalBy = (column: SQLiteColumn) =>
      new ComposedList(column, (tx, list) => {
        const isOfPair = and(eq(table.jobId, storeContext.jobId), eq(table.pair, sql.placeholder('pair')));
        return tx
          .delete(table)
          .where(and(isOfPair, sql`${column} in ${list}`))
          .returning({ sourceKey: sql`${table.sourceKey} as "sourceKey"` });
      });
    this.removals = {
      id: removalBy(table.id),
      source: removalBy(table.sourceId),
      destination: removalBy(table.destinationId),
    };
  }

  /** Takes over what outcomes tell: entries, folders that were moved, and the items that are forgotten. */
  async learn(
    tx: Transaction,
    told: readonly Pick<StepOutcome, 'ledger' | 'moved' | 'replaced'>[],
    forgotten: readonly ItemAtSource[],
  ): Promise<void> {
    let entries: NewEntry[] = [];
    // What is told after a move has its place already, and must not follow it.
    for (const { moved, ledger, replaced = null } of told) {
      if (!ledger) continue;
      entries.push({ ...ledger, replaced });
      if (!moved) continue;
      await this.write(tx, entries);
      entries = [];
      await this.follow(tx, moved, ledger);
    }
    await this.write(tx, entries);
    await this.forget(tx, forgotten);
  }

  async forgetEntries(ledgerIds: readonly string[]): Promise<void> {
    if (ledgerIds.length === 0) return;
    await this.db.transact(async (tx) => {
      const pair = await this.pairs.current(tx);
      await this.count(tx, pair, -(await this.remove(tx, pair, 'id', ledgerIds)));
    });
  }

  async judge(ledgerId: string, versions: string): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    await this.db.transact(
      async (tx) => void (await tx.update(table).set({ judged: versions }).where(eq(table.id, ledgerId))),
    );
  }

  /** Each item of either side has one entry: what an entry was before, or what had one of its items, is replaced. */
  private async write(tx: Transaction, entries: readonly NewEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const pair = await this.pairs.current(tx);
    const { jobId } = this.storeContext;
    const mark = this.marks.use();
    const latest = latestOf(entries);
    const rows = latest.map((entry) => ({ ...entry, id: entry.id ?? newId('led'), jobId, pair, mark }));
    const bySource = rows.map(({ sourceId }) => sourceId);
    const byDestination = rows.map(({ destinationId }) => destinationId);
    const known = latest.flatMap(({ id }) => id ?? []);
    const removed = [
      await this.remove(tx, pair, 'source', bySource),
      await this.remove(tx, pair, 'destination', byDestination),
      await this.remove(tx, pair, 'id', known),
    ];
    await this.inserts.run(tx, rows);
    await disturbFolders(tx, this.db, this.pairOf(pair), rows);
    await this.count(tx, pair, rows.length - removed.reduce((sum, count) => sum + count, 0));
  }

  /** Replaces entries, each by what is really there; null forgets it. */
  async revise(tx: Transaction, revised: readonly RevisedEntry[]): Promise<void> {
    const pair = await this.pairs.current(tx);
    const ids = revised.map(({ id }) => id);
    await this.count(tx, pair, -(await this.remove(tx, pair, 'id', ids)));
    await this.write(
      tx,
      revised.flatMap(({ entry }) => (entry ? [{ ...entry, replaced: null }] : [])),
    );
  }

  /** What is remembered of all below a folder goes with it to its new places. */
  private async follow(tx: Transaction, from: Places, to: Places): Promise<void> {
    const { ledgerEntries: table } = this.db.tables;
    const pair = await this.pairs.current(tx);
    for (const side of ['sourceKey', 'destinationKey'] as const) {
      if (from[side] === to[side]) continue;
      await disturbBelow(tx, this.db, this.pairOf(pair), from);
      const column = table[side];
      // '0' follows '/' in the order of bytes, so the range holds exactly the keys that begin with `key/`.
      const below = and(gt(column, `${from[side]}/`), lt(column, `${from[side]}0`));
      const moved = sql`${to[side]} || substr(${column}, ${[...from[side]].length + 1})`;
      await tx
        .update(table)
        .set({ [side]: moved })
        .where(and(eq(table.jobId, this.storeContext.jobId), eq(table.pair, pair), below));
    }
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
    const isOfPair = and(eq(table.jobId, this.storeContext.jobId), eq(table.pair, pair));
    const which = and(isOfPair, inArray(table.sourceKey, [...keys]), eq(table.kind, kind));
    const removed = await tx.delete(table).where(which).returning({ sourceKey: table.sourceKey });
    await disturbFolders(tx, this.db, this.pairOf(pair), removed);
    return removed.length;
  }

  /** Removes the entries that have one of these values, and tells how many there were. */
  private async remove(tx: Transaction, pair: number, by: keyof LedgerStore['removals'], values: readonly string[]) {
    const removed = await this.removals[by].rows<Pick<LedgerEntry, 'sourceKey'>>(tx, values, { pair });
    await disturbFolders(tx, this.db, this.pairOf(pair), removed);
    return removed.length;
  }

  private pairOf(pair: number) {
    return { jobId: this.storeContext.jobId, pair };
  }

  private async count(tx: Transaction, pair: number, added: number): Promise<void> {
    if (added === 0) return;
    const { jobs, locationPairs } = this.db.tables;
    const { jobId } = this.storeContext;
    await tx
      .update(locationPairs)
      .set({ itemCount: sql`${locationPairs.itemCount} + ${added}` })
      .where(and(eq(locationPairs.jobId, jobId), eq(locationPairs.number, pair)));
    await tx
      .update(jobs)
      .set({ ledgerItemCount: sql`${jobs.ledgerItemCount} + ${added}` })
      .where(eq(jobs.id, jobId));
  }
}

type NewEntry = LedgerEntry & { replaced: string | null };

type Places = Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>;

/** Of several entries of one item the last one counts. */
function latestOf(entries: readonly NewEntry[]): NewEntry[] {
  const bySource = new Map(entries.map((entry) => [entry.sourceId, entry]));
  return [...new Map([...bySource.values()].map((entry) => [entry.destinationId, entry])).values()];
}
