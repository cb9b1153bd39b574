import { setImmediate } from 'node:timers/promises';
import { restingListings } from '@sluice/core/pair';
import { groupBy } from '@sluice/core/platform';
import type { NameRules } from '@sluice/core/run';
import { and, eq, sql } from 'drizzle-orm';
import { ComposedInsert } from '../../../db/composed.js';
import type { Database, Transaction } from '../../../db/database.js';
import type { StoreContext } from '../store-context.js';
import { BatchLocks } from '../store-locks.js';
import { KnownChildStore, type ChildOfFolder } from './store-known-children.js';
import { folderKey } from './store-ledger-row.js';
import type { LocationPairStore } from './store-pairs.js';
import { RestPrints } from './rest-prints.js';

/** Folders of the ledger that are looked through by one statement. */
const PAGE_FOLDERS = 1_000;
/** Folders that are recorded by one transaction: as many as have about so many children, by the last ones. */
const MAX_RECORDED_FOLDERS = 32;
const RECORDED_CHILDREN = 1_000;
/** Folders of more children are listed in several parts, and do not rest. */
const MAX_CHILDREN = 1_024;

/** Records how folders are listed as long as nothing changes, so that the next run finds them at rest. */
export class RestRecordStore {
  private readonly known: KnownChildStore;
  private readonly locks: BatchLocks;
  private readonly inserts: ComposedInsert<Database['tables']['restingFolders']>;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
  ) {
    this.known = new KnownChildStore(db);
    this.locks = new BatchLocks(db, storeContext);
    const { restingFolders: table } = db.tables;
    this.inserts = new ComposedInsert(table, (tx, rows) => tx.insert(table).values(rows).onConflictDoNothing());
  }

  /**
   * All folders that the ledger knows, portion by portion. What is recorded follows from the ledger alone, in one transaction with
   * reading it, and goes as soon as that changes: nothing is taken for settled because it was seen so before.
   */
  async *record(rules: NameRules): AsyncIterable<void> {
    if (this.storeContext.runId === null) return;
    const pair = await this.pairs.current();
    const prints = new RestPrints(rules.text);
    await this.forgetOthers(pair, prints);
    let count = 1;
    for (let after: string | null = null; ;) {
      const page: FolderRow[] = await this.page(pair, after);
      const open = page.filter(({ isOpen }) => Number(isOpen) === 1).map(({ folder }) => folderKey(folder));
      while (open.length > 0) {
        const part = open.splice(0, count);
        count = countBy(part.length, await this.recordPart(pair, part, prints, rules));
        yield;
        // On SQLite nothing of this waits for anything: others get their turn.
        await setImmediate();
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE_FOLDERS) return;
      after = last.folder;
    }
  }

  /** What was recorded by other rules would stand in the way. */
  private async forgetOthers(pair: number, prints: RestPrints): Promise<void> {
    const { restingFolders: table } = this.db.tables;
    const isOther = sql`substr(${table.sourcePrint}, 1, ${prints.start.length}) <> ${prints.start}`;
    await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      await tx.delete(table).where(and(eq(table.pair, pair), isOther));
    });
  }

  /** Folders in the order of their keys, and whether they may come to rest: each is found by one step through the index. */
  private page(pair: number, after: string | null): Promise<FolderRow[]> {
    const { ledgerEntries: ledger, restingFolders: resting } = this.db.tables;
    const next = (isBehind: unknown) =>
      sql`select min(${ledger.sourceFolder}) from ${ledger} where ${ledger.pair} = ${pair}${isBehind}`;
    const behind = (folder: unknown) => sql` and ${ledger.sourceFolder} > ${folder}`;
    const found = sql.raw('folders.folder');
    const isIn = sql`${ledger.pair} = ${pair} and ${ledger.sourceFolder} = ${found}`;
    return this.db.reader.rows<FolderRow>(sql`
      with recursive folders(folder, place) as (
        select (${next(after === null ? sql`` : behind(after))}), 1
        union all
        select (${next(behind(found))}), place + 1 from folders where folder is not null and place < ${PAGE_FOLDERS}
      )
      select folder, case when
        exists (select 1 from ${resting} where ${resting.pair} = ${pair} and ${resting.sourceKey} = rtrim(folder, '/'))
        or exists (select 1 from ${ledger} where ${isIn} limit 1 offset ${MAX_CHILDREN})
        or exists (select 1 from ${ledger} where ${isIn} and ${ledger.destinationName} <> ${ledger.sourceName})
        then 0 else 1 end as "isOpen"
      from folders where folder is not null`);
  }

  /** Returns how many children the folders have. */
  private async recordPart(
    pair: number,
    folders: readonly string[],
    prints: RestPrints,
    { nameKeyOf }: NameRules,
  ): Promise<number> {
    return this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      const rows = [];
      let childCount = 0;
      for (const [sourceKey, children] of await this.childrenIn(tx, pair, folders)) {
        childCount += children.length;
        const listings = restingListings(children, nameKeyOf);
        if (!listings) continue;
        const { destinationKey } = listings;
        const [sourcePrint, destinationPrint] = [prints.of(listings.source), prints.of(listings.destination)];
        rows.push({ pair, sourceKey, destinationKey, sourcePrint, destinationPrint });
      }
      await this.inserts.run(tx, rows);
      return childCount;
    });
  }

  private async childrenIn(tx: Transaction, pair: number, folders: readonly string[]) {
    const children: ChildOfFolder[] = [];
    for await (const portion of this.known.in(pair, folders, tx)) children.push(...portion);
    return groupBy(children, ({ folder }) => folder);
  }
}

/** Folders of the next transaction, by how many children those of the last one had. */
function countBy(folders: number, children: number): number {
  const fitting = Math.floor((folders * RECORDED_CHILDREN) / Math.max(children, 1));
  return Math.min(MAX_RECORDED_FOLDERS, Math.max(1, fitting));
}

interface FolderRow {
  /** As the ledger has it. */
  folder: string;
  /** 1 where it may come to rest. */
  isOpen: number | string;
}
