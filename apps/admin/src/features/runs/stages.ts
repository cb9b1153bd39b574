import type { EnumOf } from '@sluice/client/graphql';
import { hasEnded } from '../../domain/run/run-states.js';

type RunState = EnumOf<'RunState'>;

/** A stage that a run was in, once for each time that it entered it. */
export interface Stage {
  state: RunState;
  /** Epoch milliseconds; a stage without end is the present one. */
  from: number;
  to: number | null;
}

/** The stages of a run in order, from the events about them; the last one ends only where the run has ended. */
export function stagesOf(events: readonly { state: RunState | null; occurredAt: string }[]): Stage[] {
  const entered = events.flatMap(({ state, occurredAt }) =>
    state === null ? [] : [{ state, from: Date.parse(occurredAt) }],
  );
  return entered
    .map(({ state, from }, index) => ({ state, from, to: entered[index + 1]?.from ?? null }))
    .filter(({ state }, index) => !hasEnded(state) || index === entered.length - 1);
}
