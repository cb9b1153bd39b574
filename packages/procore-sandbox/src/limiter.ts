import type { LimitOptions } from './options.js';

/** What the three headers of a reply tell, and whether the call is refused. */
export interface LimitVerdict {
  refused: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds since the epoch. */
  resetAt: number;
}

/** One hour window of one client that ran to its end. */
export interface HourUsage {
  key: string;
  startedAt: number;
  endedAt: number;
  limit: number;
  used: number;
  refused: number;
}

interface Window {
  remaining(now: number): number;
  resetAt(now: number): number;
  take(now: number): void;
}

/** A window that starts at its first call or at multiples of its length. */
class FixedWindow implements Window {
  private startedAt = Number.NEGATIVE_INFINITY;
  private used = 0;

  constructor(
    private readonly limit: number,
    private readonly lengthMs: number,
    private readonly aligned: boolean,
  ) {}

  private roll(now: number): void {
    if (now < this.startedAt + this.lengthMs) return;
    this.startedAt = this.aligned ? Math.floor(now / this.lengthMs) * this.lengthMs : now;
    this.used = 0;
  }

  remaining(now: number): number {
    this.roll(now);
    return Math.max(0, this.limit - this.used);
  }

  resetAt(now: number): number {
    this.roll(now);
    return this.startedAt + this.lengthMs;
  }

  take(now: number): void {
    this.roll(now);
    this.used += 1;
  }
}

/** Calls that left the window are dropped from its list when there are so many, rather than one at a time. */
const MAX_PASSED_CALLS = 4096;

/** A window over the last `lengthMs` of each moment; it resets when its oldest call leaves it. */
class RollingWindow implements Window {
  private calls: number[] = [];
  private first = 0;

  constructor(
    private readonly limit: number,
    private readonly lengthMs: number,
  ) {}

  private forget(now: number): void {
    while ((this.calls[this.first] ?? Number.POSITIVE_INFINITY) <= now - this.lengthMs) this.first += 1;
    if (this.first > MAX_PASSED_CALLS) {
      this.calls = this.calls.slice(this.first);
      this.first = 0;
    }
  }

  remaining(now: number): number {
    this.forget(now);
    return Math.max(0, this.limit - (this.calls.length - this.first));
  }

  resetAt(now: number): number {
    this.forget(now);
    return (this.calls[this.first] ?? now) + this.lengthMs;
  }

  take(now: number): void {
    this.calls.push(now);
  }
}

interface Bucket {
  hour: Window;
  spike: Window;
  usage: HourUsage | null;
}

/** Both limits of every client, counted at arrival. */
export class RateLimiter {
  private buckets = new Map<string, Bucket>();
  private finished: HourUsage[] = [];

  constructor(
    private options: LimitOptions,
    private readonly now: () => number,
  ) {}

  get settings(): LimitOptions {
    return this.options;
  }

  /** Changes the limits; all windows start anew. */
  configure(options: Partial<LimitOptions>): void {
    this.options = { ...this.options, ...options };
    this.reset();
  }

  reset(): void {
    this.buckets = new Map();
    this.finished = [];
  }

  /** Counts one call of `key` and tells the limit that is nearer to its end, the spike limit on a tie. */
  take(key: string): LimitVerdict {
    const now = this.now();
    const bucket = this.bucket(key, now);
    const refused = bucket.hour.remaining(now) === 0 || bucket.spike.remaining(now) === 0;
    const usage = (bucket.usage ??= this.openUsage(key, now));
    if (refused) usage.refused += 1;
    else usage.used += 1;
    if (!refused || this.options.countRefused) {
      bucket.hour.take(now);
      bucket.spike.take(now);
    }
    return { refused, ...this.nearest(bucket, now) };
  }

  /** Hour windows that have ended, oldest first; windows of one client do not overlap. */
  history(): HourUsage[] {
    const now = this.now();
    for (const bucket of this.buckets.values()) this.settle(bucket, now);
    return [...this.finished];
  }

  private nearest(bucket: Bucket, now: number): Omit<LimitVerdict, 'refused'> {
    const hour = bucket.hour.remaining(now);
    const spike = bucket.spike.remaining(now);
    return hour / this.options.hourly < spike / this.options.spike
      ? { limit: this.options.hourly, remaining: hour, resetAt: bucket.hour.resetAt(now) }
      : { limit: this.options.spike, remaining: spike, resetAt: bucket.spike.resetAt(now) };
  }

  private bucket(key: string, now: number): Bucket {
    const known = this.buckets.get(key);
    if (!known) {
      const { hourly, spike, hourSeconds, spikeSeconds } = this.options;
      const made = {
        hour: this.window(hourly, hourSeconds * 1000),
        spike: this.window(spike, spikeSeconds * 1000),
        usage: null,
      };
      this.buckets.set(key, made);
      return made;
    }
    this.settle(known, now);
    return known;
  }

  private window(limit: number, lengthMs: number): Window {
    if (this.options.windowKind === 'rolling') return new RollingWindow(limit, lengthMs);
    return new FixedWindow(limit, lengthMs, this.options.windowKind === 'aligned');
  }

  private openUsage(key: string, now: number): HourUsage {
    const length = this.options.hourSeconds * 1000;
    const startedAt = this.options.windowKind === 'aligned' ? Math.floor(now / length) * length : now;
    return { key, startedAt, endedAt: startedAt + length, limit: this.options.hourly, used: 0, refused: 0 };
  }

  private settle(bucket: Bucket, now: number): void {
    if (!bucket.usage || now < bucket.usage.endedAt) return;
    this.finished.push(bucket.usage);
    bucket.usage = null;
  }
}
