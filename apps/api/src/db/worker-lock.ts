import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';
import { explained } from '../start/data-folder.js';
import { openLockFile } from './lock-file.js';

/** A newcomer holds the lock alone for milliseconds only. */
const PATIENCE_MS = 10_000;

/**
 * Joins the workers of a data folder: all of them hold one lock together, until it is closed or their process ends,
 * however it ends. The first one has it alone for a moment, and then knows that no other worker lives: `whenAlone` is
 * carried out in that moment.
 */
export async function joinWorkers(folder: string, whenAlone: () => Promise<void>): Promise<Sqlite.Database> {
  const file = join(folder, 'workers.db');
  const lock = openLockFile(file);
  try {
    if (explained(`The lock file ${file}`, () => isAlone(lock))) {
      await whenAlone();
      lock.exec('COMMIT');
    }
    lock.pragma(`busy_timeout = ${PATIENCE_MS}`);
    lock.exec('BEGIN');
    lock.prepare('select count(*) from sqlite_schema').get();
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function isAlone(lock: Sqlite.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_BUSY') throw error;
    return false;
  }
}
