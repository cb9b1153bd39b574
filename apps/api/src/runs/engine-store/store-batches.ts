import { groupBy, readFingerprints, unpackItems, type Item, type Fingerprints } from '@sluice/core/platform';
import { childKey, keyDepth, parentKey, type Side } from '@sluice/core/plan';
import { ListedChildren, type StagedFolder, type StagedItem } from '@sluice/core/run';
import { and, asc, eq, gt, inArray, lt, max, or, sql, type SQL } from 'drizzle-orm';
import { ComposedInsert, ComposedRows } from '../../db/composed.js';
import type { Database, Transaction } from '../../db/database.js';
import type { ListedPart } from '../../db/tables/listings.js';
import { Recent } from './recent.js';
import type { StoreContext } from './store-context.js';

/** Rows that are read at once; each holds some hundred items. */
export const PAGE_BATCHES = 64;
/** Children whose places are remembered beside those of the folder that was asked for last, and rows of which the items are. */
const RECENT_PLACES = 20_000;
const RECENT_PARTS = 16;

/** Where an item stands in the batches. */
export interface Place {
  part: number;
  index: number;
  identity: string;
  isFolder: boolean;
}

/** A row without what only single items need. */
export interface FingerprintBatch {
  parentKey: string;
  depth: number;
  part: number;
  itemCount: number;
  byteCount: number;
  /** See the column. */
  otherHalf: string | null;
  fingerprints: string;
}

/** The items of a folder by their keys; a bare one has its folders alone. */
interface Places {
  isBare: boolean;
  at: ReadonlyMap<string, readonly Place[]>;
}

/** What a row tells of a folder's items. */
type ListedRow = Pick<StagedBatch, 'folder' | 'otherHalf' | 'fingerprints' | 'rest'>;
type StagedBatch = Database['tables']['stagedBatches']['$inferSelect'];

/** Listed items as rows of hundreds. */
export class BatchStore {
  private readonly inserts: ComposedInsert<Database['tables']['stagedBatches']>;
  private readonly listed: ComposedRows<ListedRow>;
  private readonly places = new Recent<Places>(RECENT_PLACES, ({ at }) => at.size + 1);
  private readonly items = new Recent<readonly Item[]>(RECENT_PARTS);
  private lastPart: number | null = null;

  constructor(
    private readonly db: Database,
    private readonly storeContext: Pick<StoreContext, 'planId'>,
  ) {
    const { stagedBatches } = db.tables;
    this.inserts = new ComposedInsert(stagedBatches, (tx, rows) => tx.insert(stagedBatches).values(rows));
    const { planId, side, parentKey: parent, folder, otherHalf, fingerprints, rest, part } = stagedBatches;
    const columns = { folder, otherHalf, fingerprints, rest };
    const [ofPlan, onSide] = [eq(planId, sql.placeholder('planId')), eq(side, sql.placeholder('side'))];
    this.listed = new ComposedRows<ListedRow>(columns, (reader) =>
      reader
        .select(columns)
        .from(stagedBatches)
        .where(and(ofPlan, onSide, eq(parent, sql.placeholder('folder'))))
        .orderBy(asc(part)),
    );
  }

  async add(
    tx: Transaction,
    side: ListedPart,
    folders: readonly (StagedFolder & { otherHalf: string | null })[],
  ): Promise<void> {
    this.places.clear();
    let part = (this.lastPart ??= await this.storedParts(tx));
    const rows = folders.map(({ key, otherHalf, items: { folder, count, files, bytes, fingerprints, rest } }) => ({
      planId: this.storeContext.planId,
      side,
      parentKey: key,
      part: (part += 1),
      depth: keyDepth(key),
      folder: JSON.stringify(folder),
      itemCount: count,
      fileCount: files,
      byteCount: bytes,
      otherHalf,
      fingerprints,
      rest,
    }));
    await this.inserts.run(tx, rows);
    this.lastPart = part;
  }

  /** Removes what is kept of a folder. */
  async remove(tx: Transaction, side: Side, folder: string): Promise<void> {
    const { stagedBatches: table } = this.db.tables;
    this.places.clear();
    this.items.clear();
    await tx.delete(table).where(and(this.on(side), eq(table.parentKey, folder)));
  }

  private async storedParts(tx: Transaction): Promise<number> {
    const { stagedBatches: table } = this.db.tables;
    const [row] = await tx
      .select({ last: max(table.part) })
      .from(table)
      .where(eq(table.planId, this.storeContext.planId));
    return row?.last ?? 0;
  }

  /** The rows were removed. */
  forget(): void {
    this.places.clear();
    this.items.clear();
    this.lastPart = null;
  }

  /** Rows of a side in pages, folders top-down: by depth, then key. */
  async *pages(side: Side): AsyncIterable<FingerprintBatch[]> {
    const { stagedBatches: table } = this.db.tables;
    const { parentKey: parent, depth, part, itemCount, byteCount, otherHalf, fingerprints } = table;
    for (let after: SQL | undefined; ;) {
      const rows = await this.db.reader
        .select({ parentKey: parent, depth, part, itemCount, byteCount, otherHalf, fingerprints })
        .from(table)
        .where(and(this.on(side), after))
        .orderBy(asc(depth), asc(parent), asc(part))
        .limit(PAGE_BATCHES);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_BATCHES) return;
      after = sql`(${depth}, ${parent}, ${part}) > (${last.depth}, ${last.parentKey}, ${last.part})`;
    }
  }

  /** What is compared of the children of these folders, by the folder's key. */
  async fingerprintsIn(side: Side, folders: readonly string[]): Promise<Map<string, Fingerprints>> {
    const { stagedBatches: table } = this.db.tables;
    if (folders.length === 0) return new Map();
    const rows = await this.db.reader
      .select({ parentKey: table.parentKey, fingerprints: table.fingerprints })
      .from(table)
      .where(and(this.on(side), inArray(table.parentKey, [...folders])))
      .orderBy(asc(table.parentKey), asc(table.part));
    const byFolder = groupBy(rows, (row) => row.parentKey);
    return new Map([...byFolder].map(([key, parts]) => [key, joinedFingerprints(parts)]));
  }

  async childrenOf(side: Side, folder: string): Promise<ListedChildren> {
    const rows = await this.listed.run(this.db.reader, { planId: this.storeContext.planId, side, folder });
    if (rows.some(({ otherHalf }) => otherHalf !== null)) throw new Error('The items of a bare folder are not there.');
    return new ListedChildren(folder, rows.map(packedOf));
  }

  /** Whether the side has such an item at that key, where the ledger has it: a bare folder has all that the ledger knows there. */
  async hasAt(side: Side, key: string, isMeant: (place: Place) => boolean): Promise<boolean> {
    const { isBare, at } = await this.placesAround(side, key);
    return isBare || (at.get(key) ?? []).some(isMeant);
  }

  /** Identities of what stands at the key; null where its folder is known to be as the ledger has it. */
  async identitiesAt(side: Side, key: string, isFolder: boolean): Promise<string[] | null> {
    const { isBare, at } = await this.placesAround(side, key);
    if (isBare) return null;
    return (at.get(key) ?? []).filter((place) => place.isFolder === isFolder).map(({ identity }) => identity);
  }

  /** An item at that key, the folder before a file. */
  async itemAt(side: Side, key: string, isMeant: (place: Place) => boolean = () => true): Promise<StagedItem | null> {
    const { at } = await this.placesAround(side, key);
    const places = (at.get(key) ?? []).filter(isMeant);
    const place = places.find(({ isFolder }) => isFolder) ?? places[0];
    const item = place && (await this.itemsOf(side, parentKey(key) ?? '', place.part))[place.index];
    return item ? { key, item } : null;
  }

  /** Places in the folder that holds the key. */
  private async placesAround(side: Side, key: string): Promise<Places> {
    const folder = parentKey(key);
    if (folder === null) return { isBare: false, at: new Map() };
    return this.places.get(`${side} ${folder}`, () => this.placesIn(side, folder));
  }

  private async placesIn(side: Side, folder: string): Promise<Places> {
    const { stagedBatches: table } = this.db.tables;
    const rows = await this.db.reader
      .select({ part: table.part, otherHalf: table.otherHalf, fingerprints: table.fingerprints })
      .from(table)
      .where(and(this.on(side), eq(table.parentKey, folder)))
      .orderBy(asc(table.part));
    const places = new Map<string, Place[]>();
    for (const { part, fingerprints } of rows) {
      const { names, ids, isFolder } = readFingerprints(fingerprints);
      for (const [index, name] of names.entries()) {
        const key = childKey(folder, name);
        const place = { part, index, identity: ids[index]!, isFolder: isFolder[index]! };
        // What is staged later replaces the same item.
        const others = places.get(key)?.filter(({ identity }) => identity !== place.identity) ?? [];
        places.set(key, [...others, place]);
      }
    }
    return { isBare: rows.some(({ otherHalf }) => otherHalf !== null), at: places };
  }

  private itemsOf(side: Side, folder: string, part: number): Promise<readonly Item[]> {
    const { stagedBatches: table } = this.db.tables;
    return this.items.get(String(part), async () => {
      const [row] = await this.db.reader
        .select({ folder: table.folder, fingerprints: table.fingerprints, rest: table.rest })
        .from(table)
        .where(and(this.on(side), eq(table.parentKey, folder), eq(table.part, part)));
      return row === undefined ? [] : unpackItems(packedOf(row));
    });
  }

  async hasFileBelow(side: Side, key: string): Promise<boolean> {
    const { stagedBatches: table } = this.db.tables;
    const parent = table.parentKey;
    // '0' follows '/' in the order of bytes, so the range holds exactly the keys that begin with `key/`.
    const below = and(gt(parent, `${key}/`), lt(parent, `${key}0`));
    const rows = await this.db.reader
      .select({ part: table.part })
      .from(table)
      .where(and(this.on(side), gt(table.fileCount, 0), key === '' ? undefined : or(eq(parent, key), below)))
      .limit(1);
    return rows.length > 0;
  }

  private on(side: Side): SQL | undefined {
    const { stagedBatches: table } = this.db.tables;
    return and(eq(table.planId, this.storeContext.planId), eq(table.side, side));
  }
}

/** The rows that a plan has of a side with all that they hold, folders top-down. */
export async function* batchRows(db: Database, planId: string, side: ListedPart) {
  const { stagedBatches: table } = db.tables;
  const { parentKey: parent, depth, part, folder, itemCount, fingerprints, rest } = table;
  for (let after: SQL | undefined; ;) {
    const rows = await db.reader
      .select({ parentKey: parent, depth, part, folder, itemCount, fingerprints, rest })
      .from(table)
      .where(and(eq(table.planId, planId), eq(table.side, side), after))
      .orderBy(asc(depth), asc(parent), asc(part))
      .limit(PAGE_BATCHES);
    for (const row of rows) yield { ...row, folder: JSON.parse(row.folder) as string[] };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_BATCHES) return;
    after = sql`(${depth}, ${parent}, ${part}) > (${last.depth}, ${last.parentKey}, ${last.part})`;
  }
}

const packedOf = ({ folder, ...packed }: { folder: string; fingerprints: string; rest: string }) => ({
  ...packed,
  folder: JSON.parse(folder) as string[],
});

/** Those of several rows of one folder. */
export function joinedFingerprints(rows: readonly { fingerprints: string }[]): Fingerprints {
  const parts = rows.map(({ fingerprints }) => readFingerprints(fingerprints));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    names: parts.flatMap(({ names }) => names),
    ids: parts.flatMap(({ ids }) => ids),
    versions: parts.flatMap(({ versions }) => versions),
    isFolder: parts.flatMap(({ isFolder }) => isFolder),
    described: parts.flatMap(({ names, described }) => described ?? names.map(() => null)),
  };
}
