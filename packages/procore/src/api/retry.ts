import { pause, throwIfAborted } from './waits.js';
import type { Waits } from './waits.js';

/** How work that may fail, or come too early, is done again. */
export interface Retry<T> {
  waits: Waits;
  signal: AbortSignal;
  /** Times that the work is done at most. */
  attempts: number;
  /** Whether the same may be tried again after the error; no error where absent. */
  isRepeatable?: (error: unknown) => boolean;
  /** Whether the answer is the one that is waited for; any is where absent. The last answer is returned as it is. */
  isEnough?: (answer: T) => boolean;
  /**
   * Looks, after any error, whether the work is done all the same: what it finds is the result, null means that it is
   * not done, and what it throws takes the place of the error.
   */
  lookUp?: (error: unknown) => Promise<T | null>;
  /** Time before the next attempt in ms, as `transferDelayMs` has it; none where absent. */
  delayMs?: (failedAttempts: number, random: number, error: unknown) => number;
}

/** Does the work until it succeeds. Throws its last error, what `lookUp` throws, or `ABORTED`. */
export async function retried<T>(retry: Retry<T>, work: (attempt: number) => Promise<T>): Promise<T> {
  const { signal, attempts, isRepeatable, isEnough, lookUp } = retry;
  for (let attempt = 1; ; attempt += 1) {
    let failure: unknown = null;
    try {
      const answer = await work(attempt);
      if (attempt === attempts || (isEnough?.(answer) ?? true)) return answer;
    } catch (error) {
      throwIfAborted(signal);
      const found = (await lookUp?.(error)) ?? null;
      if (found !== null) return found;
      if (attempt === attempts || !isRepeatable?.(error)) throw error;
      failure = error;
    }
    await pauseBetween(retry, attempt, failure);
  }
}

async function pauseBetween<T>(
  { waits, signal, delayMs }: Retry<T>,
  failedAttempts: number,
  error: unknown,
): Promise<void> {
  if (delayMs) await pause(waits, delayMs(failedAttempts, waits.random(), error), signal);
}
