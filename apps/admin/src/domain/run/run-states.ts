import type { EnumOf } from '@sluice/client/graphql';

const IS_ENDED: Record<EnumOf<'RunState'>, boolean> = {
  QUEUED: false,
  AWAITING_APPROVAL: false,
  AWAITING_WINDOW: false,
  AWAITING_BUDGET: false,
  LISTING: false,
  PLANNING: false,
  TRANSFERRING: false,
  VERIFYING: false,
  PAUSING: false,
  PAUSED: false,
  CANCELING: false,
  CANCELED: true,
  SUCCEEDED: true,
  SUCCEEDED_WITH_ISSUES: true,
  CARRIED_OVER: true,
  FAILED: true,
};

/** States of a run that goes on, in the order in which a run meets them. */
export const ACTIVE_STATES = (Object.keys(IS_ENDED) as EnumOf<'RunState'>[]).filter((state) => !IS_ENDED[state]);

export const ENDED_STATES = (Object.keys(IS_ENDED) as EnumOf<'RunState'>[]).filter((state) => IS_ENDED[state]);

const AT_WORK: readonly EnumOf<'RunState'>[] = ['LISTING', 'PLANNING', 'TRANSFERRING', 'VERIFYING'];

/** Whether its figures change by themselves: it has begun, and waits for nothing. */
export const isAtWork = (state: EnumOf<'RunState'>): boolean => AT_WORK.includes(state);

export function hasEnded(state: EnumOf<'RunState'>): boolean {
  return IS_ENDED[state];
}
