import { packItems, unpackItems, type PackedItems } from '@sluice/core/platform';
import type { LedgerEntry, Side } from '@sluice/core/plan';
import type { StagedFolder } from '@sluice/core/run';
import { and, eq, gte, inArray, lt, or, sql, type Column } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { chunks } from '../../../db/batch.js';
import { ComposedList } from '../../../db/composed.js';
import type { Database, Reader, Transaction } from '../../../db/database.js';
import { RestPrints } from './rest-prints.js';
import { folderKey } from './store-ledger-row.js';
import type { LocationPairStore } from './store-pairs.js';

/** Listings that wait for their other halves take at most so many characters; then the oldest wait no longer. */
const MAX_WAITING_CHARACTERS = 32 * 1024 * 1024;

/** A listed folder as it is kept: with all of its items, or bare and with the key of its other half. */
export interface KeptFolder extends StagedFolder {
  side: Side;
  otherHalf: string | null;
}

/** A folder that is at rest, with what its listings were. */
export interface RestingFolder {
  sourceKey: string;
  destinationKey: string;
  sourcePrint: string;
  destinationPrint: string;
}

interface Waiting extends StagedFolder {
  side: Side;
  resting: RestingFolder;
}

const OTHER = { SOURCE: 'DESTINATION', DESTINATION: 'SOURCE' } as const;

/**
 * Folders of which both halves are listed as they were when they were found settled last. Each half waits in memory for the
 * other one; then neither is kept but for the folders in it, so that what does not change costs next to nothing.
 */
export class RestingFolderStore {
  private readonly waiting = new Map<string, Waiting>();
  private waitingCharacters = 0;
  private readonly knownAt: Record<Side, ComposedList<Reader>>;

  constructor(
    private readonly db: Database,
    private readonly pairs: LocationPairStore,
  ) {
    const { restingFolders: table } = db.tables;
    const knownBy = (key: SQLiteColumn) =>
      new ComposedList<Reader>(key, (reader, keys) =>
        reader
          .select(namedAs(table))
          .from(table)
          .where(and(eq(table.pair, sql.placeholder('pair')), sql`${key} in ${keys}`)),
      );
    this.knownAt = { SOURCE: knownBy(table.sourceKey), DESTINATION: knownBy(table.destinationKey) };
  }

  /** What is to be kept now of folders that were listed, and of those that waited for them. */
  async arrived(side: Side, folders: readonly StagedFolder[], rules: string): Promise<KeptFolder[]> {
    const prints = new RestPrints(rules);
    const known = await this.known(side, folders);
    return folders.flatMap((folder) => {
      const resting = known.get(folder.key);
      const print = side === 'SOURCE' ? resting?.sourcePrint : resting?.destinationPrint;
      const isSame = folder.items.isWhole && print === prints.of(folder.items.fingerprints);
      if (!resting || !isSame) return { ...folder, side, otherHalf: null };
      return this.met({ ...folder, side, resting });
    });
  }

  private async known(side: Side, folders: readonly StagedFolder[]): Promise<Map<string, RestingFolder>> {
    const keys = folders.map(({ key }) => key);
    const pair = await this.pairs.current();
    const found = await this.knownAt[side].rows<RestingFolder>(this.db.reader, keys, { pair });
    return new Map(found.map((row) => [side === 'SOURCE' ? row.sourceKey : row.destinationKey, row]));
  }

  private met(half: Waiting): KeptFolder[] {
    const { sourceKey } = half.resting;
    const other = this.waiting.get(sourceKey);
    if (other?.side !== OTHER[half.side]) {
      this.wait(sourceKey, half);
      return this.waitingCharacters > MAX_WAITING_CHARACTERS ? this.giveUp(this.waitingCharacters / 2) : [];
    }
    this.forget(sourceKey, other);
    return [half, other].map(bare);
  }

  private wait(sourceKey: string, half: Waiting): void {
    this.waiting.set(sourceKey, half);
    this.waitingCharacters += charactersOf(half);
  }

  private forget(sourceKey: string, half: Waiting): void {
    this.waiting.delete(sourceKey);
    this.waitingCharacters -= charactersOf(half);
  }

  /** The oldest that wait are kept as they were listed, until no more than so many characters wait. */
  giveUp(downTo = -1): KeptFolder[] {
    const given: KeptFolder[] = [];
    for (const [sourceKey, half] of this.waiting) {
      if (this.waitingCharacters <= downTo) break;
      this.forget(sourceKey, half);
      given.push({ key: half.key, items: half.items, side: half.side, otherHalf: null });
    }
    return given;
  }

  clear(): void {
    this.waiting.clear();
    this.waitingCharacters = 0;
  }
}

type Table = Database['tables']['restingFolders'];

/** Columns under the names that a `RestingFolder` has for them. */
const namedAs = ({ sourceKey, destinationKey, sourcePrint, destinationPrint }: Table) => ({
  sourceKey: sql<string>`${sourceKey}`.as('sourceKey'),
  destinationKey: sql<string>`${destinationKey}`.as('destinationKey'),
  sourcePrint: sql<string>`${sourcePrint}`.as('sourcePrint'),
  destinationPrint: sql<string>`${destinationPrint}`.as('destinationPrint'),
});

const charactersOf = ({ items }: StagedFolder) => items.fingerprints.length + items.restSize;

function bare({ key, items, side, resting }: Waiting): KeptFolder {
  const otherHalf = side === 'SOURCE' ? resting.destinationKey : resting.sourceKey;
  return { key, items: withoutFiles(items), side, otherHalf };
}

/** The folders alone; the figures are those of all items. What is told of the files is not even looked at. */
function withoutFiles(items: PackedItems): PackedItems {
  const { folder, count, files, bytes, isWhole } = items;
  const { fingerprints, rest, restSize } = files === count ? NOTHING : foldersOf(items);
  return { folder, count, files, bytes, isWhole, fingerprints, rest, restSize };
}

const NOTHING = packItems([], []);

const foldersOf = (items: PackedItems): PackedItems =>
  packItems(
    items.folder,
    unpackItems(items).filter(({ kind }) => kind === 'FOLDER'),
  );

/** Something else than before is remembered of items, so the folders that hold them, see `folderText`, are looked at again. */
export async function disturbFolders(
  tx: Transaction,
  { tables: { restingFolders: table } }: Database,
  pair: number,
  folders: readonly string[],
): Promise<void> {
  if (folders.length === 0 || !(await areAny(tx, table, pair))) return;
  const keys = [...new Set(folders)].map(folderKey);
  for (const part of chunks(keys))
    await tx.delete(table).where(and(eq(table.pair, pair), inArray(table.sourceKey, part)));
}

/** Most runs that write to a ledger are the first. */
async function areAny(tx: Transaction, table: Table, pair: number): Promise<boolean> {
  const rows = await tx.rows(sql`select 1 as one from ${table} where ${table.pair} = ${pair} limit 1`);
  return rows.length > 0;
}

/** Likewise, of all that was below a folder of either side. */
export async function disturbBelow(
  tx: Transaction,
  { tables: { restingFolders: table } }: Database,
  pair: number,
  folder: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>,
): Promise<void> {
  // '0' follows '/' in the order of bytes, so the range holds exactly the keys that begin with `key/`.
  const isIn = (column: Column, key: string) => or(eq(column, key), and(gte(column, `${key}/`), lt(column, `${key}0`)));
  await tx.delete(table).where(and(eq(table.pair, pair), isIn(table.sourceKey, folder.sourceKey)));
  await tx.delete(table).where(and(eq(table.pair, pair), isIn(table.destinationKey, folder.destinationKey)));
}
