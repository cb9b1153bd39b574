import type { KnownChild } from '@sluice/core/pair';
import { and, eq, inArray, sql, type Column, type SQL } from 'drizzle-orm';
import type { Database, Reader } from '../../../db/database.js';
import { unpackHex } from '../../../db/packed-text.js';
import { folderKey, folderText } from './store-ledger-row.js';

/** Entries that are in hand at a time. */
export const PORTION_ENTRIES = 8_192;

/** What the ledger knows of an item, with the key of the source folder that holds it. */
export interface ChildOfFolder extends KnownChild {
  folder: string;
}

/** Reads of the ledger what is compared of the children of folders. */
export class KnownChildStore {
  constructor(private readonly db: Database) {}

  /** In portions, in no order; folders whose children fit into one are best asked for together. */
  async *in(pair: number, folders: readonly string[], reader: Reader = this.db.reader): AsyncIterable<ChildOfFolder[]> {
    const { sourceFolder } = this.db.tables.ledgerEntries;
    if (folders.length > 1) {
      const isIn = inArray(sourceFolder, folders.map(folderText));
      const all = await this.read(reader, pair, isIn, sql`limit ${PORTION_ENTRIES + 1}`);
      if (all.length <= PORTION_ENTRIES) {
        yield all.map(({ child }) => child);
        return;
      }
    }
    for (const folder of folders) yield* this.inOne(pair, folder, reader);
  }

  private async *inOne(pair: number, folder: string, reader: Reader): AsyncIterable<ChildOfFolder[]> {
    const { sourceFolder, sourceName, id } = this.db.tables.ledgerEntries;
    const isIn = eq(sourceFolder, folderText(folder));
    const inOrder = sql`order by ${sourceName}, ${id} limit ${PORTION_ENTRIES}`;
    for (let after: SQL | undefined; ;) {
      const portion = await this.read(reader, pair, and(isIn, after), inOrder);
      yield portion.map(({ child }) => child);
      const last = portion.at(-1);
      if (last === undefined || portion.length < PORTION_ENTRIES) return;
      after = sql`(${sourceName}, ${id}) > (${last.child.sourceName}, ${last.id})`;
    }
  }

  /** By value and without bytes, since there are as many rows as items. */
  private async read(reader: Reader, pair: number, isMeant: SQL | undefined, end: SQL): Promise<Row[]> {
    const { ledgerEntries: table } = this.db.tables;
    const packed = (column: Column) =>
      this.db.dialect === 'sqlite' ? sql`lower(hex(${column}))` : sql`encode(${column}, 'hex')`;
    const columns = [
      ...[table.id, table.isFolder, table.sourceFolder, table.sourceName],
      ...[table.destinationFolder, table.destinationName],
      ...[table.sourceId, table.destinationId].map(packed),
      // SQLite has digits of nothing, which are none.
      ...[table.sourceVersion, table.sourceMetaVersion, table.destinationVersion].map(
        (column) => sql`case when ${column} is not null then ${packed(column)} end`,
      ),
    ].map((column, place) => sql`${column} as ${sql.identifier(`value${place}`)}`);
    const where = and(eq(table.pair, pair), isMeant);
    const rows = await reader.values(sql`select ${sql.join(columns, sql`, `)} from ${table} where ${where} ${end}`);
    return (rows as Values[]).map(rowOf);
  }
}

function rowOf([id, isFolder, folder, name, otherFolder, otherName, ...compared]: Values): Row {
  const [sourceId, destinationId, ...versions] = compared;
  const [sourceVersion, sourceMetaVersion, destinationVersion] = versions;
  const child = {
    folder: folderKey(folder),
    isFolder: Boolean(isFolder),
    sourceName: name,
    sourceId: unpackHex(sourceId),
    sourceVersion: sourceVersion && unpackHex(sourceVersion),
    sourceMetaVersion: sourceMetaVersion && unpackHex(sourceMetaVersion),
    destinationFolder: folderKey(otherFolder ?? folder),
    destinationName: otherName ?? name,
    destinationId: unpackHex(destinationId),
    destinationVersion: destinationVersion && unpackHex(destinationVersion),
  };
  return { id: Number(id), child };
}

interface Row {
  id: number;
  child: ChildOfFolder;
}

/** Values of a row as the driver gives them. */
type Values = [
  id: number | string,
  isFolder: number | boolean,
  folder: string,
  name: string,
  otherFolder: string | null,
  otherName: string | null,
  sourceId: string,
  destinationId: string,
  sourceVersion: string | null,
  sourceMetaVersion: string | null,
  destinationVersion: string | null,
];
