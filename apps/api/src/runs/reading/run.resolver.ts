import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { AsksPlatform, AtMost } from '../../graphql/declarations.js';
import { allowedRunActions } from '@sluice/core/job';
import { ITEM_OUTCOMES } from '@sluice/core/plan';
import type { Actors } from '../../access/actors.js';
import type { Idempotency } from '../../access/idempotency.js';
import type { BudgetService } from '../../budgets/service.js';
import { CallEstimate, MAX_ESTIMATES, RateBudget } from '../../budgets/types.js';
import type { CallsMade } from '../../db/tables/runs.js';
import { hasScope, loaderOf, requireCaller, type Context } from '../../graphql/context.js';
import { requestError } from '../../graphql/errors.js';
import { ForwardPageArgs, PageArgs } from '../../graphql/page-types.js';
import { columnsOfEntries } from '../../graphql/selection.js';
import { payload } from '../../graphql/payload.js';
import { DateTime, Duration } from '../../graphql/scalars.js';
import { servedByDomain } from '../../graphql/streams.js';
import { Actor, toUserError, UserError } from '../../graphql/types.js';
import { ActionEnum } from '../../jobs/enums.js';
import type { JobService } from '../../jobs/job.service.js';
import { JobPayload, JobType } from '../../jobs/job.types.js';
import { PlanType } from '../../plans/plan.types.js';
import type { ForecastService } from './forecast.js';
import { RunItemFilter, RunItemPage, RunItemSelectionInput, RunItemType } from './item.types.js';
import type { WorkLoaders } from './loaders.js';
import { rootsOf } from './roots.js';
import { RUN_COLUMNS } from './run-columns.js';
import type { RunService } from '../lifecycle/run.service.js';
import { cursorOf, type RunStream, type StreamedEvent } from '../stream/run-stream.js';
import {
  CallCount,
  OutcomeCount,
  ReasonCount,
  RunEventType,
  RunFilter,
  RunPage,
  RunPayload,
  RunStartInput,
  RunStatisticsType,
  RunType,
} from './run.types.js';
import { MAX_REASONS, outcomesOf, reasonsOf, statisticsOf, type Statistics } from './statistics.js';
import type { RunRow } from '../engine-store/store-context.js';
import { LARGE_PAGE_ROWS, withTotal } from '../../graphql/paging.js';

const MAX_EVENTS = 500;

@Resolver(() => RunType)
export class RunResolver {
  constructor(
    private readonly service: RunService,
    private readonly loaders: WorkLoaders,
    private readonly stream: RunStream,
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
  async runs(
    @Arg('filter', () => RunFilter, { nullable: true }) filter: RunFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    const conditions = filter ?? {};
    const found = await this.service.store.page(conditions, page, columnsOfEntries(info, RUN_COLUMNS));
    await this.loaders.readAheadOfRuns(found.nodes, info, context);
    return withTotal(found, () => this.service.store.count(conditions));
  }

  @FieldResolver(() => String)
  cursor(@Root() run: RunRow): string {
    return cursorOf(run.id, run.eventCount);
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

  @FieldResolver(() => PlanType, { nullable: true })
  plan(@Root() run: RunRow, @Ctx() context: Context) {
    return this.loaders.plan(run.planId, context);
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
  async items(
    @Root() run: RunRow,
    @Arg('filter', () => RunItemFilter, { nullable: true }) filter: RunItemFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() context: Context,
  ) {
    const job = await this.loaders.job(run.jobId, context);
    const roots = rootsOf(job ?? { sourcePath: '/', destinationPath: '/' });
    const { items } = this.service;
    const found = await items.ofRun(run, roots, filter ?? {}, page);
    return withTotal(found, () => items.countOfRun(run.planId, roots, filter ?? {}));
  }

  @AtMost(MAX_EVENTS)
  @FieldResolver(() => [RunEventType])
  events(
    @Root() run: RunRow,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
  ) {
    if (first < 1 || first > MAX_EVENTS) {
      throw requestError('PAGE_SIZE_OUT_OF_RANGE', `Ask for 1 to ${MAX_EVENTS} events.`);
    }
    return this.stream.list(run, after ?? null, first);
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

@Resolver(() => RunEventType)
export class RunEventResolver {
  constructor(private readonly loaders: WorkLoaders) {}

  @Authorized('JOBS_READ')
  @Subscription(() => RunEventType, { nullable: true, subscribe: servedByDomain })
  runProgress(
    @Root() event: StreamedEvent,
    @Arg('runId', () => ID) _runId: string,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
    @Arg('minInterval', () => Duration, { defaultValue: 1000 }) _minInterval: number,
  ): StreamedEvent {
    return event;
  }

  @FieldResolver(() => RunType, { nullable: true })
  async run(@Root() event: StreamedEvent, @Ctx() context: Context) {
    return event.kind === 'SNAPSHOT' || event.kind === 'STATE' ? this.loaders.run(event.runId, context) : null;
  }

  @FieldResolver(() => RunItemType, { nullable: true })
  item(@Root() event: StreamedEvent, @Ctx() context: Context) {
    return this.loaders.item(event.stepId, context);
  }
}

@Resolver()
export class RunMutations {
  constructor(
    private readonly service: RunService,
    private readonly jobs: JobService,
    private readonly idempotency: Idempotency,
  ) {}

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runStart(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('input', () => RunStartInput, { nullable: true }) input: RunStartInput | null,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'runStart', key, argument: { jobId, input } };
    return payload('run', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.start(tx, jobId, input ?? {}, actorId);
      }),
    );
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runPause(@Arg('id', () => ID) id: string) {
    return payload('run', () => this.service.pause(id));
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runResume(@Arg('id', () => ID) id: string) {
    return payload('run', () => this.service.resume(id));
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runCancel(
    @Arg('id', () => ID) id: string,
    @Arg('isImmediate', () => Boolean, { defaultValue: false }) isImmediate: boolean,
  ) {
    return payload('run', () => this.service.cancel(id, isImmediate));
  }

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runItemsRetry(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('items', () => RunItemSelectionInput) items: RunItemSelectionInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'runItemsRetry', key, argument: { jobId, items } };
    return payload('run', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.retry(tx, jobId, items, actorId);
      }),
    );
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => JobPayload, { nullable: true })
  runItemsIgnore(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('items', () => RunItemSelectionInput) items: RunItemSelectionInput,
  ) {
    return payload('job', async () => this.jobs.require(await this.service.ignore(jobId, items)));
  }
}
