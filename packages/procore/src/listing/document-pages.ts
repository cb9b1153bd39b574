import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { readRow } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';
import type { ProcoreClient, Query, Reply } from '../api/client.js';
import { isKind, statusOf } from '../errors.js';
import { countOf, rowsOf } from '../api/json.js';
import { backOff, throwIfAborted } from '../api/waits.js';
import type { Waits } from '../api/waits.js';

/** Sizes to fall back to where the platform gives up on a larger page. */
const LEAST = 100;
const SIZES = [1000, 500, LEAST];
const FAILURES = 6;
const PASSES = 4;

interface Position {
  size: number;
  /** Rows passed so far. */
  offset: number;
  /** Rows of the first page and identifier of the last page's first row; null before them. */
  firstLength: number | null;
  lastHead: string | null;
}

interface Page {
  /** Null: a row without identifier. */
  rows: (Document | null)[];
  size: number;
  /** Rows in all as the platform counts them; this and what follows is null where it does not tell. */
  total: number | null;
  perPage: number | null;
  hasNext: boolean | null;
}

/** Pages of the flat listing, without the recycle bin, in an order that new items only append to. */
export class DocumentPages {
  private size: number;
  /** Turned off where the order is refused. */
  private isSorted = true;

  constructor(
    private readonly client: ProcoreClient,
    private readonly waits: Waits,
    pageSize: number,
  ) {
    this.size = Math.max(1, Math.trunc(pageSize));
  }

  /**
   * Yields each row once, null for one without identifier, page by page. Rows that the platform counts and did not
   * show, because the set changed between two pages, are read again until nothing new comes.
   */
  async *read(filters: Query, call: Call): AsyncGenerator<(Document | null)[]> {
    const seen = new Set<string>();
    for (let pass = 1; pass <= PASSES; pass += 1) {
      const before = seen.size;
      let total: number | null = null;
      for await (const page of this.pass(filters, call)) {
        total = page.total === null ? total : Math.max(page.total, total ?? 0);
        yield page.rows.filter((row) => (row === null ? pass === 1 : isFirst(seen, row.id)));
      }
      if (total === null || seen.size >= total || (pass > 1 && seen.size === before)) return;
    }
    throw new PlatformError('PLATFORM_ERROR', 'The documents changed faster than they could be listed.');
  }

  private async *pass(filters: Query, call: Call): AsyncGenerator<Page> {
    const query = {
      view: 'extended',
      'filters[is_in_recycle_bin]': false,
      ...filters,
    };
    let at: Position = { size: this.size, offset: 0, firstLength: null, lastHead: null };
    for (;;) {
      const page = await this.page(query, at, call);
      const head = page.rows[0]?.id ?? null;
      // A platform that does not know pages sends the same one again.
      if (head !== null && head === at.lastHead) return;
      yield page;
      if (page.rows.length === 0) return;
      const offset = at.offset + page.rows.length;
      if (isLast(page, offset, at.firstLength)) return;
      at = { size: nextSize(page), offset, firstLength: at.firstLength ?? page.rows.length, lastHead: head };
    }
  }

  /** Asks for smaller pages as long as the platform fails; remembers the size that worked. */
  private async page(query: Query, at: Position, call: Call): Promise<Page> {
    for (let size = at.size, failures = 1; ; failures += 1) {
      try {
        const number = Math.floor(at.offset / size) + 1;
        const sort = this.isSorted ? 'document_type_then_created_at' : undefined;
        const page = readPage(
          await this.client.documents({ ...query, sort, page: number, per_page: size }, call),
          size,
        );
        this.size = Math.min(this.size, size);
        return page;
      } catch (error) {
        throwIfAborted(call.signal);
        if (this.isSorted && statusOf(error) === 400 && size <= LEAST) this.isSorted = false;
        else if (!isWorthLess(error, size) || failures === FAILURES) throw error;
        size = SIZES.find((smaller) => smaller < size) ?? size;
        if (statusOf(error) !== 400) await backOff(this.waits, failures, call.signal);
      }
    }
  }
}

/** Whether a smaller page may succeed: the platform gave up, or does not take so large a size. */
function isWorthLess(error: unknown, size: number): boolean {
  if (statusOf(error) === 400) return size > LEAST;
  return isKind(error, 'PLATFORM_ERROR', 'UNREACHABLE');
}

function readPage({ json, headers }: Reply, size: number): Page {
  const rows = rowsOf(json);
  if (!rows)
    throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a list of documents.');
  const link = headers.get('link');
  return {
    rows: rows.map(readRow),
    total: countOf(headers.get('total')),
    size,
    perPage: countOf(headers.get('per-page')),
    hasNext: link === null || link.trim() === '' ? null : /rel="?next"?/.test(link),
  };
}

/** Without any paging header only a page that is shorter than the first, or has nothing new, is the last. */
function isLast(page: Page, offset: number, first: number | null): boolean {
  const { length } = page.rows;
  if (page.total !== null) return offset >= page.total || page.hasNext === false;
  if (page.hasNext !== null) return !page.hasNext;
  if (page.perPage) return length < page.perPage;
  return first !== null && length < first;
}

/** A platform that serves less than asked for counts its pages in what it serves. */
function nextSize({ rows, size, perPage }: Page): number {
  return Math.min(size, perPage || rows.length);
}

function isFirst(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
