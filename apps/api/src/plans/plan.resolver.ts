import { SIDES } from '@sluice/core/plan';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { JobRow, PlanRow, RunRow } from '../db/row-types.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import type { Actors } from '../access/actors.js';
import type { Idempotency } from '../access/idempotency.js';
import { BoundedArguments, REMARK } from '../graphql/bounds.js';
import { requireCaller, type Context } from '../graphql/context.js';
import { PlacedPageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { Actor, toUserError, UserError } from '../graphql/types.js';
import { JobType } from '../jobs/job.types.js';
import { ApprovalStateEnum, ItemReasonEnum } from '../runs/reading/enums.js';
import type { RunReader } from '../runs/reading/run-reader.service.js';
import type { WorkLoaders } from '../runs/reading/loaders.js';
import { RunType } from '../runs/reading/run.types.js';
import type { StepRow } from '../runs/engine-store/steps/step-row.js';
import { LARGE_PAGE_ROWS } from '../graphql/paging.js';
import type { PlanService } from './plan.service.js';
import type { PlanSummaries } from './summary.js';
import {
  PlanListing,
  PlanPayload,
  PlanStepFilter,
  PlanStepPage,
  PlanStepType,
  PlanSummaryType,
  PlanType,
} from './plan.types.js';

@Resolver(() => PlanType)
export class PlanResolver {
  constructor(
    private readonly service: PlanService,
    private readonly summaries: PlanSummaries,
    private readonly reader: RunReader,
    private readonly loaders: WorkLoaders,
    private readonly actors: Actors,
    private readonly idempotency: Idempotency,
  ) {}

  @Authorized('JOBS_READ')
  @Query(() => PlanType, { nullable: true })
  plan(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return this.loaders.plan(id, context);
  }

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => PlanPayload, { nullable: true })
  planCreate(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'planCreate', key, argument: { jobId } };
    return payload('plan', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.create(tx, jobId, actorId);
      }),
    );
  }

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => PlanPayload, { nullable: true })
  planUndo(
    @Arg('runId', () => ID) runId: string,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'planUndo', key, argument: { runId } };
    return payload('plan', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(await this.service.jobOfRun(runId), context.signal);
        return (tx) => this.service.createUndo(tx, runId, actorId);
      }),
    );
  }

  @Authorized('PLANS_APPROVE')
  @BoundedArguments({ comment: REMARK })
  @Mutation(() => PlanPayload, { nullable: true })
  planApprove(
    @Arg('id', () => ID) id: string,
    @Arg('digest', () => String) digest: string,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return payload('plan', () => this.service.approve(id, digest, comment ?? null, requireCaller(context).actorId));
  }

  @Authorized('PLANS_APPROVE')
  @BoundedArguments({ comment: REMARK })
  @Mutation(() => PlanPayload, { nullable: true })
  planReject(
    @Arg('id', () => ID) id: string,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return payload('plan', () => this.service.reject(id, comment ?? null, requireCaller(context).actorId));
  }

  @FieldResolver(() => JobType)
  job(@Root() plan: PlanRow, @Ctx() context: Context) {
    return this.loaders.job(plan.jobId, context);
  }

  @FieldResolver(() => Float, { nullable: true })
  progress(@Root() plan: PlanRow): number | null {
    return plan.taskState === 'SUCCEEDED' ? 1 : null;
  }

  @FieldResolver(() => UserError, { nullable: true })
  failure(@Root() plan: PlanRow) {
    return plan.failure && toUserError(plan.failure);
  }

  @AtMost(SIDES.length)
  @FieldResolver(() => [PlanListing])
  listings(@Root() plan: PlanRow): PlanListing[] {
    const hows = { SOURCE: plan.sourceListing, DESTINATION: plan.destinationListing };
    return SIDES.flatMap((side) => {
      const how = hows[side];
      return how === null ? [] : [{ side, ...how }];
    });
  }

  @FieldResolver(() => PlanSummaryType, { nullable: true })
  summary(@Root() plan: PlanRow, @Ctx() context: Context) {
    return plan.taskState === 'SUCCEEDED' ? this.summaries.of(plan, context) : null;
  }

  @AtMost(LARGE_PAGE_ROWS)
  @FieldResolver(() => PlanStepPage)
  steps(
    @Root() plan: PlanRow,
    @Arg('filter', () => PlanStepFilter, { nullable: true }) filter: PlanStepFilter | null | undefined,
    @Args(() => PlacedPageArgs) page: PlacedPageArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: Context,
  ) {
    return this.reader.stepsOf(plan, filter ?? {}, page, { info, context });
  }

  @FieldResolver(() => ApprovalStateEnum)
  approvalState(@Root() plan: PlanRow) {
    return this.service.approvalStateOf(plan);
  }

  @FieldResolver(() => Actor, { nullable: true })
  decidedBy(@Root() plan: PlanRow, @Ctx() context: Context) {
    return this.actors.find(plan.decidedById, context);
  }

  @FieldResolver(() => RunType, { nullable: true })
  run(@Root() plan: PlanRow, @Ctx() context: Context) {
    return this.loaders.run(plan.runId, context);
  }

  @FieldResolver(() => RunType, { nullable: true })
  undoes(@Root() plan: PlanRow, @Ctx() context: Context) {
    return this.loaders.run(plan.undoesId, context);
  }
}

@Resolver(() => JobType)
export class JobPlanResolver {
  constructor(private readonly loaders: WorkLoaders) {}

  @FieldResolver(() => PlanType, { nullable: true })
  latestPlan(@Root() job: JobRow, @Ctx() context: Context) {
    return this.loaders.plan(job.latestPlanId, context);
  }
}

@Resolver(() => RunType)
export class RunPlanResolver {
  constructor(private readonly loaders: WorkLoaders) {}

  @FieldResolver(() => PlanType, { nullable: true })
  plan(@Root() run: RunRow, @Ctx() context: Context) {
    return this.loaders.plan(run.planId, context);
  }
}

@Resolver(() => PlanStepType)
export class PlanStepResolver {
  constructor(private readonly loaders: WorkLoaders) {}

  @FieldResolver(() => ItemReasonEnum)
  reason(@Root() step: StepRow) {
    return step.planReason;
  }

  @FieldResolver(() => String)
  message(@Root() step: StepRow): string {
    return step.planMessage;
  }

  @FieldResolver(() => String, { nullable: true })
  sourcePath(@Root() step: StepRow, @Ctx() context: Context) {
    return this.loaders.sourcePath(step, context);
  }

  @FieldResolver(() => String, { nullable: true })
  destinationPath(@Root() step: StepRow, @Ctx() context: Context) {
    return this.loaders.destinationPath(step, context);
  }
}
