import { assertMove, type Moves } from './moves.js';
import { isEnded, type RunState } from './run-state.js';

/** Whether a job can run; the public `JobState`. */
export const JOB_STATES = ['DRAFT', 'READY', 'SUSPENDED', 'STOPPED'] as const;
export type JobState = (typeof JOB_STATES)[number];

const JOB_MOVES: Moves<JobState> = {
  DRAFT: ['READY', 'SUSPENDED', 'STOPPED'],
  READY: ['DRAFT', 'SUSPENDED', 'STOPPED'],
  SUSPENDED: ['DRAFT', 'READY'],
  STOPPED: ['DRAFT', 'READY'],
};

/** Whoever writes a job's state asks this first. Throws `IllegalMoveError`; to stay is legal. */
export const assertJobMove = (from: JobState, to: JobState): void => assertMove('job', JOB_MOVES, from, to);

export const JOB_ACTIONS = ['DELETE', 'PLAN', 'RUN', 'SUSPEND', 'UPDATE', 'RESUME'] as const;
export type JobAction = (typeof JOB_ACTIONS)[number];

/** What a person may do with a job now, given the state of its latest run. */
export function allowedJobActions(job: JobState, latestRun: RunState | null): JobAction[] {
  const isBusy = latestRun !== null && !isEnded(latestRun);
  const always: JobAction[] = isBusy ? ['UPDATE'] : ['DELETE', 'UPDATE'];
  if (job === 'SUSPENDED' || job === 'STOPPED') return [...always, 'RESUME'];
  if (job === 'DRAFT') return always;
  return isBusy ? [...always, 'SUSPEND'] : [...always, 'PLAN', 'RUN', 'SUSPEND'];
}
