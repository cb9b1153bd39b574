import type { Access } from './access/access.js';
import type { Base } from './base.js';

const INTERVAL_MS = 10 * 60_000;

/** Removes what is past its time, every ten minutes; gives the function that ends it. */
export function startUpkeep({ clock, changes, log }: Base, { service, idempotency }: Access): () => void {
  const end = new AbortController();
  const run = async () => {
    for (;;) {
      await clock.sleep(INTERVAL_MS, end.signal);
      await Promise.all([changes.prune(), service.prune(), idempotency.prune()]).catch((error: unknown) => {
        log.error({ err: error as Error }, 'upkeep failed');
      });
    }
  };
  run().catch(() => undefined);
  return () => end.abort();
}
