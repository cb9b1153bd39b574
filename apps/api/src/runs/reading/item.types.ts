import { Authorized, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../../graphql/declarations.js';
import type { NameRevision } from '@sluice/core/naming';
import type { ItemOutcome, ItemReason, Side } from '@sluice/core/plan';
import type { ItemKind, VerificationMethod } from '@sluice/core/platform';
import { Bounded, PATH } from '../../graphql/bounds.js';
import { ItemKindType } from '../../graphql/enums.js';
import { OneOf } from '../../graphql/one-of.js';
import { pageType } from '../../graphql/page-types.js';
import { DateTime, Duration, SafeInt } from '../../graphql/scalars.js';
import { Node } from '../../graphql/types.js';
import { JobSideEnum, VerificationMethodEnum } from '../../jobs/enums.js';
import { ItemOutcomeEnum, ItemReasonEnum, NameRevisionEnum } from './enums.js';
import { MAX_SHOWN_ATTEMPTS } from '../engine-store/steps/settled-step.js';

@Authorized('JOBS_READ')
@ObjectType('ItemAttempt')
export class ItemAttemptType {
  @Field(() => DateTime)
  startedAt!: Date | string;

  @Field(() => Duration)
  duration!: number;

  @Field(() => ItemReasonEnum, { nullable: true })
  reason!: ItemReason | null;

  @Field(() => String, { nullable: true })
  remoteStatus!: string | null;

  @Field(() => String, { nullable: true })
  remoteRequestId!: string | null;
}

/** Its value is a `StepRow`. */
@Authorized('JOBS_READ')
@ObjectType('RunItem', { implements: Node })
export class RunItemType extends Node {
  @Field(() => ItemKindType)
  kind!: ItemKind;

  @Field(() => JobSideEnum)
  side!: Side;

  @Field(() => String, { nullable: true })
  sourceRemoteId!: string | null;

  @Field(() => String, { nullable: true })
  destinationRemoteId!: string | null;

  @Field(() => ItemOutcomeEnum)
  outcome!: ItemOutcome;

  @Field(() => Boolean)
  isRevised!: boolean;

  @Field(() => NameRevisionEnum, { nullable: true })
  revision!: NameRevision | null;

  @Field(() => ItemReasonEnum)
  reason!: ItemReason;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  remedy!: string | null;

  @Field(() => SafeInt, { nullable: true })
  byteSize!: number | null;

  @Field(() => String, { nullable: true })
  sha256!: string | null;

  @Field(() => VerificationMethodEnum, { nullable: true })
  verifiedBy!: VerificationMethod | null;

  @Field(() => Int)
  versionsDone!: number;

  @AtMost(MAX_SHOWN_ATTEMPTS)
  @Field(() => [ItemAttemptType])
  attempts!: ItemAttemptType[];

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

export const RunItemPage = pageType(() => RunItemType, 'RunItem', ['JOBS_READ'], {
  type: () => SafeInt,
  nullable: true,
});

@InputType()
export class RunItemFilter {
  @Field(() => [ItemOutcomeEnum], { nullable: true })
  outcomes?: ItemOutcome[] | null;

  @Field(() => [ItemReasonEnum], { nullable: true })
  reasons?: ItemReason[] | null;

  @Field(() => ItemKindType, { nullable: true })
  kind?: ItemKind | null;

  @Field(() => Boolean, { nullable: true })
  isRevised?: boolean | null;

  @Field(() => [NameRevisionEnum], { nullable: true })
  revisions?: NameRevision[] | null;

  @Bounded(PATH)
  @Field(() => String, { nullable: true })
  pathContains?: string | null;

  @Field(() => ID, { nullable: true })
  runId?: string | null;
}

@OneOf()
@InputType()
export class RunItemSelectionInput {
  @Bounded({ maxEntries: 1_000 })
  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;

  @Field(() => RunItemFilter, { nullable: true })
  filter?: RunItemFilter | null;
}
