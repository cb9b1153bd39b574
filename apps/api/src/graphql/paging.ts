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

/** A page over entries that are already in memory, all of them or the one page that was asked for. */
export function pageOf<T>(
  nodes: T[],
  cursorOf: (node: T) => string,
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): Page<T> {
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, nodes, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}

/** A page with its number of matches, which is counted only when it is asked for. */
export function withTotal<T, N extends number | null>(
  page: Page<T>,
  count: () => Promise<N>,
): Page<T> & { totalCount: Promise<N> } {
  return {
    ...page,
    get totalCount() {
      return count();
    },
  };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
