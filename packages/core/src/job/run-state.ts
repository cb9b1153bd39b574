/** Stage of a run; the public `RunState`. */
export const RUN_STATES = [
  'QUEUED',
  'AWAITING_APPROVAL',
  'AWAITING_WINDOW',
  'AWAITING_BUDGET',
  'LISTING',
  'PLANNING',
  'TRANSFERRING',
  'VERIFYING',
  'PAUSING',
  'PAUSED',
  'CANCELING',
  'CANCELED',
  'SUCCEEDED',
  'SUCCEEDED_WITH_ISSUES',
  'CARRIED_OVER',
  'FAILED',
] as const;
export type RunState = (typeof RUN_STATES)[number];

const WORKING: readonly RunState[] = ['LISTING', 'PLANNING', 'TRANSFERRING', 'VERIFYING'];
const ENDS: readonly RunState[] = ['CANCELED', 'SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'CARRIED_OVER', 'FAILED'];
const WAITS: readonly RunState[] = ['AWAITING_APPROVAL', 'AWAITING_WINDOW', 'AWAITING_BUDGET'];

/** The legal moves. A work state may repeat after a restart, so working states lead to each other in any order. */
const MOVES: Readonly<Record<RunState, readonly RunState[]>> = {
  QUEUED: [...WORKING, ...WAITS, 'PAUSED', 'CANCELED', 'FAILED'],
  LISTING: [...WORKING, ...WAITS, 'QUEUED', 'PAUSING', 'PAUSED', 'CANCELING', ...ENDS],
  PLANNING: [...WORKING, ...WAITS, 'QUEUED', 'PAUSING', 'PAUSED', 'CANCELING', ...ENDS],
  TRANSFERRING: [...WORKING, ...WAITS, 'QUEUED', 'PAUSING', 'PAUSED', 'CANCELING', ...ENDS],
  VERIFYING: [...WORKING, ...WAITS, 'QUEUED', 'PAUSING', 'PAUSED', 'CANCELING', ...ENDS],
  AWAITING_APPROVAL: ['QUEUED', 'TRANSFERRING', 'PAUSED', 'CANCELED', 'FAILED'],
  AWAITING_WINDOW: ['QUEUED', ...WORKING, 'PAUSING', 'PAUSED', 'CANCELING', 'CANCELED', 'FAILED'],
  AWAITING_BUDGET: ['QUEUED', ...WORKING, 'PAUSING', 'PAUSED', 'CANCELING', ...ENDS],
  PAUSING: ['PAUSED', 'CANCELING', ...ENDS],
  PAUSED: ['QUEUED', 'CANCELED', 'FAILED'],
  CANCELING: ['CANCELED', 'FAILED'],
  CANCELED: [],
  SUCCEEDED: [],
  SUCCEEDED_WITH_ISSUES: [],
  CARRIED_OVER: [],
  FAILED: [],
};

export const canMove = (from: RunState, to: RunState): boolean => MOVES[from].includes(to);
export const isEnded = (state: RunState): boolean => ENDS.includes(state);
export const isWorking = (state: RunState): boolean => WORKING.includes(state);

/** What a person may do with a run now; the names are those of the public `Action`. */
export type RunAction = 'PAUSE' | 'RESUME' | 'CANCEL' | 'RETRY';

export function allowedRunActions(state: RunState, hasFlaggedItems: boolean): RunAction[] {
  if (isEnded(state)) return hasFlaggedItems ? ['RETRY'] : [];
  if (state === 'CANCELING') return [];
  if (state === 'PAUSED' || state === 'PAUSING') return state === 'PAUSED' ? ['RESUME', 'CANCEL'] : ['CANCEL'];
  return state === 'AWAITING_APPROVAL' ? ['CANCEL'] : ['PAUSE', 'CANCEL'];
}

/** State of a run whose work is done, by what became of its items. */
export function finalState(counts: { flagged: number; retrying: number }): 'SUCCEEDED' | 'SUCCEEDED_WITH_ISSUES' {
  return counts.flagged + counts.retrying > 0 ? 'SUCCEEDED_WITH_ISSUES' : 'SUCCEEDED';
}
