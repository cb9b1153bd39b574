import { PlatformError } from '@sluice/core/platform';
import { backOff, pause, throwIfAborted } from './waits.js';
import type { Waits } from './waits.js';

/** A longer wait that the platform asks for is handed on to the caller as the error that asked for it. */
const LONGEST_WAIT_MS = 300_000;

export interface Retrying {
  waits: Waits;
  signal: AbortSignal;
  /** Times that the work is done at most. */
  tries: number;
  isWorthRepeating: (error: unknown) => boolean | Promise<boolean>;
}

/** Does the work until it succeeds, with pauses that double, or as long as the platform asks for. */
export async function retried<T>(retrying: Retrying, work: (attempt: number) => Promise<T>): Promise<T> {
  const { signal, tries, isWorthRepeating } = retrying;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      throwIfAborted(signal);
      if (attempt === tries || !(await isWorthRepeating(error))) throw error;
      await pauseAfter(error, attempt, retrying);
    }
  }
}

/** Waits until the time that the error names, else longer after each attempt. Throws the error when that is too long. */
async function pauseAfter(error: unknown, attempt: number, { waits, signal }: Retrying): Promise<void> {
  const retryAt = error instanceof PlatformError ? error.retryAt : null;
  if (retryAt === null) return backOff(waits, attempt, signal);
  const wait = retryAt.getTime() - waits.clock.now();
  if (wait > LONGEST_WAIT_MS) throw error;
  await pause(waits, Math.max(0, wait) + 1000 * waits.random(), signal);
}
