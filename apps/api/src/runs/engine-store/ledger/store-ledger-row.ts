import type { LedgerEntry, Side } from '@sluice/core/plan';
import type { KnownPlace } from '@sluice/core/run';
import { and, gte, lt, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../db/database.js';

export type LedgerTable = Database['tables']['ledgerEntries'];
export type LedgerRow = LedgerTable['$inferSelect'];

/*
 * Rows and entries are made field by field: an object that is spread is slow to make and slow to read, and there are as many as
 * items.
 */

/** An entry as a row without its own number. */
export function ledgerRowOf(
  entry: LedgerEntry,
  { pair, mark, replaced }: Pick<LedgerRow, 'pair' | 'mark' | 'replaced'>,
): Omit<LedgerRow, 'id'> {
  const [sourceFolder, sourceName] = placeOf(entry.sourceKey);
  const isAlike = entry.destinationKey === entry.sourceKey;
  const [destinationFolder, destinationName] = isAlike ? [null, null] : placeOf(entry.destinationKey);
  return {
    isFolder: entry.kind === 'FOLDER',
    sourceFolder,
    sourceName,
    sourceId: entry.sourceId,
    sourceVersion: entry.sourceVersion,
    sourceMetaVersion: entry.sourceMetaVersion,
    sourceSize: entry.sourceSize,
    sourceModifiedAt: entry.sourceModifiedAt,
    destinationFolder,
    destinationName,
    destinationId: entry.destinationId,
    destinationVersion: entry.destinationVersion,
    destinationMetaVersion: entry.destinationMetaVersion,
    destinationSize: entry.destinationSize,
    destinationModifiedAt: entry.destinationModifiedAt,
    sha256: entry.sha256,
    judged: entry.judged,
    mapped: entry.mapped,
    pair,
    mark,
    replaced,
  };
}

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
    mapped: row.mapped,
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

/**
 * Entries with one of these keys on a side, as conditions of which each has its index. At the destination most keys are those
 * of the source, which stand for them.
 */
export function placesAt(side: Side, table: LedgerTable, keys: readonly string[]): SQL[] {
  if (side === 'SOURCE') return [isAtSource(table, keys)];
  const places = keys.map((key) => {
    const [folder, name] = placeOf(key);
    return sql`(${folder}, ${name})`;
  });
  const own = sql`(${table.destinationFolder}, ${table.destinationName}) in (values ${sql.join(places, sql`, `)})`;
  return [own, sql`${table.destinationFolder} is null and ${isAtSource(table, keys)}`];
}

/** What an entry knows of one side. */
export const halfOf = (entry: LedgerEntry, side: Side): KnownPlace =>
  side === 'SOURCE'
    ? { key: entry.sourceKey, id: entry.sourceId }
    : { key: entry.destinationKey, id: entry.destinationId };

/** The column with the identity of the item on a side. */
export const idOn = (side: Side, table: LedgerTable) => (side === 'SOURCE' ? table.sourceId : table.destinationId);

/** Entries of all that is below the folder with that key. '0' follows '/' in the order of bytes. */
export function isBelow(folder: SQLiteColumn, key: string): SQL | undefined {
  return and(gte(folder, `${key}/`), lt(folder, `${key}0`));
}
