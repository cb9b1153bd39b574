import type { Clock } from '@sluice/core/http';

const WINDOW_MS = 60_000;
const MAX_KEYS = 10_000;

/** Counts the tries of the last minute for each key. Beyond `MAX_KEYS` the oldest keys are forgotten. */
export class Attempts {
  private readonly times = new Map<string, number[]>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
  ) {}

  /** Seconds until one more try is within the limit; 0 when it is allowed now. */
  secondsToWait(key: string): number {
    const recent = this.recent(key);
    const oldest = recent[recent.length - this.limit];
    return oldest === undefined ? 0 : Math.ceil((oldest + WINDOW_MS - this.clock.monotonic()) / 1_000);
  }

  has(key: string): boolean {
    return this.recent(key).length > 0;
  }

  /** Counts one try; gives the function that takes it back. */
  add(key: string): () => void {
    const now = this.clock.monotonic();
    const recent = [...this.recent(key), now].slice(-this.limit);
    this.times.delete(key);
    if (this.times.size >= MAX_KEYS) this.times.delete(this.times.keys().next().value ?? '');
    this.times.set(key, recent);
    return () => this.remove(key, now);
  }

  clear(key: string): void {
    this.times.delete(key);
  }

  /** Number of keys that are remembered. */
  get size(): number {
    return this.times.size;
  }

  private remove(key: string, time: number): void {
    const left = this.times.get(key) ?? [];
    const index = left.indexOf(time);
    if (index >= 0) left.splice(index, 1);
    if (left.length === 0) this.times.delete(key);
  }

  private recent(key: string): number[] {
    const start = this.clock.monotonic() - WINDOW_MS;
    return (this.times.get(key) ?? []).filter((time) => time > start);
  }
}
