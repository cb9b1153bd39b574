import type { EnumOf } from '@sluice/client/graphql';
import { dayParam, spanOf, textParam } from '../../routing/search.js';
import type { AuditFilter } from './data.js';

type Outcome = EnumOf<'AuditOutcome'>;
export const OUTCOMES: readonly Outcome[] = ['SUCCEEDED', 'DENIED', 'FAILED'];

/** Which events are shown, as it stands in the address of the page. Days are `2026-11-28` in the person's time zone. */
export interface Asked {
  who?: string;
  what?: string;
  outcome?: Outcome;
  from?: string;
  to?: string;
  object?: string;
}

/** What the address asks for; what it cannot mean is left out. */
export function askedOf(search: Record<string, unknown>): Asked {
  return {
    who: textParam(search['who']),
    what: textParam(search['what']),
    outcome: OUTCOMES.find((outcome) => outcome === search['outcome']),
    from: dayParam(search['from']),
    to: dayParam(search['to']),
    object: textParam(search['object']),
  };
}

/** The condition for the request; `to` is the last day that is shown. */
export function filterOf({ who, what, outcome, from, to, object }: Asked): AuditFilter {
  return {
    ...(who === undefined ? {} : { actorIds: [who] }),
    ...(object === undefined ? {} : { targetIds: [object] }),
    ...(what === undefined ? {} : { actions: [what] }),
    ...(outcome === undefined ? {} : { outcomes: [outcome] }),
    ...(from === undefined && to === undefined ? {} : { occurredAt: spanOf({ from, to }) }),
  };
}
