import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { Pages, type PageRequest } from './pages.js';

interface ListHost {
  rows: number;
  /** Most rows of one page. */
  cap?: number;
  headers?: ('link' | 'empty-link' | 'bare-link' | 'total' | 'per-page')[];
  ignoresPages?: boolean;
  /** The error of pages that are too large. */
  tooLarge?: (request: PageRequest) => PlatformError | null;
  /** Rows that are left out of their page. */
  hidden?: (row: number) => boolean;
}

function list(host: ListHost) {
  const asked: PageRequest[] = [];
  const fetchPage = async (request: PageRequest) => {
    asked.push(request);
    if (asked.length > 500) throw new Error('The listing does not end.');
    const error = host.tooLarge?.(request);
    if (error) throw error;
    const perPage = Math.min(request.perPage, host.cap ?? Infinity);
    const start = host.ignoresPages ? 0 : (request.page - 1) * perPage;
    const end = host.ignoresPages ? host.rows : Math.min(host.rows, start + perPage);
    const rows: number[] = [];
    for (let row = start; row < end; row++) if (!host.hidden?.(row)) rows.push(row);
    return { rows, headers: headersOf(host, request.page, perPage, end) };
  };
  return { asked, fetchPage };
}

function headersOf(host: ListHost, page: number, perPage: number, end: number): Headers {
  const headers = new Headers();
  const told = new Set(host.headers);
  const url = `https://api.example/x?a=1&page=${page + 1}${told.has('bare-link') ? '' : `&per_page=${perPage}`}`;
  const next = end < host.rows ? `<${url}>; rel="next", ` : '';
  if (told.has('link') || told.has('bare-link'))
    headers.set('link', `${next}<https://api.example/x?page=1>; rel="first"`);
  if (told.has('empty-link')) headers.set('link', '');
  if (told.has('total')) headers.set('total', String(host.rows));
  if (told.has('per-page')) headers.set('per-page', String(perPage));
  return headers;
}

async function read(host: ListHost, perPage = 2_000) {
  const { asked, fetchPage } = list(host);
  const pages = new Pages(fetchPage, { perPage });
  return { rows: await drain(pages), asked, pages };
}

async function drain(pages: Pages<number>): Promise<number[]> {
  const rows: number[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const failure = (remoteStatus: string) => new PlatformError('PLATFORM_ERROR', 'Failed.', { remoteStatus });

describe('Pages', () => {
  it.each([
    ['all headers', ['link', 'total', 'per-page']],
    ['Link', ['link']],
    ['Total', ['total']],
    ['Link without a size', ['bare-link']],
    ['Total and an empty Link', ['total', 'empty-link']],
    ['no headers', []],
  ] satisfies [string, ListHost['headers']][])('reads every row once with %s', async (_, headers) => {
    for (const rows of [0, 1, 99, 100, 101, 250, 300]) {
      const { rows: seen, asked } = await read({ rows, headers }, 100);
      expect(seen).toEqual(upTo(rows));
      const least = Math.max(1, Math.ceil(rows / 100));
      expect(asked.length).toBeLessThanOrEqual(headers.length ? least : least + 1);
    }
  });

  it.each([[['per-page', 'total']], [['link']], [['bare-link']], [['total']]] satisfies [ListHost['headers']][])(
    'goes on where the host serves smaller pages than asked for and says %j',
    async (headers) => {
      const { rows, pages } = await read({ rows: 730, cap: 300, headers });
      expect(rows).toEqual(upTo(730));
      expect(pages.rowsRead).toBe(730);
    },
  );

  it('reads a list once that knows no pages', async () => {
    expect((await read({ rows: 5_000, ignoresPages: true })).rows).toHaveLength(5_000);
    expect((await read({ rows: 30, ignoresPages: true }, 100)).asked).toHaveLength(1);
    expect((await read({ rows: 100, ignoresPages: true }, 100)).rows).toHaveLength(100);
  });

  it('loses nothing when rows are left out of their pages', async () => {
    const told: NonNullable<ListHost['headers']>[] = [['link', 'per-page'], ['total', 'per-page'], ['total'], ['link']];
    for (const headers of told) {
      const { rows } = await read(
        {
          rows: 500,
          headers,
          hidden: (row) => row % 7 === 3 || (row >= 200 && row < 300 && headers.includes('total')),
        },
        100,
      );
      for (const row of upTo(500)) if (row % 7 !== 3 && !(row >= 200 && row < 300)) expect(rows).toContain(row);
    }
  });

  it.each([failure('408'), failure('502'), failure('504'), new PlatformError('UNREACHABLE', 'No answer.')])(
    'asks for smaller pages after %s and loses nothing',
    async (error) => {
      const tooLarge = ({ page, perPage }: PageRequest) =>
        (page - 1) * perPage >= 2_000 && perPage > 500 ? error : null;
      const { rows, asked, pages } = await read({ rows: 4_321, headers: ['total'], tooLarge });
      expect(rows).toEqual(upTo(4_321));
      expect(asked.slice(0, 4)).toEqual([
        { page: 1, perPage: 2_000 },
        { page: 2, perPage: 2_000 },
        { page: 3, perPage: 1_000 },
        { page: 5, perPage: 500 },
      ]);
      expect(pages).toMatchObject({ total: 4_321, rowsRead: 4_321, isIncomplete: false });
    },
  );

  it('goes back where a smaller page does not begin at the last row', async () => {
    const tooLarge = ({ page, perPage }: PageRequest) => (page > 1 && perPage === 700 ? failure('408') : null);
    const { rows, pages } = await read({ rows: 1_500, cap: 700, headers: ['total', 'per-page'], tooLarge });
    expect([...new Set(rows)]).toEqual(upTo(1_500));
    expect(pages).toMatchObject({ rowsRead: 1_500, isIncomplete: false });
  });

  it('fails when the smallest page fails, and at once with any other error', async () => {
    const { asked, fetchPage } = list({ rows: 10, tooLarge: () => failure('504') });
    await expect(drain(new Pages(fetchPage, { perPage: 2_000 }))).rejects.toMatchObject({ remoteStatus: '504' });
    expect(asked.map(({ perPage }) => perPage)).toEqual([2_000, 1_000, 500, 100]);
    const other = list({ rows: 10, tooLarge: () => new PlatformError('ACCESS_DENIED', 'No.') });
    await expect(drain(new Pages(other.fetchPage, { perPage: 2_000 }))).rejects.toMatchObject({
      kind: 'ACCESS_DENIED',
    });
    expect(other.asked).toHaveLength(1);
  });

  it('ends when a Total promises rows that never come', async () => {
    const pages = new Pages(async () => ({ rows: [], headers: new Headers({ total: '999999999999' }) }), {
      perPage: 100,
    });
    for await (const rows of pages) expect(rows).toBeUndefined();
    expect(pages).toMatchObject({ rowsRead: 0, isIncomplete: true });
  });
});
