import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';
import { openLockFile } from './lock-file.js';

/**
 * The processes that wait for their turn to write into the database of a data folder: each holds a shared lock meanwhile. The
 * operating system drops it with the process, however that ends. Nothing blocks.
 */
export class WaitingWriters {
  private readonly lock: Sqlite.Database;
  private isIn = false;

  constructor(folder: string) {
    this.lock = openLockFile(join(folder, 'writers.db'));
  }

  /** To be called at each try to write: another process that looks who waits can hold the lock alone for a moment. */
  enter(): void {
    if (this.isIn) return;
    this.lock.exec('BEGIN');
    this.isIn = this.succeeds(() => this.lock.prepare('select count(*) from sqlite_schema').get());
    if (!this.isIn) this.lock.exec('ROLLBACK');
  }

  leave(): void {
    if (this.isIn) this.lock.exec('COMMIT');
    this.isIn = false;
  }

  /** Whether a process waits; only for one that does not wait itself. */
  areSome(): boolean {
    const areNone = this.succeeds(() => this.lock.exec('BEGIN EXCLUSIVE'));
    if (areNone) this.lock.exec('ROLLBACK');
    return !areNone;
  }

  close(): void {
    this.lock.close();
  }

  private succeeds(work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (codeOf(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
      return false;
    }
  }
}
