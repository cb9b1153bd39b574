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
} from 'type-graphql';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { MAX_RULES } from '@sluice/core/filter';
import { allowedJobActions } from '@sluice/core/job';
import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import { ConnectionProfile } from '../connections/types.js';
import type { Idempotency } from '../access/idempotency.js';
import { hasScope, requireCaller, type Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { ForwardPageArgs, PageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { DeletePayload } from '../graphql/types.js';
import { PlanType } from '../plans/plan.types.js';
import type { ItemStore } from '../runs/reading/item.store.js';
import { RunItemFilter, RunItemPage } from '../runs/reading/item.types.js';
import type { WorkLoaders } from '../runs/reading/loaders.js';
import { rootsOf } from '../runs/reading/roots.js';
import { RUN_COLUMNS } from '../runs/reading/run-columns.js';
import type { RunStore } from '../runs/reading/run.store.js';
import { RunPage, RunType } from '../runs/reading/run.types.js';
import { LARGE_PAGE_ROWS, withTotal } from '../graphql/paging.js';
import { columnsOfEntries } from '../graphql/selection.js';
import { ActionEnum, JobOrderEnum, type JobOrder, JobStateEnum, TransferTypeEnum } from './enums.js';
import type { StoredLocation } from './inspector.js';
import { MAX_ISSUES } from './issues.js';
import { destinationOf, sourceOf, type JobService } from './job.service.js';
import type { JobRow } from './job.store.js';
import {
  IssueType,
  JobCreateInput,
  JobFilter,
  JobPage,
  JobPayload,
  JobType,
  JobUpdateInput,
  LocationType,
} from './job.types.js';
import { effectivePolicies } from './policies.js';
import { JobPoliciesType } from './policies.types.js';
import { ruleView } from './rules.js';
import { ItemRuleType } from './rules.types.js';

@Resolver(() => LocationType)
export class LocationResolver {
  constructor(private readonly nodes: NodeFinder) {}

  @FieldResolver(() => ConnectionProfile, { nullable: true })
  connection(@Root() location: StoredLocation, @Ctx() context: Context) {
    return this.nodes.find(location.connectionId, context);
  }
}

@Resolver(() => JobType)
export class JobResolver {
  constructor(
    private readonly service: JobService,
    private readonly loaders: WorkLoaders,
    private readonly runStore: RunStore,
    private readonly itemStore: ItemStore,
    private readonly idempotency: Idempotency,
  ) {}

  @Authorized('JOBS_READ')
  @Query(() => JobType, { nullable: true })
  job(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return this.loaders.job(id, context);
  }

  @Authorized('JOBS_READ')
  @Query(() => JobPage, { nullable: true })
  async jobs(
    @Arg('filter', () => JobFilter, { nullable: true }) filter: JobFilter | null,
    @Arg('orderBy', () => JobOrderEnum, { defaultValue: 'NAME' }) orderBy: JobOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    const conditions = filter ?? {};
    const found = await this.service.store.page(conditions, orderBy, page);
    await this.loaders.readAheadOfJobs(found.nodes, info, context);
    return withTotal(found, () => this.service.store.count(conditions));
  }

  @Authorized('JOBS_READ')
  @Query(() => JobPoliciesType, { nullable: true })
  jobPolicyDefaults(@Arg('transferType', () => TransferTypeEnum) transferType: TransferType): Policies {
    return defaultPolicies(transferType);
  }

  @Authorized('JOBS_READ')
  @AtMost(MAX_ISSUES)
  @AsksPlatform()
  @Query(() => [IssueType], { nullable: true })
  jobIssues(@Arg('input', () => JobCreateInput) input: JobCreateInput, @Ctx() context: Context) {
    return this.service.issuesOf(asSeen(input, context), context.signal);
  }

  @AsksPlatform()
  @Authorized('JOBS_WRITE')
  @Mutation(() => JobPayload, { nullable: true })
  jobCreate(
    @Arg('input', () => JobCreateInput) input: JobCreateInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'jobCreate', key, argument: input };
    return payload('job', () =>
      this.idempotency.once(context, request, async () => {
        const prepared = await this.service.prepare(asSeen(input, context), actorId, context.signal);
        return (tx) => this.service.insert(tx, prepared);
      }),
    );
  }

  @AsksPlatform()
  @Authorized('JOBS_WRITE')
  @Mutation(() => JobPayload, { nullable: true })
  jobUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => JobUpdateInput) input: JobUpdateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) version: number | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    return payload('job', () => this.service.update(id, asSeen(input, context), version, actorId, context.signal));
  }

  @AsksPlatform()
  @Authorized('JOBS_WRITE')
  @Mutation(() => JobPayload, { nullable: true })
  jobDuplicate(
    @Arg('id', () => ID) id: string,
    @Arg('name', () => String) name: string,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'jobDuplicate', key, argument: { id, name } };
    return payload('job', () =>
      this.idempotency.once(context, request, async () => {
        const prepared = await this.service.prepareCopy(id, name, actorId, context.signal);
        return (tx) => this.service.insert(tx, prepared);
      }),
    );
  }

  @Authorized('JOBS_WRITE')
  @Mutation(() => JobPayload, { nullable: true })
  jobSuspend(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload('job', () => this.service.suspend(id, requireCaller(context).actorId));
  }

  @AsksPlatform()
  @Authorized('JOBS_WRITE')
  @Mutation(() => JobPayload, { nullable: true })
  jobResume(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload('job', () => this.service.resume(id, requireCaller(context).actorId, context.signal));
  }

  @Authorized('JOBS_WRITE')
  @Mutation(() => DeletePayload, { nullable: true })
  jobDelete(
    @Arg('id', () => ID) id: string,
    @Arg('expectedVersion', () => Int, { nullable: true }) version: number | null,
  ) {
    return payload('deletedId', () => this.service.delete(id, version));
  }

  @FieldResolver(() => JobStateEnum)
  state(@Root() job: JobRow) {
    return this.service.stateOf(job);
  }

  @FieldResolver(() => LocationType)
  source(@Root() job: JobRow): StoredLocation {
    return sourceOf(job);
  }

  @FieldResolver(() => LocationType, { nullable: true })
  destination(@Root() job: JobRow): StoredLocation | null {
    return destinationOf(job);
  }

  @AtMost(MAX_RULES)
  @FieldResolver(() => [ItemRuleType])
  rules(@Root() job: JobRow): ItemRuleType[] {
    return job.rules.map(ruleView);
  }

  @FieldResolver(() => JobPoliciesType)
  policies(@Root() job: JobRow): Policies {
    return effectivePolicies(job.transferType, job.policies);
  }

  @AtMost(MAX_ISSUES)
  @AsksPlatform()
  @FieldResolver(() => [IssueType])
  issues(@Root() job: JobRow, @Ctx() context: Context) {
    return this.service.findings(job, context.signal);
  }

  @FieldResolver(() => [ActionEnum])
  async allowedActions(@Root() job: JobRow, @Ctx() context: Context) {
    const latest = await this.loaders.run(job.latestRunId, context);
    return allowedJobActions(this.service.stateOf(job), latest?.state ?? null).filter(
      (action) =>
        (action !== 'PLAN' || job.transferType !== 'SCAN') &&
        hasScope(context, action === 'PLAN' || action === 'RUN' ? 'RUNS_CONTROL' : 'JOBS_WRITE'),
    );
  }

  @FieldResolver(() => PlanType, { nullable: true })
  latestPlan(@Root() job: JobRow, @Ctx() context: Context) {
    return this.loaders.plan(job.latestPlanId, context);
  }

  @FieldResolver(() => RunType, { nullable: true })
  latestRun(@Root() job: JobRow, @Ctx() context: Context) {
    return this.loaders.run(job.latestRunId, context);
  }

  @FieldResolver(() => RunPage)
  async runs(
    @Root() job: JobRow,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    const filter = { jobIds: [job.id] };
    const found = await this.runStore.page(filter, page, columnsOfEntries(info, RUN_COLUMNS));
    await this.loaders.readAheadOfRuns(found.nodes, info, context);
    return withTotal(found, () => this.runStore.count(filter));
  }

  @AtMost(LARGE_PAGE_ROWS)
  @FieldResolver(() => RunItemPage)
  async items(
    @Root() job: JobRow,
    @Arg('filter', () => RunItemFilter, { nullable: true }) filter: RunItemFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ) {
    const found = await this.itemStore.ofJob(job.id, rootsOf(job), filter ?? {}, page);
    return withTotal(found, () => this.itemStore.countOfJob(job.id, rootsOf(job), filter ?? {}));
  }
}

/** Hides connections from callers without CONNECTIONS_READ: every location they name is answered as one of no connection. */
function asSeen<T extends Partial<Pick<JobUpdateInput, 'source' | 'destination'>>>(input: T, context: Context): T {
  if (hasScope(context, 'CONNECTIONS_READ')) return input;
  const hidden = { connectionId: '' };
  return {
    ...input,
    ...(input.source && { source: { ...input.source, ...hidden } }),
    ...(input.destination && { destination: { ...input.destination, ...hidden } }),
  };
}
