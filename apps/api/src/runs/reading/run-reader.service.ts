import type { NameRevision } from '@sluice/core/naming';
import type { GraphQLResolveInfo } from 'graphql';
import type { JobRow, PlanRow, RunRow } from '../../db/row-types.js';
import type { Context } from '../../graphql/context.js';
import { withTotal, type PageArguments } from '../../graphql/paging.js';
import { columnsOfEntries } from '../../graphql/selection.js';
import type { FlaggedCountStore } from './flagged-counts.store.js';
import type { FlaggedCount } from './flagged-counts.types.js';
import type { ItemFilterValue, ItemStore, PlacedPage, Roots, StepFilterValue } from './item.store.js';
import type { WorkLoaders } from './loaders.js';
import { rootsOf } from './roots.js';
import { ITEM_COLUMNS, STEP_COLUMNS } from './item-columns.js';
import { RUN_COLUMNS } from './run-columns.js';
import type { ReasonFigures } from './statistics.js';
import type { RunFilterValue, RunStore } from './run.store.js';

/** What is asked of a list, and by whom; `info` is of the field that gives its page. */
interface Asked {
  info: GraphQLResolveInfo;
  context: Context;
}

/** Pages of runs, of their items, and of the steps of plans; each counts its matches only when it is asked to. */
export class RunReader {
  constructor(
    private readonly store: RunStore,
    private readonly items: ItemStore,
    private readonly loaders: WorkLoaders,
    private readonly flagged: FlaggedCountStore,
  ) {}

  /** Runs that fit the filter, with the columns that `info` asks for, and what they lead to. */
  async runs(filter: RunFilterValue, page: PageArguments, info: GraphQLResolveInfo, context: Context) {
    const found = await this.store.page(filter, page, columnsOfEntries(info, RUN_COLUMNS));
    await this.loaders.readAheadOfRuns(found.nodes, info, context);
    return withTotal(found, () => this.store.count(filter));
  }

  /** Items of a run in the order of its plan. */
  async itemsOfRun(run: RunRow, filter: ItemFilterValue, page: PlacedPage, { info, context }: Asked) {
    const roots = await this.rootsOf(run.jobId, context);
    const placed = { ...page, signal: context.signal };
    return this.items.ofRun(run, roots, filter, placed, columnsOfEntries(info, ITEM_COLUMNS));
  }

  /** Reasons of the items of a run that match, most frequent first. */
  async reasonsOfRun(run: RunRow, filter: ItemFilterValue, context: Context): Promise<ReasonFigures[]> {
    const counts = await this.items.reasonsOfRun(run.planId, await this.rootsOf(run.jobId, context), filter);
    return counts.map(({ value, count }) => ({ reason: value, itemCount: count }));
  }

  /** Adapted names of a run by reason, most frequent first. */
  async revisionsOfRun(run: RunRow): Promise<{ revision: NameRevision; itemCount: number }[]> {
    const counts = await this.items.revisionsOfRun(run.planId);
    return counts.flatMap(({ value, count }) => (value === null ? [] : { revision: value, itemCount: count }));
  }

  /** Flagged items of all jobs by job and reason, most first. */
  flaggedItems(): Promise<FlaggedCount[]> {
    return this.flagged.all();
  }

  /** The latest record of every item of a job, by path. */
  async itemsOfJob(job: JobRow, filter: ItemFilterValue, page: PageArguments, info: GraphQLResolveInfo) {
    const roots = rootsOf(job);
    const found = await this.items.ofJob(job.id, roots, filter, page, columnsOfEntries(info, ITEM_COLUMNS));
    return withTotal(found, () => this.items.countOfJob(job.id, roots, filter));
  }

  /** Steps of a plan; while it is made nobody knows how many they will be. */
  async stepsOf(plan: PlanRow, filter: StepFilterValue, page: PlacedPage, { info, context }: Asked) {
    const roots = await this.rootsOf(plan.jobId, context);
    const of = { planId: plan.id, jobId: plan.jobId };
    const placed = { ...page, signal: context.signal };
    const found = await this.items.stepsOf(of, roots, filter, placed, columnsOfEntries(info, STEP_COLUMNS));
    return plan.taskState === 'SUCCEEDED' ? found : withTotal(found, async () => null);
  }

  private async rootsOf(jobId: string, context: Context): Promise<Roots> {
    return rootsOf((await this.loaders.job(jobId, context)) ?? { sourcePath: '/', destinationPath: '/' });
  }
}
