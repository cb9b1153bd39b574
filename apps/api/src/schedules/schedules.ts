import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import { ScheduleResolver } from './schedule.resolver.js';
import { ScheduleService } from './schedule.service.js';

/** Schedules: when jobs run by themselves, and in which windows. Runs are started and let go on by `runs/lifecycle`. */
export function createSchedules({ clock }: Base): Domain {
  return { resolvers: [new ScheduleResolver(new ScheduleService(clock))] };
}
