import { setTimeout as sleep } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { codeOf } from '../start/causes.js';
import type { WaitingWriters } from './waiting-writers.js';

/** Longest wait for other processes that write; then the transaction fails with SQLITE_BUSY. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 1;
/** A process that wrote less than this ago lets those go first that wait meanwhile. */
const JUST_NOW_MS = 10;
/** One that waits and does not take its turn, because its process is stopped, holds up the others no longer than this. */
const LONGEST_COURTESY_MS = 20;

/**
 * The turns of one process to write into a SQLite file that others write into as well. It waits without blocking: the
 * driver's own wait would stop everything else in this process, requests too. Who writes one transaction after the other is
 * asked to wait for those who came meanwhile, so that nobody waits for more than what is being written. The connection must
 * have no `busy_timeout`.
 */
export class WriteTurns {
  private endedAt = -Infinity;

  constructor(
    private readonly connection: Sqlite.Database,
    private readonly waiting: WaitingWriters,
  ) {}

  /** Begins a transaction once no other process has one. */
  async begin(): Promise<void> {
    if (performance.now() - this.endedAt < JUST_NOW_MS) await this.letOthersBegin();
    const deadline = performance.now() + PATIENCE_MS;
    try {
      while (!this.tryBegin(deadline)) {
        this.waiting.enter();
        await sleep(RETRY_MS);
      }
    } finally {
      this.waiting.leave();
    }
  }

  /** Has to be called after the end of each transaction. */
  ended(): void {
    this.endedAt = performance.now();
  }

  private async letOthersBegin(): Promise<void> {
    const until = performance.now() + LONGEST_COURTESY_MS;
    while (this.waiting.areSome() && performance.now() < until) await sleep(RETRY_MS);
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
