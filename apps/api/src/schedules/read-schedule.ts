import { problemsOfSchedule, type Schedule } from '@sluice/core/schedule';
import type { Problems } from '../problems.js';
import type { ScheduleInput, ScheduleType } from './schedule.types.js';

/** A schedule as it is stored; what is wrong with it is added, each at its field. `now` in epoch ms. */
export function readSchedule(input: ScheduleInput, now: number, problems: Problems, path: readonly string[]): Schedule {
  const schedule = scheduleOf(input);
  for (const { code, field, message } of problemsOfSchedule(schedule, now))
    problems.add(code, [...path, ...field], message);
  return schedule;
}

function scheduleOf({ starts, timeZone, windows, followsChanges, isEnabled }: ScheduleInput): Schedule {
  return {
    cron: starts.cron?.trim() ?? null,
    intervalAfterEndMs: starts.intervalAfterEnd ?? null,
    timeZone,
    windows: (windows ?? []).map(({ days, from, to }) => ({ days, from, to })),
    ...(followsChanges ? { followsChanges } : {}),
    isEnabled,
  };
}

/** A stored schedule as the schema shows it. */
export const scheduleView = ({ intervalAfterEndMs, followsChanges = false, ...schedule }: Schedule): ScheduleType => ({
  ...schedule,
  followsChanges,
  intervalAfterEnd: intervalAfterEndMs,
});
