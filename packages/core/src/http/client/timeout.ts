import { TimedOutError } from './api-errors.js';
import type { Clock } from '../ports.js';

/** Runs the work with a signal that is raised with the given one, or with a `TimedOutError` once the time is up. */
export async function withTimeout<T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const timer = new AbortController();
  const abort = () => stop.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const late = async () => {
    await clock.sleep(milliseconds, timer.signal);
    const error = new TimedOutError(milliseconds);
    stop.abort(error);
    throw error;
  };
  const timeout = late();
  timeout.catch(() => undefined);
  try {
    return await Promise.race([work(stop.signal), timeout]);
  } finally {
    timer.abort();
    signal.removeEventListener('abort', abort);
  }
}
