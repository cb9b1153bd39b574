import { assertMove, type Moves } from './moves.js';

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

export const WORKING_RUN_STATES = ['LISTING', 'PLANNING', 'TRANSFERRING', 'VERIFYING'] as const;
export const ENDED_RUN_STATES = ['CANCELED', 'SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'CARRIED_OVER', 'FAILED'] as const;
const WAITING_RUN_STATES = ['AWAITING_APPROVAL', 'AWAITING_WINDOW', 'AWAITING_BUDGET'] as const;

export type WorkingRunState = (typeof WORKING_RUN_STATES)[number];
export type EndedRunState = (typeof ENDED_RUN_STATES)[number];

const FROM_WORK = [
  ...WORKING_RUN_STATES,
  ...WAITING_RUN_STATES,
  'QUEUED',
  'PAUSING',
  'PAUSED',
  'CANCELING',
  ...ENDED_RUN_STATES,
] as const;

/**
 * The legal moves. A stage of work may repeat after a restart, so these stages lead to each other in any order. A queued
 * run moves like one at work: a worker may hold it before its first stage, and work that was done before a stop ends at
 * once.
 */
const RUN_MOVES: Moves<RunState> = {
  QUEUED: FROM_WORK,
  LISTING: FROM_WORK,
  PLANNING: FROM_WORK,
  TRANSFERRING: FROM_WORK,
  VERIFYING: FROM_WORK,
  AWAITING_APPROVAL: ['QUEUED', 'TRANSFERRING', 'PAUSED', 'CANCELED', 'FAILED'],
  AWAITING_WINDOW: FROM_WORK,
  AWAITING_BUDGET: FROM_WORK,
  PAUSING: ['PAUSED', 'CANCELING', ...ENDED_RUN_STATES],
  PAUSED: ['QUEUED', 'CANCELED', 'FAILED'],
  CANCELING: ['CANCELED', 'FAILED'],
  CANCELED: [],
  SUCCEEDED: [],
  SUCCEEDED_WITH_ISSUES: [],
  CARRIED_OVER: [],
  FAILED: [],
};

export const canMove = (from: RunState, to: RunState): boolean => RUN_MOVES[from].includes(to);

/** Whoever writes a run's state asks this first. Throws `IllegalMoveError`; to stay is legal. */
export const assertRunMove = (from: RunState, to: RunState): void => assertMove('run', RUN_MOVES, from, to);

export const isEnded = (state: RunState): state is EndedRunState =>
  (ENDED_RUN_STATES as readonly RunState[]).includes(state);
export const isWorking = (state: RunState): boolean => (WORKING_RUN_STATES as readonly RunState[]).includes(state);

/** What a person may do with a run now; the names are those of the public `Action`. */
export const RUN_ACTIONS = ['PAUSE', 'RESUME', 'CANCEL', 'RETRY'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

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

/** What began a run; the public `RunTrigger`. */
export const RUN_TRIGGERS = ['MANUAL', 'SCHEDULE', 'CHANGE', 'RETRY', 'CARRY_OVER', 'REAPPLY', 'UNDO'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** Events of a run that are kept; a follower gets figures and a first picture besides, see `RUN_EVENT_KINDS`. */
export const DURABLE_RUN_EVENT_KINDS = ['STATE', 'ITEM', 'LOG'] as const;
export type DurableRunEventKind = (typeof DURABLE_RUN_EVENT_KINDS)[number];
/** The public `RunEventKind`. */
export const RUN_EVENT_KINDS = ['SNAPSHOT', 'STATISTICS', ...DURABLE_RUN_EVENT_KINDS] as const;
export type RunEventKind = (typeof RUN_EVENT_KINDS)[number];

/** Weight of a line in a run's log and of a remark about a job. */
export const SEVERITIES = ['ERROR', 'WARNING', 'INFO'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What people want of a run, apart from what it does just now. */
export const RUN_WISHES = ['RUN', 'PAUSE', 'CANCEL', 'CANCEL_NOW'] as const;
export type RunWish = (typeof RUN_WISHES)[number];
