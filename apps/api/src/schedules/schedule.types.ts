import { MAX_WINDOWS, WEEKDAYS, type TimeWindow, type Weekday } from '@sluice/core/schedule';
import { Authorized, Field, InputType, ObjectType } from 'type-graphql';
import { AtMost } from '../graphql/declarations.js';
import { enumType } from '../graphql/enums.js';
import { OneOf } from '../graphql/one-of.js';
import { Duration, LocalTime, TimeZone } from '../graphql/scalars.js';

export const WeekdayEnum = enumType('Weekday', WEEKDAYS);

@Authorized('JOBS_READ')
@ObjectType('TimeWindow')
export class TimeWindowType implements TimeWindow {
  @Field(() => [WeekdayEnum])
  days!: readonly Weekday[];

  @Field(() => LocalTime)
  from!: string;

  @Field(() => LocalTime)
  to!: string;
}

/** Its value is a `ScheduleView`. */
@Authorized('JOBS_READ')
@ObjectType('Schedule')
export class ScheduleType {
  @Field(() => String, { nullable: true })
  cron!: string | null;

  @Field(() => Duration, { nullable: true })
  intervalAfterEnd!: number | null;

  @Field(() => TimeZone)
  timeZone!: string;

  @AtMost(MAX_WINDOWS)
  @Field(() => [TimeWindowType])
  windows!: readonly TimeWindow[];

  @Field(() => Boolean)
  followsChanges!: boolean;

  @Field(() => Boolean)
  isEnabled!: boolean;
}

@InputType()
export class TimeWindowInput {
  @Field(() => [WeekdayEnum])
  days!: readonly Weekday[];

  @Field(() => LocalTime)
  from!: string;

  @Field(() => LocalTime)
  to!: string;
}

@OneOf()
@InputType()
export class ScheduleStartsInput {
  @Field(() => String, { nullable: true })
  cron?: string | null;

  @Field(() => Duration, { nullable: true })
  intervalAfterEnd?: number | null;
}

@InputType()
export class ScheduleInput {
  @Field(() => ScheduleStartsInput)
  starts!: ScheduleStartsInput;

  @Field(() => TimeZone, { defaultValue: 'UTC' })
  timeZone!: string;

  @Field(() => [TimeWindowInput], { nullable: true })
  windows?: TimeWindowInput[] | null;

  @Field(() => Boolean, { defaultValue: false })
  followsChanges!: boolean;

  @Field(() => Boolean, { defaultValue: true })
  isEnabled!: boolean;
}
