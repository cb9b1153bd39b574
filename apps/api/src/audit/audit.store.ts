import { and, asc, desc, eq, gt, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { AuditRow } from '../db/row-types.js';
import type { AuditOutcome } from '../db/tables/audit.js';
import type { Database, Transaction } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import type { Vault } from '../secrets/vault.js';
import { chainHash, NO_HASH, type UnchainedEvent } from './chain.js';

/** Conditions on events; all of them hold, within a list any value. */
export interface AuditConditions {
  actorIds?: readonly string[] | null;
  targetIds?: readonly string[] | null;
  actions?: readonly string[] | null;
  outcomes?: readonly AuditOutcome[] | null;
  occurredAt?: { from?: Date | null; to?: Date | null } | null;
}

const COUNTER = 'audit_events';

/** The audit log in the database, one chain for all processes. */
export class AuditStore {
  constructor(
    private readonly db: Database,
    private readonly vault: Pick<Vault, 'digest'>,
  ) {}

  /**
   * Appends an event under the row lock of the counter: others that append wait for the end of the transaction, and the
   * hash before is that of the event before.
   */
  async append(tx: Transaction, event: Omit<UnchainedEvent, 'sequence'>): Promise<number> {
    const { auditEvents, counters } = this.db.tables;
    const [counter] = await tx
      .insert(counters)
      .values({ name: COUNTER, value: 1 })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } })
      .returning();
    const sequence = counter?.value ?? 1;
    const before = await this.hashOf(sequence - 1, tx);
    const unchained = { ...event, sequence };
    await tx
      .insert(auditEvents)
      .values({ ...unchained, chainHash: chainHash(this.vault, before ?? NO_HASH, unchained) });
    return sequence;
  }

  page(conditions: AuditConditions, page: PageArguments): Promise<Page<AuditRow>> {
    const { auditEvents } = this.db.tables;
    return selectPage({
      reader: this.db.reader,
      from: auditEvents,
      where: this.matching(conditions),
      orderBy: [{ column: auditEvents.sequence, isDescending: true }],
      page,
      list: ['auditEvents', conditions],
    });
  }

  async bySequences(sequences: readonly number[]): Promise<AuditRow[]> {
    const { auditEvents } = this.db.tables;
    return this.db.reader.select().from(auditEvents).where(inArray(auditEvents.sequence, sequences.slice()));
  }

  /** Events after a position that fulfil the conditions, in order. */
  async after(sequence: number, limit: number, conditions: AuditConditions = {}): Promise<AuditRow[]> {
    const { auditEvents } = this.db.tables;
    return this.db.reader
      .select()
      .from(auditEvents)
      .where(and(gt(auditEvents.sequence, sequence), this.matching(conditions)))
      .orderBy(asc(auditEvents.sequence))
      .limit(limit);
  }

  /** The newest event of an action. */
  async newestOf(action: string): Promise<AuditRow | null> {
    const { auditEvents } = this.db.tables;
    const [row] = await this.db.reader
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, action))
      .orderBy(desc(auditEvents.sequence))
      .limit(1);
    return row ?? null;
  }

  /** Position of the newest event that was ever appended; 0 for none. */
  async latest(): Promise<number> {
    const { counters } = this.db.tables;
    const [row] = await this.db.reader.select().from(counters).where(eq(counters.name, COUNTER));
    return row?.value ?? 0;
  }

  /** Positions of the newest event that was ever appended, and of the last one that was removed for its age; 0 for none. */
  async bounds(): Promise<{ latest: number; pruned: number }> {
    const latest = await this.latest();
    const [oldest] = await this.after(0, 1);
    return { latest, pruned: oldest === undefined ? latest : oldest.sequence - 1 };
  }

  /** The newest event of those that occurred before a time; null where there is none. */
  async newestBefore(end: Date): Promise<AuditRow | null> {
    const { auditEvents } = this.db.tables;
    const [row] = await this.db.reader
      .select()
      .from(auditEvents)
      .where(lt(auditEvents.occurredAt, end))
      .orderBy(desc(auditEvents.occurredAt), desc(auditEvents.sequence))
      .limit(1);
    return row ?? null;
  }

  /** Keeps others from appending and removing until the transaction ends; tells whether an event is still there. */
  async lockIfKept(tx: Transaction, sequence: number): Promise<boolean> {
    const { counters } = this.db.tables;
    await tx
      .update(counters)
      .set({ value: sql`${counters.value}` })
      .where(eq(counters.name, COUNTER));
    return (await this.hashOf(sequence, tx)) !== null;
  }

  /** Removes the events up to a position. */
  async removeUpTo(tx: Transaction, sequence: number): Promise<void> {
    const { auditEvents } = this.db.tables;
    await tx.delete(auditEvents).where(lt(auditEvents.sequence, sequence + 1));
  }

  private async hashOf(sequence: number, tx: Transaction): Promise<string | null> {
    const { auditEvents } = this.db.tables;
    const [row] = await tx
      .select({ chainHash: auditEvents.chainHash })
      .from(auditEvents)
      .where(eq(auditEvents.sequence, sequence));
    return row?.chainHash ?? null;
  }

  private matching({ actorIds, targetIds, actions, outcomes, occurredAt }: AuditConditions): SQL | undefined {
    const { auditEvents } = this.db.tables;
    return and(
      actorIds ? inArray(auditEvents.actorId, actorIds.slice()) : undefined,
      targetIds ? inArray(auditEvents.targetId, targetIds.slice()) : undefined,
      actions ? inArray(auditEvents.action, actions.slice()) : undefined,
      outcomes ? inArray(auditEvents.outcome, outcomes.slice()) : undefined,
      occurredAt?.from ? gte(auditEvents.occurredAt, occurredAt.from) : undefined,
      occurredAt?.to ? lt(auditEvents.occurredAt, occurredAt.to) : undefined,
    );
  }
}
