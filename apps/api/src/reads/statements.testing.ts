import type { Clock } from '@sluice/core/http';
import { systemClock } from '../clock.js';

/** Counts what it is told of. */
export class StatementCounter {
  private readonly statements: string[] = [];

  readonly observe = (statement: string): void => void this.statements.push(statement);

  /** Statements of the work, in order. */
  async of(work: () => Promise<unknown>): Promise<readonly string[]> {
    this.statements.length = 0;
    await work();
    return this.statements.slice();
  }
}

/** The machine's clock, whose time can stand still: a session keeps once a minute that it is in use. */
export class StoppableClock implements Clock {
  private stoppedAt: { now: number; monotonic: number } | null = null;

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(milliseconds, signal);
  }

  now(): number {
    return this.stoppedAt?.now ?? systemClock.now();
  }

  monotonic(): number {
    return this.stoppedAt?.monotonic ?? systemClock.monotonic();
  }

  stop(): void {
    this.stoppedAt = { now: this.now(), monotonic: this.monotonic() };
  }

  goOn(): void {
    this.stoppedAt = null;
  }
}
