import { failureSentence } from './problems.js';
import { ListError } from './pages.js';

/** How a list is read by the place of its entries. */
export interface PlacedSource<Node> {
  /** A page that begins with the entry at `offset`, of `PLACED_PAGE` entries unless the list ends before. */
  readPage: (offset: number, signal: AbortSignal) => Promise<{ nodes: readonly Node[]; hasNextPage: boolean }>;
  readTotal: (signal: AbortSignal) => Promise<number>;
}

/** Context of a request that may be given up, so that no other one shares its answer. */
export const unshared = (signal: AbortSignal) => ({ queryDeduplication: false, fetchOptions: { signal } });

export const PLACED_PAGE = 100;
/** Pages that are kept: those in sight, and the latest ones that were. */
const MAX_PAGES = 20;
/** How often it is looked at what is in sight: of the pages that somebody scrolls past few are read, and given up. */
const LOOK_MS = 80;

/**
 * The parts of a very long list that somebody looks at. `see` tells which entries are in sight; they are read, and those looked at
 * longest ago forgotten. `close` gives up what is being read.
 */
export class PlacedPages<Node> {
  private readonly pages = new Map<number, readonly Node[]>();
  private readonly reads = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private stale = new Set<number>();
  private seen: readonly number[] = [0];
  private counting: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Changes with everything that is shown. */
  version = 0;
  /** Number of entries; null until they are counted. */
  total: number | null = null;
  /** Why something could not be read, in a sentence. */
  failure: string | null = null;

  constructor(private readonly source: PlacedSource<Node>) {}

  /** Reads the first page and counts the entries. */
  open(): void {
    this.fill();
    void this.count();
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    for (const read of [this.counting, ...this.reads.values()]) read?.abort();
    this.reads.clear();
    this.counting = null;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The entry at a place; null while it is not here. */
  readonly at = (index: number): Node | null =>
    this.pages.get(Math.floor(index / PLACED_PAGE))?.[index % PLACED_PAGE] ?? null;

  /** Entries that the list has at least: all of them once they are counted; null while nothing is known. */
  get known(): number | null {
    return this.total ?? this.pages.get(0)?.length ?? null;
  }

  /** Tells which entries are in sight, the last one included. */
  readonly see = (first: number, last: number): void => {
    const from = Math.floor(first / PLACED_PAGE);
    this.seen = Array.from({ length: Math.floor(last / PLACED_PAGE) - from + 1 }, (_, index) => from + index);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.fill();
    }, LOOK_MS);
  };

  /** Reads anew what is in sight, and forgets the rest; what is shown stays until then. */
  readonly refresh = (): void => {
    this.failure = null;
    for (const page of this.pages.keys()) if (!this.seen.includes(page)) this.pages.delete(page);
    this.stale = new Set(this.pages.keys());
    this.fill();
    void this.count();
  };

  private fill(): void {
    for (const [page, read] of this.reads) if (!this.seen.includes(page)) this.abandon(page, read);
    for (const page of this.seen) {
      const isHere = this.pages.has(page) && !this.stale.has(page);
      if (!isHere && !this.reads.has(page) && this.failure === null) void this.read(page);
    }
  }

  private abandon(page: number, read: AbortController): void {
    read.abort();
    this.reads.delete(page);
  }

  private async read(page: number): Promise<void> {
    const read = new AbortController();
    this.reads.set(page, read);
    const offset = page * PLACED_PAGE;
    await this.attempt(read, async () => {
      const { nodes, hasNextPage } = await this.source.readPage(offset, read.signal);
      if (read.signal.aborted) return;
      this.keep(page, nodes);
      // A list may have become shorter since it was counted.
      if (!hasNextPage && (nodes.length > 0 || page === 0)) this.total = offset + nodes.length;
    });
    if (this.reads.get(page) === read) this.reads.delete(page);
  }

  private async count(): Promise<void> {
    this.counting?.abort();
    const counting = new AbortController();
    this.counting = counting;
    await this.attempt(counting, async () => {
      const total = await this.source.readTotal(counting.signal);
      if (!counting.signal.aborted) this.total = total;
    });
  }

  private async attempt({ signal }: AbortController, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      this.failure = error instanceof ListError ? error.message : failureSentence(error);
    }
    if (!signal.aborted) this.changed();
  }

  private keep(page: number, nodes: readonly Node[]): void {
    this.stale.delete(page);
    this.pages.delete(page);
    this.pages.set(page, nodes);
    for (const each of this.seen.filter((one) => this.pages.has(one))) this.touch(each);
    while (this.pages.size > MAX_PAGES) this.pages.delete(this.pages.keys().next().value!);
  }

  /** Makes a page the last one to be forgotten. */
  private touch(page: number): void {
    const nodes = this.pages.get(page)!;
    this.pages.delete(page);
    this.pages.set(page, nodes);
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
