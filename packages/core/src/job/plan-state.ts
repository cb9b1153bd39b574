import { assertMove, statesBefore, type Moves } from './moves.js';

/** How far the making of a plan has come; the public `TaskState`. */
export const TASK_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;
export type TaskState = (typeof TASK_STATES)[number];

const TASK_MOVES: Moves<TaskState> = {
  QUEUED: ['RUNNING', 'FAILED'],
  RUNNING: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: [],
};

/** Whether a person has to agree to a plan, and has; the public `ApprovalState`. */
export const APPROVAL_STATES = ['NOT_REQUIRED', 'PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'SUPERSEDED'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

const APPROVAL_MOVES: Moves<ApprovalState> = {
  NOT_REQUIRED: ['PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'SUPERSEDED'],
  PENDING: ['APPROVED', 'REJECTED', 'EXPIRED', 'SUPERSEDED'],
  APPROVED: ['REJECTED', 'EXPIRED', 'SUPERSEDED'],
  REJECTED: [],
  EXPIRED: [],
  SUPERSEDED: [],
};

/** When a job's plans need a person's approval; the public `ApprovalRequirement`. */
export const APPROVAL_REQUIREMENTS = ['NEVER', 'DESTRUCTIVE_ONLY', 'FIRST_RUN', 'ALWAYS'] as const;
export type ApprovalRequirement = (typeof APPROVAL_REQUIREMENTS)[number];

/** The states of a plan that change. */
export interface PlanStates {
  taskState: TaskState;
  approvalState: ApprovalState;
}

/** The states from which a plan may move there, for a statement that moves many plans at once. */
export const tasksBefore = (to: TaskState): TaskState[] => statesBefore(TASK_MOVES, to);
export const approvalsBefore = (to: ApprovalState): ApprovalState[] => statesBefore(APPROVAL_MOVES, to);

/** Whoever writes a state of a plan asks this first. Throws `IllegalMoveError`; to stay is legal. */
export function assertPlanMove(from: PlanStates, to: Partial<PlanStates>): void {
  assertMove('plan', TASK_MOVES, from.taskState, to.taskState ?? from.taskState);
  assertMove('plan’s approval', APPROVAL_MOVES, from.approvalState, to.approvalState ?? from.approvalState);
}
