import { and, asc, desc, eq, gt, gte, lt, lte, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { decodeCursor, encodeCursor, invalidCursor, type SortValue } from '../graphql/cursors.js';
import { pageSize, type Page, type PageArguments } from '../graphql/paging.js';
import type { Reader } from './database.js';

/** Column that orders a list; never null. The last one makes the order total. */
export interface SortKey {
  column: SQLiteColumn;
  isDescending?: boolean;
}

export interface PageQuery<T extends SQLiteTable> {
  reader: Reader;
  from: T;
  where?: SQL;
  orderBy: readonly SortKey[];
  page: PageArguments;
  /** Name of the list with everything that decides what it holds; a cursor of another list is refused. */
  list: readonly unknown[];
  /** Largest page, 100 unless told. */
  max?: number;
}

/** Reads one page by its cursor, at the same cost for every page. */
export async function selectPage<T extends SQLiteTable>(query: PageQuery<T>): Promise<Page<T['$inferSelect']>> {
  const { page, orderBy, where } = query;
  const { size, isBackward } = pageSize(page, query.max);
  const after = readCursor(page.after, query);
  const before = readCursor(page.before, query);
  const within = and(where, after && beyond(orderBy, after, false), before && beyond(orderBy, before, true));
  const rows = await select(query, within, isBackward, size + 1);
  const hasMore = rows.length > size;
  const shown = isBackward ? rows.slice(0, size).reverse() : rows.slice(0, size);
  const edges = shown.map((node) => ({ cursor: encodeCursor(query.list, valuesOf(node, query)), node }));
  // On the side where the page was cut off by a cursor, rows are only known by asking.
  const outside = async (bound: SortValue[] | undefined, isBefore: boolean) =>
    bound !== undefined &&
    (await exists(query, and(where, or(equal(orderBy, bound), beyond(orderBy, bound, isBefore)))));
  return {
    edges,
    nodes: shown,
    pageInfo: {
      hasNextPage: isBackward ? await outside(before, false) : hasMore || (await outside(before, false)),
      hasPreviousPage: isBackward ? hasMore || (await outside(after, true)) : await outside(after, true),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function select<T extends SQLiteTable>(
  { reader, from, orderBy }: PageQuery<T>,
  where: SQL | undefined,
  isReverse: boolean,
  limit: number,
) {
  const order = orderBy.map(({ column, isDescending = false }) =>
    isDescending !== isReverse ? desc(column) : asc(column),
  );
  return reader
    .select()
    .from(from as SQLiteTable)
    .where(where)
    .orderBy(...order)
    .limit(limit) as unknown as Promise<T['$inferSelect'][]>;
}

async function exists<T extends SQLiteTable>(query: PageQuery<T>, where: SQL | undefined): Promise<boolean> {
  return (await select(query, where, false, 1)).length > 0;
}

/** Rows strictly after the values in the list's order, or strictly before them. */
function beyond(keys: readonly SortKey[], values: readonly SortValue[], isBefore: boolean): SQL | undefined {
  const [key, ...otherKeys] = keys;
  const [value, ...otherValues] = values;
  if (key === undefined || value === undefined) return undefined;
  const isUpward = (key.isDescending ?? false) === isBefore;
  const bound = boundValue(key.column, value);
  const strictly = isUpward ? gt(key.column, bound) : lt(key.column, bound);
  const rest = beyond(otherKeys, otherValues, isBefore);
  if (rest === undefined) return strictly;
  // The first condition is implied by the second; it lets the database enter the index at the right place.
  return and(
    isUpward ? gte(key.column, bound) : lte(key.column, bound),
    or(strictly, and(eq(key.column, bound), rest)),
  );
}

function equal(keys: readonly SortKey[], values: readonly SortValue[]): SQL | undefined {
  return and(...keys.map(({ column }, index) => eq(column, boundValue(column, values[index] ?? ''))));
}

function boundValue(column: SQLiteColumn, value: SortValue): unknown {
  return column.dataType === 'date' ? new Date(value as number) : value;
}

function valuesOf<T extends SQLiteTable>(row: T['$inferSelect'], { from, orderBy }: PageQuery<T>): SortValue[] {
  const entries = Object.entries(from);
  return orderBy.map(({ column }) => {
    const key = entries.find(([, candidate]) => candidate === column)?.[0] ?? '';
    const value = (row as Record<string, unknown>)[key];
    return value instanceof Date ? value.getTime() : (value as SortValue);
  });
}

function readCursor<T extends SQLiteTable>(
  cursor: string | null | undefined,
  { list, orderBy }: PageQuery<T>,
): SortValue[] | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const values = decodeCursor(list, cursor);
  const fits = orderBy.every(({ column }, index) => isOfColumn(values[index], column));
  if (values.length !== orderBy.length || !fits) throw invalidCursor();
  return values as SortValue[];
}

function isOfColumn(value: unknown, { dataType }: SQLiteColumn): boolean {
  if (dataType === 'date') return Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
  return typeof value === (dataType === 'custom' ? 'string' : dataType);
}
