import { Authorized, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { RunState, RunTrigger, Severity as SeverityValue } from '@sluice/core/job';
import type { NameRevision } from '@sluice/core/naming';
import type { ItemOutcome, ItemReason, TransferType } from '@sluice/core/plan';
import { MAX_ESTIMATES, RateBudget } from '../../budgets/budget.types.js';
import { AtMost } from '../../graphql/declarations.js';
import { Bounded, PATH } from '../../graphql/bounds.js';
import { RunStateEnum, Severity } from '../../graphql/enums.js';
import { pageType } from '../../graphql/page-types.js';
import { DateTime, SafeInt } from '../../graphql/scalars.js';
import { DateTimeRange, MAX_USER_ERRORS, Node, UserError } from '../../graphql/types.js';
import { TransferTypeEnum } from '../../jobs/enums.js';
import { ItemOutcomeEnum, ItemReasonEnum, NameRevisionEnum, RunEventKindEnum, RunTriggerEnum } from './enums.js';

@Authorized('JOBS_READ')
@ObjectType()
export class OutcomeCount {
  @Field(() => ItemOutcomeEnum)
  outcome!: ItemOutcome;

  @Field(() => SafeInt)
  itemCount!: number;

  @Field(() => SafeInt)
  byteCount!: number;
}

@Authorized('JOBS_READ')
@ObjectType()
export class ReasonCount {
  @Field(() => ItemReasonEnum)
  reason!: ItemReason;

  @Field(() => SafeInt)
  itemCount!: number;
}

@Authorized('JOBS_READ')
@ObjectType()
export class RevisionCount {
  @Field(() => NameRevisionEnum)
  revision!: NameRevision;

  @Field(() => SafeInt)
  itemCount!: number;
}

@Authorized('JOBS_READ')
@ObjectType()
export class CallCount {
  @Field(() => RateBudget, { nullable: true })
  budget!: RateBudget | null;

  @Field(() => SafeInt)
  total!: number;

  @Field(() => SafeInt)
  throttled!: number;
}

@Authorized('JOBS_READ')
@ObjectType('RunStatistics')
export class RunStatisticsType {
  @Field(() => SafeInt)
  asOfSequence!: number;

  @Field(() => SafeInt)
  itemsDiscovered!: number;

  @Field(() => SafeInt, { nullable: true })
  itemsPlanned!: number | null;

  @Field(() => SafeInt)
  itemsDone!: number;

  @Field(() => Int)
  itemsInFlight!: number;

  @Field(() => SafeInt)
  bytesDiscovered!: number;

  @Field(() => SafeInt, { nullable: true })
  bytesPlanned!: number | null;

  @Field(() => SafeInt)
  bytesDone!: number;

  @Field(() => SafeInt)
  bytesInFlight!: number;

  @Field(() => SafeInt)
  versionsDone!: number;

  @Field(() => SafeInt)
  itemsRevised!: number;

  @AtMost(MAX_ESTIMATES)
  @Field(() => [CallCount])
  calls!: CallCount[];

  @Field(() => Float)
  itemsPerSecond!: number;

  @Field(() => Float)
  bytesPerSecond!: number;

  @Field(() => Float, { nullable: true })
  progress!: number | null;

  @Field(() => DateTime, { nullable: true })
  expectedFinishAt!: Date | null;
}

/** Its value is a `RunRow`. */
@Authorized('JOBS_READ')
@ObjectType('Run', { implements: Node })
export class RunType extends Node {
  @Field(() => Int)
  number!: number;

  @Field(() => Int)
  jobVersion!: number;

  @Field(() => RunStateEnum)
  state!: RunState;

  @Field(() => DateTime, { nullable: true })
  waitingUntil!: Date | null;

  @Field(() => RunTriggerEnum)
  trigger!: RunTrigger;

  @Field(() => DateTime)
  queuedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
}

export const RunPage = pageType(() => RunType, 'Run', ['JOBS_READ'], { type: () => Int });

/** Its value is a `StreamedEvent`. */
@Authorized('JOBS_READ')
@ObjectType('RunEvent')
export class RunEventType {
  @Field(() => String)
  cursor!: string;

  @Field(() => SafeInt)
  sequence!: number;

  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => RunEventKindEnum)
  kind!: keyof typeof RunEventKindEnum;

  @Field(() => Boolean)
  isReset!: boolean;

  @Field(() => RunStateEnum, { nullable: true })
  state!: RunState | null;

  @Field(() => RunStatisticsType, { nullable: true })
  statistics!: RunStatisticsType | null;

  @Field(() => Severity, { nullable: true })
  severity!: SeverityValue | null;

  @Field(() => String, { nullable: true })
  message!: string | null;
}

@Authorized('IDENTITY')
@ObjectType()
export class RunPayload {
  @Authorized('IDENTITY')
  @Field(() => RunType, { nullable: true })
  run!: object | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class RunFilter {
  @Field(() => [ID], { nullable: true })
  jobIds?: string[] | null;

  @Field(() => [RunStateEnum], { nullable: true })
  states?: RunState[] | null;

  @Field(() => [RunTriggerEnum], { nullable: true })
  triggers?: RunTrigger[] | null;

  @Field(() => [TransferTypeEnum], { nullable: true })
  transferTypes?: TransferType[] | null;

  @Field(() => DateTimeRange, { nullable: true })
  queuedAt?: DateTimeRange | null;
}

@InputType()
export class RunStartInput {
  @Field(() => ID, { nullable: true })
  planId?: string | null;

  @Bounded({ ...PATH, maxEntries: 100 })
  @Field(() => [String], { nullable: true })
  onlyPaths?: string[] | null;

  @Field(() => Boolean, { defaultValue: false })
  fullListing!: boolean;

  @Field(() => Boolean, { defaultValue: false })
  ignoreWindows!: boolean;
}
