import type { Database } from './database.js';

/** The database, whose transactions are timed in seconds, those that fail too. */
export function timed<T extends Pick<Database, 'transact'>>(db: T, tell: ((seconds: number) => void) | undefined): T {
  if (tell === undefined) return db;
  const transact: Database['transact'] = async (work, options) => {
    const begunAt = performance.now();
    try {
      return await db.transact(work, options);
    } finally {
      tell((performance.now() - begunAt) / 1_000);
    }
  };
  return { ...db, transact };
}
