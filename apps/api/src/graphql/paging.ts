import { requestError } from './errors.js';
import { inputError } from './input-error.js';

/** One page of a list, as the schema's `…Connection` types show it. What is not asked for is not computed. */
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

const DEFAULT_PAGE_ROWS = 25;
/** Entries on the largest page of a list, unless it has another one. */
export const PAGE_ROWS = 100;
/** Entries on the largest page of items, steps and what a platform lists. */
export const LARGE_PAGE_ROWS = 200;
/** Last place that can be asked for: a plan has no more steps. */
const MAX_OFFSET = 2 ** 26;
/** Most events in one answer. */
export const EVENT_ROWS = 500;

/** Size of a page and its direction. Throws PAGE_SIZE_OUT_OF_RANGE. */
export function pageSize(page: PageArguments, max = PAGE_ROWS): { size: number; isBackward: boolean } {
  const { first, last } = page;
  if (isGiven(first) && isGiven(last)) throw outOfRange(max, 'Give first or last, not both.');
  const size = first ?? last ?? Math.min(DEFAULT_PAGE_ROWS, max);
  if (!Number.isInteger(size) || size < 1 || size > max) throw outOfRange(max, '');
  return { size, isBackward: isGiven(last) };
}

/** Throws BAD_USER_INPUT for a place that no list has, or one beside a cursor. */
export function requirePlace(offset: number, after: string | null | undefined): void {
  if (isGiven(after)) throw inputError(['offset'], 'stands in place of after; give one of them.');
  if (offset < 0 || offset > MAX_OFFSET) throw inputError(['offset'], `is a number from 0 to ${MAX_OFFSET}.`);
}

function outOfRange(max: number, hint: string): Error {
  return requestError('PAGE_SIZE_OUT_OF_RANGE', `A page has 1 to ${max} entries. ${hint}`.trim());
}

/** A page over entries that are already in memory, all of them or the one page that was asked for. */
export function pageOf<T>(
  nodes: T[],
  cursorOf: (node: T) => string,
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): Page<T> {
  return {
    nodes,
    get edges() {
      return nodes.map((node) => ({ cursor: cursorOf(node), node }));
    },
    get pageInfo() {
      const [first, last] = [nodes[0], nodes.at(-1)];
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: first === undefined ? null : cursorOf(first),
        endCursor: last === undefined ? null : cursorOf(last),
      };
    },
  };
}

/** A page of the same entries in another form. */
export function mapPage<T, U>(page: Page<T>, view: (node: T) => U): Page<U> {
  return {
    nodes: page.nodes.map(view),
    get edges() {
      return page.edges.map(({ cursor, node }) => ({ cursor, node: view(node) }));
    },
    get pageInfo() {
      return page.pageInfo;
    },
  };
}

/** A page with its number of matches, which is counted only when it is asked for. */
export function withTotal<T, N extends number | null>(
  page: Page<T>,
  count: () => Promise<N>,
): Page<T> & { totalCount: Promise<N> } {
  return Object.defineProperty(page, 'totalCount', { get: count }) as Page<T> & { totalCount: Promise<N> };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
