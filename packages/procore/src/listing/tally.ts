import type { Document } from '../api/adapter.js';

/** What a listing has come to. */
export interface Completeness {
  /** Whether as many different rows were seen as the platform counts; true where it does not count. */
  isProven: boolean;
  seen: number;
  total: number | null;
}

/**
 * Counts the different rows of a listing against the platform's own count. When that count falls, something was removed
 * and may have moved another row to a page that had been read: rows seen before prove nothing any more.
 */
export class Tally {
  total: number | null = null;
  /** Creation times of the rows in seconds of the epoch. */
  readonly seconds: number[] = [];
  private readonly rounds = new Map<string, number>();
  /** Times that the platform's count fell. */
  falls = 0;
  /** Different rows seen since the count fell last. */
  counted = 0;
  private nameless = 0;

  /** Takes the count of a page of the whole listing; that of a part of it says nothing about the whole. */
  expect(total: number | null): void {
    if (total === null) return;
    if (this.total !== null && total < this.total) {
      this.falls += 1;
      this.counted = 0;
    }
    this.total = total;
  }

  /** The rows that are seen for the first time. */
  add(rows: readonly (Document | null)[]): Document[] {
    return rows.filter((row) => row !== null).filter((row) => this.isNew(row));
  }

  /** Rows without identifier are counted once for each pass, in which each is one. */
  countNameless(rows: number): void {
    this.nameless = Math.max(this.nameless, rows);
  }

  get isComplete(): boolean {
    return this.total === null || this.counted + this.nameless >= this.total;
  }

  get result(): Completeness {
    return { isProven: this.isComplete, seen: this.counted + this.nameless, total: this.total };
  }

  private isNew(row: Document): boolean {
    const round = this.rounds.get(row.id);
    if (round !== this.falls) {
      this.rounds.set(row.id, this.falls);
      this.counted += 1;
    }
    if (round !== undefined) return false;
    if (row.createdAt) this.seconds.push(Math.floor(row.createdAt.getTime() / 1000));
    return true;
  }
}
