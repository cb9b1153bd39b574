import type { Clock } from '@sluice/core/http';

const MAX_ENTRIES = 1_000;

/** Remembers values for a time; beyond `MAX_ENTRIES` the oldest ones are forgotten. */
export class Memory<T> {
  private readonly entries = new Map<string, { value: T; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly lifeMs: number,
  ) {}

  recall(key: string): T | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.until > this.clock.monotonic() ? entry.value : undefined;
  }

  remember(key: string, value: T): void {
    this.entries.delete(key);
    const oldest = this.entries.keys().next().value;
    if (this.entries.size >= MAX_ENTRIES && oldest !== undefined) this.entries.delete(oldest);
    this.entries.set(key, { value, until: this.clock.monotonic() + this.lifeMs });
  }
}
