import { allowedRunActions } from '@sluice/core/job';
import { NAME_REVISIONS } from '@sluice/core/naming';
import { ITEM_OUTCOMES, ITEM_REASONS } from '@sluice/core/plan';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { Actors } from '../../access/actors.js';
import type { BudgetService } from '../../budgets/budget.service.js';
import { CallEstimate, MAX_ESTIMATES, RateBudget } from '../../budgets/budget.types.js';
import type { RunRow } from '../../db/row-types.js';
import type { CallsMade } from '../../db/tables/runs.js';
import { hasScope, loaderOf, type Context } from '../../graphql/context.js';
import { AtMost } from '../../graphql/declarations.js';
import { PageArgs, PlacedPageArgs } from '../../graphql/page-types.js';
import { LARGE_PAGE_ROWS } from '../../graphql/paging.js';
import { DateTime } from '../../graphql/scalars.js';
import { Actor, toUserError, UserError } from '../../graphql/types.js';
import { ActionEnum } from '../../jobs/enums.js';
import { JobType } from '../../jobs/job.types.js';
import type { ForecastService } from './forecast.js';
import { RunItemFilter, RunItemPage } from './item.types.js';
import type { WorkLoaders } from './loaders.js';
import type { RunReader } from './run-reader.service.js';
import {
  CallCount,
  OutcomeCount,
  ReasonCount,
  RevisionCount,
  RunFilter,
  RunPage,
  RunStatisticsType,
  RunType,
} from './run.types.js';
import { MAX_REASONS, outcomesOf, reasonsOf, statisticsOf, type Statistics } from './statistics.js';

@Resolver(() => RunType)
export class RunResolver {
  constructor(
    private readonly reader: RunReader,
    private readonly loaders: WorkLoaders,
    private readonly forecasts: ForecastService,
    private readonly actors: Actors,
  ) {}

  @Authorized('JOBS_READ')
  @Query(() => RunType, { nullable: true })
  run(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return this.loaders.run(id, context);
  }

  @Authorized('JOBS_READ')
  @Query(() => RunPage, { nullable: true })
  runs(
    @Arg('filter', () => RunFilter, { nullable: true }) filter: RunFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    return this.reader.runs(filter ?? {}, page, info, context);
  }

  @FieldResolver(() => JobType)
  job(@Root() run: RunRow, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return this.loaders.jobShown(run.jobId, context, info);
  }

  @FieldResolver(() => UserError, { nullable: true })
  stateReason(@Root() run: RunRow) {
    return run.stateReason && toUserError(run.stateReason);
  }

  @FieldResolver(() => Actor, { nullable: true })
  startedBy(@Root() run: RunRow, @Ctx() context: Context) {
    return this.actors.find(run.startedById, context);
  }

  @FieldResolver(() => RunType, { nullable: true })
  continues(@Root() run: RunRow, @Ctx() context: Context) {
    return this.loaders.run(run.continuesId, context);
  }

  @FieldResolver(() => [ActionEnum])
  async allowedActions(@Root() run: RunRow, @Ctx() context: Context) {
    if (!hasScope(context, 'RUNS_CONTROL')) return [];
    const hasFlagged = (run.counters.outcomes.FLAGGED?.items ?? 0) > 0;
    // A scan begins anew instead.
    const isRetried = hasFlagged && (await this.loaders.job(run.jobId, context))?.transferType !== 'SCAN';
    return allowedRunActions(run.state, isRetried);
  }

  @FieldResolver(() => RunStatisticsType)
  statistics(@Root() run: RunRow): Statistics {
    return statisticsOf(run);
  }

  @AtMost(MAX_ESTIMATES)
  @FieldResolver(() => [CallEstimate])
  forecast(@Root() run: RunRow) {
    return run.activeJobId === null ? [] : this.forecasts.ofRun(run);
  }

  @AtMost(LARGE_PAGE_ROWS)
  @FieldResolver(() => RunItemPage)
  items(
    @Root() run: RunRow,
    @Arg('filter', () => RunItemFilter, { nullable: true }) filter: RunItemFilter | null,
    @Args(() => PlacedPageArgs) page: PlacedPageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    return this.reader.itemsOfRun(run, filter ?? {}, page, { info, context });
  }

  @AtMost(ITEM_REASONS.length)
  @FieldResolver(() => [ReasonCount])
  itemReasons(
    @Root() run: RunRow,
    @Arg('filter', () => RunItemFilter, { nullable: true }) filter: RunItemFilter | null,
    @Ctx() context: Context,
  ) {
    return this.reader.reasonsOfRun(run, filter ?? {}, context);
  }

  @AtMost(NAME_REVISIONS.length)
  @FieldResolver(() => [RevisionCount])
  nameRevisions(@Root() run: RunRow) {
    return this.reader.revisionsOfRun(run);
  }
}

@Resolver(() => RunStatisticsType)
export class RunStatisticsResolver {
  constructor(private readonly forecasts: ForecastService) {}

  @AtMost(ITEM_OUTCOMES.length)
  @FieldResolver(() => [OutcomeCount])
  outcomes(@Root() statistics: Statistics) {
    return outcomesOf(statistics);
  }

  @AtMost(MAX_REASONS)
  @FieldResolver(() => [ReasonCount])
  reasons(@Root() statistics: Statistics) {
    return reasonsOf(statistics);
  }

  @FieldResolver(() => DateTime, { nullable: true })
  expectedFinishAt(@Root() statistics: Statistics) {
    return this.forecasts.finishOf(statistics);
  }
}

@Resolver(() => CallCount)
export class CallCountResolver {
  constructor(private readonly budgets: BudgetService) {}

  @FieldResolver(() => RateBudget, { nullable: true })
  async budget(@Root() { budgetId }: CallsMade, @Ctx() context: Context) {
    return loaderOf(context, this.budgets, (ids) => this.budgets.byIds(ids)).load(budgetId);
  }
}
