import DataLoader from 'dataloader';
import { sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from './database.js';

export interface GroupQuery<C extends SQLiteColumn> {
  reader: Reader;
  from: SQLiteTable;
  where: SQL | undefined;
  /** Column whose values are counted. */
  by: C;
  /** Rows that are counted at most. */
  max: number;
}

export interface ValueCount<V> {
  value: V;
  count: number;
}

type AnyQuery = GroupQuery<SQLiteColumn>;
/** Groupings of one statement; SQLite takes no longer compound. */
const MAX_GROUPINGS = 500;
const loaders = new WeakMap<Reader, DataLoader<AnyQuery, ValueCount<unknown>[]>>();

/**
 * Counts the rows of a list by the values of a column, most frequent first. What is asked for in the same turn shares a
 * statement.
 */
export async function countByValue<C extends SQLiteColumn>(
  query: GroupQuery<C>,
): Promise<ValueCount<C['_']['data']>[]> {
  const { reader } = query;
  const loader = loaders.get(reader) ?? new DataLoader(countTogether, { cache: false, maxBatchSize: MAX_GROUPINGS });
  loaders.set(reader, loader);
  return loader.load(query);
}

async function countTogether(queries: readonly AnyQuery[]): Promise<ValueCount<unknown>[][]> {
  const [first] = queries;
  if (first === undefined) return [];
  const members = queries.map(({ from, where, by, max }, list) => {
    const condition = where === undefined ? sql`` : sql` where ${where}`;
    const rows = sql`select ${by} as value from ${from}${condition} limit ${max}`;
    const name = sql.identifier(`part${list}`);
    return sql`select ${sql.raw(String(list))} as list, value, count(*) as amount from (${rows}) as ${name} group by value`;
  });
  const found = await first.reader.rows<{ list: number; value: unknown; amount: number | string }>(
    sql.join(members, sql` union all `),
  );
  const lists = queries.map((): ValueCount<unknown>[] => []);
  for (const { list, value, amount } of found) {
    const query = queries[Number(list)];
    if (query) lists[Number(list)]?.push({ value: query.by.mapFromDriverValue(value), count: Number(amount) });
  }
  return lists.map((counts) => counts.sort((a, b) => b.count - a.count));
}
