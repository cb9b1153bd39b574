import { PlatformError } from '../platform/index.js';

/** `page` counts from 1. */
export interface PageRequest {
  page: number;
  perPage: number;
}

export interface Page<Row> {
  rows: readonly Row[];
  headers: Headers;
}

export interface PagesOptions {
  /** Rows asked for at first. */
  perPage: number;
  /** Smaller sizes, largest first, tried one by one when the host cannot serve a page in time. */
  smaller?: readonly number[];
}

const SMALLER = [1_000, 500, 100];
/** Empty pages in a row that are believed when `Total` promises more. */
const EMPTY_PAGES = 10;
const TOO_LARGE: ReadonlySet<string> = new Set(['408', '502', '504']);

/**
 * Pages of a list, one request at a time. No row of a list that stands still is left out; rows may come twice, since
 * a smaller page may begin before the last one ended. `fetchPage` throws PlatformError; 408, 502, 504 and UNREACHABLE
 * are answered with smaller pages until there are none.
 */
export class Pages<Row> implements AsyncIterable<readonly Row[]> {
  /** Last `Total` of the host; null when it tells none. */
  total: number | null = null;
  /** Rows read so far, those that came twice through smaller pages counted once. */
  rowsRead = 0;

  constructor(
    private readonly fetchPage: (request: PageRequest) => Promise<Page<Row>>,
    private readonly options: PagesOptions,
  ) {}

  /** Whether fewer or more rows came than the host's last `Total`: the list changed, or is cut. */
  get isIncomplete(): boolean {
    return this.total !== null && this.rowsRead !== this.total;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<readonly Row[]> {
    this.rowsRead = 0;
    let asked = this.options.perPage;
    /** Places of the list that are dealt with. */
    let position = 0;
    let before = '';
    let empty = 0;
    for (;;) {
      const request = { page: Math.floor(position / asked) + 1, perPage: asked };
      const page = await this.fetchOrShrink(request);
      if ('perPage' in page) {
        asked = page.perPage;
        continue;
      }
      const facts = readFacts(page, request);
      this.total = facts.total ?? this.total;
      const start = (request.page - 1) * facts.perPage;
      const print = fingerprint(page.rows);
      if (facts.isSilent && print === before) return;
      before = print;
      this.rowsRead += Math.max(0, page.rows.length - Math.max(0, position - start));
      if (page.rows.length) yield page.rows;
      position = Math.max(position, start + Math.max(facts.perPage, page.rows.length));
      empty = page.rows.length ? 0 : empty + 1;
      if (empty === EMPTY_PAGES || !hasMore(facts, page.rows.length, position)) return;
      asked = facts.perPage;
    }
  }

  private async fetchOrShrink(request: PageRequest): Promise<Page<Row> | { perPage: number }> {
    try {
      return await this.fetchPage(request);
    } catch (error) {
      const perPage = (this.options.smaller ?? SMALLER).find((size) => size < request.perPage);
      if (perPage === undefined || !isTooLarge(error)) throw error;
      return { perPage };
    }
  }
}

interface PageFacts {
  total: number | null;
  /** Places of the list that the page covers. */
  perPage: number;
  hasNext: boolean;
  /** The host says nothing about pages. */
  isSilent: boolean;
  isLinked: boolean;
}

function readFacts({ rows, headers }: Page<unknown>, request: PageRequest): PageFacts {
  const link = headers.get('link') ?? '';
  const total = wholeNumber(headers.get('total'));
  const next = nextLink(link);
  const told = wholeNumber(headers.get('per-page')) ?? wholeNumber(next?.get('per_page') ?? null);
  const goesOn = next !== null || (total !== null && (request.page - 1) * request.perPage + rows.length < total);
  const isOther = rows.length > request.perPage || (rows.length > 0 && goesOn && request.page === 1);
  const guessed = isOther ? rows.length : request.perPage;
  const perPage = told !== null && told > 0 && told <= Math.max(request.perPage, rows.length) ? told : guessed;
  return { total, perPage, hasNext: next !== null, isSilent: !link && total === null, isLinked: link !== '' };
}

function hasMore(facts: PageFacts, rows: number, position: number): boolean {
  if (facts.total !== null && position < facts.total) return true;
  if (rows === 0) return false;
  if (facts.hasNext) return true;
  return facts.total === null && !facts.isLinked && rows === facts.perPage;
}

/** Query of the link to the next page. */
function nextLink(link: string): URLSearchParams | null {
  const next = /<([^<>]*)>[^<>]*;\s*rel\s*=\s*"?next"?/i.exec(link)?.[1];
  return next === undefined ? null : new URLSearchParams(next.slice(next.indexOf('?') + 1));
}

function wholeNumber(value: string | null): number | null {
  const text = value?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function isTooLarge(error: unknown): boolean {
  if (!(error instanceof PlatformError)) return false;
  return error.kind === 'UNREACHABLE' || (error.kind === 'PLATFORM_ERROR' && TOO_LARGE.has(error.remoteStatus ?? ''));
}

/** Tells whether a host that ignores `page` sent the same page again. */
function fingerprint(rows: readonly unknown[]): string {
  return rows.length ? `${rows.length} ${JSON.stringify(rows[0])} ${JSON.stringify(rows.at(-1))}` : '';
}
