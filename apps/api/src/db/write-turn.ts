import { setTimeout as sleep } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';

/** Longest wait for other processes that write; then the transaction fails with SQLITE_BUSY. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 1;
/** A process that has written for so long without a break leaves the file to others for `BREAK_MS`. */
const STINT_MS = 50;
const BREAK_MS = 2;

/**
 * The turns of one process to write into a SQLite file that others write into as well. It waits without blocking: the
 * driver's own wait would stop everything else in this process, requests too. The connection must have no `busy_timeout`.
 */
export class WriteTurns {
  private held = 0;
  private begunAt = 0;
  private endedAt = 0;

  constructor(private readonly connection: Sqlite.Database) {}

  /** Begins a transaction once no other process has one. */
  async begin(): Promise<void> {
    await this.leaveRoom();
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.tryBegin(deadline)) await sleep(RETRY_MS);
    this.begunAt = performance.now();
  }

  /** Has to be called after the end of each transaction. */
  ended(): void {
    this.endedAt = performance.now();
    this.held += this.endedAt - this.begunAt;
  }

  private async leaveRoom(): Promise<void> {
    if (performance.now() - this.endedAt >= BREAK_MS) this.held = 0;
    if (this.held < STINT_MS) return;
    this.held = 0;
    await sleep(BREAK_MS);
  }

  private tryBegin(deadline: number): boolean {
    try {
      this.connection.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      const isBusy = codeOf(error)?.startsWith('SQLITE_BUSY') === true;
      if (!isBusy || performance.now() > deadline) throw error;
      return false;
    }
  }
}
