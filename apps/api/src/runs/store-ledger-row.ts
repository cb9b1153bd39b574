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

/** Field by field: an object that is spread is slow to make and slow to read, and there are as many as items. */
export function ledgerEntryOfRow(row: LedgerRow): LedgerEntry & { id: string } {
  const sourceKey = row.sourceFolder + row.sourceName;
  return {
    id: String(row.id),
    kind: row.isFolder ? 'FOLDER' : 'FILE',
    sourceKey,
    sourceId: row.sourceId,
    sourceVersion: row.sourceVersion,
    sourceMetaVersion: row.sourceMetaVersion,
    sourceSize: row.sourceSize,
    sourceModifiedAt: row.sourceModifiedAt,
    destinationKey: row.destinationFolder === null ? sourceKey : `${row.destinationFolder}${row.destinationName}`,
    destinationId: row.destinationId,
    destinationVersion: row.destinationVersion,
    destinationMetaVersion: row.destinationMetaVersion,
    destinationSize: row.destinationSize,
    destinationModifiedAt: row.destinationModifiedAt,
    sha256: row.sha256,
    judged: row.judged,
  };
}

/** Numbers of entries; an identifier that a former release has given names none. */
export const rowNumbers = (ids: readonly string[]): number[] => ids.map(Number).filter(Number.isSafeInteger);

/** Folder and name as the ledger has them; together they are the key. */
export function placeOf(key: string): [folder: string, name: string] {
  const start = key.lastIndexOf('/') + 1;
  return [key.slice(0, start), key.slice(start)];
}

/** The folder with that key as the ledger has it with the items in it. */
export const folderText = (key: string) => (key === '' ? '' : `${key}/`);

/** The key of a folder that the ledger has so. */
export const folderKey = (text: string) => text.slice(0, -1);

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
