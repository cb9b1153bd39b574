import type { Access } from './access/access.js';
import type { Base } from './base.js';
import type { Budgets } from './budgets/budgets.js';
import type { ConnectionParts } from './connections/parts.js';

const INTERVAL_MS = 10 * 60_000;

/** Removes expired sessions, keys, sign-ins and drafts, old events and figures of budgets, every ten minutes; gives the function that ends it. */
export function startUpkeep(
  { clock, changes, audit, log, config }: Base,
  { service, idempotency }: Access,
  { oauth, drafts }: Pick<ConnectionParts, 'oauth' | 'drafts'>,
  { pool }: Pick<Budgets, 'pool'>,
): () => void {
  const end = new AbortController();
  const run = async () => {
    for (;;) {
      await clock.sleep(INTERVAL_MS, end.signal);
      const kept = [changes.prune(), audit.prune(config.limits.auditRetention)];
      const own = [service.prune(), idempotency.prune(), oauth.flows.prune(), drafts.prune(), pool.store.prune()];
      const prunings = [...kept, ...own];
      await Promise.all(prunings).catch((error: unknown) => {
        log.error({ err: error as Error }, 'upkeep failed');
      });
    }
  };
  run().catch(() => undefined);
  return () => end.abort();
}
