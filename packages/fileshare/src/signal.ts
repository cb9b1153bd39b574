import { setMaxListeners } from 'node:events';
import { PlatformError } from '@sluice/core/platform';

export function stopped(): PlatformError {
  return new PlatformError('ABORTED', 'The request was stopped.');
}

export function assertRunning(signal: AbortSignal): void {
  if (signal.aborted) throw stopped();
}

/** Waits for the work, but no longer than that; then the error counts and the work goes on by itself. */
export async function atMost<T>(milliseconds: number, work: Promise<T>, late: () => PlatformError): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds).unref();
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the work or the signal; work that lost goes on by itself and frees what it holds. */
export async function obey<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  assertRunning(signal);
  let stop = () => {};
  const raised = new Promise<never>((_, reject) => {
    stop = () => reject(stopped());
  });
  // A run's signal is shared by all that it does at the same time, which is no leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(), raised]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
