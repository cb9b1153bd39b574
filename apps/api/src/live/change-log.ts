import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { Clock } from '@sluice/core/http';
import type { Config } from '../config.js';
import type { Database, Transaction } from '../db/database.js';
import type { Change, Topic } from '../db/tables/events.js';
import { requestError } from '../graphql/errors.js';
import { invalidCursor } from '../graphql/paging.js';
import { follow } from './follow.js';
import type { Hub } from './hub.js';

export interface NewChange {
  topic: Topic;
  change: Change;
  subjectId: string;
  /** Object that a follower may ask for instead, such as the job of a run. */
  relatedId?: string | null;
  /** Stage that a run entered. */
  runState?: string | null;
  /** Whether only the newest change of this subject counts, so that it replaces the one before. */
  isFigure?: boolean;
}

export type ChangeRow = Database['tables']['changeEvents']['$inferSelect'];

export interface ChangeFilter {
  topics?: readonly Topic[];
  /** Subject or related object. */
  objectIds?: readonly string[];
}

const COUNTER = 'change_events';
/** Counter of the last event that was removed for its age. */
const PRUNED = 'change_events_pruned';
const CHANNEL = 'changes';

/** The durable record of changes, and the streams that follow it. */
export class ChangeLog {
  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly clock: Clock,
    private readonly config: Pick<Config, 'limits' | 'role'>,
  ) {}

  /** Appends a change in the transaction that makes it. Call it late: others that append wait for the commit. */
  async record(tx: Transaction, { relatedId = null, runState = null, isFigure = false, ...change }: NewChange): Promise<void> {
    const { changeEvents, counters } = this.db.tables;
    const [counter] = await tx
      .insert(counters)
      .values({ name: COUNTER, value: 1 })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
      .returning();
    const occurredAt = new Date(this.clock.now());
    if (isFigure) await tx.delete(changeEvents).where(eq(changeEvents.subjectId, change.subjectId));
    await tx.insert(changeEvents).values({ ...change, relatedId, runState, occurredAt, sequence: counter?.value ?? 1 });
    tx.onCommit(() => this.hub.wake(CHANNEL));
  }

  /** Changes after a position, in order. */
  async read(filter: ChangeFilter, after: number, limit: number): Promise<ChangeRow[]> {
    const { changeEvents } = this.db.tables;
    const ids = filter.objectIds?.slice();
    const conditions = [
      gt(changeEvents.sequence, after),
      filter.topics && inArray(changeEvents.topic, filter.topics.slice()),
      ids && or(inArray(changeEvents.subjectId, ids), inArray(changeEvents.relatedId, ids)),
    ];
    return this.db.reader
      .select()
      .from(changeEvents)
      .where(and(...conditions))
      .orderBy(asc(changeEvents.sequence))
      .limit(limit);
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
  async prune(): Promise<void> {
    const { changeEvents, counters } = this.db.tables;
    const end = new Date(this.clock.now() - this.config.limits.eventRetention);
    await this.db.transact(async (tx) => {
      const removed = await tx.delete(changeEvents).where(lt(changeEvents.occurredAt, end)).returning();
      if (removed.length === 0) return;
      const value = Math.max(...removed.map((event) => event.sequence));
      await tx.insert(counters).values({ name: PRUNED, value }).onConflictDoUpdate({ target: counters.name, set: { value } });
    });
  }

  private async start(cursor: string | null | undefined): Promise<number> {
    const { counters } = this.db.tables;
    const known = await this.db.reader.select().from(counters).where(inArray(counters.name, [COUNTER, PRUNED]));
    const valueOf = (name: string) => known.find((counter) => counter.name === name)?.value ?? 0;
    if (cursor === null || cursor === undefined) return valueOf(COUNTER);
    const after = sequenceOfCursor(cursor);
    if (after > valueOf(COUNTER)) throw invalidCursor();
    if (after < valueOf(PRUNED)) throw expired(cursorOfSequence(valueOf(PRUNED)));
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
