/** Time as the client sees it; tests hand in their own. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Resolves after so many milliseconds, and at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};

/**
 * Does some work for at most `ms`. When the time is over or `outer` is aborted, the work's signal is aborted and the
 * promise rejects, with what `late` makes or with the reason of `outer`, whether the work heeds its signal or not.
 */
export async function within<T>(
  { clock, ms, outer, late }: { clock: Clock; ms: number; outer?: AbortSignal; late: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const over = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    inner.signal.addEventListener('abort', () => reject(inner.signal.reason as Error), { once: true });
  });
  const leave = () => inner.abort(outer?.reason);
  outer?.addEventListener('abort', leave);
  void clock.sleep(ms, over.signal).then(() => over.signal.aborted || inner.abort(late()));
  try {
    return await Promise.race([work(inner.signal), ended]);
  } finally {
    over.abort();
    outer?.removeEventListener('abort', leave);
  }
}
