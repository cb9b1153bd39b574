import { and, eq, gt, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { cursorEncoder, decodeCursor, invalidCursor, type SortValue } from '../graphql/cursors.js';
import { isHeldInstant } from '../graphql/instants.js';
import { pageOf, pageSize, type Page, type PageArguments } from '../graphql/paging.js';
import type { Reader } from './database.js';
import { selectRows, type SortKey } from './rows.js';
import { keyOf } from './selections.js';

/** Values between which rows lie, both included. */
export interface Range {
  first: SQL;
  last: SQL;
}

export interface PageQuery<T extends SQLiteTable> {
  reader: Reader;
  from: T;
  where?: SQL;
  /** The rows are those from one value of the first sort key to another one. */
  range?: Range;
  orderBy: readonly SortKey[];
  page: PageArguments;
  /** Name of the list with everything that decides what it holds; a cursor of another list is refused. */
  list: readonly unknown[];
  /** Largest page, 100 unless told. */
  max?: number;
  /** Columns to read, by their keys; all unless told. */
  columns?: readonly string[];
}

/** Reads one page by its cursor, at the same cost for every page. */
export async function selectPage<T extends SQLiteTable>(query: PageQuery<T>): Promise<Page<T['$inferSelect']>> {
  const { page, orderBy } = query;
  const { size, isBackward } = pageSize(page, query.max);
  const after = readCursor(page.after, query);
  const before = readCursor(page.before, query);
  const isIn = and(inRange(query, after === undefined, before === undefined), query.where);
  const within = and(isIn, after && beyond(orderBy, after, false), before && beyond(orderBy, before, true));
  const rows = await select(query, within, isBackward, size + 1);
  const hasMore = rows.length > size;
  const shown = isBackward ? rows.slice(0, size).reverse() : rows.slice(0, size);
  const cursorOf = cursorsOf(query);
  // Whether rows exist beyond a given cursor does not follow from the page itself, so it takes a statement of its own.
  const outside = async (bound: SortValue[] | undefined, isBefore: boolean) =>
    bound !== undefined &&
    (await exists(
      query,
      and(inRange(query, isBefore, !isBefore), query.where, beyond(orderBy, bound, isBefore, true)),
    ));
  const hasNextPage = isBackward ? await outside(before, false) : hasMore || (await outside(before, false));
  const hasPreviousPage = isBackward ? hasMore || (await outside(after, true)) : await outside(after, true);
  return pageOf(shown, cursorOf, hasNextPage, hasPreviousPage);
}

function select<T extends SQLiteTable>(
  { reader, from, orderBy, columns }: PageQuery<T>,
  where: SQL | undefined,
  isReverse: boolean,
  limit: number,
): Promise<T['$inferSelect'][]> {
  const order = orderBy.map(({ column, isDescending = false }) => ({
    column,
    isDescending: isDescending !== isReverse,
  }));
  return selectRows({ reader, from, where, orderBy: order, limit, columns });
}

async function exists<T extends SQLiteTable>(query: PageQuery<T>, where: SQL | undefined): Promise<boolean> {
  return (await select(query, where, false, 1)).length > 0;
}

/**
 * Rows of the range. SQLite begins at one bound only, of two below or above, and reads all rows up to the other: where a cursor
 * is the nearer one, the range's own bound is written so that it is asked of each row and no place to begin.
 */
function inRange<T extends SQLiteTable>(
  { range, orderBy: [key] }: PageQuery<T>,
  beginsAtFirst: boolean,
  endsAtLast: boolean,
): SQL | undefined {
  if (range === undefined || key === undefined) return undefined;
  const sought = sql`${key.column}`;
  const asked = sql`(${key.column} + 0)`;
  return and(gte(beginsAtFirst ? sought : asked, range.first), lte(endsAtLast ? sought : asked, range.last));
}

/** Rows after the values in the list's order, or before them; `isWithThem`: those that have just these values too. */
function beyond(
  keys: readonly SortKey[],
  values: readonly SortValue[],
  isBefore: boolean,
  isWithThem = false,
): SQL | undefined {
  const [key, ...otherKeys] = keys;
  const [value, ...otherValues] = values;
  if (key === undefined || value === undefined) return undefined;
  const isUpward = (key.isDescending ?? false) === isBefore;
  const bound = boundValue(key.column, value);
  const strictly = isUpward ? gt(key.column, bound) : lt(key.column, bound);
  const loosely = isUpward ? gte(key.column, bound) : lte(key.column, bound);
  const rest = beyond(otherKeys, otherValues, isBefore, isWithThem);
  // With "equal or beyond" SQLite would gather all rows of either kind, and sort them, to find the first.
  if (rest === undefined) return isWithThem ? loosely : strictly;
  // The second condition implies the first, which is there so that the database begins at the right place of the index.
  return and(loosely, or(strictly, and(eq(key.column, bound), rest)));
}

function boundValue(column: SQLiteColumn, value: SortValue): unknown {
  return column.dataType === 'date' ? new Date(value as number) : value;
}

/** Cursors of rows of one list. */
function cursorsOf<T extends SQLiteTable>({ from, orderBy, list }: PageQuery<T>): (row: T['$inferSelect']) => string {
  const keys = orderBy.map(({ column }) => keyOf(from, column));
  const encode = cursorEncoder(list);
  return (row) => encode(keys.map((key) => sortValueOf((row as Record<string, unknown>)[key])));
}

function sortValueOf(value: unknown): SortValue {
  return value instanceof Date ? value.getTime() : (value as SortValue);
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

/** Whether a column can be compared with a value; a cursor comes from outside, and Postgres refuses what it cannot hold. */
function isOfColumn(value: unknown, { dataType, columnType }: SQLiteColumn): boolean {
  if (dataType === 'date') return Number.isSafeInteger(value) && isHeldInstant(value as number);
  if (dataType === 'number') {
    const largest = columnType === 'PgInteger' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
    return typeof value === 'number' && Math.abs(value) <= largest;
  }
  if (dataType === 'boolean') return typeof value === 'boolean';
  return typeof value === 'string' && !/[\0\p{Cs}]/u.test(value);
}
