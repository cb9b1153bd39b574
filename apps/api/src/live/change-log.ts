import type { Clock } from '@sluice/core/http';
import type { ChangeRow } from '../db/row-types.js';
import type { ServerLimits } from '../limits.js';
import type { Database, Transaction } from '../db/database.js';
import { invalidCursor } from '../graphql/cursors.js';
import type { Meter } from '../metrics/meter.js';
import { ChangeStore, type ChangeFilter, type NewChange } from './change.store.js';
import { CHANGES_CHANNEL, changeKind } from './change-kind.js';
import { changeCursors } from './event-cursor.js';
import type { EventStream } from './follow.js';
import { FollowedLog, IDLE_MS } from './followed-log.js';
import type { Hub } from './hub.js';

/** The process keeps this many times a follower's allowed backlog in memory. */
const WINDOW_FACTOR = 2;

export interface ChangeLogOptions {
  limits: ServerLimits;
  /** Whether other processes write to the store too; their hints may get lost, so the store is read every second. */
  hasPeers: boolean;
  /** Is told how much is behind the cursors of those that come. */
  meter?: Pick<Meter, 'replayed'>;
}

/** The durable record of changes, and the streams that follow it. */
export class ChangeLog {
  private readonly store: ChangeStore;
  private readonly followed: FollowedLog<ChangeRow, ChangeFilter>;

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly clock: Clock,
    private readonly options: ChangeLogOptions,
  ) {
    this.store = new ChangeStore(db);
    const queue = options.limits.eventQueue;
    this.followed = new FollowedLog({
      kind: changeKind,
      store: this.store,
      hub,
      clock,
      pollInterval: () => this.pollInterval,
      queue,
      window: WINDOW_FACTOR * queue,
      onReplay: (count) => options.meter?.replayed(count),
    });
  }

  /** Appends a change in the transaction that makes it. Call it late: others that append wait for the commit. */
  async record(tx: Transaction, change: NewChange): Promise<void> {
    await this.store.append(tx, change, new Date(this.clock.now()));
    tx.concerns(change.subjectId);
    tx.onCommit(() => this.hub.wake(CHANGES_CHANNEL));
  }

  /** Changes after a position, in order. */
  read(filter: ChangeFilter, after: number, limit: number): Promise<ChangeRow[]> {
    return this.store.read(filter, after, limit);
  }

  /** Changes from a cursor on, else from the oldest that is kept. Throws CURSOR_INVALID and CURSOR_EXPIRED. */
  async list(filter: ChangeFilter, cursor: string | null | undefined, first: number): Promise<ChangeRow[]> {
    const after = cursor === null || cursor === undefined ? null : changeCursors.sequenceOf(cursor);
    const rows = await this.store.read(filter, after ?? 0, first);
    // Asked for after the events, so that none which is removed meanwhile is missing from them unnoticed.
    const bounds = await this.store.bounds();
    if (after !== null && after > bounds.latest) throw invalidCursor();
    if (after !== null) changeCursors.requireKept(after, bounds);
    return rows;
  }

  /** Those of the changes that are still kept. */
  bySequences(sequences: readonly number[]): Promise<ChangeRow[]> {
    return this.store.bySequences(sequences);
  }

  /** Sequence of the newest event; all up to it are committed. */
  async latest(): Promise<number> {
    return (await this.store.bounds()).latest;
  }

  /** Cursor of the newest event. */
  async newestCursor(): Promise<string> {
    return changeCursors.of(await this.latest());
  }

  /** Follows changes from a cursor, or from now. Throws CURSOR_INVALID or CURSOR_EXPIRED. */
  follow(filter: ChangeFilter, cursor: string | null | undefined, signal: AbortSignal): EventStream<ChangeRow> {
    return this.followed.follow(filter, cursor, signal);
  }

  /** Milliseconds between two reads of the store. */
  get pollInterval(): number {
    return this.db.dialect === 'sqlite' && !this.options.hasPeers ? IDLE_MS : 1_000;
  }

  /** Removes what is older than the log's retention. */
  prune(): Promise<void> {
    return this.store.prune(new Date(this.clock.now() - this.options.limits.eventRetention));
  }
}
