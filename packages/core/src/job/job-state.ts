import { isEnded, type RunState } from './run-state.js';

/** Whether a job can run; the public `JobState`. */
export type JobState = 'DRAFT' | 'READY' | 'SUSPENDED' | 'STOPPED';
export type JobAction = 'DELETE' | 'PLAN' | 'RUN' | 'SUSPEND' | 'UPDATE' | 'RESUME';

/** What a person may do with a job now, given the state of its latest run. */
export function allowedJobActions(job: JobState, latestRun: RunState | null): JobAction[] {
  const isBusy = latestRun !== null && !isEnded(latestRun);
  const always: JobAction[] = isBusy ? ['UPDATE'] : ['DELETE', 'UPDATE'];
  if (job === 'SUSPENDED' || job === 'STOPPED') return [...always, 'RESUME'];
  if (job === 'DRAFT') return always;
  return isBusy ? [...always, 'SUSPEND'] : [...always, 'PLAN', 'RUN', 'SUSPEND'];
}
