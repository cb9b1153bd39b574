import { and, asc, count, eq, gt, inArray, isNull, lt, notExists, or, sql, type SQL } from 'drizzle-orm';
import type { WebhookDeliveryRow, WebhookRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { Change } from '../db/tables/events.js';
import type { DeliveryStore } from './delivery.store.js';
import { MAX_WEBHOOKS } from './topic-list.js';

/** Pending events of a webhook are counted up to this number. */
export const MAX_COUNTED_EVENTS = 10_000;
/** A webhook that so many events do not concern is moved past them, so that they are not looked at again. */
const PASSED_EVENTS = 1_000;

/** Webhooks in the database, with the position in the log of changes that each has reached. */
export class WebhookStore {
  constructor(
    private readonly base: Pick<Base, 'db' | 'changes'>,
    private readonly deliveries: Pick<DeliveryStore, 'keep'>,
  ) {}

  /** All, oldest first. */
  all(): Promise<WebhookRow[]> {
    const { webhooks } = this.base.db.tables;
    return this.base.db.reader
      .select()
      .from(webhooks)
      .orderBy(asc(webhooks.createdAt), asc(webhooks.id))
      .limit(MAX_WEBHOOKS);
  }

  byIds(ids: readonly string[]): Promise<WebhookRow[]> {
    const { webhooks } = this.base.db.tables;
    return this.base.db.reader.select().from(webhooks).where(inArray(webhooks.id, ids.slice()));
  }

  async count(tx: Transaction): Promise<number> {
    const [row] = await tx.select({ total: count() }).from(this.base.db.tables.webhooks);
    return row?.total ?? 0;
  }

  async insert(tx: Transaction, row: WebhookRow): Promise<void> {
    await tx.insert(this.base.db.tables.webhooks).values(row);
    await this.record(tx, 'CREATED', row.id);
  }

  /** Reads, decides and writes in one transaction; null when there is no such webhook. */
  update(
    id: string,
    change: (row: WebhookRow, tx: Transaction) => Promise<Partial<WebhookRow>>,
  ): Promise<WebhookRow | null> {
    return this.base.db.transact((tx) => this.updateIn(tx, id, change));
  }

  private async updateIn(
    tx: Transaction,
    id: string,
    change: (row: WebhookRow, tx: Transaction) => Promise<Partial<WebhookRow>>,
  ): Promise<WebhookRow | null> {
    const { webhooks } = this.base.db.tables;
    const [row] = await tx.select().from(webhooks).where(eq(webhooks.id, id));
    if (row === undefined) return null;
    const values = { ...(await change(row, tx)), version: row.version + 1 };
    const isUnchanged = and(eq(webhooks.id, id), eq(webhooks.version, row.version));
    const [updated] = await tx.update(webhooks).set(values).where(isUnchanged).returning();
    if (updated === undefined) return this.updateIn(tx, id, change);
    await this.record(tx, 'UPDATED', id);
    return updated;
  }

  /** Whether there was such a webhook. */
  delete(id: string): Promise<boolean> {
    const { webhooks } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const removed = await tx.delete(webhooks).where(eq(webhooks.id, id)).returning();
      if (removed.length > 0) await this.record(tx, 'DELETED', id);
      return removed.length > 0;
    });
  }

  /** Notes an attempt that delivers no event, and keeps its delivery. */
  async noteTest(lastAttemptAt: Date, delivery: WebhookDeliveryRow): Promise<void> {
    const { webhooks } = this.base.db.tables;
    const { webhookId, status: lastStatus, failure } = delivery;
    await this.base.db.transact(async (tx) => {
      await tx.update(webhooks).set({ lastAttemptAt, lastStatus, failure }).where(eq(webhooks.id, webhookId));
      await this.deliveries.keep(tx, delivery);
    });
  }

  /** Numbers of events that wait for each webhook, by its identifier, by one statement; none for those that do not deliver. */
  async pendingCounts(ids: readonly string[]): Promise<Map<string, number>> {
    const { webhooks, changeEvents } = this.base.db.tables;
    const few = sql`select 1 from ${changeEvents} where ${this.isPending()} limit ${MAX_COUNTED_EVENTS}`;
    const rows = await this.base.db.reader
      .select({ id: webhooks.id, total: sql<number>`(select count(*) from (${few}) as pending)` })
      .from(webhooks)
      .where(and(inArray(webhooks.id, ids.slice()), webhooks.isActive));
    return new Map(rows.map(({ id, total }) => [id, Number(total)]));
  }

  /** Active webhooks for which events wait. */
  waiting(): Promise<WebhookRow[]> {
    const { webhooks, changeEvents } = this.base.db.tables;
    const pending = this.base.db.reader
      .select({ one: sql`1` })
      .from(changeEvents)
      .where(this.isPending());
    return this.base.db.reader
      .select()
      .from(webhooks)
      .where(and(webhooks.isActive, sql`exists ${pending}`));
  }

  /** Claims a webhook that nobody holds, or whose holder is dead; null when another process was faster. */
  async take(id: string, lease: Lease, deadOwner: string | null): Promise<WebhookRow | null> {
    const { webhooks } = this.base.db.tables;
    const isFree = or(isNull(webhooks.leaseOwner), eq(webhooks.leaseOwner, deadOwner ?? ''));
    return this.base.db.transact(async (tx) => {
      const where = and(eq(webhooks.id, id), webhooks.isActive, isFree);
      const [row] = await tx.update(webhooks).set(lease).where(where).returning();
      return row ?? null;
    });
  }

  /**
   * Keeps the delivery, and notes the outcome of this attempt of the claim's holder; null when the claim was lost, or the
   * webhook was moved to another position meanwhile. Deliveries that end are recorded as a change.
   */
  async settle(
    row: WebhookRow,
    outcome: Partial<WebhookRow>,
    delivery: WebhookDeliveryRow,
  ): Promise<WebhookRow | null> {
    const { webhooks } = this.base.db.tables;
    const { id, leaseOwner, position } = row;
    return this.base.db.transact(async (tx) => {
      const where = and(
        eq(webhooks.id, id),
        eq(webhooks.leaseOwner, leaseOwner ?? ''),
        eq(webhooks.position, position),
      );
      const [settled] = await tx.update(webhooks).set(outcome).where(where).returning();
      await this.deliveries.keep(tx, delivery);
      if (settled !== undefined && outcome.isActive === false) await this.record(tx, 'UPDATED', id);
      return settled ?? null;
    });
  }

  async release(id: string, leaseOwner: string): Promise<void> {
    const { webhooks } = this.base.db.tables;
    const isOwn = and(eq(webhooks.id, id), eq(webhooks.leaseOwner, leaseOwner));
    await this.base.db.transact(async (tx) => {
      await tx.update(webhooks).set({ leaseOwner: null, leaseUntil: null }).where(isOwn);
    });
  }

  /** Moves webhooks that many events do not concern past them. `latest`: sequence up to which all events are committed. */
  async passBy(latest: number): Promise<void> {
    const { webhooks, changeEvents } = this.base.db.tables;
    await this.base.db.transact(async (tx) => {
      const pending = tx
        .select({ one: sql`1` })
        .from(changeEvents)
        .where(this.isPending());
      const isBehind = lt(webhooks.position, latest - PASSED_EVENTS);
      await tx
        .update(webhooks)
        .set({ position: latest })
        .where(and(isNull(webhooks.leaseOwner), isBehind, notExists(pending)));
    });
  }

  /** Whether a row of `change_events` waits for the row of `webhooks` beside it. */
  private isPending(): SQL | undefined {
    const { webhooks, changeEvents } = this.base.db.tables;
    const isMeant = sql`${webhooks.topics} like '%,' || ${changeEvents.topic} || ',%'`;
    return and(gt(changeEvents.sequence, webhooks.position), isMeant);
  }

  private record(tx: Transaction, change: Change, subjectId: string): Promise<void> {
    return this.base.changes.record(tx, { topic: 'WEBHOOK', change, subjectId });
  }
}

export type Lease = Pick<WebhookRow, 'leaseOwner' | 'leaseUntil'>;
