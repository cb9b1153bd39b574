import type { Clock } from '@sluice/core/http';

/** Sizes to fall back to, the largest first; each fits into those before it. */
const SMALLER_SIZES = [1000, 500, 100];
const SMALLEST_SIZE = 100;
/** Pages that have to arrive before a larger one is tried; doubled each time that the larger one fails. */
const PAGES_BEFORE_GROWTH = 4;
const MOST_PAGES_BEFORE_GROWTH = 64;
/** After so long a listing begins with full pages again. */
const FULL_AGAIN_AFTER_MS = 10 * 60_000;
/** A size that was refused as too large is not asked for again for so long. */
const REFUSED_FOR_MS = 24 * 60 * 60_000;

/** How many rows to ask for: fewer where the platform runs out of time, and more again once it keeps up. */
export class PageSize {
  private size: number;
  private shrunkAt = -Infinity;
  private arrived = 0;
  private pagesBeforeGrowth = PAGES_BEFORE_GROWTH;
  /** Whether the size has been raised and no page of it has arrived yet. */
  private isTrying = false;
  private refused: { size: number; at: number } | null = null;

  constructor(
    private readonly full: number,
    private readonly clock: Clock,
  ) {
    this.size = full;
  }

  /** The size for a listing that begins. */
  first(): number {
    if (this.size < this.ceiling && this.clock.monotonic() - this.shrunkAt > FULL_AGAIN_AFTER_MS)
      this.size = this.ceiling;
    return this.size;
  }

  /** The size for a page that begins after that many rows: a larger one only where it would begin there too. */
  next(offset: number): number {
    const larger = [this.full, ...SMALLER_SIZES].filter((each) => each > this.size && each <= this.ceiling).at(-1);
    if (larger && this.arrived >= this.pagesBeforeGrowth && offset % larger === 0) {
      this.arrived = 0;
      this.size = larger;
      this.isTrying = true;
    }
    return this.size;
  }

  hasArrived(): void {
    this.arrived += 1;
    this.isTrying = false;
  }

  get canShrink(): boolean {
    return this.size > SMALLEST_SIZE;
  }

  /** The platform ran out of time; false: there is no smaller size. */
  hasTimedOut(): boolean {
    const pages = this.isTrying ? this.pagesBeforeGrowth * 2 : PAGES_BEFORE_GROWTH;
    this.pagesBeforeGrowth = Math.min(pages, MOST_PAGES_BEFORE_GROWTH);
    return this.shrink();
  }

  /** The platform does not take so large a size; false: there is no smaller one. */
  wasRefused(): boolean {
    this.refused = { size: this.size, at: this.clock.monotonic() };
    return this.shrink();
  }

  /** Forgets that sizes were refused: something else was. */
  forgive(): void {
    this.refused = null;
    this.size = this.full;
  }

  private shrink(): boolean {
    const smaller = SMALLER_SIZES.find((each) => each < this.size);
    this.arrived = 0;
    this.isTrying = false;
    this.shrunkAt = this.clock.monotonic();
    if (smaller === undefined) return false;
    this.size = smaller;
    return true;
  }

  private get ceiling(): number {
    const { refused, full } = this;
    if (refused === null || this.clock.monotonic() - refused.at > REFUSED_FOR_MS) return full;
    return SMALLER_SIZES.find((each) => each < refused.size) ?? SMALLEST_SIZE;
  }
}
