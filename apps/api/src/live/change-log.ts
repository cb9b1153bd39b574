import type { Clock } from '@sluice/core/http';
import type { ChangeRow } from '../db/row-types.js';
import type { ServerLimits } from '../limits.js';
import type { Database, Transaction } from '../db/database.js';
import { invalidCursor } from '../graphql/cursors.js';
import type { Meter } from '../metrics/meter.js';
import { ChangeStore, type ChangeFilter, type NewChange } from './change.store.js';
import { CHANGES_CHANNEL, ChangeFeed, type FeedReader } from './change-feed.js';
import { cursorOfSequence, requireKept, sequenceOfCursor } from './event-cursor.js';
import { follow } from './follow.js';
import type { Hub } from './hub.js';

/** Followers are woken by new events; in case a wake was missed, each also looks after this time. */
const IDLE_MS = 30_000;
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
  private readonly feed: ChangeFeed;

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly clock: Clock,
    private readonly options: ChangeLogOptions,
  ) {
    this.store = new ChangeStore(db);
    const window = WINDOW_FACTOR * options.limits.eventQueue;
    this.feed = new ChangeFeed({ store: this.store, hub, clock, pollInterval: () => this.pollInterval, window });
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
    const after = cursor === null || cursor === undefined ? null : sequenceOfCursor(cursor);
    const rows = await this.store.read(filter, after ?? 0, first);
    // Asked for after the events, so that none which is removed meanwhile is missing from them unnoticed.
    const bounds = await this.store.bounds();
    if (after !== null && after > bounds.latest) throw invalidCursor();
    if (after !== null) requireKept(after, bounds);
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
    return cursorOfSequence(await this.latest());
  }

  /** Follows changes from a cursor, or from now. Throws CURSOR_INVALID or CURSOR_EXPIRED. */
  follow(
    filter: ChangeFilter,
    cursor: string | null | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ChangeRow, void, undefined> {
    return follow(async () => ({
      ...(await this.join(filter, cursor)),
      clock: this.clock,
      signal,
      positionOf: (event: ChangeRow) => event.sequence,
      cursorOf: cursorOfSequence,
      pollInterval: IDLE_MS,
      queue: this.options.limits.eventQueue,
    }));
  }

  /** Milliseconds between two reads of the store. */
  get pollInterval(): number {
    return this.db.dialect === 'sqlite' && !this.options.hasPeers ? IDLE_MS : 1_000;
  }

  /** Removes what is older than the log's retention. */
  prune(): Promise<void> {
    return this.store.prune(new Date(this.clock.now() - this.options.limits.eventRetention));
  }

  /** The reader is joined before the position is read, so that no event between the two is missed. */
  private async join(filter: ChangeFilter, cursor: string | null | undefined): Promise<FeedReader & { after: number }> {
    const reader = await this.feed.join(filter);
    try {
      return { ...reader, after: await this.start(cursor) };
    } catch (error) {
      reader.leave();
      throw error;
    }
  }

  private async start(cursor: string | null | undefined): Promise<number> {
    const { latest, pruned } = await this.store.bounds();
    if (cursor === null || cursor === undefined) return latest;
    const after = sequenceOfCursor(cursor);
    if (after > latest) throw invalidCursor();
    requireKept(after, { pruned });
    this.options.meter?.replayed(latest - after);
    return after;
  }
}
