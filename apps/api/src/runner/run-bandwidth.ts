import type { Clock } from '@sluice/core/http';
import { Throttle } from '@sluice/core/run';
import { bandwidthAt, type BandwidthLimit } from '@sluice/core/schedule';

/** Holds the transfers of a run in this process to what the job allows at the time of day. */
export class RunBandwidth {
  readonly throttle: Throttle;
  private known: { limits: string; since: number; until: number } | null = null;

  constructor(private readonly clock: Clock) {
    this.throttle = new Throttle(clock);
  }

  /** Obeys the limits that the job has now. Tells whether there are some, and bytes go by without being held back. */
  obey(limits: readonly BandwidthLimit[]): boolean {
    const now = this.clock.now();
    const text = JSON.stringify(limits);
    const isKnown =
      this.known !== null && this.known.limits === text && now >= this.known.since && now < this.known.until;
    if (!isKnown) {
      const { bytesPerSecond, until } = bandwidthAt(limits, now);
      this.known = { limits: text, since: now, until: until ?? Infinity };
      this.throttle.limit(bytesPerSecond, limits.length > 0);
    }
    return this.throttle.isSet && this.throttle.isBypassed;
  }
}
