import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { DirectoryKind } from '@sluice/core/platform';
import type { MappingSetRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import type { Change } from '../db/tables/events.js';
import { inBatches } from '../db/batch.js';
import { selectByIds } from '../db/rows.js';

/** Mapping sets in the database; their entries are the matter of `EntryStore`. */
export class MappingStore {
  /** A set by its identifier, null when it does not exist; those that are asked for in one turn are read together. */
  private readonly byId: (id: string) => Promise<MappingSetRow | null>;

  private readonly db: Database;

  constructor(private readonly base: Pick<Base, 'db' | 'changes'>) {
    const { db } = base;
    this.db = db;
    this.byId = inBatches((ids) => selectByIds(db.reader, db.tables.mappingSets, ids));
  }

  byIds(ids: readonly string[]): Promise<(MappingSetRow | null)[]> {
    return Promise.all(ids.map(this.byId));
  }

  /** By name. */
  list(kinds: readonly DirectoryKind[] | null, limit: number): Promise<MappingSetRow[]> {
    const { mappingSets } = this.db.tables;
    return this.db.reader
      .select()
      .from(mappingSets)
      .where(kinds === null ? undefined : inArray(mappingSets.kind, [...kinds]))
      .orderBy(asc(mappingSets.nameKey), asc(mappingSets.id))
      .limit(limit);
  }

  count(tx: Transaction): Promise<number> {
    return tx.$count(this.db.tables.mappingSets);
  }

  async idOfName(tx: Reader, nameKey: string): Promise<string | null> {
    const { mappingSets } = this.db.tables;
    const [row] = await tx.select({ id: mappingSets.id }).from(mappingSets).where(eq(mappingSets.nameKey, nameKey));
    return row?.id ?? null;
  }

  async insert(tx: Transaction, row: MappingSetRow): Promise<void> {
    await tx.insert(this.db.tables.mappingSets).values(row);
    await this.record(tx, 'CREATED', row.id);
  }

  /** Reads a set and keeps others from changing or removing it until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<MappingSetRow | null> {
    return (await this.lockAll(tx, [id]))[0] ?? null;
  }

  /** The same for several; those that do not exist are left out. */
  lockAll(tx: Transaction, ids: readonly string[]): Promise<MappingSetRow[]> {
    const { mappingSets } = this.db.tables;
    return tx
      .update(mappingSets)
      .set({ version: sql`${mappingSets.version}` })
      .where(inArray(mappingSets.id, [...ids]))
      .returning();
  }

  async update(tx: Transaction, id: string, fields: Partial<MappingSetRow>): Promise<void> {
    const { mappingSets } = this.db.tables;
    await tx.update(mappingSets).set(fields).where(eq(mappingSets.id, id));
    await this.record(tx, 'UPDATED', id);
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    const { mappingSets } = this.db.tables;
    await tx.delete(mappingSets).where(eq(mappingSets.id, id));
    await this.record(tx, 'DELETED', id);
  }

  private record(tx: Transaction, change: Change, subjectId: string): Promise<void> {
    return this.base.changes.record(tx, { topic: 'MAPPING_SET', change, subjectId });
  }
}
