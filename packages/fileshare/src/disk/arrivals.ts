import type { Unkept } from './attributes.js';
import { STATX_BYTES, StatRecord } from './stat-record.js';

/** A file that arrived, by its place in the batch. */
export interface Arrival {
  index: number;
  /** Of the bytes that were read, in hex. */
  sha256: string;
  unkept: Unkept[];
}

/** Files that arrived, with what the system says of each: a `StatRecord` after the other, one value to pass to another thread. */
export interface SentArrivals {
  index: number[];
  sha256: string[];
  /** Of a file at which something was not kept, by its place in these columns. */
  unkept: Map<number, Unkept[]>;
  stats: Uint8Array;
}

const FIRST_ROOM = 256 * STATX_BYTES;

/** Gathers what arrived for the next report. */
export class Arrivals {
  private told: Omit<SentArrivals, 'stats'> = none();
  private stats = new Uint8Array(FIRST_ROOM);

  get count(): number {
    return this.told.index.length;
  }

  add({ index, sha256, unkept }: Arrival, stats: StatRecord): void {
    const end = this.count * STATX_BYTES;
    if (end === this.stats.length) this.grow();
    this.stats.set(stats.bytes, end);
    if (unkept.length > 0) this.told.unkept.set(this.count, unkept);
    this.told.index.push(index);
    this.told.sha256.push(sha256);
  }

  private grow(): void {
    const { stats } = this;
    this.stats = new Uint8Array(2 * stats.length);
    this.stats.set(stats);
  }

  take(): SentArrivals {
    const taken = { ...this.told, stats: this.stats.slice(0, this.count * STATX_BYTES) };
    this.told = none();
    return taken;
  }
}

const none = (): Omit<SentArrivals, 'stats'> => ({ index: [], sha256: [], unkept: new Map() });

/** What was sent, one after the other. */
export function* arrivalsOf({ index, sha256, unkept, stats }: SentArrivals): Generator<[Arrival, StatRecord]> {
  for (let at = 0; at < index.length; at += 1) {
    const arrival = { index: index[at]!, sha256: sha256[at]!, unkept: unkept.get(at) ?? [] };
    yield [arrival, new StatRecord(stats.subarray(at * STATX_BYTES, (at + 1) * STATX_BYTES))];
  }
}
