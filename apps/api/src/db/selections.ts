import { Column, inArray, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { Composed } from './composed.js';
import type { Reader } from './database.js';
import { fieldOf, RowDecoder, type Field } from './row-decoder.js';

const known = new WeakMap<SQLiteTable, readonly Field[]>();

function fieldsOfTable(table: SQLiteTable): readonly Field[] {
  const fields =
    known.get(table) ??
    Object.entries(table)
      .filter((entry): entry is [string, SQLiteColumn] => entry[1] instanceof Column)
      .map(fieldOf);
  known.set(table, fields);
  return fields;
}

/** Key of a column in the rows of its table. */
export const keyOf = (table: SQLiteTable, column: SQLiteColumn): string =>
  fieldsOfTable(table).find((field) => field.column === column)?.key ?? '';

/** What statements read of a table. It is made once, since composing the columns costs more than reading a few rows. */
export class Selection extends RowDecoder {
  /** The beginning of a statement that reads it. */
  readonly head: SQL;
  /** Texts of statements that read rows by their identifiers, by the number of these. */
  private readonly byIdsTexts = new Map<number, string>();

  constructor(
    reader: Reader,
    private readonly table: SQLiteTable,
    fields: readonly Field[],
  ) {
    super(fields);
    this.head = sql.raw(this.selecting(reader).toSQL().sql);
  }

  /** The list of identifiers has one of few lengths, so that its text is kept; the last one fills it up. */
  byIds(reader: Reader, column: SQLiteColumn, ids: readonly string[]): SQL {
    const length = 2 ** Math.ceil(Math.log2(ids.length));
    const listed = Array.from({ length }, (_, index) => ids[Math.min(index, ids.length - 1)]!);
    const text = this.byIdsTexts.get(length) ?? this.selecting(reader).where(inArray(column, listed)).toSQL().sql;
    this.byIdsTexts.set(length, text);
    return new Composed({ sql: text, params: listed.map((id) => column.mapToDriverValue(id)) });
  }

  private selecting(reader: Reader) {
    const columns = Object.fromEntries(this.fields.map(({ key, column }) => [key, column]));
    return reader.select(columns).from(this.table);
  }
}

const selections = new WeakMap<SQLiteTable, Map<string, Selection>>();
/** Selections of one table that are kept; they follow from what queries ask for. */
const MAX_SELECTIONS = 500;

/** The columns with these keys and those that order the rows; all of the table where no keys are given. */
export function selectionOf(
  reader: Reader,
  table: SQLiteTable,
  keys: readonly string[] | undefined,
  order: readonly SQLiteColumn[] = [],
): Selection {
  const ofTable = selections.get(table) ?? new Map<string, Selection>();
  selections.set(table, ofTable);
  const wanted = keys && new Set([...keys, ...order.map((column) => keyOf(table, column))]);
  const name = wanted === undefined ? '' : [...wanted].join();
  const kept = ofTable.get(name);
  if (kept !== undefined) return kept;
  const fields = fieldsOfTable(table).filter(({ key }) => wanted === undefined || wanted.has(key));
  const made = new Selection(reader, table, fields);
  if (ofTable.size >= MAX_SELECTIONS) ofTable.clear();
  ofTable.set(name, made);
  return made;
}
