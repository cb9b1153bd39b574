import { transferDelayMs } from '@sluice/core/http';
import type { Call } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { DocumentIndex } from '../api/client.js';
import type { Query } from '../api/sender.js';
import { retried } from '../api/retry.js';
import type { Waits } from '../api/waits.js';
import { statusOf } from '../errors.js';
import { differentRows, isLast, isSame } from './document-pages.js';
import type { DocumentPages, Page } from './document-pages.js';
import type { IndexChoice } from './index-choice.js';
import { Tally } from './tally.js';
import type { Completeness } from './tally.js';

/** New items only append to this order; items of one second come in any. */
const BY_CREATION = 'document_type_then_created_at';
/** Orders with other neighbours, for what cannot be told apart by its time. */
const OTHER_ORDERS = ['name', '-name', 'updated_at'];
/** Readings from start to end while items are removed meanwhile. */
const PASSES = 3;
/** Times that a page without rows is asked for again where the platform counts some. */
const EMPTY_PAGES = 3;
/** Rows of a span, as a share of a page: the rest is room for rows that have not been seen. */
const SPAN_FILL = 0.75;
/** Calls for spans at most, and as many again for each page that the listing has. */
const SPAN_CALLS = 50;
const SPAN_CALLS_PER_PAGE = 6;
/** Times that each order is tried for the items of one second. */
const SECOND_ROUNDS = 4;
const SECONDS_PER_DAY = 86_400;

/** Null: a row without identifier. */
export type Rows = (Document | null)[];

/** Reads the flat index until as many different rows were seen as it counts, or it is plain that they do not come. */
export class CompleteListing {
  constructor(
    private readonly pages: DocumentPages,
    private readonly indexes: IndexChoice,
    private readonly waits: Waits,
  ) {}

  /** Yields each row once, page by page, and returns what can be said about completeness. */
  read(filters: Query, call: Call): AsyncGenerator<Rows, Completeness> {
    const tally = new Tally();
    return this.indexes.served(
      (index) => new Reading(index, this.pages, filters, tally, this.waits, call).rows(),
      call,
    );
  }

  /** The rows that Procore counts; null where it does not count. */
  async count(filters: Query, call: Call): Promise<number | null> {
    const counting = this.indexes.served((index) => this.counted(index, filters, call), call);
    const { value } = await counting.next();
    return value ?? null;
  }

  private async *counted(index: DocumentIndex, filters: Query, call: Call): AsyncGenerator<never, number | null> {
    yield* [];
    return (await this.pages.fetch({ index, filters, sort: BY_CREATION, offset: 0, cap: 1 }, call)).total;
  }

  /** A time of the clock here as Procore may have it: by its clock or this one, whichever is behind. */
  earliest(time: number): number {
    return time + Math.min(0, this.pages.clockAheadMs);
  }
}

/** A border between two pages: the creation times of the rows beside it, in seconds. */
interface Border {
  before: number;
  after: number;
}

interface Span {
  from: number;
  to: number;
}

/** One listing by one index. */
class Reading {
  private borders: Border[] = [];
  private rowsPerPage = 1;
  private spanCallsLeft = 0;
  private areSpansServed = true;

  constructor(
    private readonly index: DocumentIndex,
    private readonly pages: DocumentPages,
    private readonly filters: Query,
    private readonly tally: Tally,
    private readonly waits: Waits,
    private readonly call: Call,
  ) {}

  async *rows(): AsyncGenerator<Rows, Completeness> {
    const { tally } = this;
    for (let pass = 1, isChanging = true; isChanging && pass <= PASSES; pass += 1) {
      const before = tally.falls;
      yield* this.pass(BY_CREATION, pass === 1);
      isChanging = tally.falls > before && !tally.isComplete;
    }
    this.spanCallsLeft = SPAN_CALLS + SPAN_CALLS_PER_PAGE * Math.ceil((tally.total ?? 0) / this.rowsPerPage);
    if (!tally.isComplete) yield* this.ties();
    if (!tally.isComplete) yield* this.allSpans();
    for (const order of OTHER_ORDERS) {
      const before = tally.counted;
      if (!tally.isComplete && !this.areSpansServed) yield* this.pass(order, false);
      if (tally.counted === before) break;
    }
    return tally.result;
  }

  /** All pages from the first to the last. */
  private async *pass(sort: string, isFirst: boolean): AsyncGenerator<Rows> {
    let nameless = 0;
    let previous: Page | null = null;
    let repeated = 0;
    this.borders = [];
    for (let offset = 0, cap: number | null = null; ;) {
      const page: Page = await this.page({ sort, offset, cap });
      this.tally.expect(page.total);
      nameless += page.rows.filter((row) => row === null).length;
      if (previous) this.noteBorder(previous, page);
      yield [...this.tally.add(page.rows), ...(isFirst ? page.rows.filter((row) => row === null) : [])];
      repeated = previous && isSame(previous, page) ? repeated + 1 : 0;
      if (isLast(page, previous, offset) || repeated > (page.total === null ? 0 : 1)) break;
      previous = page;
      offset = page.end;
      if (page.served < page.asked) cap = page.served;
      this.rowsPerPage = page.served;
    }
    this.tally.countNameless(nameless);
  }

  /** A page without rows, although there should be some, is a slip of the server until it says so again. */
  private page(at: { sort: string; offset: number; cap: number | null }): Promise<Page> {
    const isExpected = ({ total }: Page) => at.offset < Math.max(total ?? 0, this.tally.total ?? 0);
    const retry = {
      waits: this.waits,
      signal: this.call.signal,
      attempts: EMPTY_PAGES,
      isEnough: (page: Page) => page.rows.length > 0 || !isExpected(page),
      delayMs: transferDelayMs,
    };
    return retried(retry, () => this.pages.fetch({ index: this.index, filters: this.filters, ...at }, this.call));
  }

  private noteBorder(previous: Page, page: Page): void {
    const before = secondOf(previous.rows.at(-1));
    const after = secondOf(page.rows[0]);
    if (before !== null && after !== null) this.borders.push({ before, after });
  }

  /** Items of one second on both sides of a border may have changed places between the two pages. */
  private async *ties(): AsyncGenerator<Rows> {
    const seconds = new Set(this.borders.filter(({ before, after }) => before === after).map(({ after }) => after));
    for (const second of seconds) yield* this.span({ from: second, to: second });
  }

  /** All of time in spans that fit on a page each, which tells by itself that it is whole. */
  private async *allSpans(): AsyncGenerator<Rows> {
    const seconds = [...this.tally.seconds].sort((a, b) => a - b);
    const each = Math.max(1, Math.floor(this.rowsPerPage * SPAN_FILL));
    const cuts = seconds.filter((_, place) => place > 0 && place % each === 0);
    const ends = [...new Set(cuts), Math.ceil(this.waits.clock.now() / 1000) + SECONDS_PER_DAY];
    for (let from = 0, place = 0; place < ends.length; from = ends[place] ?? 0, place += 1) {
      yield* this.span({ from, to: ends[place] ?? 0 });
    }
  }

  /** Everything created in a span of time: halved as long as it is more than one page. */
  private async *span(span: Span): AsyncGenerator<Rows> {
    const page = await this.spanPage(span, BY_CREATION, 0);
    if (page === null) return;
    yield this.tally.add(page.rows);
    if (page.total === null || page.total <= differentRows(page)) return;
    if (span.to > span.from) {
      const middle = this.middleOf(span);
      yield* this.span({ from: span.from, to: middle });
      yield* this.span({ from: middle + 1, to: span.to });
    } else yield* this.second(span, page.total);
  }

  /** The second that halves the rows seen in a span, or else its time. */
  private middleOf({ from, to }: Span): number {
    const seen = this.tally.seconds.filter((second) => second >= from && second < to).sort((a, b) => a - b);
    return seen[Math.floor(seen.length / 2)] ?? Math.floor((from + to) / 2);
  }

  /** More items of one second than a page holds are read in several orders. */
  private async *second(span: Span, total: number): AsyncGenerator<Rows> {
    const seen = new Set<string>();
    for (const order of Array.from({ length: SECOND_ROUNDS }, () => OTHER_ORDERS).flat()) {
      for (let offset = 0; offset < total && seen.size < total;) {
        const page = await this.spanPage(span, order, offset);
        if (page === null || page.rows.length === 0) return;
        for (const row of page.rows) if (row) seen.add(row.id);
        yield this.tally.add(page.rows);
        offset = page.end;
      }
    }
  }

  /** Null: spans are not served, or too many have been asked for. Bounds of a range may count or not: one second more each. */
  private async spanPage({ from, to }: Span, sort: string, offset: number): Promise<Page | null> {
    if (!this.areSpansServed || this.spanCallsLeft <= 0) return null;
    this.spanCallsLeft -= 1;
    const range = `${timeOf(Math.max(0, from - 1))}...${timeOf(to + 1)}`;
    const filters = { ...this.filters, 'filters[created_at]': range };
    try {
      const page = await this.pages.fetch({ index: this.index, filters, sort, offset, cap: null }, this.call);
      const isInside = (second: number | null) => second === null || (second >= from - 2 && second <= to + 2);
      this.areSpansServed = page.rows.every((row) => isInside(secondOf(row)));
      return this.areSpansServed ? page : null;
    } catch (error) {
      if (![400, 422].includes(statusOf(error) ?? 0)) throw error;
      this.areSpansServed = false;
      return null;
    }
  }
}

function secondOf(row: Document | null | undefined): number | null {
  return row?.createdAt ? Math.floor(row.createdAt.getTime() / 1000) : null;
}

function timeOf(second: number): string {
  return new Date(second * 1000).toISOString().replace('.000Z', 'Z');
}
