import { and, eq, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { ReportRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import { countRows, selectRows } from '../db/rows.js';
import type { Change } from '../db/tables/events.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import type { ReportKind } from '../db/tables/reports.js';

export type ReportLease = Pick<ReportRow, 'leaseOwner' | 'leaseUntil'>;

/** Reports as tasks, in the database; each change is recorded for followers in its transaction. */
export class ReportStore {
  constructor(private readonly base: Pick<Base, 'db' | 'changes'>) {}

  byIds(ids: readonly string[]): Promise<ReportRow[]> {
    const { reports } = this.base.db.tables;
    return this.base.db.reader.select().from(reports).where(inArray(reports.id, ids.slice()));
  }

  /** Latest first. */
  page(subjectId: string | null, page: PageArguments): Promise<Page<ReportRow>> {
    const { reports } = this.base.db.tables;
    return selectPage({
      reader: this.base.db.reader,
      from: reports,
      where: subjectId === null ? undefined : eq(reports.subjectId, subjectId),
      orderBy: [
        { column: reports.createdAt, isDescending: true },
        { column: reports.id, isDescending: true },
      ],
      page,
      list: ['reports', subjectId],
    });
  }

  count(tx: Transaction): Promise<number> {
    return countRows({ reader: tx, from: this.base.db.tables.reports });
  }

  async insert(tx: Transaction, row: ReportRow): Promise<void> {
    await tx.insert(this.base.db.tables.reports).values(row);
    await this.record(tx, 'CREATED', row);
  }

  /** Reports of some kinds that have to be made, oldest first. */
  open(kinds: readonly ReportKind[]): Promise<ReportRow[]> {
    const { reports } = this.base.db.tables;
    return selectRows({
      reader: this.base.db.reader,
      from: reports,
      where: and(inArray(reports.taskState, ['QUEUED', 'RUNNING']), inArray(reports.kind, kinds.slice())),
      orderBy: [{ column: reports.createdAt }, { column: reports.id }],
      limit: 50,
    });
  }

  /** Claims a report that nobody makes, or whose maker is dead; null when another process was faster. */
  take({ id, tries }: ReportRow, lease: ReportLease, deadOwner: string | null): Promise<ReportRow | null> {
    const { reports } = this.base.db.tables;
    const isFree = or(isNull(reports.leaseOwner), eq(reports.leaseOwner, deadOwner ?? ''));
    const where = and(eq(reports.id, id), inArray(reports.taskState, ['QUEUED', 'RUNNING']), isFree);
    return this.change(where, { ...lease, taskState: 'RUNNING', tries: tries + 1 });
  }

  /** Whether the claim still holds. */
  async renew(id: string, { leaseOwner, leaseUntil }: ReportLease): Promise<boolean> {
    const { reports } = this.base.db.tables;
    const where = and(eq(reports.id, id), eq(reports.leaseOwner, leaseOwner ?? ''));
    return this.base.db.transact(async (tx) => {
      const held = await tx.update(reports).set({ leaseUntil }).where(where).returning({ id: reports.id });
      return held.length > 0;
    });
  }

  /** Notes what became of a report whose claim is held; null when the claim was lost. */
  settle(id: string, leaseOwner: string, outcome: Partial<ReportRow>): Promise<ReportRow | null> {
    const { reports } = this.base.db.tables;
    const where = and(eq(reports.id, id), eq(reports.leaseOwner, leaseOwner));
    return this.change(where, { ...outcome, leaseOwner: null, leaseUntil: null });
  }

  /** Reports that are over; those that failed end as others do. */
  expired(now: Date): Promise<ReportRow[]> {
    const { reports } = this.base.db.tables;
    return selectRows({
      reader: this.base.db.reader,
      from: reports,
      where: and(isNotNull(reports.expiresAt), lt(reports.expiresAt, now)),
      orderBy: [{ column: reports.id }],
      limit: 100,
    });
  }

  /** Gives the report that was deleted, null for none. Whoever makes it loses the claim. */
  delete(id: string): Promise<ReportRow | null> {
    const { reports } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const [removed] = await tx.delete(reports).where(eq(reports.id, id)).returning();
      if (removed !== undefined) await this.record(tx, 'DELETED', removed);
      return removed ?? null;
    });
  }

  private change(where: ReturnType<typeof and>, values: Partial<ReportRow>): Promise<ReportRow | null> {
    const { reports } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const [row] = await tx.update(reports).set(values).where(where).returning();
      if (row !== undefined) await this.record(tx, 'UPDATED', row);
      return row ?? null;
    });
  }

  private record(tx: Transaction, change: Change, { id, subjectId }: ReportRow): Promise<void> {
    return this.base.changes.record(tx, { topic: 'REPORT', change, subjectId: id, relatedId: subjectId });
  }
}
