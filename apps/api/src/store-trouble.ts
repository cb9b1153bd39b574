import { PlatformError } from '@sluice/core/platform';

/**
 * Codes that tell of a store that is down, full or busy for now.
 * Postgres: shutting down or starting, connection lost, out of resources, deadlock, serialisation, lock not available,
 * read-only after a fail-over. SQLite: locked, full, unreadable. System: the server of the store cannot be reached.
 */
const PASSING =
  /^(57P0[1-5]|08\w{3}|53\w{3}|40P01|40001|55P03|25006|SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL)\w*|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** Messages of the drivers for a store that is down, where they give no code. */
const BROKEN =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|database connection is not open|calling end on the pool/i;
const MAX_CAUSES = 6;

/**
 * Whether the store failed in a way that passes, so that the work can go on later from where it stands. Errors of
 * platforms are not the store's, whatever they were caused by.
 */
export function isStoreTrouble(error: unknown, depth = MAX_CAUSES): boolean {
  if (!(error instanceof Error) || depth === 0 || error instanceof PlatformError) return false;
  const { code, syscall, originalError } = error as { code?: unknown; syscall?: unknown; originalError?: unknown };
  if (typeof code === 'string' && PASSING.test(code)) return true;
  // The socket file of a server on the same machine is gone while the server is down.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (BROKEN.test(error.message)) return true;
  return [error.cause, originalError].some((cause) => isStoreTrouble(cause, depth - 1));
}
