import type { Clock } from '@sluice/core/http';

/**
 * The machine's clock. A wait that is still open does not keep the process from ending. One of no time lasts until all else that
 * is ready had its turn: a timer would wait for a millisecond, and where the work between two of them takes longer than that,
 * they follow each other and leave no turn to requests.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const reason = () => signal?.reason as Error;
      if (signal?.aborted === true) return reject(reason());
      if (milliseconds === 0) return void setImmediate(resolve);
      const stop = () => {
        clearTimeout(timer);
        reject(reason());
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      timer.unref();
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
