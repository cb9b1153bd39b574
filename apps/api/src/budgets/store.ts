import { and, eq, inArray } from 'drizzle-orm';
import type { Base } from '../base.js';

export type BudgetRow = Base['db']['tables']['budgets']['$inferSelect'];

export interface BudgetKey {
  apiHost: string;
  client: string;
}

/** Budgets in the database; a change of one is recorded for its followers. */
export class BudgetStore {
  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'changes'>) {}

  async byKey({ apiHost, client }: BudgetKey): Promise<BudgetRow | null> {
    const { budgets } = this.base.db.tables;
    const isKey = and(eq(budgets.apiHost, apiHost), eq(budgets.client, client));
    const [row] = await this.base.db.reader.select().from(budgets).where(isKey);
    return row ?? null;
  }

  async byIds(ids: readonly string[]): Promise<BudgetRow[]> {
    const { budgets } = this.base.db.tables;
    return this.base.db.reader.select().from(budgets).where(inArray(budgets.id, ids.slice()));
  }

  async all(): Promise<BudgetRow[]> {
    return this.base.db.reader.select().from(this.base.db.tables.budgets);
  }

  /** Adds a budget, or gives the row that another process has added first. */
  async insert(row: BudgetRow): Promise<void> {
    const { budgets } = this.base.db.tables;
    await this.base.db.transact(async (tx) => {
      const added = await tx.insert(budgets).values(row).onConflictDoNothing().returning();
      if (added.length > 0)
        await this.base.changes.record(tx, { topic: 'BUDGET', change: 'CREATED', subjectId: row.id });
    });
  }

  /** Stores figures; in the record of changes only the newest figures of a budget stay. */
  async update(id: string, values: Partial<BudgetRow>): Promise<void> {
    const { budgets } = this.base.db.tables;
    await this.base.db.transact(async (tx) => {
      const updatedAt = new Date(this.base.clock.now());
      const found = await tx
        .update(budgets)
        .set({ ...values, updatedAt })
        .where(eq(budgets.id, id))
        .returning();
      if (found.length === 0) return;
      await this.base.changes.record(tx, { topic: 'BUDGET', change: 'UPDATED', subjectId: id, isFigure: true });
    });
  }
}
