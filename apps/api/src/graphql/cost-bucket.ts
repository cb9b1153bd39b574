import type { Clock } from '@sluice/core/http';
import { requestError } from './errors.js';

const WINDOW_MS = 60_000;
const MAX_PAYERS = 10_000;

export interface Charge {
  requested: number;
  remaining: number;
  /** ISO instant. */
  resetsAt: string;
}

/** Cost that each actor may still spend in the running minute. */
export class CostBuckets {
  private readonly spent = new Map<string, { cost: number; endsAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly costPerMinute: number,
  ) {}

  /** Charges an operation. Throws RATE_LIMITED with the seconds until the next minute begins. */
  charge(actor: string, requested: number): Charge {
    const now = this.clock.monotonic();
    const known = this.spent.get(actor);
    const window = known !== undefined && known.endsAt > now ? known : { cost: 0, endsAt: now + WINDOW_MS };
    if (window.cost + requested > this.costPerMinute) {
      const retryAfter = Math.ceil((window.endsAt - now) / 1000);
      throw requestError('RATE_LIMITED', `Too much was asked this minute; go on in ${retryAfter} s.`, { retryAfter });
    }
    window.cost += requested;
    if (known !== window) this.open(actor, window, now);
    const resetsAt = new Date(this.clock.now() + window.endsAt - now).toISOString();
    return { requested, remaining: this.costPerMinute - window.cost, resetsAt };
  }

  /** Number of payers that are remembered. */
  get size(): number {
    return this.spent.size;
  }

  private open(actor: string, window: { cost: number; endsAt: number }, now: number): void {
    this.spent.delete(actor);
    // The payers that came first are forgotten first: callers with many addresses replace each other's entries.
    for (const [key, { endsAt }] of this.spent) {
      if (endsAt > now && this.spent.size < MAX_PAYERS) break;
      this.spent.delete(key);
    }
    this.spent.set(actor, window);
  }
}
