import { and, eq, getTableColumns, inArray, like, or, sql, type SQL } from 'drizzle-orm';
import type { ItemKind } from '@sluice/core/platform';
import type { ItemOutcome, ItemReason, PlanAction } from '@sluice/core/plan';
import type { Database, Reader } from '../db/database.js';
import { selectPage } from '../db/pages.js';
import { countRows, selectByIds, type SortKey } from '../db/rows.js';
import { LARGE_PAGE_ROWS, type Page, type PageArguments } from '../graphql/paging.js';
import { containing } from '../jobs/job.store.js';
import type { StepRow } from './store-context.js';

export interface ItemFilterValue {
  outcomes?: readonly ItemOutcome[] | null;
  reasons?: readonly ItemReason[] | null;
  kind?: ItemKind | null;
  isRevised?: boolean | null;
  pathContains?: string | null;
  runId?: string | null;
}

export interface StepFilterValue {
  actions?: readonly PlanAction[] | null;
  reasons?: readonly ItemReason[] | null;
  isDestructive?: boolean | null;
  pathStartsWith?: string | null;
}

/** Paths of a job's locations, each ending with `/`: what stands before the keys of its items. */
export interface Roots {
  source: string;
  destination: string;
}

/** Items are counted up to this number only, so that a count of a very large job stays cheap. */
const MAX_COUNTED_ITEMS = 10_000;

/** Steps of plans and items of runs, as lists. */
export class ItemStore {
  /** Columns of a list: without what only the engine reads, which may be long. */
  private readonly shown: readonly string[];

  constructor(private readonly db: Database) {
    const { step: _step, checkpoint: _checkpoint, ...shown } = getTableColumns(db.tables.steps);
    this.shown = Object.keys(shown);
  }

  byIds(ids: readonly string[]): Promise<(StepRow | null)[]> {
    return selectByIds(this.db.reader, this.db.tables.steps, ids);
  }

  /** Steps that a run carries out; those of a plan without run are not found. */
  async ofRunsByIds(ids: readonly string[]): Promise<(StepRow | null)[]> {
    const { plans } = this.db.tables;
    const rows = await this.byIds(ids);
    const planIds = [...new Set(rows.flatMap((row) => row?.planId ?? []))];
    if (planIds.length === 0) return rows;
    const found = await this.db.reader
      .select({ id: plans.id, runId: plans.runId })
      .from(plans)
      .where(inArray(plans.id, planIds));
    const carried = new Set(found.filter(({ runId }) => runId !== null).map(({ id }) => id));
    return rows.map((row) => (row !== null && carried.has(row.planId) ? row : null));
  }

  /** Items of a run in the order of their execution. */
  ofRun(planId: string, roots: Roots, filter: ItemFilterValue, page: PageArguments): Promise<Page<StepRow>> {
    const { steps } = this.db.tables;
    const where = and(eq(steps.planId, planId), this.itemWhere(this.db.reader, roots, filter));
    const orderBy = [{ column: steps.sequence }, { column: steps.id }];
    return this.select(where, orderBy, page, ['items', planId, filter]);
  }

  /** The latest record of every item of a job, by path. */
  ofJob(jobId: string, roots: Roots, filter: ItemFilterValue, page: PageArguments): Promise<Page<StepRow>> {
    const { steps } = this.db.tables;
    const where = and(this.latestOf(jobId), this.itemWhere(this.db.reader, roots, filter));
    const orderBy = [{ column: steps.itemKey }, { column: steps.id }];
    return this.select(where, orderBy, page, ['job items', jobId, filter]);
  }

  stepsOf(planId: string, roots: Roots, filter: StepFilterValue, page: PageArguments): Promise<Page<StepRow>> {
    const { steps } = this.db.tables;
    const where = and(eq(steps.planId, planId), this.stepWhere(roots, filter));
    const orderBy = [{ column: steps.sequence }, { column: steps.id }];
    return this.select(where, orderBy, page, ['steps', planId, filter]);
  }

  private select(where: SQL | undefined, orderBy: SortKey[], page: PageArguments, list: unknown[]) {
    return selectPage({
      reader: this.db.reader,
      from: this.db.tables.steps,
      where,
      orderBy,
      page,
      list,
      max: LARGE_PAGE_ROWS,
      columns: this.shown,
    });
  }

  countOfRun(planId: string, roots: Roots, filter: ItemFilterValue): Promise<number | null> {
    return this.count(and(eq(this.db.tables.steps.planId, planId), this.itemWhere(this.db.reader, roots, filter)));
  }

  countOfJob(jobId: string, roots: Roots, filter: ItemFilterValue): Promise<number | null> {
    return this.count(and(this.latestOf(jobId), this.itemWhere(this.db.reader, roots, filter)));
  }

  countSteps(planId: string, roots: Roots, filter: StepFilterValue): Promise<number | null> {
    return this.count(and(eq(this.db.tables.steps.planId, planId), this.stepWhere(roots, filter)));
  }

  private async count(where: SQL | undefined): Promise<number | null> {
    const value = await countRows({
      reader: this.db.reader,
      from: this.db.tables.steps,
      where,
      max: MAX_COUNTED_ITEMS + 1,
    });
    return value > MAX_COUNTED_ITEMS ? null : value;
  }

  /** The latest records of the items of a job. */
  latestOf(jobId: string): SQL | undefined {
    const { steps } = this.db.tables;
    return and(eq(steps.jobId, jobId), eq(steps.isLatest, true));
  }

  itemWhere(reader: Reader, roots: Roots, filter: ItemFilterValue): SQL | undefined {
    const { steps, runs } = this.db.tables;
    const { outcomes, reasons, kind, isRevised, pathContains, runId } = filter;
    const pattern = pathContains ? containing(pathContains.toLowerCase()) : null;
    return and(
      outcomes ? inArray(steps.outcome, [...outcomes]) : undefined,
      reasons ? inArray(steps.reason, [...reasons]) : undefined,
      kind ? eq(steps.kind, kind) : undefined,
      typeof isRevised === 'boolean' ? eq(steps.isRevised, isRevised) : undefined,
      pattern
        ? or(...this.paths(roots).map((path) => sql`${like(sql`lower(${path})`, pattern)} escape '\\'`))
        : undefined,
      runId
        ? inArray(steps.planId, reader.select({ id: runs.planId }).from(runs).where(eq(runs.id, runId)))
        : undefined,
    );
  }

  private stepWhere(roots: Roots, filter: StepFilterValue): SQL | undefined {
    const { steps } = this.db.tables;
    const { actions, reasons, isDestructive, pathStartsWith: start } = filter;
    return and(
      actions ? inArray(steps.action, [...actions]) : undefined,
      reasons ? inArray(steps.planReason, [...reasons]) : undefined,
      typeof isDestructive === 'boolean' ? eq(steps.isDestructive, isDestructive) : undefined,
      start ? or(...this.paths(roots).map((path) => sql`substr(${path}, 1, length(${start})) = ${start}`)) : undefined,
    );
  }

  private paths(roots: Roots): SQL[] {
    const { steps } = this.db.tables;
    return [sql`(${roots.source} || ${steps.sourceKey})`, sql`(${roots.destination} || ${steps.destinationKey})`];
  }
}
