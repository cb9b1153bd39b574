import { groupBy, identityOf, packItems, type Item, type PackedItems } from '@sluice/core/platform';
import { parentKey, selfAndAbove, SIDES, type Side } from '@sluice/core/plan';
import { coverageOf, type Coverage } from '@sluice/core/prove';
import type { KnownPlace, StagedFolder, StagedItem, StagedProblem } from '@sluice/core/run';
import { and, asc, eq, gt, inArray, notInArray, sql, type SQL } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import { ComposedInsert } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import { decodeItem, decodeProblem, encode, encodeProblem } from '../encoding.js';
import { idOn, placesAt } from '../ledger/store-ledger-row.js';
import type { BatchStore } from '../store-batches.js';
import { lockBoth, type StoreContext } from '../store-context.js';
import type { IdentityStore } from '../store-identities.js';
import type { LocationPairStore } from '../ledger/store-pairs.js';
import type { KeptFolder, RestingFolderStore } from '../ledger/store-resting.js';

const PAGE_ROWS = 1000;

/** Staged listings of both sides. */
export class ListingStore {
  private readonly inserts: ComposedInsert<Database['tables']['stagedItems']>;
  /** Sides whose listing had no problem; null before they are asked for. */
  private whole: ReadonlySet<Side> | null = null;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
    private readonly identities: IdentityStore,
    private readonly resting: RestingFolderStore,
  ) {
    const { stagedItems } = db.tables;
    this.inserts = new ComposedInsert(stagedItems, (tx, rows) =>
      tx
        .insert(stagedItems)
        .values(rows)
        .onConflictDoUpdate({
          target: [stagedItems.planId, stagedItems.side, stagedItems.key, stagedItems.remoteId],
          set: { kind: sql`excluded.kind`, item: sql`excluded.item` },
        }),
    );
  }

  async stage(side: Side, items: readonly StagedItem[]): Promise<void> {
    const root = items.filter(({ key }) => key === '');
    if (root.length > 0)
      await this.db.transact(async (tx) => {
        await lockBoth(tx, this.db, this.storeContext);
        await this.upsert(tx, side, root);
        if (side === 'DESTINATION') await this.pairs.learnDestination(tx, root);
      });
    await this.stageFolders(side, inFolders(items));
  }

  async stageFolders(side: Side, folders: readonly StagedFolder[], rules?: string): Promise<void> {
    if (folders.length === 0) return;
    const whole = () => folders.map((folder) => ({ ...folder, side, otherHalf: null }));
    await this.keep(rules === undefined ? whole() : await this.resting.arrived(side, folders, rules));
  }

  /** Nothing more is listed: what still waits for its other half is kept as it is. */
  async endWaiting(): Promise<void> {
    await this.keep(this.resting.giveUp());
  }

  private async keep(kept: readonly KeptFolder[]): Promise<void> {
    if (kept.length === 0) return;
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      for (const side of SIDES) {
        const folders = kept.filter((folder) => folder.side === side);
        if (folders.length === 0) continue;
        await this.batches.add(tx, side, folders);
        await this.identities.clear(tx, side);
      }
    });
  }

  async stageAgain(side: Side, key: string, items: readonly PackedItems[]): Promise<void> {
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      await this.batches.remove(tx, side, key);
      await this.batches.add(
        tx,
        side,
        items.map((packed) => ({ key, items: packed, otherHalf: null })),
      );
      await this.identities.clear(tx, side);
    });
  }

  /** Stages items over what was listed at their keys. */
  private async upsert(tx: Transaction, side: Side, items: readonly StagedItem[]): Promise<void> {
    const { planId } = this.storeContext;
    const rows = items.map(({ key, item }) => {
      return { planId, side, key, remoteId: identityOf(item), kind: item.kind, item: encode(item) };
    });
    await this.inserts.run(tx, [...new Map(rows.map((row) => [`${row.key}\0${row.remoteId}`, row])).values()]);
  }

  /** Puts folders of a side in the place of those that were listed there. */
  async restageFolders(tx: Transaction, side: Side, folders: readonly StagedItem[]): Promise<void> {
    const { stagedItems: table } = this.db.tables;
    for (const part of chunks(folders.map(({ key }) => key)))
      await tx.delete(table).where(and(this.isOverlayOf(side), eq(table.kind, 'FOLDER'), inArray(table.key, part)));
    await this.upsert(tx, side, folders);
  }

  private isOverlayOf(side: Side): SQL | undefined {
    const { stagedItems: table } = this.db.tables;
    return and(eq(table.planId, this.storeContext.planId), eq(table.side, side));
  }

  async stageDeleted(identities: readonly string[]): Promise<void> {
    if (identities.length === 0) return;
    const { stagedDeletions } = this.db.tables;
    const { planId } = this.storeContext;
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      for (const part of chunks([...new Set(identities)]))
        await tx
          .insert(stagedDeletions)
          .values(part.map((remoteId) => ({ planId, remoteId })))
          .onConflictDoNothing();
    });
  }

  async isSeenDeleted({ key, id }: KnownPlace, side: Side = 'SOURCE'): Promise<boolean> {
    const { ledgerEntries: ledger, stagedDeletions: seen } = this.db.tables;
    const isFolderOfPair = and(eq(ledger.pair, await this.pairs.current()), eq(ledger.isFolder, true));
    const above = selfAndAbove(key).slice(1);
    const known = [id];
    for (const isThere of above.length > 0 ? placesAt(side, ledger, above) : []) {
      const rows = await this.db.reader
        .select({ id: idOn(side, ledger) })
        .from(ledger)
        .where(and(isFolderOfPair, isThere));
      known.push(...rows.map(({ id }) => id));
    }
    const isOne = inArray(seen.remoteId, known);
    const rows = await this.db.reader
      .select({ remoteId: seen.remoteId })
      .from(seen)
      .where(and(eq(seen.planId, this.storeContext.planId), isOne))
      .limit(1);
    return rows.length > 0;
  }

  async stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void> {
    if (problems.length === 0) return;
    this.whole = null;
    const { stagedProblems } = this.db.tables;
    const rows = new Map(
      problems.map(({ key, problem }) => [
        key,
        { planId: this.storeContext.planId, side, key, kind: problem.kind, problem: encodeProblem(problem) },
      ]),
    );
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      for (const part of chunks([...rows.values()])) {
        await tx
          .insert(stagedProblems)
          .values(part)
          .onConflictDoUpdate({
            target: [stagedProblems.planId, stagedProblems.side, stagedProblems.key],
            set: { kind: sql`excluded.kind`, problem: sql`excluded.problem` },
          });
      }
    });
  }

  async clear(tx: Transaction): Promise<void> {
    this.whole = null;
    this.batches.forget();
    this.resting.clear();
    this.identities.forget();
    await forgetListings(tx, this.db, this.storeContext.planId);
  }

  async *problems(side: Side = 'SOURCE'): AsyncIterable<StagedProblem> {
    const { stagedProblems: table } = this.db.tables;
    const { planId } = this.storeContext;
    for (let after: SQL | undefined; ;) {
      const rows = await this.db.reader
        .select()
        .from(table)
        .where(and(eq(table.planId, planId), eq(table.side, side), after))
        .orderBy(asc(table.key))
        .limit(PAGE_ROWS);
      for (const { key, problem } of rows) yield { key, problem: decodeProblem(problem) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      after = gt(table.key, last.key);
    }
  }

  async itemByKey(side: Side, key: string): Promise<StagedItem | null> {
    return (await this.itemsAt(side, [key])).get(key) ?? null;
  }

  async itemById(id: string, side: Side = 'DESTINATION'): Promise<StagedItem | null> {
    const key = (await this.identities.find(side, [id])).get(id);
    return key === undefined ? null : this.batches.itemAt(side, key, (place) => place.identity === id);
  }

  /** What a side has at these keys; the folder, where a file has the same key. */
  async itemsAt(side: Side, keys: readonly string[]): Promise<Map<string, StagedItem>> {
    const { stagedItems: table } = this.db.tables;
    const found = new Map<string, StagedItem>();
    for (const part of chunks(keys)) {
      const rows = await this.db.reader
        .select({ key: table.key, item: table.item })
        .from(table)
        .where(and(this.isOverlayOf(side), inArray(table.key, part)))
        .orderBy(asc(table.kind));
      for (const { key, item } of rows) found.set(key, { key, item: decodeItem(item) });
    }
    for (const key of keys) {
      const listed = found.has(key) ? null : await this.batches.itemAt(side, key);
      if (listed) found.set(key, listed);
    }
    return found;
  }

  async coverage(side: Side, key: string): Promise<Coverage> {
    this.whole ??= await this.wholeSides();
    if (this.whole.has(side)) return 'WHOLE';
    const { stagedProblems: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ kind: table.kind })
      .from(table)
      .where(and(this.isProblemOf(side), inArray(table.key, selfAndAbove(key))));
    return coverageOf(
      side,
      rows.map(({ kind }) => kind),
    );
  }

  private async wholeSides(): Promise<Set<Side>> {
    const { stagedProblems: table } = this.db.tables;
    const whole = new Set<Side>();
    for (const side of ['SOURCE', 'DESTINATION'] as const) {
      const rows = await this.db.reader.select({ key: table.key }).from(table).where(this.isProblemOf(side)).limit(1);
      if (rows.length === 0) whole.add(side);
    }
    return whole;
  }

  private isProblemOf(side: Side): SQL | undefined {
    const { stagedProblems: table } = this.db.tables;
    return and(eq(table.planId, this.storeContext.planId), eq(table.side, side));
  }
}

/** Removes the stored listings of both sides that a plan is made from, but for those from which a later one may go on. */
export async function forgetListings(tx: Transaction, { tables }: Database, planId: string): Promise<void> {
  const {
    stagedItems,
    stagedBatches,
    stagedIdentities,
    stagedProblems,
    stagedDeletions,
    stagedLeftOut,
    knownListings,
  } = tables;
  for (const table of [stagedItems, stagedIdentities, stagedProblems, stagedDeletions, stagedLeftOut])
    await tx.delete(table).where(eq(table.planId, planId));
  await tx.delete(knownListings).where(and(eq(knownListings.planId, planId), eq(knownListings.isTaken, false)));
  const taken = tx.select({ side: knownListings.side }).from(knownListings).where(eq(knownListings.planId, planId));
  const side = sql`case when ${stagedBatches.side} = 'LEFT_OUT' then 'SOURCE' else ${stagedBatches.side} end`;
  await tx.delete(stagedBatches).where(and(eq(stagedBatches.planId, planId), notInArray(side, taken)));
}

/** Listed items in the folders that hold them. */
function inFolders(items: readonly StagedItem[]): StagedFolder[] {
  const listed = items.filter(({ key }) => key !== '');
  return [...groupBy(listed, ({ key }) => parentKey(key) ?? '')].map(([key, children]) => {
    return {
      key,
      items: packItems(
        folderOf(children),
        children.map(({ item }) => item),
      ),
    };
  });
}

const folderOf = ([first]: readonly { item: Item }[]) => first?.item.path.slice(0, -1) ?? [];
