import type { Clock } from '../http/index.js';

interface Sleeper {
  at: number;
  order: number;
  wake(): void;
}

/**
 * A clock that stands still until it is told to go on, and then jumps from one sleeper to the next.
 * After each it lets everything run that needs no time.
 */
export class FakeClock implements Clock {
  private readonly sleepers: Sleeper[] = [];
  private order = 0;
  /** How far the time of day was set ahead, or back. */
  private setBy = 0;

  /**
   * `time` is in epoch ms. `settled` resolves when everything has run that needs no time; a test whose subject waits for a
   * store gives its own.
   */
  constructor(
    private time = Date.UTC(2026, 0, 5, 8),
    private readonly settled: () => Promise<void> = afterMicrotasks,
  ) {}

  now(): number {
    return this.time + this.setBy;
  }

  monotonic(): number {
    return this.time;
  }

  /** Sets the time of day ahead, or back; no time passes. */
  jump(milliseconds: number): void {
    this.setBy += milliseconds;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const abort = () => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        reject(reasonOf(signal));
      };
      const wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { at: this.time + Math.max(0, milliseconds), order: this.order++, wake };
      signal?.addEventListener('abort', abort, { once: true });
      this.add(sleeper);
    });
  }

  /** Lets this number of milliseconds pass. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await this.settled();
    while (this.sleepers[0] && this.sleepers[0].at <= end) await this.step();
    this.time = end;
    await this.settled();
  }

  /** Lets time pass until the promise is settled, and returns as it does. Throws when everything waits for nothing. */
  async runUntil<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const mark = () => (isSettled = true);
    promise.then(mark, mark);
    await this.settled();
    while (!isSettled) {
      if (!this.sleepers.length) throw new Error('Nobody sleeps, and the promise is not settled.');
      await this.step();
    }
    return promise;
  }

  /** Lets time pass until nobody sleeps. */
  async runUntilIdle(): Promise<void> {
    await this.settled();
    while (this.sleepers.length) await this.step();
  }

  private async step(): Promise<void> {
    const sleeper = this.sleepers.shift();
    if (!sleeper) return;
    this.time = Math.max(this.time, sleeper.at);
    sleeper.wake();
    await this.settled();
  }

  private add(sleeper: Sleeper): void {
    let low = 0;
    let high = this.sleepers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sleepers[middle]?.at ?? Infinity) <= sleeper.at) low = middle + 1;
      else high = middle;
    }
    this.sleepers.splice(low, 0, sleeper);
  }
}

export function afterMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error
    ? signal.reason
    : new Error('The sleep was given up.', { cause: signal?.reason });
}
