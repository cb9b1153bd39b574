import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';
import { fileTrouble } from '../start/file-trouble.js';
import { StartError } from '../start/start-error.js';

/** Another process holds the data folder. */
export class DataFolderInUseError extends StartError {
  override readonly name = 'DataFolderInUseError';
}

/** Makes the data folder unless it is there. Throws a `StartError` when it cannot be written. */
export function makeDataFolder(folder: string): void {
  explained(`The data folder ${folder}`, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  });
}

/**
 * Takes the folder for this process until the lock is closed. The operating system drops the lock with the process,
 * however that ends, so no stale lock stays. Throws `DataFolderInUseError`, or a `StartError` when the lock's file is unusable.
 */
export function lockFolder(folder: string): Sqlite.Database {
  const file = join(folder, 'lock.db');
  return explained(`The lock file ${file}`, () => {
    const lock = new Sqlite(file, { timeout: 0 });
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

/** Runs the work so that trouble with the file or folder becomes a `StartError` that names it. */
export function explained<T>(subject: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const sentence = error instanceof StartError ? null : fileTrouble(subject, error);
    if (sentence === null) throw error;
    throw new StartError(sentence, { cause: error });
  }
}
