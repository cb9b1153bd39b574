import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, ne, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { ComposedInsert } from '../db/composed-insert.js';
import type { Database, Transaction } from '../db/database.js';
import { coverageOf, type Coverage } from '@sluice/core/prove';
import type { SourceGroup, StagedItem, StagedProblem } from '@sluice/core/run';
import { identityOf } from '@sluice/core/platform';
import { keyDepth, parentKey, type LedgerEntry, type Side } from '@sluice/core/plan';
import { decodeItem, decodeProblem, encode, encodeProblem } from './encoding.js';
import { chunks, lockBoth, type StoreContext } from './store-context.js';
import type { LocationPairStore } from './store-pairs.js';

const PAGE_ROWS = 1000;

/** Staged listings of both sides. */
export class ListingStore {
  private readonly inserts: ComposedInsert<Database['tables']['stagedItems']>;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
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
    if (items.length === 0) return;
    await this.db.transact(async (tx) => {
      await lockBoth(tx, this.db, this.storeContext);
      await this.upsert(tx, side, items);
      if (side === 'DESTINATION') await this.pairs.learnDestination(tx, items);
    });
  }

  async upsert(tx: Transaction, side: Side, items: readonly StagedItem[]): Promise<void> {
    const rows = items.map((staged) => this.toRow(side, staged));
    await this.inserts.run(tx, [...new Map(rows.map((row) => [`${row.key}\0${row.remoteId}`, row])).values()]);
  }

  /** Puts folders of the destination in the place of those that were listed there. */
  async restageFolders(tx: Transaction, folders: readonly StagedItem[]): Promise<void> {
    const { stagedItems: table } = this.db.tables;
    for (const part of chunks(folders.map(({ key }) => key)))
      await tx.delete(table).where(and(this.on('DESTINATION'), eq(table.kind, 'FOLDER'), inArray(table.key, part)));
    await this.upsert(tx, 'DESTINATION', folders);
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

  async isSeenDeleted(sourceKey: string): Promise<boolean> {
    const { ledgerEntries: ledger, stagedDeletions: seen } = this.db.tables;
    const { jobId, planId } = this.storeContext;
    const rows = await this.db.reader
      .select({ remoteId: seen.remoteId })
      .from(ledger)
      .innerJoin(seen, and(eq(seen.planId, planId), eq(seen.remoteId, ledger.sourceId)))
      .where(
        and(
          eq(ledger.jobId, jobId),
          eq(ledger.pair, await this.pairs.current()),
          inArray(ledger.sourceKey, selfAndAbove(sourceKey)),
        ),
      )
      .limit(1);
    return rows.length > 0;
  }

  private toRow(side: Side, { key, item }: StagedItem) {
    return {
      planId: this.storeContext.planId,
      side,
      key,
      parentKey: parentKey(key) ?? '',
      depth: keyDepth(key),
      remoteId: identityOf(item),
      kind: item.kind,
      item: encode(item),
    };
  }

  async stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void> {
    if (problems.length === 0) return;
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
    const { stagedItems, stagedProblems, stagedDeletions } = this.db.tables;
    await tx.delete(stagedDeletions).where(eq(stagedDeletions.planId, this.storeContext.planId));
    await tx.delete(stagedItems).where(eq(stagedItems.planId, this.storeContext.planId));
    await tx.delete(stagedProblems).where(eq(stagedProblems.planId, this.storeContext.planId));
  }

  /** Read page by page, so that steps can be written in between. A folder's children are held at once. */
  async *sourceGroups(): AsyncIterable<SourceGroup> {
    let group: SourceGroup | null = null;
    for await (const { parent, ...entry } of this.sourceItems()) {
      if (group !== null && group.parentKey !== parent) {
        yield group;
        group = null;
      }
      group ??= { parentKey: parent, items: [] };
      group.items.push(entry);
    }
    if (group !== null) yield group;
  }

  private async *sourceItems(): AsyncIterable<SourceGroup['items'][number] & { parent: string }> {
    let after: SQL | undefined;
    let before: { key: string; remoteId: string } | null = null;
    const pair = await this.pairs.current();
    for (;;) {
      const rows = await this.sourcePage(after, pair);
      for (const { item, byIdentity, byKey, holder } of rows) {
        // An item comes twice where the ledger remembers two that stood at its place, one after the other.
        if (before?.key === item.key && before.remoteId === item.remoteId) continue;
        before = item;
        const ledger = byIdentity ?? (holder === null ? byKey : null);
        yield {
          parent: item.parentKey,
          key: item.key,
          item: decodeItem(item.item),
          ledger: ledger && toLedger(ledger),
        };
      }
      const last = rows.at(-1)?.item;
      if (last === undefined || rows.length < PAGE_ROWS) return;
      const { stagedItems: table } = this.db.tables;
      after = sql`(${table.depth}, ${table.parentKey}, ${table.key}, ${table.remoteId}) > (${last.depth}, ${last.parentKey}, ${last.key}, ${last.remoteId})`;
    }
  }

  private sourcePage(after: SQL | undefined, pair: number) {
    const { stagedItems: table } = this.db.tables;
    return this.sourceEntries(pair)
      .where(and(this.on('SOURCE'), ne(table.key, ''), after))
      .orderBy(asc(table.depth), asc(table.parentKey), asc(table.key), asc(table.remoteId))
      .limit(PAGE_ROWS);
  }

  /** The entry of an item's key belongs to another item where that one is seen with the entry's identity. */
  private sourceEntries(pair: number) {
    const { stagedItems: table, ledgerEntries } = this.db.tables;
    const { jobId, planId } = this.storeContext;
    const byIdentity = alias(ledgerEntries, 'by_identity');
    const byKey = alias(ledgerEntries, 'by_key');
    const holder = alias(table, 'holder');
    return this.db.reader
      .select({ item: table, byIdentity, byKey, holder: holder.key })
      .from(table)
      .leftJoin(
        byIdentity,
        and(eq(byIdentity.jobId, jobId), eq(byIdentity.pair, pair), eq(byIdentity.sourceId, table.remoteId)),
      )
      .leftJoin(
        byKey,
        and(
          isNull(byIdentity.id),
          eq(byKey.jobId, jobId),
          eq(byKey.pair, pair),
          eq(byKey.sourceKey, table.key),
          eq(byKey.kind, table.kind),
        ),
      )
      .leftJoin(holder, and(eq(holder.planId, planId), eq(holder.side, 'SOURCE'), eq(holder.remoteId, byKey.sourceId)));
  }

  async *sourceProblems(): AsyncIterable<StagedProblem> {
    const { stagedProblems: table } = this.db.tables;
    const { planId } = this.storeContext;
    for (let after: SQL | undefined; ;) {
      const rows = await this.db.reader
        .select()
        .from(table)
        .where(and(eq(table.planId, planId), eq(table.side, 'SOURCE'), after))
        .orderBy(asc(table.key))
        .limit(PAGE_ROWS);
      for (const { key, problem } of rows) yield { key, problem: decodeProblem(problem) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      after = gt(table.key, last.key);
    }
  }

  async destinationChildren(parent: string): Promise<StagedItem[]> {
    const { stagedItems: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ key: table.key, item: table.item })
      .from(table)
      .where(and(this.on('DESTINATION'), eq(table.parentKey, parent), ne(table.key, '')))
      .orderBy(asc(table.key));
    return rows.map(toStaged);
  }

  destinationByKey(key: string): Promise<StagedItem | null> {
    return this.destinationWhere(eq(this.db.tables.stagedItems.key, key));
  }

  destinationById(id: string): Promise<StagedItem | null> {
    return this.destinationWhere(eq(this.db.tables.stagedItems.remoteId, id));
  }

  private async destinationWhere(condition: SQL): Promise<StagedItem | null> {
    const { stagedItems: table } = this.db.tables;
    const [row] = await this.db.reader
      .select({ key: table.key, item: table.item })
      .from(table)
      .where(and(this.on('DESTINATION'), condition))
      .orderBy(asc(table.key), desc(table.kind))
      .limit(1);
    return row === undefined ? null : toStaged(row);
  }

  async isAtSource(key: string, identity: string): Promise<boolean> {
    const { stagedItems: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ key: table.key })
      .from(table)
      .where(and(this.on('SOURCE'), eq(table.key, key), eq(table.remoteId, identity)))
      .limit(1);
    return rows.length > 0;
  }

  async coverage(side: Side, key: string): Promise<Coverage> {
    const { stagedProblems: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ kind: table.kind })
      .from(table)
      .where(
        and(eq(table.planId, this.storeContext.planId), eq(table.side, side), inArray(table.key, selfAndAbove(key))),
      );
    return coverageOf(
      side,
      rows.map(({ kind }) => kind),
    );
  }

  /** Read page by page from the last key to the first, so that steps can be written in between. */
  async *lostEntries(): AsyncIterable<LedgerEntry> {
    const { ledgerEntries: table } = this.db.tables;
    const pair = await this.pairs.current();
    for (let before: SQL | undefined; ;) {
      const rows = await this.lostPage(pair, before);
      for (const row of rows) yield toLedger(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      before = sql`(${table.destinationKey}, ${table.id}) < (${last.destinationKey}, ${last.id})`;
    }
  }

  private lostPage(pair: number, before: SQL | undefined) {
    const { ledgerEntries: table, stagedItems } = this.db.tables;
    const { jobId, planId } = this.storeContext;
    const [byIdentity, byKey] = [alias(stagedItems, 'by_identity'), alias(stagedItems, 'by_key')];
    const isSource = (staged: typeof byIdentity | typeof byKey) =>
      and(eq(staged.planId, planId), eq(staged.side, 'SOURCE'));
    return this.db.reader
      .select(getTableColumns(table))
      .from(table)
      .leftJoin(byIdentity, and(isSource(byIdentity), eq(byIdentity.remoteId, table.sourceId)))
      .leftJoin(byKey, and(isSource(byKey), eq(byKey.key, table.sourceKey), eq(byKey.kind, table.kind)))
      .where(and(eq(table.jobId, jobId), eq(table.pair, pair), isNull(byIdentity.key), isNull(byKey.key), before))
      .orderBy(desc(table.destinationKey), desc(table.id))
      .limit(PAGE_ROWS);
  }

  async hasSourceFileBelow(key: string): Promise<boolean> {
    const { stagedItems: table } = this.db.tables;
    // '0' follows '/' in the order of bytes, so the range holds exactly the keys that begin with `key/`.
    const below = key === '' ? undefined : and(gt(table.key, `${key}/`), sql`${table.key} < ${`${key}0`}`);
    const rows = await this.db.reader
      .select({ key: table.key })
      .from(table)
      .where(and(this.on('SOURCE'), eq(table.kind, 'FILE'), below))
      .limit(1);
    return rows.length > 0;
  }

  private on(side: Side): SQL | undefined {
    const { stagedItems: table } = this.db.tables;
    return and(eq(table.planId, this.storeContext.planId), eq(table.side, side));
  }
}

const toStaged = ({ key, item }: { key: string; item: string }): StagedItem => ({ key, item: decodeItem(item) });

function toLedger({
  jobId: _jobId,
  pair: _pair,
  ...entry
}: LedgerEntry & { jobId: string; pair: number }): LedgerEntry {
  return entry;
}

function selfAndAbove(key: string): string[] {
  const keys = [key];
  for (let above = parentKey(key); above !== null; above = parentKey(above)) keys.push(above);
  return keys;
}
