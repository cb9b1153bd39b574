import { Authorized, Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { BUDGET_SOURCES, type CallExperience } from '@sluice/core/http';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { DateTime, SafeInt } from '../graphql/scalars.js';
import { MAX_USER_ERRORS, Node, UserError } from '../graphql/types.js';

/** A job's calls are taken from the budgets of its two connections. */
export const MAX_ESTIMATES = 2;

export const BudgetSource = enumType('BudgetSource', BUDGET_SOURCES);

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class RateWindow {
  @Field(() => Int, { nullable: true })
  limit!: number | null;

  @Field(() => Int, { nullable: true })
  remaining!: number | null;

  @Field(() => DateTime, { nullable: true })
  resetsAt!: number | null;

  @Field(() => BudgetSource)
  source!: keyof typeof BudgetSource;
}

@Authorized('CONNECTIONS_READ')
@ObjectType({ implements: Node })
export class RateBudget extends Node {
  /** Counts changes of the settings, not those of the figures. */
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  apiHost!: string;

  @Field(() => String)
  clientLabel!: string;

  @Field(() => RateWindow)
  hourly!: RateWindow;

  @Field(() => RateWindow)
  spike!: RateWindow;

  @Field(() => Float)
  reserveShare!: number;

  @Field(() => DateTime, { nullable: true })
  throttledUntil!: number | null;

  @Field(() => Int)
  callsLastMinute!: number;

  @Field(() => SafeInt)
  throttledCount!: number;

  callsPerMinute!: number | null;

  experience!: CallExperience;
}

@Authorized('CONNECTIONS_READ')
@ObjectType()
export class BudgetSpan {
  @Field(() => DateTime)
  from!: Date;

  @Field(() => SafeInt)
  callCount!: number;

  @Field(() => SafeInt)
  throttledCount!: number;
}

@Authorized('CONNECTIONS_READ', 'JOBS_READ')
@ObjectType()
export class CallEstimate {
  @Field(() => RateBudget)
  budget!: RateBudget;

  @Field(() => SafeInt, { nullable: true })
  callsNeeded!: number | null;

  @Authorized('CONNECTIONS_READ')
  @Field(() => Int, { nullable: true })
  callsLeftThisHour!: number | null;

  @Field(() => DateTime, { nullable: true })
  finishAt!: Date | null;
}

@InputType()
export class BudgetUpdateInput {
  @Field(() => Float, { nullable: true })
  reserveShare?: number | null;

  @Field(() => Int, { nullable: true })
  hourlyLimit?: number | null;

  @Field(() => Int, { nullable: true })
  spikeLimit?: number | null;
}

@Authorized('IDENTITY')
@ObjectType()
export class BudgetPayload {
  @Authorized('IDENTITY')
  @Field(() => RateBudget, { nullable: true })
  budget!: RateBudget | null;

  @AtMost(MAX_USER_ERRORS)
  @Field(() => [UserError])
  userErrors!: UserError[];
}
