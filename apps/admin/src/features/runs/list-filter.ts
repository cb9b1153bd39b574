import type { EnumOf } from '@sluice/client/graphql';
import { OFFERED_TYPES } from '../../domain/job/transfer-types.js';
import { ACTIVE_STATES, ENDED_STATES } from '../../domain/run/run-states.js';
import { spanOf } from '../../routing/search.js';
import type { RunsAsked } from './asked.js';

export const TRIGGERS = Object.keys({
  MANUAL: true,
  SCHEDULE: true,
  CHANGE: true,
  RETRY: true,
  CARRY_OVER: true,
  REAPPLY: true,
  UNDO: true,
} satisfies Record<EnumOf<'RunTrigger'>, true>) as EnumOf<'RunTrigger'>[];

/** Stands for every state of a run that goes on. */
export const ACTIVE = 'ACTIVE';
const STATES = [...ACTIVE_STATES, ...ENDED_STATES];

/** The one of these that the address names, as a condition; null for none, and for what is none of them. */
const only = <Value extends string>(values: readonly Value[], asked: string | undefined): Value[] | null => {
  const value = values.find((one) => one === asked);
  return value === undefined ? null : [value];
};

/** The condition for the request; `to` is the last day that is shown. */
export function runFilterOf({ state, type, trigger, job, from, to }: RunsAsked) {
  return {
    states: state === ACTIVE ? ACTIVE_STATES : only(STATES, state),
    transferTypes: only(OFFERED_TYPES, type),
    triggers: only(TRIGGERS, trigger),
    jobIds: job === undefined ? null : [job],
    queuedAt: from === undefined && to === undefined ? null : spanOf({ from, to }),
  };
}
