import { setMaxListeners } from 'node:events';
import { PlatformError } from '@sluice/core/platform';

function stopped(): PlatformError {
  return new PlatformError('ABORTED', 'The request was stopped.');
}

export function assertRunning(signal: AbortSignal): void {
  if (signal.aborted) throw stopped();
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

/** The same stream, but no wait for a hanging share outlasts the signal. */
export async function* obedient<T>(signal: AbortSignal, stream: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    for (;;) {
      const next = await obey(signal, () => stream.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    const closing = stream.return(undefined);
    if (signal.aborted) closing.catch(() => undefined);
    else await closing;
  }
}
