import { describe, expect, it } from 'vitest';
import {
  allowedJobActions,
  allowedRunActions,
  approvalsBefore,
  assertJobMove,
  assertPlanMove,
  assertRunMove,
  canMove,
  finalState,
  IllegalMoveError,
  isEnded,
  RUN_STATES,
  tasksBefore,
} from './index.js';

describe('run states', () => {
  it.each(RUN_STATES.filter(isEnded))('%s is final', (state) => {
    expect(RUN_STATES.filter((to) => canMove(state, to))).toEqual([]);
    expect(allowedRunActions(state, false)).toEqual([]);
    expect(allowedRunActions(state, true)).toEqual(['RETRY']);
  });

  it('every other state can end', () => {
    for (const state of RUN_STATES.filter((one) => !isEnded(one))) {
      expect(
        RUN_STATES.some((to) => isEnded(to) && canMove(state, to)),
        state,
      ).toBe(true);
    }
  });

  it.each([
    ['QUEUED', 'LISTING', true],
    ['TRANSFERRING', 'AWAITING_BUDGET', true],
    ['AWAITING_BUDGET', 'TRANSFERRING', true],
    ['PAUSING', 'TRANSFERRING', false],
    ['PAUSED', 'QUEUED', true],
    ['PAUSED', 'TRANSFERRING', false],
    ['CANCELING', 'PAUSED', false],
    ['AWAITING_APPROVAL', 'SUCCEEDED', false],
  ] as const)('%s to %s: %s', (from, to, isLegal) => expect(canMove(from, to)).toBe(isLegal));

  it('offers what is possible', () => {
    expect(allowedRunActions('TRANSFERRING', false)).toEqual(['PAUSE', 'CANCEL']);
    expect(allowedRunActions('PAUSED', false)).toEqual(['RESUME', 'CANCEL']);
    expect(allowedRunActions('CANCELING', false)).toEqual([]);
    expect(allowedJobActions('READY', null)).toEqual(['DELETE', 'UPDATE', 'PLAN', 'RUN', 'SUSPEND']);
    expect(allowedJobActions('READY', 'LISTING')).toEqual(['UPDATE', 'SUSPEND']);
    expect(allowedJobActions('SUSPENDED', 'FAILED')).toEqual(['DELETE', 'UPDATE', 'RESUME']);
    expect(allowedJobActions('DRAFT', null)).toEqual(['DELETE', 'UPDATE']);
  });

  it('ends by what became of the items', () => {
    expect(finalState({ flagged: 0, retrying: 0 })).toBe('SUCCEEDED');
    expect(finalState({ flagged: 1, retrying: 0 })).toBe('SUCCEEDED_WITH_ISSUES');
    expect(finalState({ flagged: 0, retrying: 1 })).toBe('SUCCEEDED_WITH_ISSUES');
  });
});

describe('the table of legal moves, asserted where a state is written', () => {
  it.each(RUN_STATES)('a run that is %s moves only where the table says', (from) => {
    for (const to of RUN_STATES) {
      const move = () => assertRunMove(from, to);
      if (from === to || canMove(from, to)) expect(move).not.toThrow();
      else expect(move).toThrow(new IllegalMoveError('run', from, to));
    }
  });

  it('a plan is made once, and decided about while it is open', () => {
    const plan = { taskState: 'SUCCEEDED', approvalState: 'PENDING' } as const;
    expect(() => assertPlanMove(plan, { approvalState: 'APPROVED' })).not.toThrow();
    expect(() => assertPlanMove(plan, {})).not.toThrow();
    expect(() => assertPlanMove(plan, { taskState: 'FAILED' })).toThrow(IllegalMoveError);
    expect(() => assertPlanMove({ ...plan, approvalState: 'REJECTED' }, { approvalState: 'APPROVED' })).toThrow(
      'A plan’s approval cannot move from REJECTED to APPROVED.',
    );
    expect(tasksBefore('FAILED')).toEqual(['QUEUED', 'RUNNING']);
    expect(approvalsBefore('SUPERSEDED')).toEqual(['NOT_REQUIRED', 'PENDING', 'APPROVED']);
  });

  it('a job that is suspended is resumed, not stopped', () => {
    expect(() => assertJobMove('SUSPENDED', 'READY')).not.toThrow();
    expect(() => assertJobMove('SUSPENDED', 'STOPPED')).toThrow(IllegalMoveError);
  });
});
