import Sqlite from 'better-sqlite3';
import { explained, makePrivateFile } from '../start/data-folder.js';

/**
 * Opens a file whose locks processes of one machine hold, alone or together; the operating system drops them with the process,
 * however that ends. A lock that cannot be had is SQLITE_BUSY at once. Throws a `StartError` when the file is unusable.
 */
export function openLockFile(file: string): Sqlite.Database {
  return explained(`The lock file ${file}`, () => {
    makePrivateFile(file);
    return new Sqlite(file, { timeout: 0 });
  });
}
