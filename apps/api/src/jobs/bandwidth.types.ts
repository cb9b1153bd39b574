import { Authorized, Field, InputType, ObjectType } from 'type-graphql';
import type { BandwidthLimit, TimeWindow } from '@sluice/core/schedule';
import { SafeInt, TimeZone } from '../graphql/scalars.js';
import { TimeWindowInput, TimeWindowType } from '../schedules/schedule.types.js';

@Authorized('JOBS_READ')
@ObjectType('BandwidthLimit')
export class BandwidthLimitType implements BandwidthLimit {
  @Field(() => TimeWindowType, { nullable: true })
  window!: TimeWindow | null;

  @Field(() => TimeZone)
  timeZone!: string;

  @Field(() => SafeInt, { nullable: true })
  uploadBytesPerSecond!: number | null;

  @Field(() => SafeInt, { nullable: true })
  downloadBytesPerSecond!: number | null;
}

@InputType()
export class BandwidthLimitInput {
  @Field(() => TimeWindowInput, { nullable: true })
  window?: TimeWindowInput | null;

  @Field(() => TimeZone, { defaultValue: 'UTC' })
  timeZone!: string;

  @Field(() => SafeInt, { nullable: true })
  uploadBytesPerSecond?: number | null;

  @Field(() => SafeInt, { nullable: true })
  downloadBytesPerSecond?: number | null;
}
