import { and, count, eq, inArray, isNull, like, lte, sql, type SQL } from 'drizzle-orm';
import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { Change } from '../db/tables/events.js';
import { inBatches } from '../db/batch.js';
import { selectPage } from '../db/pages.js';
import { selectRows } from '../db/rows.js';
import { containing, nameKeyOf } from '../text.js';
import { inOrder } from '../graphql/context.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import type { ConnectionProfileFilter } from './connection.inputs.js';

/** Connections in the database; each change is recorded for followers in its transaction. */
export class ConnectionStore {
  /** A connection by its identifier; null when it does not exist. */
  readonly byId: (id: string) => Promise<ConnectionRow | null>;

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'changes'>) {
    this.byId = inBatches(async (ids) => inOrder(ids, await this.byIds(ids)));
  }

  async byIds(ids: readonly string[]): Promise<ConnectionRow[]> {
    const { connections } = this.base.db.tables;
    return this.base.db.reader.select().from(connections).where(inArray(connections.id, ids.slice()));
  }

  /** Connections that are listed, in the order of their names, at most `limit`. */
  ofBudget(budgetId: string, limit: number): Promise<ConnectionRow[]> {
    const { connections } = this.base.db.tables;
    return selectRows({
      reader: this.base.db.reader,
      from: connections,
      where: and(eq(connections.budgetId, budgetId), isNull(connections.draftUntil)),
      orderBy: [{ column: connections.nameKey }, { column: connections.id }],
      limit,
    });
  }

  page(filter: ConnectionProfileFilter | null | undefined, page: PageArguments): Promise<Page<ConnectionRow>> {
    const { connections } = this.base.db.tables;
    return selectPage({
      reader: this.base.db.reader,
      from: connections,
      where: this.matching(filter),
      orderBy: [{ column: connections.nameKey }, { column: connections.id }],
      page,
      list: ['connections', filter ?? null],
    });
  }

  async count(filter: ConnectionProfileFilter | null | undefined): Promise<number> {
    const { connections } = this.base.db.tables;
    const [row] = await this.base.db.reader.select({ total: count() }).from(connections).where(this.matching(filter));
    return row?.total ?? 0;
  }

  /** Drafts whose time is over, at most `limit`. */
  async lateDrafts(now: Date, limit: number): Promise<string[]> {
    const { connections } = this.base.db.tables;
    const isLate = lte(connections.draftUntil, now);
    const rows = await this.base.db.reader.select({ id: connections.id }).from(connections).where(isLate).limit(limit);
    return rows.map(({ id }) => id);
  }

  async insert(tx: Transaction, row: ConnectionRow): Promise<void> {
    await tx.insert(this.base.db.tables.connections).values(row);
    await this.record(tx, 'CREATED', row.id);
  }

  /** Reads, decides and writes in one transaction; `change` gives null to leave the row as it is. */
  update(
    id: string,
    change: (row: ConnectionRow, tx: Transaction) => Promise<Partial<ConnectionRow> | null>,
  ): Promise<ConnectionRow | null> {
    return this.base.db.transact((tx) => this.updateIn(tx, id, change));
  }

  async updateIn(
    tx: Transaction,
    id: string,
    change: (row: ConnectionRow, tx: Transaction) => Promise<Partial<ConnectionRow> | null>,
  ): Promise<ConnectionRow | null> {
    const { connections } = this.base.db.tables;
    const [row] = await tx.select().from(connections).where(eq(connections.id, id));
    if (row === undefined) return null;
    const values = await change(row, tx);
    if (values === null) return row;
    const isUnchanged = and(eq(connections.id, id), eq(connections.version, row.version));
    const [updated] = await tx.update(connections).set(values).where(isUnchanged).returning();
    if (updated === undefined) return this.updateIn(tx, id, change);
    await this.record(tx, 'UPDATED', id);
    return updated;
  }

  /** Stores the notes of a connector; `change` gives null to leave them. Notes are internal, so the version stays. */
  async note(id: string, change: (row: ConnectionRow) => ConnectionRow['notes']): Promise<void> {
    const { connections } = this.base.db.tables;
    await this.base.db.transact(async (tx) => {
      const [row] = await tx.select().from(connections).where(eq(connections.id, id));
      const notes = row === undefined ? null : change(row);
      if (notes !== null) await tx.update(connections).set({ notes }).where(eq(connections.id, id));
    });
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    const { connections } = this.base.db.tables;
    await tx.delete(connections).where(eq(connections.id, id));
    await this.record(tx, 'DELETED', id);
  }

  private record(tx: Transaction, change: Change, subjectId: string): Promise<void> {
    return this.base.changes.record(tx, { topic: 'CONNECTION', change, subjectId });
  }

  private matching(filter: ConnectionProfileFilter | null | undefined): SQL | undefined {
    const { connections } = this.base.db.tables;
    const { platforms, statuses, nameContains } = filter ?? {};
    return and(
      isNull(connections.draftUntil),
      platforms ? inArray(connections.platform, platforms) : undefined,
      statuses ? inArray(connections.status, statuses) : undefined,
      nameContains ? sql`${like(connections.nameKey, containing(nameKeyOf(nameContains)))} escape '\\'` : undefined,
    );
  }
}
