import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, gte, lt, lte, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Reader } from '../db/database.js';
import { requestError } from './errors.js';

/** One page of a list, as the schema's `…Connection` types show it. */
export interface Page<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfoValue;
}

export interface PageInfoValue {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

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

type SortValue = string | number | boolean;
const VERSION = 1;
const DEFAULT_SIZE = 25;

/** Size of a page and its direction. Throws PAGE_SIZE_OUT_OF_RANGE. */
export function pageSize(page: PageArguments, max = 100): { size: number; isBackward: boolean } {
  const { first, last } = page;
  if (isGiven(first) && isGiven(last)) throw outOfRange(max, 'Give first or last, not both.');
  const size = first ?? last ?? Math.min(DEFAULT_SIZE, max);
  if (!Number.isInteger(size) || size < 1 || size > max) throw outOfRange(max, '');
  return { size, isBackward: isGiven(last) };
}

/** A page size is not allowed; the limits before execution use it as well. */
export function outOfRange(max: number, hint: string): Error {
  return requestError('PAGE_SIZE_OUT_OF_RANGE', `A page has 1 to ${max} entries. ${hint}`.trim());
}

/** Reads one page by its cursor, at the same cost for every page. */
export async function selectPage<T extends SQLiteTable>(query: PageQuery<T>): Promise<Page<T['$inferSelect']>> {
  const { page, orderBy, where } = query;
  const { size, isBackward } = pageSize(page, query.max);
  const mark = fingerprint(query.list);
  const after = readCursor(page.after, mark, orderBy);
  const before = readCursor(page.before, mark, orderBy);
  const within = and(where, after && beyond(orderBy, after, false), before && beyond(orderBy, before, true));
  const rows = await select(query, within, isBackward, size + 1);
  const hasMore = rows.length > size;
  const shown = isBackward ? rows.slice(0, size).reverse() : rows.slice(0, size);
  const edges = shown.map((node) => ({ cursor: writeCursor(mark, valuesOf(node, query)), node }));
  // On the side where the page was cut off by a cursor, rows are only known by asking.
  const outside = async (bound: SortValue[] | undefined, isBefore: boolean) =>
    bound !== undefined && (await exists(query, and(where, or(equal(orderBy, bound), beyond(orderBy, bound, isBefore)))));
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

/** A page over entries that are already in memory, all of them or the one page that was asked for. */
export function pageOf<T>(nodes: T[], cursorOf: (node: T) => string, hasNextPage: boolean, hasPreviousPage: boolean): Page<T> {
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, nodes, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}

/** A page with its number of matches, which is counted only when it is asked for. */
export function withTotal<T>(page: Page<T>, count: () => Promise<number | null>): Page<T> {
  return Object.defineProperty({ ...page }, 'totalCount', { get: count });
}

function select<T extends SQLiteTable>({ reader, from, orderBy }: PageQuery<T>, where: SQL | undefined, isReverse: boolean, limit: number) {
  const order = orderBy.map(({ column, isDescending = false }) => (isDescending !== isReverse ? desc(column) : asc(column)));
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
  return and(isUpward ? gte(key.column, bound) : lte(key.column, bound), or(strictly, and(eq(key.column, bound), rest)));
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

function fingerprint(list: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8);
}

/** Cursor of an entry of a list that is not in the database. */
export function textCursor(list: readonly unknown[], value: string): string {
  return writeCursor(fingerprint(list), [value]);
}

/** What `textCursor` was given. Throws CURSOR_INVALID. */
export function readTextCursor(list: readonly unknown[], cursor: string): string {
  const [version, mark, value] = decode(cursor);
  if (version !== VERSION || mark !== fingerprint(list) || typeof value !== 'string') throw invalidCursor();
  return value;
}

function writeCursor(mark: string, values: readonly SortValue[]): string {
  return Buffer.from(JSON.stringify([VERSION, mark, ...values])).toString('base64url');
}

function readCursor(cursor: string | null | undefined, mark: string, keys: readonly SortKey[]): SortValue[] | undefined {
  if (!isGiven(cursor)) return undefined;
  const [version, list, ...values] = decode(cursor);
  const fits = keys.every(({ column }, index) => isOfColumn(values[index], column));
  if (version !== VERSION || list !== mark || values.length !== keys.length || !fits) throw invalidCursor();
  return values as SortValue[];
}

function decode(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {
    // The refusal below says the same.
  }
  throw invalidCursor();
}

function isOfColumn(value: unknown, { dataType }: SQLiteColumn): boolean {
  if (dataType === 'date') return Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
  return typeof value === (dataType === 'custom' ? 'string' : dataType);
}

export function invalidCursor(): Error {
  return requestError('CURSOR_INVALID', 'The cursor is damaged or belongs to another list, filter or order.');
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
