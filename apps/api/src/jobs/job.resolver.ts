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
import type { JobRow } from '../db/row-types.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { MAX_RULES } from '@sluice/core/filter';
import { MAX_SETS } from '@sluice/core/mapping';
import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import { ConnectionProfile } from '../connections/connection.types.js';
import type { Idempotency } from '../access/idempotency.js';
import { hasScope, requireCaller, type Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { PageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { DeletePayload } from '../graphql/types.js';
import { JobOrderEnum, type JobOrder, JobStateEnum, TransferTypeEnum } from './enums.js';
import type { StoredLocation } from './inspector.js';
import { MAX_ISSUES } from './issues.js';
import type { JobService } from './job.service.js';
import { destinationOf, sourceOf } from './stored-location.js';
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
import { MappingSetType } from '../mappings/mapping.types.js';
import { effectivePolicies } from './policies.js';
import type { JobLoaders } from './ports.js';
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
    private readonly loaders: JobLoaders,
    private readonly idempotency: Idempotency,
    private readonly nodes: Pick<NodeFinder, 'find'>,
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
    const found = await this.service.page(filter ?? {}, orderBy, page);
    await this.loaders.readAheadOfJobs(found.nodes, info, context);
    return found;
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
  jobIssues(
    @Arg('input', () => JobCreateInput) input: JobCreateInput,
    @Arg('jobId', () => ID, { nullable: true }) jobId: string | null,
    @Ctx() context: Context,
  ) {
    return this.service.issuesOf(asSeen(input, context), jobId ?? null, context.signal);
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

  @AtMost(MAX_SETS)
  @FieldResolver(() => [MappingSetType])
  async mappingSets(@Root() job: JobRow, @Ctx() context: Context) {
    const sets = job.mappingSetIds.map((id) => this.nodes.find(id, context));
    return (await Promise.all(sets)).filter((set) => set !== null);
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
