import { codeOf } from '../start/causes.js';
import type { Database } from './database.js';

/** A store that had no room counts as full for so long, since smaller writes may still succeed. */
const MEMORY_MS = 60_000;
/** SQLite, and Postgres. */
const NO_ROOM = new Set(['SQLITE_FULL', '53100']);

/** The database, which from then on remembers whether a transaction found no room. `now`: milliseconds of any clock that never goes back. */
export function noticeFull(db: Omit<Database, 'isFull'>, now: () => number = () => performance.now()): Database {
  let fullAt: number | null = null;
  return {
    ...db,
    transact: async (work, options) => {
      try {
        return await db.transact(work, options);
      } catch (error) {
        if (NO_ROOM.has(codeOf(error) ?? '')) fullAt = now();
        throw error;
      }
    },
    get isFull() {
      return fullAt !== null && now() - fullAt < MEMORY_MS;
    },
  };
}
