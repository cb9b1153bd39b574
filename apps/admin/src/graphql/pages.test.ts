import { describe, expect, it } from 'vitest';
import { emptyPages, pageById, readAsFar, reducePages, type Page, type Pages, type PagesEvent } from './pages.js';

const page = (nodes: string[], endCursor: string | null, hasNextPage = true, totalCount?: number): Page<string> => ({
  nodes,
  pageInfo: { endCursor, hasNextPage },
  ...(totalCount === undefined ? {} : { totalCount }),
});
const reduce = (events: PagesEvent<string>[], from: Pages<string> = emptyPages<string>('q')) =>
  events.reduce(reducePages, from);
const first: PagesEvent<string> = { type: 'arrived', query: 'q', after: null, page: page(['a', 'b'], 'c2', true, 3) };

describe('reducePages', () => {
  it('puts pages together in order and keeps the total', () => {
    const pages = reduce([
      first,
      { type: 'more', query: 'q' },
      { type: 'arrived', query: 'q', after: 'c2', page: page(['c'], 'c3', false) },
    ]);
    expect(pages).toMatchObject({ nodes: ['a', 'b', 'c'], after: 'c3', hasMore: false, total: 3, status: 'idle' });
  });

  it('takes a page only once, and only where the list ends', () => {
    const second: PagesEvent<string> = { type: 'arrived', query: 'q', after: 'c2', page: page(['c'], 'c3') };
    expect(reduce([first, second, second]).nodes).toEqual(['a', 'b', 'c']);
  });

  it('drops answers to an earlier query', () => {
    const pages = reduce([first, { type: 'started', query: 'other' }, { ...first, query: 'q' }]);
    expect(pages).toMatchObject({ query: 'other', nodes: [], status: 'loading' });
  });

  it('begins anew with the first page and keeps the old rows until it is there', () => {
    const reading = reduce([first, { type: 'started', query: 'q' }]);
    expect(reading).toMatchObject({ nodes: ['a', 'b'], status: 'loading' });
    expect(reduce([{ ...first, page: page(['z'], null, true) }], reading)).toMatchObject({
      nodes: ['z'],
      hasMore: false,
    });
  });

  it('keeps what was read when the next page fails', () => {
    const pages = reduce([first, { type: 'more', query: 'q' }, { type: 'failed', query: 'q', failure: 'No answer.' }]);
    expect(pages).toMatchObject({ nodes: ['a', 'b'], hasMore: true, status: 'failed', failure: 'No answer.' });
  });

  it('puts an entry that has changed in the place of the one that it was, and leaves the page that is read alone', () => {
    const reading = reduce([first, { type: 'more', query: 'q' }]);
    const pages = reduce([{ type: 'replaced', isIt: (node) => node === 'b', node: 'B' }], reading);
    expect(pages).toMatchObject({ nodes: ['a', 'B'], hasMore: true, status: 'loading' });
  });

  it('takes the identifier of the last entry for the cursor, and a page that is not full for the last', () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }];
    expect(pageById([a, b], 2).pageInfo).toEqual({ hasNextPage: true, endCursor: 'b' });
    expect(pageById([a], 2).pageInfo).toEqual({ hasNextPage: false, endCursor: 'a' });
    expect(pageById([], 2).pageInfo).toEqual({ hasNextPage: false, endCursor: null });
  });
});

describe('readAsFar', () => {
  const pages: Record<string, Page<string>> = {
    '': page(['a', 'b'], 'c2', true, 5),
    c2: page(['c', 'd'], 'c4'),
    c4: page(['e'], 'c5', false),
  };
  const fetch = async (after: string | null) => pages[after ?? '']!;

  it('reads the first page alone of a list that is not here yet', async () => {
    expect(await readAsFar(fetch, 0)).toEqual(pages['']);
  });

  it('reads as many pages as were read, and goes on behind the last of them', async () => {
    expect(await readAsFar(fetch, 3)).toMatchObject({
      nodes: ['a', 'b', 'c', 'd'],
      pageInfo: { endCursor: 'c4', hasNextPage: true },
    });
    expect(await readAsFar(fetch, 9)).toMatchObject({
      nodes: ['a', 'b', 'c', 'd', 'e'],
      pageInfo: { hasNextPage: false },
    });
  });

  it('reads at most 500 entries of a list without end', async () => {
    const hundred = Array.from({ length: 100 }, (_, index) => String(index));
    expect((await readAsFar(async () => page(hundred, 'on'), 10_000)).nodes).toHaveLength(500);
  });
});
