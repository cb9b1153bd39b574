import { Authorized, Field, InputType, Int, ObjectType } from 'type-graphql';
import type { TaskState as TaskStateValue } from '@sluice/core/job';
import type { NameRevision } from '@sluice/core/naming';
import type { ItemReason, PlanAction, Side } from '@sluice/core/plan';
import type { ItemKind } from '@sluice/core/platform';
import type { ListingHow } from '@sluice/core/run';
import { CallEstimate, MAX_ESTIMATES } from '../budgets/budget.types.js';
import { AtMost } from '../graphql/declarations.js';
import { Bounded, PATH } from '../graphql/bounds.js';
import { ItemKindType, TaskState } from '../graphql/enums.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime, SafeInt } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import { JobSideEnum } from '../jobs/enums.js';
import { MAX_ISSUES } from '../jobs/issues.js';
import { IssueType } from '../jobs/job.types.js';
import { ItemReasonEnum, ListingKindEnum, NameRevisionEnum, PlanActionEnum } from '../runs/reading/enums.js';

@Authorized('JOBS_READ')
@ObjectType()
export class PlanTotal {
  @Field(() => PlanActionEnum)
  action!: PlanAction;

  @Field(() => SafeInt)
  itemCount!: number;

  @Field(() => SafeInt)
  byteCount!: number;
}

@Authorized('JOBS_READ')
@ObjectType('PlanSummary')
export class PlanSummaryType {
  @AtMost(Object.keys(PlanActionEnum).length)
  @Field(() => [PlanTotal])
  totals!: PlanTotal[];

  @Field(() => SafeInt)
  itemCount!: number;

  @Field(() => SafeInt)
  destructiveCount!: number;

  @Field(() => SafeInt)
  byteCount!: number;

  @AtMost(MAX_ESTIMATES)
  @Field(() => [CallEstimate])
  callEstimates!: CallEstimate[];

  @AtMost(MAX_ISSUES)
  @Field(() => [IssueType])
  warnings!: IssueType[];
}

/** How a side was listed for a plan, and why so. */
@Authorized('JOBS_READ')
@ObjectType()
export class PlanListing {
  @Field(() => JobSideEnum)
  side!: Side;

  @Field(() => ListingKindEnum)
  kind!: ListingHow['kind'];

  @Field(() => String)
  reason!: string;
}

/** Its value is a `PlanRow`. */
@Authorized('JOBS_READ')
@ObjectType('Plan', { implements: Node })
export class PlanType extends Node {
  @Field(() => Int)
  jobVersion!: number;

  @Field(() => TaskState)
  taskState!: TaskStateValue;

  @Field(() => String, { nullable: true })
  digest!: string | null;

  @Field(() => String, { nullable: true })
  comment!: string | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

/** Its value is a `StepRow`. */
@Authorized('JOBS_READ')
@ObjectType('PlanStep')
export class PlanStepType {
  @Field(() => PlanActionEnum)
  action!: PlanAction;

  @Field(() => JobSideEnum)
  side!: Side;

  @Field(() => ItemKindType)
  kind!: ItemKind;

  @Field(() => SafeInt)
  byteCount!: number;

  @Field(() => Boolean)
  isDestructive!: boolean;

  @Field(() => Boolean)
  isRevised!: boolean;

  @Field(() => NameRevisionEnum, { nullable: true })
  revision!: NameRevision | null;
}

export const PlanStepPage = pageType(() => PlanStepType, 'PlanStep', ['JOBS_READ'], {
  type: () => SafeInt,
  nullable: true,
});

@Authorized('IDENTITY')
@ObjectType()
export class PlanPayload {
  @Authorized('IDENTITY')
  @Field(() => PlanType, { nullable: true })
  plan!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class PlanStepFilter {
  @Field(() => [PlanActionEnum], { nullable: true })
  actions?: PlanAction[] | null;

  @Field(() => [ItemReasonEnum], { nullable: true })
  reasons?: ItemReason[] | null;

  @Field(() => Boolean, { nullable: true })
  isDestructive?: boolean | null;

  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  pathStartsWith?: string | null;

  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  pathContains?: string | null;
}
