import type { RunWish } from '@sluice/core/job';
import { PlatformError } from '@sluice/core/platform';
import type { RunControl } from '@sluice/core/run';

/** How this process stops work that it has begun. */
export class Steering implements RunControl {
  isStopping = false;
  endsRun = false;
  private readonly breaker = new AbortController();
  private readonly callbacks: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.breaker.signal;
  }

  onStopping(callback: () => void): void {
    if (this.isStopping) callback();
    else this.callbacks.push(callback);
  }

  /** Begins no new items; those under way are finished. */
  stop(): void {
    if (this.isStopping) return;
    this.isStopping = true;
    for (const callback of this.callbacks.splice(0)) callback();
  }

  /** Begins no new items, which another run takes up. */
  endWithPending(): void {
    this.endsRun = true;
    this.stop();
  }

  /** Aborts everything under way. */
  abort(): void {
    this.stop();
    if (!this.breaker.signal.aborted) this.breaker.abort(new PlatformError('ABORTED', 'The run was stopped.'));
  }

  /** Carries out a wish of people. Listing and planning are aborted, since they begin again from the start; items finish first. */
  obey(wish: RunWish, isPlanned: boolean): void {
    if (wish === 'RUN') return;
    if (wish === 'CANCEL_NOW' || !isPlanned) this.abort();
    else this.stop();
  }
}
