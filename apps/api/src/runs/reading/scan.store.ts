import { setImmediate } from 'node:timers/promises';
import {
  MAX_DUPLICATE_GROUPS,
  MAX_DUPLICATE_PATHS,
  type DuplicateGroup,
  type ListedFigures,
  type ReadFile,
  type ScanDuplicates,
  type ScanStore,
  type SizedFile,
  type UnreadFile,
} from '@sluice/core/run';
import { pathKey } from '@sluice/core/plan';
import { groupBy } from '@sluice/core/platform';
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  lte,
  ne,
  not,
  or,
  sql,
  sum,
  type SQL,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { RunRow, ScanRow } from '../../db/row-types.js';
import { ComposedInsert } from '../../db/composed.js';
import type { Database, Reader, Transaction } from '../../db/database.js';
import { decodeItem, encode } from '../engine-store/encoding.js';
import { lockRun, type StoreContext } from '../engine-store/store-context.js';

/** Files that are removed in one transaction. */
const PORTION_FILES = 500;

export const createScanStore = (db: Database, storeContext: StoreContext): ScanStore =>
  new RunScanStore(db, storeContext);

/** The database behind one scan; see the port for what each method promises. */
class RunScanStore implements ScanStore {
  private readonly inserts: ComposedInsert<Database['tables']['scanFiles']>;
  private readonly runId: string;

  constructor(
    private readonly db: Database,
    private readonly storeContext: StoreContext,
  ) {
    const { scanFiles } = db.tables;
    if (storeContext.runId === null) throw new Error('A scan belongs to a run.');
    this.runId = storeContext.runId;
    this.inserts = new ComposedInsert(scanFiles, (tx, rows) => tx.insert(scanFiles).values(rows));
  }

  async reset(): Promise<void> {
    const { scans } = this.db.tables;
    while (await removeFiles(this.db, this.runId)) await setImmediate();
    await this.write(async (tx) => {
      await tx.delete(scans).where(eq(scans.runId, this.runId));
      await tx.insert(scans).values({ runId: this.runId, fileCount: 0, hasFiles: true });
    });
  }

  async addFiles(files: readonly SizedFile[]): Promise<void> {
    const { scans } = this.db.tables;
    await this.write(async (tx) => {
      const [scan] = await tx
        .update(scans)
        .set({ fileCount: sql`${scans.fileCount} + ${files.length}` })
        .where(eq(scans.runId, this.runId))
        .returning({ fileCount: scans.fileCount });
      const first = (scan?.fileCount ?? files.length) - files.length + 1;
      const rows = files.map((file, index) => this.toRow(file, first + index));
      await this.inserts.run(tx, rows);
    });
  }

  private toRow(file: SizedFile, number: number) {
    const { size: byteSize, sha256 } = file;
    return { runId: this.runId, number, byteSize, sha256, isRead: sha256 !== null, item: encode(file) };
  }

  async keepFigures(figures: ListedFigures): Promise<void> {
    const { scans } = this.db.tables;
    const work = await this.keepOnlyEqualSizes();
    await this.write(async (tx, run) => {
      await this.count(tx, {
        counters: { ...run.counters, itemsPlanned: work.items, bytesPlanned: work.bytes },
        itemsDiscovered: figures.fileCount + figures.folderCount,
        bytesDiscovered: figures.byteCount,
      });
      await tx.update(scans).set({ figures }).where(eq(scans.runId, this.runId));
    });
  }

  /**
   * Forgets the files whose size no other one has, in portions, between which others get their turn. So what is left
   * and unread is the work, and no later statement asks for equal sizes again.
   */
  private async keepOnlyEqualSizes(): Promise<{ items: number; bytes: number }> {
    const [scan] = await this.db.reader.select().from(this.db.tables.scans).where(this.isOfRun('scans'));
    const work = { items: 0, bytes: 0 };
    for (let number = 0; number < (scan?.fileCount ?? 0); number += PORTION_FILES) {
      const portion = await this.keepEqualSizesFrom(number);
      work.items += portion.items;
      work.bytes += portion.bytes;
      await setImmediate();
    }
    return work;
  }

  private async keepEqualSizesFrom(number: number): Promise<{ items: number; bytes: number }> {
    const { scanFiles } = this.db.tables;
    const last = number + PORTION_FILES;
    const isInPortion = and(this.isOfRun('scanFiles'), gt(scanFiles.number, number), lte(scanFiles.number, last));
    let work = { items: 0, bytes: 0 };
    await this.write(async (tx) => {
      await tx.delete(scanFiles).where(and(isInPortion, not(this.hasEqualSize(tx))));
      const [found] = await tx
        .select({ items: count(), bytes: sum(scanFiles.byteSize).mapWith(Number) })
        .from(scanFiles)
        .where(and(isInPortion, eq(scanFiles.isRead, false)));
      work = { items: found?.items ?? 0, bytes: found?.bytes ?? 0 };
    });
    return work;
  }

  async unread(after: UnreadFile | null, limit: number): Promise<UnreadFile[]> {
    const { scanFiles } = this.db.tables;
    const rows = await this.db.reader
      .select()
      .from(scanFiles)
      .where(and(this.isOfRun('scanFiles'), eq(scanFiles.isRead, false), this.isAfter(after)))
      .orderBy(desc(scanFiles.byteSize), desc(scanFiles.number))
      .limit(limit);
    return rows.map(({ number: id, byteSize: size, item }) => ({ id, file: { ...decodeItem(item), size } }));
  }

  /** The first condition lets an index begin where the others hold. */
  private isAfter(after: UnreadFile | null): SQL | undefined {
    const { byteSize, number } = this.db.tables.scanFiles;
    if (after === null) return undefined;
    const { id, file } = after;
    return and(lte(byteSize, file.size), or(lt(byteSize, file.size), lt(number, id)));
  }

  private hasEqualSize(reader: Reader): SQL {
    const { scanFiles } = this.db.tables;
    const other = alias(scanFiles, 'other');
    const equals = reader
      .select({ one: sql`1` })
      .from(other)
      .where(
        and(eq(other.runId, this.runId), eq(other.byteSize, scanFiles.byteSize), ne(other.number, scanFiles.number)),
      );
    return sql`exists ${equals}`;
  }

  private isOfRun(table: 'scans' | 'scanFiles'): SQL {
    return eq(this.db.tables[table].runId, this.runId);
  }

  async noteHashes(read: readonly ReadFile[]): Promise<void> {
    const { scanFiles } = this.db.tables;
    if (read.length === 0) return;
    await this.write(async (tx, { counters }) => {
      for (const { id, sha256 } of read)
        await tx
          .update(scanFiles)
          .set({ sha256, isRead: true })
          .where(and(eq(scanFiles.runId, this.runId), eq(scanFiles.number, id)));
      counters.itemsDone += read.length;
      counters.bytesDone += read.reduce((bytes, { size }) => bytes + size, 0);
      await this.count(tx, { counters });
    });
  }

  async finish(): Promise<void> {
    const { scans } = this.db.tables;
    // Nobody else writes these files, and a reader lets others write meanwhile.
    const duplicates = await this.duplicates(this.db.reader);
    await this.write(async (tx) => {
      await tx.update(scans).set({ duplicates }).where(this.isOfRun('scans'));
    });
  }

  private async duplicates(reader: Reader): Promise<ScanDuplicates> {
    const { scanFiles: table } = this.db.tables;
    const files = count().as('files');
    const wasted = sql<number>`${table.byteSize} * (count(*) - 1)`.mapWith(Number).as('wasted');
    const groups = reader
      .select({ byteSize: table.byteSize, sha256: table.sha256, files, wasted })
      .from(table)
      .where(and(this.isOfRun('scanFiles'), isNotNull(table.sha256)))
      .groupBy(table.byteSize, table.sha256)
      .having(gt(count(), 1))
      .as('equals');
    const [all] = await reader
      .select({ groupCount: count(), byteCount: sum(groups.wasted).mapWith(Number) })
      .from(groups);
    const most = await reader
      .select({ byteSize: groups.byteSize, sha256: groups.sha256, fileCount: groups.files })
      .from(groups)
      .orderBy(desc(groups.wasted), asc(groups.sha256))
      .limit(MAX_DUPLICATE_GROUPS);
    const paths = await this.pathsOf(reader, most);
    const named = most.map((group): DuplicateGroup => ({
      ...group,
      sha256: group.sha256!,
      paths: paths.get(group.sha256!) ?? [],
    }));
    return { groupCount: all?.groupCount ?? 0, byteCount: all?.byteCount ?? 0, groups: named };
  }

  /** The first paths of each group by its SHA-256: files of one size are looked through once, whatever groups they form. */
  private async pathsOf(
    reader: Reader,
    groups: readonly { byteSize: number; sha256: string | null }[],
  ): Promise<Map<string, string[]>> {
    const { scanFiles: table } = this.db.tables;
    const hashes = groups.map(({ sha256 }) => sha256!);
    const sizes = [...new Set(groups.map(({ byteSize }) => byteSize))];
    const place = sql<number>`row_number() over (partition by ${table.sha256} order by ${table.number})`.as('place');
    const members = reader
      .select({ sha256: table.sha256, number: table.number, place })
      .from(table)
      .where(and(this.isOfRun('scanFiles'), inArray(table.byteSize, sizes), inArray(table.sha256, hashes)))
      .as('members');
    const rows = await reader
      .select({ sha256: members.sha256, item: table.item })
      .from(members)
      .innerJoin(table, and(this.isOfRun('scanFiles'), eq(table.number, members.number)))
      .where(lte(members.place, MAX_DUPLICATE_PATHS))
      .orderBy(asc(members.number));
    const found = groupBy(rows, ({ sha256 }) => sha256!);
    return new Map(
      [...found].map(([hash, same]) => [hash, same.map(({ item }) => `/${pathKey(decodeItem(item).path)}`)]),
    );
  }

  /** Writes only while the run is this worker's. */
  private write(work: (tx: Transaction, run: RunRow) => Promise<void>): Promise<void> {
    return this.db.transact(async (tx) => {
      const run = await lockRun(tx, this.db, this.storeContext);
      await work(tx, run!);
    });
  }

  private async count(tx: Transaction, figures: Partial<RunRow>): Promise<void> {
    const { runs } = this.db.tables;
    await tx.update(runs).set(figures).where(eq(runs.id, this.runId));
  }
}

/** Results of scans, and the removal of what ended ones have left. */
export class ScanResultStore {
  constructor(private readonly db: Database) {}

  /** By the identifiers of runs; null for one that is no scan. */
  async ofRuns(runIds: readonly string[]): Promise<(ScanRow | null)[]> {
    const { scans } = this.db.tables;
    const rows = await this.db.reader
      .select()
      .from(scans)
      .where(inArray(scans.runId, [...runIds]));
    const byRun = new Map(rows.map((row) => [row.runId, row]));
    return runIds.map((id) => byRun.get(id) ?? null);
  }

  /** Removes a portion of the files of an ended scan; tells whether there may be more. */
  async prunePortion(): Promise<boolean> {
    const { scans, runs } = this.db.tables;
    const [left] = await this.db.reader
      .select({ runId: scans.runId })
      .from(scans)
      .innerJoin(runs, eq(runs.id, scans.runId))
      .where(and(eq(scans.hasFiles, true), sql`${runs.activeJobId} is null`))
      .limit(1);
    if (left === undefined) return false;
    if (!(await removeFiles(this.db, left.runId))) await this.settle(left.runId);
    return true;
  }

  private settle(runId: string): Promise<void> {
    const { scans } = this.db.tables;
    return this.db.transact(
      async (tx) => void (await tx.update(scans).set({ hasFiles: false }).where(eq(scans.runId, runId))),
    );
  }
}

/** Removes a portion of the files; tells whether there were any. */
function removeFiles(db: Database, runId: string): Promise<boolean> {
  const { scanFiles } = db.tables;
  return db.transact(async (tx) => {
    const some = tx
      .select({ number: scanFiles.number })
      .from(scanFiles)
      .where(eq(scanFiles.runId, runId))
      .limit(PORTION_FILES);
    const removed = await tx
      .delete(scanFiles)
      .where(and(eq(scanFiles.runId, runId), inArray(scanFiles.number, some)))
      .returning({ number: scanFiles.number });
    return removed.length > 0;
  });
}
