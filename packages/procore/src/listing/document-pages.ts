import { retryAfterDelayMs, transferDelayMs } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { readRow } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';
import type { DocumentIndex, ProcoreClient } from '../api/client.js';
import type { Query, Reply } from '../api/sender.js';
import { countOf, rowsOf } from '../api/json.js';
import { retried } from '../api/retry.js';
import { throwIfAborted } from '../api/waits.js';
import type { Waits } from '../api/waits.js';
import { isTimeout, isTrouble, statusOf } from '../errors.js';
import { PageSize } from './page-size.js';

/** Times that a page is asked for while Procore fails. */
const PAGE_TRIES = 5;
/** A longer wait that Procore asks for before a page is handed on to the caller as the error that asked for it. */
const LONGEST_PAGE_WAIT_MS = 300_000;
/** The most that v2 serves at once. */
const V2_PAGE_SIZE = 100;

export interface PageRequest {
  index: DocumentIndex;
  filters: Query;
  sort: string;
  /** Rows before the page. */
  offset: number;
  /** Rows that the platform serves at most, where it has shown so. */
  cap: number | null;
}

export interface Page {
  /** Null: a row without identifier. */
  rows: (Document | null)[];
  /** Rows before the page after this one. */
  end: number;
  /** Rows that were asked for, and that the platform serves at most of them. */
  asked: number;
  served: number;
  /** Rows in all as the platform counts them; this and what follows is null where it does not tell. */
  total: number | null;
  perPage: number | null;
  hasNext: boolean | null;
}

/** Single pages of the flat indexes, without the recycle bin unless the filters say else: each repeated while Procore fails. */
export class DocumentPages {
  private readonly sizes = new Map<DocumentIndex, PageSize>();
  /** Indexes that refuse the order, which then comes as it comes. */
  private readonly unsorted = new Set<DocumentIndex>();
  /** Milliseconds by which Procore's clock is ahead of the one here, as the last page told; 0 before. */
  clockAheadMs = 0;

  constructor(
    private readonly client: ProcoreClient,
    private readonly waits: Waits,
    private readonly pageSize: number,
  ) {}

  /** Repeats the same page after 5xx, and asks for less after 408, a time-out, or 400 for too large a page. */
  async fetch(request: PageRequest, call: Call): Promise<Page> {
    const size = this.sizeFor(request.index);
    if (request.offset === 0) size.first();
    for (;;) {
      try {
        const page = await this.repeated(request, size, call);
        size.hasArrived();
        return page;
      } catch (error) {
        throwIfAborted(call.signal);
        if (!this.asksForLess(error, request.index, size)) throw error;
      }
    }
  }

  private repeated(request: PageRequest, size: PageSize, call: Call): Promise<Page> {
    const rows = Math.min(size.next(request.offset), request.cap ?? Infinity);
    const retry = {
      waits: this.waits,
      signal: call.signal,
      attempts: PAGE_TRIES,
      isRepeatable: (error: unknown) =>
        isTrouble(error) && (!isTimeout(error) || !size.canShrink) && !this.asksForLongWait(error),
      delayMs: (attempt: number, random: number, error: unknown) => this.delayMs(attempt, random, error),
    };
    return retried(retry, () => this.ask(request, rows, call));
  }

  private asksForLongWait({ retryAt }: PlatformError): boolean {
    return retryAt !== null && retryAt.getTime() - this.waits.clock.now() > LONGEST_PAGE_WAIT_MS;
  }

  /** As long as Procore asks for, else longer after each attempt. */
  private delayMs(attempt: number, random: number, error: unknown): number {
    const retryAt = error instanceof PlatformError ? error.retryAt : null;
    if (retryAt === null) return transferDelayMs(attempt, random);
    return retryAfterDelayMs(Math.max(0, retryAt.getTime() - this.waits.clock.now()), random);
  }

  private async ask({ index, filters, sort, offset }: PageRequest, size: number, call: Call): Promise<Page> {
    const number = Math.floor(offset / size) + 1;
    const query = {
      view: 'extended',
      'filters[is_in_recycle_bin]': false,
      ...filters,
      sort: this.unsorted.has(index) ? undefined : sort,
      page: number,
      per_page: size,
    };
    const reply = await this.client.documents(index, query, call);
    const date = Date.parse(reply.headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.clockAheadMs = date - this.waits.clock.now();
    return readPage(reply, size, (number - 1) * size);
  }

  /** Whether another size, or no order, may be taken where this was not. */
  private asksForLess(error: unknown, index: DocumentIndex, size: PageSize): boolean {
    if (isTimeout(error)) return size.hasTimedOut();
    if (statusOf(error) !== 400) return false;
    if (this.unsorted.has(index)) {
      this.unsorted.delete(index);
      return false;
    }
    if (size.wasRefused()) return true;
    size.forgive();
    this.unsorted.add(index);
    return true;
  }

  private sizeFor(index: DocumentIndex): PageSize {
    const most = Math.max(1, Math.trunc(this.pageSize));
    const size =
      this.sizes.get(index) ?? new PageSize(index === 'V1' ? most : Math.min(most, V2_PAGE_SIZE), this.waits.clock);
    this.sizes.set(index, size);
    return size;
  }
}

function readPage({ json, headers }: Reply, size: number, start: number): Page {
  const rows = rowsOf(json);
  if (!rows)
    throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a list of documents.');
  const link = headers.get('link');
  const perPage = countOf(headers.get('per-page')) || null;
  // Without the header a first page that is shorter than asked for shows what the platform serves.
  const served = Math.min(size, perPage ?? (start === 0 ? Math.max(rows.length, 1) : size));
  return {
    rows: rows.map(readRow),
    end: start + (perPage === null ? Math.max(served, rows.length) : served),
    asked: size,
    served,
    total: countOf(headers.get('total')),
    perPage,
    hasNext: link === null || link.trim() === '' ? null : /rel="?next"?/.test(link),
  };
}

export function differentRows({ rows }: Page): number {
  return new Set(rows.map((row) => row?.id)).size;
}

/** A platform that does not know pages sends the same one again. */
export function isSame(previous: Page, page: Page): boolean {
  const ids = new Set(previous.rows.map((row) => row?.id));
  return page.rows.length > 0 && page.rows.every((row) => ids.has(row?.id));
}

/** Without any paging header only a page that is shorter than the one before, or empty, is the last. */
export function isLast(page: Page, previous: Page | null, offset: number): boolean {
  const { length } = page.rows;
  if (length === 0) return true;
  if (page.total !== null) return page.end >= page.total && page.hasNext !== true;
  if (page.hasNext !== null) return !page.hasNext;
  if (page.perPage !== null) return length < page.perPage;
  return offset > 0 && previous !== null && length < previous.rows.length;
}
