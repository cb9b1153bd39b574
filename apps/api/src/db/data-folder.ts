import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Another process holds the data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';
}

/**
 * Takes the folder for this process until the lock is closed. The operating system drops the lock with the process,
 * however that ends, so no stale lock stays. Throws `DataFolderInUseError`.
 */
export function lockFolder(folder: string): Sqlite.Database {
  const lock = new Sqlite(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    throw new DataFolderInUseError(
      `Another Sluice is working on the data folder ${folder}; stop it or set SLUICE_DATA.`,
    );
  }
}
