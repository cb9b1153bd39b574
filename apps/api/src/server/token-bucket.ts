import type { Clock } from '@sluice/core/http';

/** Limits how often something happens: a burst of so many at once, then so many a second. */
export class TokenBucket {
  private tokens: number;
  private at: number;

  constructor(
    private readonly clock: Clock,
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
    this.at = clock.monotonic();
  }

  /** Takes one token and gives 0; when none is left, gives the seconds until there is one. */
  take(): number {
    const now = this.clock.monotonic();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.at) / 1_000) * this.perSecond);
    this.at = now;
    if (this.tokens < 1) return Math.max(1, Math.ceil((1 - this.tokens) / this.perSecond));
    this.tokens -= 1;
    return 0;
  }
}
