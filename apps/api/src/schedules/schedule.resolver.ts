import { Arg, Authorized, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { inputError } from '../graphql/input-error.js';
import { DateTime } from '../graphql/scalars.js';
import type { ScheduleService, StoredSchedule } from './schedule.service.js';
import { ScheduleInput, ScheduleType } from './schedule.types.js';

const MAX_STARTS = 50;

function requireCount(count: number): void {
  if (count < 1 || count > MAX_STARTS) throw inputError(['count'], `must be from 1 to ${MAX_STARTS}.`);
}

/** What the fields of a schedule are read from. */
export interface ScheduleOfJob extends ScheduleType {
  stored: StoredSchedule;
}

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  constructor(private readonly service: ScheduleService) {}

  @Authorized('JOBS_READ')
  @Query(() => [DateTime], { nullable: true })
  schedulePreview(
    @Arg('schedule', () => ScheduleInput) schedule: ScheduleInput,
    @Arg('count', () => Int, { defaultValue: 10 }) count: number,
  ): Date[] {
    requireCount(count);
    return this.service.preview(schedule, count);
  }

  @FieldResolver(() => [DateTime])
  nextStarts(@Root() { stored }: ScheduleOfJob, @Arg('count', () => Int, { defaultValue: 5 }) count: number): Date[] {
    requireCount(count);
    return this.service.comingStarts(stored, count);
  }
}
