import { statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';

/** Size above which the write-ahead log is shortened. */
export const LOG_LIMIT_BYTES = 8 * 1024 * 1024;
/** Free pages that go back to the file system at once. */
export const PORTION_PAGES = 256;
/** Free pages that stay in the file for what is written next. */
export const KEPT_PAGES = 1_024;

/** Has to come before anything else of the connection: a file with content keeps the way in which it was made. */
export function prepareSpace(connection: Sqlite.Database): void {
  connection.pragma('auto_vacuum = INCREMENTAL');
  connection.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
}

/**
 * Gives one portion of disk space back: free pages of the file, and what the log has beyond its limit. Tells whether
 * there is another portion. Where another process is at work it does nothing instead of waiting; the connection must have no `busy_timeout`.
 */
export function shrinkOnce(connection: Sqlite.Database): boolean {
  try {
    const hasFreed = freePages(connection);
    const hasMore = hasFreed && spareOf(connection) > 0;
    if (!hasMore && (hasFreed || logBytes(connection) > LOG_LIMIT_BYTES)) {
      connection.pragma('wal_checkpoint(TRUNCATE)');
    }
    return hasMore;
  } catch (error) {
    if (codeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
    return false;
  }
}

/** False where there are none to free, as in a file that was made without `auto_vacuum`. */
function freePages(connection: Sqlite.Database): boolean {
  const spare = spareOf(connection);
  if (spare <= 0) return false;
  connection.pragma(`incremental_vacuum(${Math.min(spare, PORTION_PAGES)})`);
  return spareOf(connection) < spare;
}

function spareOf(connection: Sqlite.Database): number {
  return numberOf(connection, 'freelist_count') - KEPT_PAGES;
}

function logBytes({ name }: Sqlite.Database): number {
  return statSync(`${name}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function numberOf(connection: Sqlite.Database, pragma: string): number {
  return Number(connection.pragma(pragma, { simple: true }));
}
