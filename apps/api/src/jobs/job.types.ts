import { Authorized, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ApprovalRequirement, RunState } from '@sluice/core/job';
import { AtMost } from '../graphql/declarations.js';
import type { Capability, LimitKind, PlatformKind } from '@sluice/core/platform';
import type { TransferType } from '@sluice/core/plan';
import { LocationInput } from '../connections/remote.types.js';
import { Bounded, REMARK } from '../graphql/bounds.js';
import {
  PlatformCapability,
  PlatformKey,
  PlatformLimit,
  RunStateEnum,
  Severity,
  UserErrorCode,
} from '../graphql/enums.js';
import { pageType } from '../graphql/page-types.js';
import { DateTime, SafeInt } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';
import type { ProblemCode } from '../problems.js';
import { ApprovalRequirementEnum, JobStateEnum, TransferTypeEnum } from './enums.js';
import { JobPoliciesInput } from './policies.types.js';
import { ScheduleInput } from '../schedules/schedule.types.js';
import { ItemRuleInput } from './rules.types.js';

@Authorized('JOBS_READ')
@ObjectType('Issue')
export class IssueType {
  @Field(() => Severity)
  severity!: keyof typeof Severity;

  @Field(() => UserErrorCode)
  code!: ProblemCode;

  @Field(() => String)
  message!: string;

  @Field(() => [String], { nullable: true })
  field!: string[] | null;

  @Field(() => PlatformCapability, { nullable: true })
  capability!: Capability | null;

  @Field(() => PlatformLimit, { nullable: true })
  limit!: LimitKind | null;

  @Field(() => SafeInt, { nullable: true })
  itemCount!: number | null;
}

/** Its value is a `StoredLocation`. */
@Authorized('JOBS_READ')
@ObjectType('Location')
export class LocationType {
  connectionId!: string;

  @Field(() => String)
  path!: string;

  @Field(() => String, { nullable: true })
  remoteId!: string | null;
}

/** Its value is a `JobRow`. */
@Authorized('JOBS_READ')
@ObjectType('Job', { implements: Node })
export class JobType extends Node {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => TransferTypeEnum)
  transferType!: TransferType;

  @Field(() => String, { nullable: true })
  stopReason!: string | null;

  @Field(() => [String])
  labels!: string[];

  @Field(() => ApprovalRequirementEnum)
  approval!: ApprovalRequirement;

  @Field(() => SafeInt)
  ledgerItemCount!: number;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export const JobPage = pageType(() => JobType, 'Job', ['JOBS_READ'], { type: () => Int });

@Authorized('IDENTITY')
@ObjectType()
export class JobPayload {
  @Authorized('IDENTITY')
  @Field(() => JobType, { nullable: true })
  job!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class JobCreateInput {
  @Field(() => String)
  name!: string;

  @Bounded(REMARK)
  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => TransferTypeEnum)
  transferType!: TransferType;

  @Field(() => [String], { nullable: true })
  labels?: string[] | null;

  @Field(() => LocationInput)
  source!: LocationInput;

  @Field(() => LocationInput, { nullable: true })
  destination?: LocationInput | null;

  @Field(() => [ItemRuleInput], { nullable: true })
  rules?: ItemRuleInput[] | null;

  @Field(() => JobPoliciesInput, { nullable: true })
  policies?: JobPoliciesInput | null;

  @Field(() => [ID], { nullable: true })
  mappingSetIds?: string[] | null;

  @Field(() => ScheduleInput, { nullable: true })
  schedule?: ScheduleInput | null;

  @Field(() => ApprovalRequirementEnum, { defaultValue: 'NEVER' })
  approval!: ApprovalRequirement;
}

@InputType()
export class JobUpdateInput {
  @Field(() => String, { nullable: true })
  name?: string;

  @Bounded(REMARK)
  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => [String], { nullable: true })
  labels?: string[] | null;

  @Field(() => LocationInput, { nullable: true })
  source?: LocationInput | null;

  @Field(() => LocationInput, { nullable: true })
  destination?: LocationInput | null;

  @Field(() => [ItemRuleInput], { nullable: true })
  rules?: ItemRuleInput[] | null;

  @Field(() => JobPoliciesInput, { nullable: true })
  policies?: JobPoliciesInput | null;

  @Field(() => [ID], { nullable: true })
  mappingSetIds?: string[] | null;

  @Field(() => ScheduleInput, { nullable: true })
  schedule?: ScheduleInput | null;

  @Field(() => ApprovalRequirementEnum, { nullable: true })
  approval?: ApprovalRequirement | null;
}

@InputType()
export class JobFilter {
  @Field(() => [TransferTypeEnum], { nullable: true })
  transferTypes?: TransferType[] | null;

  @Field(() => [JobStateEnum], { nullable: true })
  states?: string[] | null;

  @Field(() => [ID], { nullable: true })
  connectionIds?: string[] | null;

  @Field(() => [PlatformKey], { nullable: true })
  platforms?: PlatformKind[] | null;

  @Field(() => [ID], { nullable: true })
  mappingSetIds?: string[] | null;

  @Field(() => [String], { nullable: true })
  labels?: string[] | null;

  @Field(() => String, { nullable: true })
  nameContains?: string | null;

  @Field(() => [RunStateEnum], { nullable: true })
  latestRunStates?: RunState[] | null;
}
