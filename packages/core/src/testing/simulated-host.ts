/** A host with an hour and a spike window for tests; every figure of it is chosen by the test. */
export interface HostOptions {
  kind: 'first-call' | 'aligned' | 'rolling';
  hourly: number;
  spike: number;
  hourMs?: number;
  spikeMs?: number;
  rounding?: 'ceil' | 'floor' | 'round';
  /** A rolling window's reset: when its oldest call leaves it, or a full length from now. */
  rollingReset?: 'oldest' | 'length';
  retryAfter?: boolean;
  /** How far the host's clock is ahead, ms, and whether it tells the date. */
  aheadMs?: number;
  hasDate?: boolean;
}

class Window {
  private calls: number[] = [];
  private start = -Infinity;
  /** Calls counted in each fixed window that was opened. */
  readonly used: number[] = [];

  constructor(
    private readonly kind: HostOptions['kind'],
    readonly limit: number,
    private readonly length: number,
    private readonly rollingReset: 'oldest' | 'length',
  ) {}

  private roll(now: number): void {
    if (this.kind === 'rolling') {
      while ((this.calls[0] ?? Infinity) <= now - this.length) this.calls.shift();
    } else if (now >= this.start + this.length) {
      this.start = this.kind === 'aligned' ? Math.floor(now / this.length) * this.length : now;
      this.used.push(0);
      this.calls = [];
    }
  }

  remaining(now: number): number {
    this.roll(now);
    return this.limit - this.calls.length;
  }

  resetsAt(now: number): number {
    this.roll(now);
    if (this.kind !== 'rolling') return this.start + this.length;
    return this.rollingReset === 'length' ? now + this.length : (this.calls[0] ?? now) + this.length;
  }

  take(now: number): void {
    this.roll(now);
    this.calls.push(now);
    if (this.used.length) this.used[this.used.length - 1] = (this.used.at(-1) ?? 0) + 1;
  }
}

export class SimulatedHost {
  readonly hour: Window;
  readonly spike: Window;
  /** Times of the calls let through, and of those refused. */
  readonly taken: number[] = [];
  readonly refused: number[] = [];

  constructor(
    private readonly options: HostOptions,
    private readonly now: () => number,
  ) {
    const reset = options.rollingReset ?? 'oldest';
    this.hour = new Window(options.kind, options.hourly, options.hourMs ?? 3_600_000, reset);
    this.spike = new Window(options.kind, options.spike, options.spikeMs ?? 10_000, reset);
  }

  /** Counts a call of another user of the client. */
  foreignCall(): void {
    const now = this.now();
    if (this.hour.remaining(now) < 1 || this.spike.remaining(now) < 1) return;
    this.hour.take(now);
    this.spike.take(now);
  }

  call(): { status: number; headers: Headers } {
    const now = this.now();
    const isRefused = this.hour.remaining(now) < 1 || this.spike.remaining(now) < 1;
    if (isRefused) this.refused.push(now);
    else {
      this.taken.push(now);
      this.hour.take(now);
      this.spike.take(now);
    }
    return { status: isRefused ? 429 : 200, headers: this.headers(now, isRefused) };
  }

  private headers(now: number, isRefused: boolean): Headers {
    const { hour, spike, options } = this;
    const isHour = hour.remaining(now) / hour.limit < spike.remaining(now) / spike.limit;
    const window = isHour ? hour : spike;
    const reset = (window.resetsAt(now) + (options.aheadMs ?? 0)) / 1000;
    const headers = new Headers({
      'x-rate-limit-limit': String(window.limit),
      'x-rate-limit-remaining': String(window.remaining(now)),
      'x-rate-limit-reset': String(Math[options.rounding ?? 'ceil'](reset)),
    });
    if (options.hasDate) headers.set('date', new Date(now + (options.aheadMs ?? 0)).toUTCString());
    if (isRefused && options.retryAfter)
      headers.set('retry-after', String(Math.ceil((window.resetsAt(now) - now) / 1000)));
    return headers;
  }
}

/** Random numbers that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
