import type { Clock } from '@sluice/core/http';
import { firstStarts, type Schedule } from '@sluice/core/schedule';
import { inputError } from '../graphql/input-error.js';
import { Problems } from '../problems.js';
import { comingStarts } from './next-start.js';
import type { ScheduleInput } from './schedule.types.js';
import { readSchedule } from './read-schedule.js';

/** A schedule, and the start that is next for the job that has it. */
export interface StoredSchedule {
  schedule: Schedule;
  nextStartAt: Date;
}

/** Tells when schedules start jobs. */
export class ScheduleService {
  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Coming starts of a schedule that is not stored. Throws an input error for one that is wrong. */
  preview(input: ScheduleInput, count: number): Date[] {
    const now = this.clock.now();
    const problems = new Problems();
    const schedule = readSchedule(input, now, problems, ['schedule']);
    for (const { field, message } of problems.list) throw inputError(field ?? [], `is wrong: ${message}`);
    return firstStarts(schedule, { after: now, restedSince: now }, count).map((start) => new Date(start));
  }

  comingStarts(stored: StoredSchedule, count: number): Date[] {
    return comingStarts(stored, this.clock.now(), count);
  }
}
