import type { PlatformError } from '@sluice/core/platform';
import { silent } from './errors.js';
import { atMost } from './signal.js';

/** While anybody waits for a share it is asked so often whether it is there, and has as long for its answer. */
const VIGIL_MS = 30_000;

/**
 * Watches over waits for a share, which have no limit of their own: a large file may take its time, a share that answers
 * nothing at all, such as a mount whose server is gone, is given up.
 */
export class Vigil {
  private readonly waits = new Set<(error: PlatformError) => void>();
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;

  /** `ask` resolves or rejects with any answer of the share. */
  constructor(private readonly ask: () => Promise<unknown>) {}

  /** Waits for the work; throws `UNREACHABLE` when the share does not answer meanwhile. */
  async over<T>(work: Promise<T>): Promise<T> {
    let giveUp: (error: PlatformError) => void = () => undefined;
    const givenUp = new Promise<never>((_, reject) => (giveUp = reject));
    this.begin(giveUp);
    try {
      return await Promise.race([work, givenUp]);
    } finally {
      this.end(giveUp);
    }
  }

  private begin(giveUp: (error: PlatformError) => void): void {
    this.waits.add(giveUp);
    this.timer ??= setInterval(() => void this.look(), VIGIL_MS).unref();
  }

  private end(giveUp: (error: PlatformError) => void): void {
    this.waits.delete(giveUp);
    if (this.waits.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer = this.ask().catch(() => undefined);
    try {
      await atMost(VIGIL_MS, answer, silent);
    } catch (error) {
      for (const giveUp of this.waits) giveUp(error as PlatformError);
    } finally {
      this.isAsking = false;
    }
  }
}
