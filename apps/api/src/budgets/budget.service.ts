import type { BudgetRow, BudgetSpanRow } from '../db/row-types.js';
import { inBatches } from '../db/batch.js';
import { inOrder, requireCaller, type Context } from '../graphql/context.js';
import { notFound, Problems, requireVersion } from '../problems.js';
import type { BudgetPool, Forecast } from './pool.js';
import type { BudgetSpan, BudgetUpdateInput, RateBudget } from './budget.types.js';

/** Budgets that a list has at most, the scarcest ones; so few that all of their connections can be asked for with them. */
export const MAX_BUDGETS = 15;
const MAX_RESERVE_SHARE = 0.5;

/** Budgets as people see them. */
export class BudgetService {
  /** Budgets in the order of the ids, null for one that does not exist. */
  readonly byId: (id: string) => Promise<RateBudget | null>;
  private readonly spansOf: (id: string) => Promise<BudgetSpan[] | null>;
  private readonly forecastOf: (id: string) => Promise<Forecast | null>;

  constructor(private readonly pool: BudgetPool) {
    this.byId = inBatches((ids) => this.byIds(ids));
    this.spansOf = inBatches(async (ids) => {
      const rows = await pool.store.spansOf(ids);
      return ids.map((id) => rows.filter(({ budgetId }) => budgetId === id).flatMap(spanView));
    });
    this.forecastOf = inBatches((ids) => pool.forecastsOf(ids));
  }

  async byIds(ids: readonly string[]): Promise<(RateBudget | null)[]> {
    return inOrder(ids, this.views(await this.pool.store.byIds(ids)));
  }

  /** The scarcest first; all budgets, or those with the identifiers. */
  async list(ids: readonly string[] | null): Promise<RateBudget[]> {
    const rows = ids === null ? await this.pool.store.all() : await this.pool.store.byIds(ids);
    const views = this.views(rows);
    return views.sort((a, b) => shareLeft(a) - shareLeft(b) || (a.id < b.id ? -1 : 1)).slice(0, MAX_BUDGETS);
  }

  async update(
    id: string,
    input: BudgetUpdateInput,
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<RateBudget> {
    const row = await this.seen(id, expectedVersion);
    check(input);
    const { reserveShare, ...limits } = input;
    const settings = Object.entries({ ...limits, reserveShare: reserveShare ?? undefined });
    const given = settings.filter(([, value]) => value !== undefined);
    if (given.length > 0) {
      const changes = { ...Object.fromEntries(given), updatedById: requireCaller(context).actorId };
      const isTaken = await this.pool.configure(row, changes, expectedVersion ?? null);
      if (!isTaken) await this.seen(id, expectedVersion);
    }
    const [updated] = await this.byIds([id]);
    if (!updated) throw notFound('budget');
    return updated;
  }

  /** The row with the version of the settings that the caller has read; refused when there is no such one any more. */
  private async seen(id: string, expectedVersion: number | null | undefined): Promise<BudgetRow> {
    const [row] = await this.pool.store.byIds([id]);
    if (row === undefined) throw notFound('budget');
    requireVersion({ version: row.settingsVersion, updatedById: row.updatedById }, expectedVersion);
    return row;
  }

  /** What was called in the last 24 hours, oldest first; no span in which nothing was. */
  async history({ id }: RateBudget): Promise<BudgetSpan[]> {
    return (await this.spansOf(id)) ?? [];
  }

  async forecast(budget: RateBudget): Promise<Forecast & { budget: RateBudget; callsLeftThisHour: number | null }> {
    const { callsNeeded = null, finishAt = null } = (await this.forecastOf(budget.id)) ?? {};
    return { callsNeeded, finishAt, budget, callsLeftThisHour: budget.hourly.remaining };
  }

  private views(rows: readonly BudgetRow[]): RateBudget[] {
    return rows.map((row) => ({
      ...this.pool.snapshot(row),
      id: row.id,
      version: row.settingsVersion,
      apiHost: row.apiHost,
      clientLabel: row.label,
    }));
  }
}

function spanView({ from, calls, callsBefore, refusals, refusalsBefore }: BudgetSpanRow): BudgetSpan[] {
  const callCount = Math.max(0, calls - callsBefore);
  return callCount === 0 ? [] : [{ from, callCount, throttledCount: Math.max(0, refusals - refusalsBefore) }];
}

function shareLeft({ hourly }: RateBudget): number {
  return hourly.remaining === null || !hourly.limit ? Number.POSITIVE_INFINITY : hourly.remaining / hourly.limit;
}

function check({ reserveShare, hourlyLimit, spikeLimit }: BudgetUpdateInput): void {
  const problems = new Problems();
  if (reserveShare != null && !(reserveShare >= 0 && reserveShare <= MAX_RESERVE_SHARE)) {
    problems.add('OUT_OF_RANGE', ['input', 'reserveShare'], 'The reserve is a share from 0 to 0.5.');
  }
  for (const [name, limit] of Object.entries({ hourlyLimit, spikeLimit })) {
    if (limit != null && limit < 1) problems.add('OUT_OF_RANGE', ['input', name], 'A limit is at least 1 call.');
  }
  problems.refuseIfAny();
}
