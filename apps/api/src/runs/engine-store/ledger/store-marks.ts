import type { DoubtfulEntry } from '@sluice/core/run';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { ledgerEntryOfRow, type LedgerRow } from './store-ledger-row.js';
import type { StoreContext } from '../store-context.js';
import { BatchLocks } from '../store-locks.js';
import type { LocationPairStore } from './store-pairs.js';

const PAGE_ROWS = 500;
/** Marks beyond the settled one that a process which died may have left: the one that was being settled, and the next. */
const LEFT_BEHIND = 2;

/** Which entries of the ledger may be lost with the power of the machine. */
export class MarkStore {
  /** The mark that entries carry; null where what is told is durable already, or the account does not care. */
  private mark: number | null = null;
  private isUsed = false;
  private readonly locks: BatchLocks;

  constructor(
    private readonly db: Database,
    storeContext: StoreContext,
    private readonly pairs: LocationPairStore,
  ) {
    this.locks = new BatchLocks(db, storeContext);
  }

  /** The mark for an entry that is written now. */
  use(): number | null {
    this.isUsed = true;
    return this.mark;
  }

  next(): number | null {
    if (this.mark === null || !this.isUsed) return null;
    this.isUsed = false;
    return this.mark++;
  }

  async begin(machineStart: string | null, isLate: boolean): Promise<void> {
    const { locationPairs: table } = this.db.tables;
    const settled = await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      const pair = await this.pairs.row(tx);
      // What is there after a start of the machine has outlasted whatever was before.
      const isNew = machineStart !== null && machineStart !== pair.machineStart;
      const settledMark = pair.settledMark + (isNew ? LEFT_BEHIND : 0);
      await tx.update(table).set({ machineStart, settledMark }).where(this.pairs.is(pair.number));
      return settledMark;
    });
    this.mark = isLate ? settled + LEFT_BEHIND + 1 : null;
    this.isUsed = false;
  }

  async settle(mark: number): Promise<void> {
    const { locationPairs: table } = this.db.tables;
    await this.db.transact(async (tx) => {
      await this.locks.lockRun(tx);
      const pair = await this.pairs.current(tx);
      await tx.update(table).set({ settledMark: mark }).where(this.pairs.is(pair));
    });
  }

  /** Read page by page; entries that are replaced meanwhile leave the pages behind untouched. */
  async *doubtful(machineStart: string | null): AsyncIterable<DoubtfulEntry> {
    const pair = await this.pairs.row(this.db.reader);
    if (machineStart !== null && machineStart === pair.machineStart) return;
    for (let last = 0; ;) {
      const rows: LedgerRow[] = await this.page(pair.number, pair.settledMark, last);
      for (const row of rows) yield { entry: ledgerEntryOfRow(row), replaced: row.replaced };
      if (rows.length < PAGE_ROWS) return;
      last = rows.at(-1)?.id ?? 0;
    }
  }

  private page(pair: number, settledMark: number, after: number): Promise<LedgerRow[]> {
    const { ledgerEntries: table } = this.db.tables;
    return this.db.reader
      .select()
      .from(table)
      .where(and(eq(table.pair, pair), gt(table.mark, settledMark), gt(table.id, after)))
      .orderBy(asc(table.id))
      .limit(PAGE_ROWS);
  }
}
