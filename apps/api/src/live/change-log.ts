import type { Clock } from '@sluice/core/http';
import type { Config } from '../config.js';
import type { Database, Transaction } from '../db/database.js';
import { invalidCursor } from '../graphql/cursors.js';
import { requestError } from '../graphql/errors.js';
import { ChangeStore, type ChangeFilter, type ChangeRow, type NewChange } from './change.store.js';
import { follow } from './follow.js';
import type { Hub } from './hub.js';

const CHANNEL = 'changes';

/** The durable record of changes, and the streams that follow it. */
export class ChangeLog {
  private readonly store: ChangeStore;

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly clock: Clock,
    private readonly config: Pick<Config, 'limits' | 'role'>,
  ) {
    this.store = new ChangeStore(db);
  }

  /** Appends a change in the transaction that makes it. Call it late: others that append wait for the commit. */
  async record(tx: Transaction, change: NewChange): Promise<void> {
    await this.store.append(tx, change, new Date(this.clock.now()));
    tx.onCommit(() => this.hub.wake(CHANNEL));
  }

  /** Changes after a position, in order. */
  read(filter: ChangeFilter, after: number, limit: number): Promise<ChangeRow[]> {
    return this.store.read(filter, after, limit);
  }

  /** Follows changes from a cursor, or from now. Throws CURSOR_INVALID or CURSOR_EXPIRED. */
  async *follow(
    filter: ChangeFilter,
    cursor: string | null | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ChangeRow, void, undefined> {
    const after = await this.start(cursor);
    yield* follow({
      hub: this.hub,
      channel: CHANNEL,
      clock: this.clock,
      signal,
      after,
      read: (position, limit) => this.read(filter, position, limit),
      positionOf: (event) => event.sequence,
      cursorOf: cursorOfSequence,
      pollInterval: this.pollInterval,
      queue: this.config.limits.eventQueue,
    });
  }

  /** Events of other processes are seen within a second; alone on SQLite nothing else writes. */
  get pollInterval(): number {
    return this.db.dialect === 'sqlite' && this.config.role === 'all' ? 30_000 : 1_000;
  }

  /** Removes what is older than the log's retention. */
  prune(): Promise<void> {
    return this.store.prune(new Date(this.clock.now() - this.config.limits.eventRetention));
  }

  private async start(cursor: string | null | undefined): Promise<number> {
    const { latest, pruned } = await this.store.bounds();
    if (cursor === null || cursor === undefined) return latest;
    const after = sequenceOfCursor(cursor);
    if (after > latest) throw invalidCursor();
    if (after < pruned) throw expired(cursorOfSequence(pruned));
    return after;
  }
}

function expired(oldestCursor: string): Error {
  return requestError('CURSOR_EXPIRED', 'The events after this cursor are no longer kept.', { oldestCursor });
}

/** Cursor of a position in a log of events. */
export function cursorOfSequence(sequence: number): string {
  return Buffer.from(`e1:${sequence}`).toString('base64url');
}

/** Throws CURSOR_INVALID. */
export function sequenceOfCursor(cursor: string): number {
  const sequence = Number(/^e1:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(sequence)) throw invalidCursor();
  return sequence;
}
