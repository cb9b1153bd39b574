import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { BudgetSpanRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import { firstSpanOf, MAX_SPANS, spanOf } from '../spans.js';

/** What a budget has counted since it was made. */
export interface Counted {
  calls: number;
  refusals: number;
}

/** What budgets had counted over the last day, in spans of ten minutes. */
export class SpanStore {
  constructor(private readonly db: Database) {}

  /**
   * Notes what a budget has counted by now; figures that are older than the noted ones change nothing. A span begins with what
   * the one before had counted last, the very first one with these figures.
   */
  async note(tx: Transaction, budgetId: string, { calls, refusals }: Counted, now: Date): Promise<void> {
    const { budgetSpans } = this.db.tables;
    const { callsBefore, refusalsBefore } = await this.before(tx, budgetId, { calls, refusals });
    await tx
      .insert(budgetSpans)
      .values({ budgetId, from: spanOf(now), callsBefore, calls, refusalsBefore, refusals })
      .onConflictDoUpdate({
        target: [budgetSpans.budgetId, budgetSpans.from],
        set: { calls, refusals },
        setWhere: lt(budgetSpans.calls, calls),
      });
  }

  /** Spans of the last 24 hours of these budgets, oldest first. */
  ofBudgets(budgetIds: readonly string[], now: Date): Promise<BudgetSpanRow[]> {
    const { budgetSpans } = this.db.tables;
    const where = and(inArray(budgetSpans.budgetId, budgetIds.slice()), gte(budgetSpans.from, firstSpanOf(now)));
    return this.db.reader
      .select()
      .from(budgetSpans)
      .where(where)
      .orderBy(asc(budgetSpans.budgetId), asc(budgetSpans.from))
      .limit(budgetIds.length * MAX_SPANS);
  }

  /** Removes what no history shows any more, but for the newest span of each budget, with which the next one begins. */
  async prune(now: Date): Promise<void> {
    const { budgetSpans } = this.db.tables;
    const newest = sql`(select max(other."from") from budget_spans other where other.budget_id = ${budgetSpans.budgetId})`;
    await this.db.transact((tx) =>
      tx.delete(budgetSpans).where(and(lt(budgetSpans.from, firstSpanOf(now)), lt(budgetSpans.from, newest))),
    );
  }

  private async before(tx: Transaction, budgetId: string, counted: Counted) {
    const { budgetSpans } = this.db.tables;
    const [last] = await tx
      .select()
      .from(budgetSpans)
      .where(eq(budgetSpans.budgetId, budgetId))
      .orderBy(sql`${budgetSpans.from} desc`)
      .limit(1);
    const { calls, refusals } = last ?? counted;
    return { callsBefore: calls, refusalsBefore: refusals };
  }
}
