import type { Clock } from '@sluice/core/http';

/** The machine's clock. A wait that is still open does not keep the process from ending. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const reason = () => signal?.reason as Error;
      if (signal?.aborted === true) return reject(reason());
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
