import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';
import { explained } from '../start/data-folder.js';
import { StartError } from '../start/start-error.js';
import { openLockFile } from './lock-file.js';

/** Another process holds the data folder. */
export class DataFolderInUseError extends StartError {
  override readonly name = 'DataFolderInUseError';
}

/**
 * Takes the folder for this process until the lock is closed. The operating system drops the lock with the process,
 * however that ends, so no stale lock stays. Throws `DataFolderInUseError`, or a `StartError` when the lock's file is unusable.
 */
export function lockFolder(folder: string): Sqlite.Database {
  const file = join(folder, 'lock.db');
  return explained(`The lock file ${file}`, () => {
    const lock = openLockFile(file);
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return lock;
    } catch (error) {
      lock.close();
      if (codeOf(error) !== 'SQLITE_BUSY') throw error;
      throw new DataFolderInUseError(
        `Another Sluice is working on the data folder ${folder}; stop it or set SLUICE_DATA.`,
      );
    }
  });
}
