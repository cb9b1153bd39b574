import type { Clock } from '@sluice/core/http';

const WINDOW_MS = 60_000;

/** Limits the pings of each address per minute. Addresses are forgotten after a minute; there are no more than connections. */
export class PingLimit {
  private counts = new Map<string, number>();
  private endsAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly perMinute: number,
  ) {}

  /** Counts a ping; gives whether it is within the limit. */
  take(network: string): boolean {
    const now = this.clock.monotonic();
    if (now >= this.endsAt) {
      this.counts = new Map();
      this.endsAt = now + WINDOW_MS;
    }
    const count = (this.counts.get(network) ?? 0) + 1;
    this.counts.set(network, count);
    return count <= this.perMinute;
  }
}
