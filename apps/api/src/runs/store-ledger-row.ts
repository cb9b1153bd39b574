import type { LedgerEntry } from '@sluice/core/plan';
import { and, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database.js';

export type LedgerTable = Database['tables']['ledgerEntries'];
export type LedgerRow = LedgerTable['$inferSelect'];

/** An entry as a row without its own number. */
export function ledgerRowOf(entry: LedgerEntry): Omit<LedgerRow, 'id' | 'pair' | 'mark' | 'replaced'> {
  const { id: _id, kind, sourceKey, destinationKey, ...rest } = entry;
  const [sourceFolder, sourceName] = placeOf(sourceKey);
  const isAlike = destinationKey === sourceKey;
  const [destinationFolder, destinationName] = isAlike ? [null, null] : placeOf(destinationKey);
  const places = { sourceFolder, sourceName, destinationFolder, destinationName };
  return { ...rest, ...places, isFolder: kind === 'FOLDER' };
}

export function ledgerEntryOfRow(row: LedgerRow): LedgerEntry & { id: string } {
  const { id, pair: _pair, mark: _mark, replaced: _replaced, ...rest } = row;
  return { ...placedAt(rest), id: String(id) };
}

/** What a row tells, with kind and keys in the place of the columns that hold them. */
export function placedAt<R extends Pick<LedgerRow, PlaceColumn>>(
  row: R,
): Omit<R, PlaceColumn> & Pick<LedgerEntry, 'kind' | 'sourceKey' | 'destinationKey'> {
  const { isFolder, sourceFolder, sourceName, destinationFolder, destinationName, ...facts } = row;
  const sourceKey = sourceFolder + sourceName;
  const destinationKey = destinationFolder === null ? sourceKey : `${destinationFolder}${destinationName}`;
  return { ...facts, kind: isFolder ? 'FOLDER' : 'FILE', sourceKey, destinationKey };
}

type PlaceColumn = 'isFolder' | 'sourceFolder' | 'sourceName' | 'destinationFolder' | 'destinationName';

/** Numbers of entries; an identifier that a former release has given names none. */
export const rowNumbers = (ids: readonly string[]): number[] => ids.map(Number).filter(Number.isSafeInteger);

/** Folder and name as the ledger has them; together they are the key. */
export function placeOf(key: string): [folder: string, name: string] {
  const start = key.lastIndexOf('/') + 1;
  return [key.slice(0, start), key.slice(start)];
}

/** The folder with that key as the ledger has it with the items in it. */
export const folderText = (key: string) => (key === '' ? '' : `${key}/`);

/** Entries with one of these keys at the source. */
export function isAtSource(table: LedgerTable, keys: readonly string[]): SQL {
  const places = keys.map((key) => {
    const [folder, name] = placeOf(key);
    return sql`(${folder}, ${name})`;
  });
  return sql`(${table.sourceFolder}, ${table.sourceName}) in (values ${sql.join(places, sql`, `)})`;
}

/** Entries of all that is below the folder with that key. '0' follows '/' in the order of bytes. */
export function isBelow(folder: SQLiteColumn, key: string): SQL | undefined {
  return and(gte(folder, `${key}/`), lt(folder, `${key}0`));
}
