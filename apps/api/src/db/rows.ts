import DataLoader from 'dataloader';
import { asc, desc, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from './database.js';
import type { Field, Row } from './row-decoder.js';
import { keyOf, selectionOf } from './selections.js';

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
  const selection = selectionOf(reader, from, columns);
  const found = await reader.values(selection.byIds(reader, from.id, ids));
  const rows = found.map((values) => selection.decode(values));
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
  const { reader, from, columns, orderBy } = first;
  const order = orderBy.map(({ column }) => column);
  const selection = selectionOf(reader, from, columns, order);
  if (queries.length === 1) {
    const found = await reader.values(statementOf(first, selection.head));
    return [found.map((values) => selection.decode(values))];
  }
  const members = queries.map((query, list) => member(query, selection.fields, list));
  const lists: Row[][] = queries.map(() => []);
  for (const [list, ...values] of await reader.values(union(members, first)))
    lists[Number(list)]?.push(selection.decode(values));
  return lists;
}

const selectedOf = (fields: readonly Field[]): SQL =>
  sql.join(
    fields.map(({ key, column }) => sql`${column} as ${sql.identifier(key)}`),
    sql`, `,
  );

function statementOf({ where, orderBy, limit }: AnyQuery, head: SQL): SQL {
  const order = orderBy.map(({ column, isDescending }) => (isDescending ? desc(column) : asc(column)));
  const condition = where === undefined ? sql`` : sql` where ${where}`;
  return sql`${head}${condition} order by ${sql.join(order, sql`, `)} limit ${limit}`;
}

function member(query: AnyQuery, fields: readonly Field[], list: number): SQL {
  const head = sql`select ${sql.raw(String(list))} as ${sql.identifier(LIST)}, ${selectedOf(fields)} from ${query.from}`;
  return sql`select * from (${statementOf(query, head)}) as ${sql.identifier(`part${list}`)}`;
}

/** The order of a compound is that of its last clause alone. */
function union(members: SQL[], { from, orderBy }: AnyQuery): SQL {
  const keys = orderBy.map(({ column, isDescending }) => {
    const key = sql.identifier(keyOf(from, column));
    return isDescending ? desc(key) : asc(key);
  });
  const order = sql.join([asc(sql.identifier(LIST)), ...keys], sql`, `);
  return sql`${sql.join(members, sql` union all `)} order by ${order}`;
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
