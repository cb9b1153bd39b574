import { and, eq, getTableColumns, inArray, isNotNull, like, or, sql, type SQL } from 'drizzle-orm';
import type { ItemKind } from '@sluice/core/platform';
import type { NameRevision } from '@sluice/core/naming';
import type { ItemOutcome, ItemReason, PlanAction } from '@sluice/core/plan';
import type { Database } from '../../db/database.js';
import { stepsOfOrdinal } from '../../db/plan-steps.js';
import { planOrdinalOf } from '../../db/item-ids.js';
import { selectPage, type PageQuery, type Range } from '../../db/pages.js';
import { countByValue, type ValueCount } from '../../db/row-groups.js';
import { countRows, selectByIds } from '../../db/rows.js';
import {
  LARGE_PAGE_ROWS,
  mapPage,
  pageOf,
  requirePlace,
  withPrevious,
  withTotal,
  type Page,
  type PageArguments,
} from '../../graphql/paging.js';
import { containing } from '../../text.js';
import { latestStepsOf, rangeOfPlan, stepsOfPlan } from '../engine-store/store-plan-numbers.js';
import { KEY_COLUMNS, toStepRow, type StepRow } from '../engine-store/steps/step-row.js';
import { StepPositions, type StepList } from './step-positions.store.js';

export interface ItemFilterValue {
  outcomes?: readonly ItemOutcome[] | null;
  reasons?: readonly ItemReason[] | null;
  kind?: ItemKind | null;
  isRevised?: boolean | null;
  revisions?: readonly NameRevision[] | null;
  pathContains?: string | null;
  runId?: string | null;
}

export interface StepFilterValue {
  actions?: readonly PlanAction[] | null;
  reasons?: readonly ItemReason[] | null;
  isDestructive?: boolean | null;
  pathStartsWith?: string | null;
  pathContains?: string | null;
}

/** Paths of a job's locations, each ending with `/`: what stands before the keys of its items. */
export interface Roots {
  source: string;
  destination: string;
}

/** The plan whose steps are meant, and its job. */
interface OfPlan {
  planId: string;
  jobId: string;
}

/** Items are counted up to this number only, so that a count of a very large job stays cheap. */
const MAX_COUNTED_ITEMS = 10_000;
/** How long the places of steps and items in their lists are taken for what they were. Items of a run change while it goes on. */
const STEPS_KEPT_SECONDS = 60;
const ITEMS_KEPT_SECONDS = 15;
/** Items whose reasons are counted at most. */
const MAX_GROUPED_ITEMS = 100_000;

/** Which page of a list: `offset` begins it with the entry that so many others precede, in place of a cursor. */
export interface PlacedPage extends PageArguments {
  offset?: number | null;
  signal?: AbortSignal;
}

/** Columns of an entry that are read, of those that are shown; all of them where it is undefined. */
export type AskedColumns = readonly string[] | undefined;

type CountedPage = Page<StepRow> & { totalCount: Promise<number | null> };
type Steps = Database['tables']['steps'];

/** Steps of plans and items of runs, as lists. */
export class ItemStore {
  /** Columns of a list: without what only the engine reads, which may be long. */
  private readonly shown: readonly string[];
  private readonly stepPositions: StepPositions;
  private readonly itemPositions: StepPositions;

  constructor(private readonly db: Database) {
    this.stepPositions = new StepPositions(db, STEPS_KEPT_SECONDS);
    this.itemPositions = new StepPositions(db, ITEMS_KEPT_SECONDS);
    const { step: _step, checkpoint: _checkpoint, ...shown } = getTableColumns(db.tables.steps);
    this.shown = Object.keys(shown);
  }

  async byIds(ids: readonly string[]): Promise<(StepRow | null)[]> {
    return (await this.withPlans(ids)).map((found) => found?.row ?? null);
  }

  /** Steps that a run carries out; those of a plan without run are not found. */
  async ofRunsByIds(ids: readonly string[]): Promise<(StepRow | null)[]> {
    return (await this.withPlans(ids)).map((found) => (found?.isCarried ? found.row : null));
  }

  private async withPlans(ids: readonly string[]): Promise<({ row: StepRow; isCarried: boolean } | null)[]> {
    const { plans, steps } = this.db.tables;
    const rows = await selectByIds(this.db.reader, steps, ids);
    const ordinals = [...new Set(rows.flatMap((row) => (row === null ? [] : planOrdinalOf(row.id))))];
    if (ordinals.length === 0) return rows.map(() => null);
    const { ordinal, jobId, runId } = plans;
    const found = await this.db.reader.select({ ordinal, jobId, runId }).from(plans).where(inArray(ordinal, ordinals));
    const byOrdinal = new Map(found.map((plan) => [plan.ordinal, plan]));
    return rows.map((row) => {
      const plan = row === null ? undefined : byOrdinal.get(planOrdinalOf(row.id));
      if (row === null || plan === undefined) return null;
      return { row: toStepRow(row, plan.jobId), isCarried: plan.runId !== null };
    });
  }

  /** Items of a run in the order of its plan, by cursor or by place; those found by their place are all counted. */
  ofRun(
    run: OfPlan,
    roots: Roots,
    filter: ItemFilterValue,
    page: PlacedPage,
    columns?: AskedColumns,
  ): Promise<CountedPage> {
    const { planId } = run;
    const list = { planId, where: this.itemWhere(roots, filter), list: ['items', planId, filter] };
    return this.placed(run.jobId, list, this.itemPositions, page, columns);
  }

  /** The latest record of every item of a job, by path. */
  ofJob(
    jobId: string,
    roots: Roots,
    filter: ItemFilterValue,
    page: PageArguments,
    columns?: AskedColumns,
  ): Promise<Page<StepRow>> {
    const { steps } = this.db.tables;
    const where = and(latestStepsOf(this.db, jobId), this.itemWhere(roots, filter));
    const orderBy = [{ column: steps.itemKey }, { column: steps.id }];
    return this.select({ where, orderBy, page, list: ['job items', jobId, filter], columns }, jobId);
  }

  /** Steps of a plan in their order, by cursor or by place; those found by their place are all counted. */
  stepsOf(
    plan: OfPlan,
    roots: Roots,
    filter: StepFilterValue,
    page: PlacedPage,
    columns?: AskedColumns,
  ): Promise<CountedPage> {
    const { planId } = plan;
    const list = { planId, where: this.stepWhere(roots, filter), list: ['steps', planId, filter] };
    return this.placed(plan.jobId, list, this.stepPositions, page, columns);
  }

  private async placed(
    jobId: string,
    list: StepList,
    positions: StepPositions,
    { offset, signal, ...page }: PlacedPage,
    columns: AskedColumns,
  ): Promise<CountedPage> {
    const orderBy = [{ column: this.db.tables.steps.id }];
    const select = (range: Range) => this.select({ ...list, range, orderBy, page, columns }, jobId);
    const { planId, where } = list;
    if (typeof offset !== 'number') {
      const found = await select(rangeOfPlan(this.db, planId));
      return withTotal(found, () => this.count(and(stepsOfPlan(this.db, planId), where)));
    }
    requirePlace(offset, page.after);
    const range = await positions.from(list, offset, signal);
    const found = range === null ? pageOf<StepRow>([], ({ id }) => id, false, true) : await select(range);
    return withTotal(withPrevious(found, offset > 0), () => positions.count(list, signal));
  }

  private async select(
    {
      columns = this.shown,
      ...query
    }: Pick<PageQuery<Steps>, 'where' | 'range' | 'orderBy' | 'page' | 'list'> & {
      columns: AskedColumns;
    },
    jobId: string,
  ): Promise<Page<StepRow>> {
    const { reader, tables } = this.db;
    const read = [...KEY_COLUMNS, ...columns];
    const found = await selectPage({ ...query, reader, from: tables.steps, max: LARGE_PAGE_ROWS, columns: read });
    return mapPage(found, (row) => toStepRow(row, jobId));
  }

  /** Reasons of the items of a run that match, most frequent first. */
  reasonsOfRun(planId: string, roots: Roots, filter: ItemFilterValue): Promise<ValueCount<ItemReason>[]> {
    const { steps } = this.db.tables;
    const where = and(stepsOfPlan(this.db, planId), this.itemWhere(roots, filter));
    return countByValue({ reader: this.db.reader, from: steps, where, by: steps.reason, max: MAX_GROUPED_ITEMS });
  }

  revisionsOfRun(planId: string): Promise<ValueCount<NameRevision | null>[]> {
    const { steps } = this.db.tables;
    const where = and(stepsOfPlan(this.db, planId), isNotNull(steps.revision));
    return countByValue({ reader: this.db.reader, from: steps, where, by: steps.revision, max: MAX_GROUPED_ITEMS });
  }

  countOfJob(jobId: string, roots: Roots, filter: ItemFilterValue): Promise<number | null> {
    return this.count(and(latestStepsOf(this.db, jobId), this.itemWhere(roots, filter)));
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
  latestOf(jobId: string): SQL {
    return latestStepsOf(this.db, jobId);
  }

  itemWhere(roots: Roots, filter: ItemFilterValue): SQL | undefined {
    const { steps, plans, runs } = this.db.tables;
    const { outcomes, reasons, kind, isRevised, revisions, pathContains, runId } = filter;
    return and(
      outcomes ? inArray(steps.outcome, [...outcomes]) : undefined,
      reasons ? inArray(steps.reason, [...reasons]) : undefined,
      kind ? eq(steps.kind, kind) : undefined,
      typeof isRevised === 'boolean' ? eq(steps.isRevised, isRevised) : undefined,
      revisions ? inArray(steps.revision, [...revisions]) : undefined,
      this.isPathWith(roots, pathContains),
      runId
        ? stepsOfOrdinal(
            this.db,
            sql`(select ${plans.ordinal} from ${plans} join ${runs} on ${runs.planId} = ${plans.id} where ${runs.id} = ${runId})`,
          )
        : undefined,
    );
  }

  private stepWhere(roots: Roots, filter: StepFilterValue): SQL | undefined {
    const { steps } = this.db.tables;
    const { actions, reasons, isDestructive, pathStartsWith: start, pathContains } = filter;
    return and(
      actions ? inArray(steps.action, [...actions]) : undefined,
      reasons ? inArray(steps.planReason, [...reasons]) : undefined,
      typeof isDestructive === 'boolean' ? eq(steps.isDestructive, isDestructive) : undefined,
      start ? or(...this.paths(roots).map((path) => sql`substr(${path}, 1, length(${start})) = ${start}`)) : undefined,
      this.isPathWith(roots, pathContains),
    );
  }

  /** Whether either path holds the text, in whatever case. */
  private isPathWith(roots: Roots, part: string | null | undefined): SQL | undefined {
    if (!part) return undefined;
    const pattern = containing(part.toLowerCase());
    return or(...this.paths(roots).map((path) => sql`${like(sql`lower(${path})`, pattern)} escape '\\'`));
  }

  private paths(roots: Roots): SQL[] {
    const { source, destination } = keysInSql(this.db);
    return [sql`(${roots.source} || ${source})`, sql`(${roots.destination} || ${destination})`];
  }
}

/** The keys of a step in SQL, see `itemKeyOf` and `packKey`; null where it has none. */
function keysInSql({ tables: { steps } }: Database): { source: SQL; destination: SQL } {
  const own = sql`substr(${steps.itemKey}, 3)`;
  return {
    source: sql`case when substr(${steps.itemKey}, 1, 2) = 's:' then ${own} end`,
    destination: sql`case when ${steps.destinationKey} = '=' then ${own} else substr(${steps.destinationKey}, 2) end`,
  };
}
