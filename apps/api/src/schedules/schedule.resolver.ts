import type { Schedule } from '@sluice/core/schedule';
import { Arg, Authorized, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Clock } from '@sluice/core/http';
import { inputError } from '../graphql/input-error.js';
import { DateTime } from '../graphql/scalars.js';
import type { JobRow } from '../jobs/job.store.js';
import { JobType } from '../jobs/job.types.js';
import { comingStarts, NEVER } from './next-start.js';
import type { ScheduleService } from './schedule.service.js';
import { ScheduleInput, ScheduleType } from './schedule.types.js';
import { scheduleView } from './schedules.js';

const MAX_STARTS = 50;

function requireCount(count: number): void {
  if (count < 1 || count > MAX_STARTS) throw inputError(['count'], `must be from 1 to ${MAX_STARTS}.`);
}

/** What the fields of a schedule are read from. */
interface ScheduleOfJob extends ScheduleType {
  stored: { schedule: Schedule; nextStartAt: Date };
}

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

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  constructor(
    private readonly service: ScheduleService,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

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
    return comingStarts(stored, this.clock.now(), count);
  }
}
