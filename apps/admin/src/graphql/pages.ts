import { useCallback, useEffect, useReducer, useRef } from 'react';
import { failureSentence } from './problems.js';

/** One page of a list as the API gives it. */
export interface Page<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount?: number | null;
}

/** Pages read so far. `query` names the list they belong to, so that late answers to another one are dropped. */
export interface Pages<Node> {
  query: string;
  nodes: readonly Node[];
  after: string | null;
  hasMore: boolean;
  total: number | null;
  status: 'loading' | 'idle' | 'failed';
  failure: string | null;
}

export type PagesEvent<Node> =
  | { type: 'started'; query: string }
  | { type: 'more'; query: string }
  | { type: 'arrived'; query: string; page: Page<Node>; after: string | null }
  | { type: 'replaced'; isIt: (node: Node) => boolean; node: Node }
  | { type: 'failed'; query: string; failure: string };

export function emptyPages<Node>(query: string): Pages<Node> {
  return { query, nodes: [], after: null, hasMore: false, total: null, status: 'loading', failure: null };
}

/** A page counts only when it continues exactly where the list ends; `after: null` begins the list anew. */
export function reducePages<Node>(pages: Pages<Node>, event: PagesEvent<Node>): Pages<Node> {
  if (event.type === 'started')
    return pages.query === event.query ? { ...pages, status: 'loading' } : emptyPages(event.query);
  if (event.type === 'replaced')
    return { ...pages, nodes: pages.nodes.map((node) => (event.isIt(node) ? event.node : node)) };
  if (event.query !== pages.query) return pages;
  if (event.type === 'more') return { ...pages, status: 'loading', failure: null };
  if (event.type === 'failed') return { ...pages, status: 'failed', failure: event.failure };
  const isFirst = event.after === null;
  if (!isFirst && event.after !== pages.after) return pages;
  return {
    ...pages,
    nodes: isFirst ? event.page.nodes : [...pages.nodes, ...event.page.nodes],
    after: event.page.pageInfo.endCursor,
    hasMore: event.page.pageInfo.hasNextPage && event.page.pageInfo.endCursor !== null,
    total: event.page.totalCount ?? (isFirst ? null : pages.total),
    status: 'idle',
    failure: null,
  };
}

/** A page of a list whose cursor is the identifier of its last entry; one that is not full is the last. */
export function pageById<Node extends { id: string }>(nodes: readonly Node[], asked: number): Page<Node> {
  return { nodes, pageInfo: { hasNextPage: nodes.length === asked, endCursor: nodes.at(-1)?.id ?? null } };
}

/** Entries that are read again at once; of a longer list those behind them are asked for anew when one comes to them. */
const MAX_READ_AGAIN = 500;

/** Reads a list from its beginning as far as `count` entries, as one page. */
export async function readAsFar<Node>(
  fetchPage: (after: string | null) => Promise<Page<Node>>,
  count: number,
): Promise<Page<Node>> {
  let page = await fetchPage(null);
  const nodes = [...page.nodes];
  while (nodes.length < Math.min(count, MAX_READ_AGAIN) && page.pageInfo.hasNextPage && page.nodes.length > 0) {
    page = await fetchPage(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return { ...page, nodes };
}

/**
 * Reads a list page by page. `refresh` reads it again as far as it was read, `replace` puts an entry that has changed in the place of the
 * one that it was. A null query reads nothing.
 */
export function usePages<Node>(
  query: string | null,
  fetchPage: (after: string | null) => Promise<Page<Node>>,
): Pages<Node> & {
  loadMore: () => void;
  refresh: () => void;
  replace: (isIt: (node: Node) => boolean, node: Node) => void;
} {
  const [pages, send] = useReducer(reducePages<Node>, query ?? '', emptyPages<Node>);
  const fetcher = useRef(fetchPage);
  const shown = useRef(pages);
  useEffect(() => {
    fetcher.current = fetchPage;
    shown.current = pages;
  });
  const read = useCallback(async (name: string, after: string | null) => {
    const here = shown.current.query === name ? shown.current.nodes.length : 0;
    try {
      const page = await (after === null ? readAsFar(fetcher.current, here) : fetcher.current(after));
      send({ type: 'arrived', query: name, page, after });
    } catch (error) {
      send({ type: 'failed', query: name, failure: listFailure(error) });
    }
  }, []);
  const refresh = useCallback(() => {
    if (query === null) return;
    send({ type: 'started', query });
    void read(query, null);
  }, [query, read]);
  useEffect(refresh, [refresh]);
  const loadMore = useCallback(() => {
    if (query === null || pages.status === 'loading' || !pages.hasMore) return;
    send({ type: 'more', query });
    void read(query, pages.after);
  }, [query, pages.status, pages.hasMore, pages.after, read]);
  const replace = useCallback(
    (isIt: (node: Node) => boolean, node: Node) => send({ type: 'replaced', isIt, node }),
    [],
  );
  return { ...pages, loadMore, refresh, replace };
}

/** A list that cannot be read, with the sentence to show. */
export class ListError extends Error {}

/** The sentence to show for a list that could not be read. */
export const listFailure = (error: unknown): string =>
  error instanceof ListError ? error.message : failureSentence(error);
