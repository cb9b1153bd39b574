import type { Clock } from '@sluice/core/http';

const WINDOW_MS = 60_000;

/** Pings per address and minute. It remembers addresses for a minute only, as many as have connections. */
export class PingLimit {
  private counts = new Map<string, number>();
  private endsAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly perMinute: number,
  ) {}

  /** Counts one; whether it is within the limit. */
  take(network: string): boolean {
    const now = this.clock.now();
    if (now >= this.endsAt) {
      this.counts = new Map();
      this.endsAt = now + WINDOW_MS;
    }
    const count = (this.counts.get(network) ?? 0) + 1;
    this.counts.set(network, count);
    return count <= this.perMinute;
  }
}
