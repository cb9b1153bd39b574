import { and, asc, eq, inArray, like, sql, type SQL } from 'drizzle-orm';
import type { MappingEntry } from '@sluice/core/mapping';
import type { MappingEntryRow } from '../db/row-types.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import { countRows } from '../db/rows.js';
import { newId } from '../graphql/ids.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import { LARGE_PAGE_ROWS } from '../graphql/paging.js';
import { containing, nameKeyOf } from '../text.js';

/** Rows of one statement, which has a bounded number of values. */
const PORTION = 500;

/** Entries of mapping sets in the database, in the order of their source names. */
export class EntryStore {
  constructor(private readonly db: Database) {}

  byIds(ids: readonly string[], reader: Reader = this.db.reader): Promise<MappingEntryRow[]> {
    const { mappingEntries } = this.db.tables;
    return reader
      .select()
      .from(mappingEntries)
      .where(inArray(mappingEntries.id, [...ids]));
  }

  page(setId: string, search: string | null, page: PageArguments): Promise<Page<MappingEntryRow>> {
    const { mappingEntries } = this.db.tables;
    return selectPage({
      reader: this.db.reader,
      from: mappingEntries,
      where: this.matching(setId, search),
      orderBy: [{ column: mappingEntries.sourceKey }, { column: mappingEntries.id }],
      page,
      list: ['mappingEntries', setId, search],
      max: LARGE_PAGE_ROWS,
    });
  }

  count(setId: string, search: string | null, reader: Reader = this.db.reader): Promise<number> {
    return countRows({ reader, from: this.db.tables.mappingEntries, where: this.matching(setId, search) });
  }

  /** All entries of several sets, by set. */
  async all(setIds: readonly string[], reader: Reader = this.db.reader): Promise<Map<string, MappingEntry[]>> {
    const { mappingEntries } = this.db.tables;
    const { setId, sourceKey, destinationKey } = mappingEntries;
    const rows = await reader
      .select({ setId, sourceKey, destinationKey })
      .from(mappingEntries)
      .where(inArray(setId, [...setIds]))
      .orderBy(asc(setId), asc(sourceKey));
    const found = new Map<string, MappingEntry[]>(setIds.map((id) => [id, []]));
    for (const { setId: id, ...entry } of rows) found.get(id)?.push(entry);
    return found;
  }

  /** Creates entries, or gives those of the same source names another target. */
  async upsert(tx: Transaction, setId: string, entries: readonly MappingEntry[]): Promise<void> {
    const { mappingEntries } = this.db.tables;
    for (const portion of portionsOf(entries))
      await tx
        .insert(mappingEntries)
        .values(portion.map((entry) => ({ id: newId('mpe'), setId, ...entry, searchKey: searchKeyOf(entry) })))
        .onConflictDoUpdate({
          target: [mappingEntries.setId, mappingEntries.sourceKey],
          set: { destinationKey: sql`excluded.destination_key`, searchKey: sql`excluded.search_key` },
        });
  }

  async deleteByIds(tx: Transaction, setId: string, ids: readonly string[]): Promise<void> {
    const { mappingEntries } = this.db.tables;
    await tx.delete(mappingEntries).where(and(eq(mappingEntries.setId, setId), inArray(mappingEntries.id, [...ids])));
  }

  async deleteBySource(tx: Transaction, setId: string, sourceKeys: readonly string[]): Promise<void> {
    const { mappingEntries } = this.db.tables;
    for (const portion of portionsOf(sourceKeys))
      await tx
        .delete(mappingEntries)
        .where(and(eq(mappingEntries.setId, setId), inArray(mappingEntries.sourceKey, portion)));
  }

  private matching(setId: string, search: string | null): SQL | undefined {
    const { mappingEntries } = this.db.tables;
    const part = nameKeyOf(search?.trim() ?? '');
    const holds = part === '' ? undefined : sql`${like(mappingEntries.searchKey, containing(part))} escape '\\'`;
    return and(eq(mappingEntries.setId, setId), holds);
  }
}

const searchKeyOf = ({ sourceKey, destinationKey }: MappingEntry) => nameKeyOf(`${sourceKey}\n${destinationKey}`);

function* portionsOf<T>(values: readonly T[]): Generator<T[]> {
  for (let at = 0; at < values.length; at += PORTION) yield values.slice(at, at + PORTION);
}
