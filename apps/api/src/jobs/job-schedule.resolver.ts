import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { JobRow } from '../db/row-types.js';
import { DateTime } from '../graphql/scalars.js';
import { NEVER } from '../schedules/next-start.js';
import type { ScheduleOfJob } from '../schedules/schedule.resolver.js';
import { ScheduleType } from '../schedules/schedule.types.js';
import { scheduleView } from '../schedules/read-schedule.js';
import { JobType } from './job.types.js';

@Resolver(() => JobType)
export class JobScheduleResolver {
  @FieldResolver(() => ScheduleType, { nullable: true })
  schedule(@Root() { schedule, nextStartAt }: JobRow): ScheduleOfJob | null {
    return schedule && { ...scheduleView(schedule), stored: { schedule, nextStartAt } };
  }

  @FieldResolver(() => DateTime, { nullable: true })
  nextStartAt(@Root() { nextStartAt }: JobRow): Date | null {
    return nextStartAt.getTime() === NEVER.getTime() ? null : nextStartAt;
  }
}
