import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { FeedRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import { dueAfter } from './burst.js';
import { followedConnections } from './followed.js';

/** Word that came again after so long, or after so many others, is not recognised. A platform gives up after 12 hours. */
const WORDS_KEPT_MS = 24 * 3_600_000;
const MAX_WORDS = 10_000;
const MAX_DUE = 50;

/** Feeds of connections, and what was heard by them. */
export class FeedStore {
  constructor(private readonly db: Database) {}

  all(): Promise<FeedRow[]> {
    const { changeFeeds } = this.db.tables;
    return this.db.reader.select().from(changeFeeds).orderBy(asc(changeFeeds.connectionId));
  }

  async byPath(path: string): Promise<FeedRow | null> {
    const { changeFeeds } = this.db.tables;
    const [row] = await this.db.reader.select().from(changeFeeds).where(eq(changeFeeds.path, path));
    return row ?? null;
  }

  /** Those of the connections that have a problem. */
  problems(connectionIds: readonly string[]): Promise<FeedRow[]> {
    const { changeFeeds } = this.db.tables;
    const ofThem = inArray(changeFeeds.connectionId, [...connectionIds]);
    return this.db.reader
      .select()
      .from(changeFeeds)
      .where(and(ofThem, isNotNull(changeFeeds.problem)));
  }

  /** Connections that jobs follow which may start by themselves. */
  async followed(): Promise<string[]> {
    const { jobs } = this.db.tables;
    const { transferType, sourceConnectionId, destinationConnectionId } = jobs;
    const rows = await this.db.reader
      .selectDistinct({ transferType, sourceConnectionId, destinationConnectionId })
      .from(jobs)
      .where(this.isFollowing());
    return [...new Set(rows.flatMap(followedConnections))];
  }

  /** Stores a new feed unless the connection has one. */
  add(row: FeedRow): Promise<void> {
    return this.db.transact(async (tx) => {
      await tx.insert(this.db.tables.changeFeeds).values(row).onConflictDoNothing();
    });
  }

  /** Gives a feed to one of several processes; null for the others. */
  claim(connectionId: string, now: Date, until: Date): Promise<FeedRow | null> {
    const { changeFeeds } = this.db.tables;
    const isFree = or(isNull(changeFeeds.leaseUntil), lte(changeFeeds.leaseUntil, now));
    return this.db.transact(async (tx) => {
      const where = and(eq(changeFeeds.connectionId, connectionId), isFree);
      const [row] = await tx.update(changeFeeds).set({ leaseUntil: until }).where(where).returning();
      return row ?? null;
    });
  }

  update(connectionId: string, fields: Partial<FeedRow>): Promise<void> {
    const { changeFeeds } = this.db.tables;
    return this.db.transact(async (tx) => {
      await tx.update(changeFeeds).set(fields).where(eq(changeFeeds.connectionId, connectionId));
    });
  }

  remove(connectionId: string): Promise<void> {
    const { changeFeeds, feedWords } = this.db.tables;
    return this.db.transact(async (tx) => {
      await tx.delete(changeFeeds).where(eq(changeFeeds.connectionId, connectionId));
      await tx.delete(feedWords).where(eq(feedWords.connectionId, connectionId));
    });
  }

  /** Notes word of a change, and when runs are due for it; nothing for word that was heard before. */
  hear(connectionId: string, wordId: string, now: Date): Promise<void> {
    const { changeFeeds, feedWords } = this.db.tables;
    return this.db.transact(async (tx) => {
      const word = { connectionId, wordId, heardAt: now };
      const heard = await tx.insert(feedWords).values(word).onConflictDoNothing().returning();
      if (heard.length === 0) return;
      const isFeed = eq(changeFeeds.connectionId, connectionId);
      const firstWordAt = sql`coalesce(${changeFeeds.firstWordAt}, ${sql.param(now, changeFeeds.firstWordAt)})`;
      const [feed] = await tx.update(changeFeeds).set({ firstWordAt }).where(isFeed).returning();
      if (feed === undefined) return;
      await tx
        .update(changeFeeds)
        .set({ dueAt: dueAfter(feed.firstWordAt ?? now, now) })
        .where(isFeed);
    });
  }

  /** Makes the jobs due that follow a connection of which enough was heard. Any number of processes may do so. */
  async passOn(now: Date): Promise<void> {
    const { changeFeeds } = this.db.tables;
    const due = await this.db.reader
      .select({ id: changeFeeds.connectionId })
      .from(changeFeeds)
      .where(lte(changeFeeds.dueAt, now))
      .limit(MAX_DUE);
    for (const { id } of due) await this.db.transact((tx) => this.passOnOne(tx, id, now));
  }

  private async passOnOne(tx: Transaction, connectionId: string, now: Date): Promise<void> {
    const { changeFeeds, jobs } = this.db.tables;
    const taken = await tx
      .update(changeFeeds)
      .set({ firstWordAt: null, dueAt: null })
      .where(and(eq(changeFeeds.connectionId, connectionId), lte(changeFeeds.dueAt, now)))
      .returning();
    if (taken.length === 0) return;
    const isOtherSide = and(eq(jobs.transferType, 'SYNC'), eq(jobs.destinationConnectionId, connectionId));
    const concerns = or(eq(jobs.sourceConnectionId, connectionId), isOtherSide);
    await tx
      .update(jobs)
      .set({ changesDueAt: now })
      .where(and(this.isFollowing(), concerns, isNull(jobs.changesDueAt)));
  }

  /** Forgets words that are old, or too many. */
  async forget(now: Date): Promise<void> {
    const { feedWords } = this.db.tables;
    for (const { connectionId } of await this.all()) {
      const isOfFeed = eq(feedWords.connectionId, connectionId);
      const [last] = await this.db.reader
        .select({ heardAt: feedWords.heardAt })
        .from(feedWords)
        .where(isOfFeed)
        .orderBy(desc(feedWords.heardAt))
        .limit(1)
        .offset(MAX_WORDS);
      const before = Math.max(now.getTime() - WORDS_KEPT_MS, last?.heardAt.getTime() ?? 0);
      await this.db.transact(async (tx) => {
        await tx.delete(feedWords).where(and(isOfFeed, lt(feedWords.heardAt, new Date(before))));
      });
    }
  }

  /** Whether a job starts when changes are told, and may start now. */
  private isFollowing(): SQL | undefined {
    const { jobs } = this.db.tables;
    const { schedule } = jobs;
    const follows =
      this.db.dialect === 'postgres'
        ? sql`${schedule} ->> 'followsChanges' = 'true' and ${schedule} ->> 'isEnabled' = 'true'`
        : sql`json_extract(${schedule}, '$.followsChanges') = 1 and json_extract(${schedule}, '$.isEnabled') = 1`;
    return and(eq(jobs.isSuspended, false), isNull(jobs.stopReason), follows);
  }
}
