import type { BudgetState, StoredBudget } from '@sluice/core/http';
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { BudgetRow, BudgetSpanRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { SpanStore } from './span.store.js';

export interface BudgetKey {
  apiHost: string;
  client: string;
}

/** Budgets in the database; a change of one is recorded for its followers. */
export class BudgetStore {
  private readonly spans: SpanStore;

  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'changes'>) {
    this.spans = new SpanStore(base.db);
  }

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
      if (added.length === 0) return;
      await this.spans.note(tx, row.id, { calls: 0, refusals: 0 }, this.now());
      await this.base.changes.record(tx, { topic: 'BUDGET', change: 'CREATED', subjectId: row.id });
    });
  }

  /** Stores an administrator's settings, in place of those of the version `seen` where it is given; returns whether it did. */
  configure(id: string, settings: Partial<BudgetRow>, seen: number | null = null): Promise<boolean> {
    const { budgets } = this.base.db.tables;
    const isSeen = and(eq(budgets.id, id), seen === null ? undefined : eq(budgets.settingsVersion, seen));
    return this.base.db.transact(async (tx) => {
      const versions = { version: sql`${budgets.version} + 1`, settingsVersion: sql`${budgets.settingsVersion} + 1` };
      const changes = { ...settings, ...versions, updatedAt: this.now() };
      const found = await tx.update(budgets).set(changes).where(isSeen).returning({ id: budgets.id });
      if (found.length > 0) await this.record(tx, id);
      return found.length > 0;
    });
  }

  /** What all processes know of a budget; without the state when its version is the known one. */
  async readState(id: string, known: number | null): Promise<StoredBudget> {
    const { budgets } = this.base.db.tables;
    const { version, reserveShare, hourlyLimit, spikeLimit } = budgets;
    const state = sql`case when ${version} = ${known ?? -1} then null else ${budgets.state} end`.mapWith(budgets.state);
    const columns = { state, version, reserveShare, hourlyLimit, spikeLimit, day: this.day() };
    const [row] = await this.base.db.reader.select(columns).from(budgets).where(eq(budgets.id, id));
    if (row === undefined) throw new Error('The budget is no longer in the store.');
    const limits = { reserveShare: row.reserveShare, hourlyLimit: row.hourlyLimit, spikeLimit: row.spikeLimit };
    return { state: row.state, limits, version: row.version, day: Number(row.day) };
  }

  /** Stores a state in place of that version, unless another process has stored one since. */
  writeState(
    id: string,
    { state, version, isTold }: { state: BudgetState; version: number; isTold: boolean },
  ): Promise<boolean> {
    const { budgets } = this.base.db.tables;
    const isSeen = and(eq(budgets.id, id), eq(budgets.version, version));
    return this.base.db.transact(async (tx) => {
      const changes = { state, version: version + 1, updatedAt: this.now() };
      const found = await tx.update(budgets).set(changes).where(isSeen).returning({ id: budgets.id });
      if (found.length > 0 && isTold) await this.tellIn(tx, id, state);
      return found.length > 0;
    });
  }

  /** Tells followers that there are new figures, and notes them for the history of the budget. */
  async tell(id: string, state: BudgetState): Promise<void> {
    await this.base.db.transact((tx) => this.tellIn(tx, id, state));
  }

  /** What was counted in the spans of the last 24 hours, oldest first. */
  spansOf(ids: readonly string[]): Promise<BudgetSpanRow[]> {
    return this.spans.ofBudgets(ids, this.now());
  }

  /** Removes what no history shows any more. */
  prune(): Promise<void> {
    return this.spans.prune(this.now());
  }

  private async tellIn(tx: Transaction, id: string, { nextSeq, throttledCount }: BudgetState): Promise<void> {
    await this.spans.note(tx, id, { calls: nextSeq - 1, refusals: throttledCount }, this.now());
    await this.record(tx, id);
  }

  /** In the record of changes only the newest figures of a budget stay. */
  private record(tx: Transaction, id: string): Promise<void> {
    return this.base.changes.record(tx, { topic: 'BUDGET', change: 'UPDATED', subjectId: id, isFigure: true });
  }

  private now(): Date {
    return new Date(this.base.clock.now());
  }

  /** The time of day that all processes share: the server's on Postgres, this machine's on SQLite. */
  private day(): SQL<number> {
    if (this.base.db.dialect === 'postgres') return sql`(extract(epoch from clock_timestamp()) * 1000)::float8`;
    return sql`${this.base.clock.now()}`;
  }
}
