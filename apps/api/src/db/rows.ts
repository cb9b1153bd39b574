import DataLoader from 'dataloader';
import { asc, Column, desc, inArray, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from './database.js';

/** Column that orders a list; never null. The last one makes the order total. */
export interface SortKey {
  column: SQLiteColumn;
  isDescending?: boolean;
}

export interface RowsQuery<T extends SQLiteTable> {
  reader: Reader;
  from: T;
  where?: SQL;
  orderBy: readonly SortKey[];
  limit: number;
  /** Columns to read, by their keys; all unless told. Those of the order are always read. */
  columns?: readonly string[];
}

export interface CountQuery<T extends SQLiteTable> {
  reader: Reader;
  from: T;
  where?: SQL;
  /** Number of rows at which counting ends; without it every row is counted. */
  max?: number;
}

type Row = Record<string, unknown>;
type AnyQuery = RowsQuery<SQLiteTable>;
type AnyCount = CountQuery<SQLiteTable>;

/** Lists of one statement; SQLite takes no longer compound. */
const MAX_LISTS = 500;
const LIST = 'list';

const rowLoaders = new WeakMap<Reader, DataLoader<AnyQuery, Row[]>>();
const countLoaders = new WeakMap<Reader, DataLoader<AnyCount, number>>();

/**
 * Reads the first rows of a list. Lists of one table that are asked for in the same turn share a statement, so that the
 * lists below a page's entries cost what the list below one entry costs.
 */
export function selectRows<T extends SQLiteTable>(query: RowsQuery<T>): Promise<T['$inferSelect'][]> {
  const loader = loaderFor(rowLoaders, query.reader, async (queries: readonly AnyQuery[]) =>
    shared(queries, ({ from, columns }) => [from, columns?.join() ?? ''], readTogether),
  );
  return loader.load(query);
}

/**
 * Rows by their identifiers and in that order; null for what is missing. Of each row once, however often it is named.
 * `columns`: keys of those to read, with `id`; all unless told.
 */
export async function selectByIds<T extends SQLiteTable & { id: SQLiteColumn }>(
  reader: Reader,
  from: T,
  ids: readonly string[],
  columns?: readonly string[],
): Promise<(T['$inferSelect'] | null)[]> {
  if (ids.length === 0) return [];
  const fields = fieldsOf({ from, columns, orderBy: [] });
  const where = inArray(from.id, [...ids]);
  const found = await reader.values(sql`select ${selectedOf(fields)} from ${from} where ${where}`);
  const rows = found.map((values) => decode(values, fields));
  const byId = new Map(rows.map((row) => [row['id'], row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Counts the rows of a list; counts that are asked for in the same turn share a statement as well. */
export function countRows<T extends SQLiteTable>(query: CountQuery<T>): Promise<number> {
  const loader = loaderFor(countLoaders, query.reader, async (queries: readonly AnyCount[]) =>
    shared(queries, ({ from }) => [from, ''], countTogether),
  );
  return loader.load(query);
}

function loaderFor<Q, V>(
  loaders: WeakMap<Reader, DataLoader<Q, V>>,
  reader: Reader,
  load: (queries: readonly Q[]) => Promise<V[]>,
): DataLoader<Q, V> {
  const known = loaders.get(reader);
  if (known !== undefined) return known;
  const loader = new DataLoader<Q, V>(load, { cache: false, maxBatchSize: MAX_LISTS });
  loaders.set(reader, loader);
  return loader;
}

/** Answers queries in groups that can share a statement; gives the answers in the order of the queries. */
async function shared<Q, V>(
  queries: readonly Q[],
  kindOf: (query: Q) => [SQLiteTable, string],
  answer: (group: Q[]) => Promise<V[]>,
): Promise<V[]> {
  const groups = new Map<SQLiteTable, Map<string, Q[]>>();
  for (const query of queries) {
    const [table, kind] = kindOf(query);
    const ofTable = groups.get(table) ?? new Map<string, Q[]>();
    groups.set(table, ofTable.set(kind, [...(ofTable.get(kind) ?? []), query]));
  }
  const answers = new Map<Q, V>();
  const all = [...groups.values()].flatMap((ofTable) => [...ofTable.values()]);
  await Promise.all(
    all.map(async (group) => {
      const values = await answer(group);
      group.forEach((query, index) => answers.set(query, values[index] as V));
    }),
  );
  return queries.map((query) => answers.get(query) as V);
}

async function readTogether(queries: AnyQuery[]): Promise<Row[][]> {
  const [first] = queries;
  if (first === undefined) return [];
  const fields = fieldsOf(first);
  const [only] = queries.length === 1 ? [statementOf(first, fields)] : [];
  if (only !== undefined) return [(await first.reader.values(only)).map((values) => decode(values, fields))];
  const members = queries.map((query, list) => member(query, fields, list));
  const lists: Row[][] = queries.map(() => []);
  for (const [list, ...values] of await first.reader.values(union(members, first)))
    lists[Number(list)]?.push(decode(values, fields));
  return lists;
}

interface Field {
  key: string;
  column: SQLiteColumn;
  /** Converts a driver's value to that of the column; null when no conversion is needed. */
  decode: ((value: unknown) => unknown) | null;
}

const known = new WeakMap<SQLiteTable, readonly Field[]>();

function fieldsOfTable(table: SQLiteTable): readonly Field[] {
  const fields =
    known.get(table) ??
    Object.entries(table)
      .filter((entry): entry is [string, SQLiteColumn] => entry[1] instanceof Column)
      .map(([key, column]) => {
        const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue;
        return {
          key,
          column,
          decode: isPlain ? null : (value: unknown) => column.mapFromDriverValue(value),
        };
      });
  known.set(table, fields);
  return fields;
}

function fieldsOf({ from, columns, orderBy }: Pick<AnyQuery, 'from' | 'columns' | 'orderBy'>): readonly Field[] {
  const all = fieldsOfTable(from);
  if (columns === undefined) return all;
  return all.filter(({ key, column }) => columns.includes(key) || orderBy.some((sort) => sort.column === column));
}

const selectedOf = (fields: readonly Field[]): SQL =>
  sql.join(
    fields.map(({ key, column }) => sql`${column} as ${sql.identifier(key)}`),
    sql`, `,
  );

function statementOf({ from, where, orderBy, limit }: AnyQuery, fields: readonly Field[], list?: number): SQL {
  const index = list === undefined ? [] : [sql`${sql.raw(String(list))} as ${sql.identifier(LIST)}`];
  const order = orderBy.map(({ column, isDescending }) => (isDescending ? desc(column) : asc(column)));
  const condition = where === undefined ? sql`` : sql` where ${where}`;
  return sql`select ${sql.join([...index, selectedOf(fields)], sql`, `)} from ${from}${condition} order by ${sql.join(order, sql`, `)} limit ${limit}`;
}

const member = (query: AnyQuery, fields: readonly Field[], list: number) =>
  sql`select * from (${statementOf(query, fields, list)}) as ${sql.identifier(`part${list}`)}`;

/** The order of a compound is that of its last clause alone. */
function union(members: SQL[], { from, orderBy }: AnyQuery): SQL {
  const all = fieldsOfTable(from);
  const keys = orderBy.map(({ column, isDescending }) => {
    const key = sql.identifier(all.find((field) => field.column === column)?.key ?? '');
    return isDescending ? desc(key) : asc(key);
  });
  const order = sql.join([asc(sql.identifier(LIST)), ...keys], sql`, `);
  return sql`${sql.join(members, sql` union all `)} order by ${order}`;
}

/** Rows without values, by their fields. Made by a parser: an object that gets its names one by one is slow once it has many. */
const emptyRows = new WeakMap<readonly Field[], Row>();

function emptyRowOf(fields: readonly Field[]): Row {
  const known = emptyRows.get(fields);
  if (known !== undefined) return known;
  const row = JSON.parse(`{${fields.map(({ key }) => `${JSON.stringify(key)}:null`).join()}}`) as Row;
  emptyRows.set(fields, row);
  return row;
}

/** A row from its values, which are in the order of the fields. */
function decode(values: readonly unknown[], fields: readonly Field[]): Row {
  const row: Row = { ...emptyRowOf(fields) };
  for (let index = 0; index < fields.length; index++) {
    const { key, decode: read } = fields[index]!;
    const value = values[index];
    row[key] = read === null || value === null ? value : read(value);
  }
  return row;
}

async function countTogether(queries: AnyCount[]): Promise<number[]> {
  const [first] = queries;
  if (first === undefined) return [];
  const members = queries.map(({ from, where, max }, list) => {
    const condition = where === undefined ? sql`` : sql` where ${where}`;
    const limit = max === undefined ? sql`` : sql` limit ${max}`;
    const name = sql.identifier(`part${list}`);
    return sql`select ${sql.raw(String(list))} as list, count(*) as value from (select 1 as one from ${from}${condition}${limit}) as ${name}`;
  });
  const rows = await first.reader.rows<{ list: number; value: number | string }>(sql.join(members, sql` union all `));
  const counts = queries.map(() => 0);
  for (const { list, value } of rows) counts[Number(list)] = Number(value);
  return counts;
}
