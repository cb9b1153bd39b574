import type { RunState } from '@sluice/core/job';
import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { ChangeRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import type { Change, Topic } from '../db/tables/events.js';

export interface NewChange {
  topic: Topic;
  change: Change;
  subjectId: string;
  /** Object that a follower may ask for instead, such as the job of a run. */
  relatedId?: string | null;
  /** Stage that a run entered. */
  runState?: RunState | null;
  /** Whether only the newest change of this subject counts, so that it replaces the one before. */
  isFigure?: boolean;
}

export interface ChangeFilter {
  topics?: readonly Topic[];
  /** Subject or related object. */
  objectIds?: readonly string[];
}

const COUNTER = 'change_events';
/** Name of the counter that holds the position of the last event that was removed for its age. */
const PRUNED = 'change_events_pruned';

/** The record of changes in the database. */
export class ChangeStore {
  constructor(private readonly db: Database) {}

  /** Appends under the row lock of the counter, so that events become visible in the order of their sequence. */
  async append(
    tx: Transaction,
    { relatedId = null, runState = null, isFigure = false, ...change }: NewChange,
    occurredAt: Date,
  ): Promise<void> {
    const { changeEvents, counters } = this.db.tables;
    const [counter] = await tx
      .insert(counters)
      .values({ name: COUNTER, value: 1 })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
      .returning();
    if (isFigure) await tx.delete(changeEvents).where(eq(changeEvents.subjectId, change.subjectId));
    await tx.insert(changeEvents).values({ ...change, relatedId, runState, occurredAt, sequence: counter?.value ?? 1 });
  }

  /** Those of the changes that are still kept. */
  async bySequences(sequences: readonly number[]): Promise<ChangeRow[]> {
    const { changeEvents } = this.db.tables;
    return this.db.reader.select().from(changeEvents).where(inArray(changeEvents.sequence, sequences.slice()));
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

  /** Positions of the latest event, and of the last one that was removed for its age; 0 for none. */
  async bounds(): Promise<{ latest: number; pruned: number }> {
    const { counters } = this.db.tables;
    const known = await this.db.reader
      .select()
      .from(counters)
      .where(inArray(counters.name, [COUNTER, PRUNED]));
    const valueOf = (name: string) => known.find((counter) => counter.name === name)?.value ?? 0;
    return { latest: valueOf(COUNTER), pruned: valueOf(PRUNED) };
  }

  /** Removes what occurred before a time. */
  async prune(end: Date): Promise<void> {
    const { changeEvents, counters } = this.db.tables;
    await this.db.transact(async (tx) => {
      const removed = await tx.delete(changeEvents).where(lt(changeEvents.occurredAt, end)).returning();
      if (removed.length === 0) return;
      const value = removed.reduce((last, { sequence }) => Math.max(last, sequence), 0);
      await tx
        .insert(counters)
        .values({ name: PRUNED, value })
        .onConflictDoUpdate({ target: counters.name, set: { value } });
    });
  }
}
