import type { ItemReason } from '@sluice/core/plan';
import { Authorized, Field, ObjectType } from 'type-graphql';
import { SafeInt } from '../../graphql/scalars.js';
import { ItemReasonEnum } from './enums.js';

/** Counts that are given at most. */
export const MAX_FLAGGED_COUNTS = 500;

/** How many items of a job are flagged for one reason. */
export interface FlaggedCount {
  jobId: string;
  reason: ItemReason;
  itemCount: number;
}

/** Its value is a `FlaggedCount`. */
@Authorized('JOBS_READ')
@ObjectType('FlaggedCount')
export class FlaggedCountType {
  @Field(() => ItemReasonEnum)
  reason!: ItemReason;

  @Field(() => SafeInt)
  itemCount!: number;
}
