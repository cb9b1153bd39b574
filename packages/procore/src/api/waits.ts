import type { Clock } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';

/** A transfer is given up when the other side has not moved a byte for so long. */
export const SILENCE_TIMEOUT_MS = 60_000;

export interface Waits {
  clock: Clock;
  /** 0 up to, not including, 1. */
  random: () => number;
}

export function aborted(cause?: unknown): PlatformError {
  return new PlatformError('ABORTED', 'The request was stopped.', { cause });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason instanceof PlatformError ? signal.reason : aborted(signal.reason);
}

/** Waits; rejects with `ABORTED` when the signal is raised. */
export async function pause({ clock }: Waits, delayMs: number, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await clock.sleep(delayMs, signal).catch((cause: unknown) => {
    throwIfAborted(signal);
    throw cause;
  });
}

/** Settles with the work, or rejects with `ABORTED` as soon as the signal is raised; the work itself goes on. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  let stop = () => {};
  const raised = new Promise<never>((_, reject) => {
    stop = () => reject(aborted(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, raised]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Raises its signal when the caller's is raised, or when the other side has not moved for `silenceMs`. */
export class Watchdog {
  private readonly raised = new AbortController();
  private readonly done = new AbortController();
  private isResting = false;
  private lastMove: number;

  constructor(
    private readonly clock: Clock,
    private readonly silenceMs: number,
    signal: AbortSignal,
  ) {
    this.lastMove = clock.monotonic();
    // Listens only until it is stopped: a run's signal outlives very many transfers.
    const options = { once: true, signal: this.done.signal };
    if (signal.aborted) this.raised.abort(signal.reason);
    else signal.addEventListener('abort', () => this.raised.abort(signal.reason), options);
    void this.watch().catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.raised.signal;
  }

  /** The other side has moved, and it is its turn again. */
  moved(): void {
    this.isResting = false;
    this.lastMove = this.clock.monotonic();
  }

  /** It is our turn: until `moved` the other side is not to blame. */
  rest(): void {
    this.isResting = true;
  }

  stop(): void {
    this.done.abort();
  }

  private async watch(): Promise<void> {
    for (let left = this.silenceMs; left > 0;) {
      await this.clock.sleep(left, this.done.signal);
      left = this.isResting ? this.silenceMs : this.lastMove + this.silenceMs - this.clock.monotonic();
    }
    if (!this.done.signal.aborted)
      this.raised.abort(new PlatformError('UNREACHABLE', 'Procore sent nothing for too long.'));
  }
}
