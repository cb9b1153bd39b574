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
  if (isGiven(first) && isGiven(last)) throw outOfRange(max, ['Give first or last, not both.']);
  const size = first ?? last ?? Math.min(DEFAULT_PAGE_ROWS, max);
  if (!Number.isInteger(size) || size < 1 || size > max) throw outOfRange(max, []);
  return { size, isBackward: isGiven(last) };
}

/** Throws BAD_USER_INPUT for a place that no list has, or one beside a cursor. */
export function requirePlace(offset: number, after: string | null | undefined): void {
  if (isGiven(after)) throw inputError(['offset'], 'stands in place of after; give one of them.');
  if (offset < 0 || offset > MAX_OFFSET) throw inputError(['offset'], `is a number from 0 to ${MAX_OFFSET}.`);
}

function outOfRange(max: number, hint: readonly string[]): Error {
  return requestError('PAGE_SIZE_OUT_OF_RANGE', [`A page has 1 to ${max} entries.`, ...hint].join(' '));
}

/*
 * Pages are classes and no objects with getters of their own: V8 keeps such getters, and with them all rows of the page, past the
 * quick collections of garbage.
 */

class EntryPage<T> implements Page<T> {
  constructor(
    readonly nodes: T[],
    private readonly cursorOf: (node: T) => string,
    private readonly hasNextPage: boolean,
    private readonly hasPreviousPage: boolean,
  ) {}

  get edges(): { cursor: string; node: T }[] {
    return this.nodes.map((node) => ({ cursor: this.cursorOf(node), node }));
  }

  get pageInfo(): PageInfoValue {
    const { nodes, hasNextPage, hasPreviousPage } = this;
    const [first, last] = [nodes[0], nodes.at(-1)];
    return {
      hasNextPage,
      hasPreviousPage,
      startCursor: first === undefined ? null : this.cursorOf(first),
      endCursor: last === undefined ? null : this.cursorOf(last),
    };
  }
}

class MappedPage<T, U> implements Page<U> {
  readonly nodes: U[];

  constructor(
    private readonly page: Page<T>,
    private readonly view: (node: T) => U,
  ) {
    this.nodes = page.nodes.map(view);
  }

  get edges(): { cursor: string; node: U }[] {
    return this.page.edges.map(({ cursor, node }) => ({ cursor, node: this.view(node) }));
  }

  get pageInfo(): PageInfoValue {
    return this.page.pageInfo;
  }
}

class FollowingPage<T> implements Page<T> {
  constructor(
    private readonly page: Page<T>,
    private readonly hasPreviousPage: boolean,
  ) {}

  get nodes(): T[] {
    return this.page.nodes;
  }

  get edges(): { cursor: string; node: T }[] {
    return this.page.edges;
  }

  get pageInfo(): PageInfoValue {
    return { ...this.page.pageInfo, hasPreviousPage: this.hasPreviousPage };
  }
}

class CountedPage<T, N> implements Page<T> {
  constructor(
    private readonly page: Page<T>,
    private readonly count: () => Promise<N>,
  ) {}

  get nodes(): T[] {
    return this.page.nodes;
  }

  get edges(): { cursor: string; node: T }[] {
    return this.page.edges;
  }

  get pageInfo(): PageInfoValue {
    return this.page.pageInfo;
  }

  get totalCount(): Promise<N> {
    return this.count();
  }
}

/** A page over entries that are already in memory, all of them or the one page that was asked for. */
export const pageOf = <T>(
  nodes: T[],
  cursorOf: (node: T) => string,
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): Page<T> => new EntryPage(nodes, cursorOf, hasNextPage, hasPreviousPage);

/** A page of the same entries in another form. */
export const mapPage = <T, U>(page: Page<T>, view: (node: T) => U): Page<U> => new MappedPage(page, view);

/** A page of which is known otherwise whether entries precede it. */
export const withPrevious = <T>(page: Page<T>, hasPreviousPage: boolean): Page<T> =>
  new FollowingPage(page, hasPreviousPage);

/** A page with its number of matches, which is counted only when it is asked for. */
export const withTotal = <T, N extends number | null>(
  page: Page<T>,
  count: () => Promise<N>,
): Page<T> & { totalCount: Promise<N> } => new CountedPage(page, count);

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
