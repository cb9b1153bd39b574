import type { EnumOf } from '@sluice/client/graphql';
import { textParam } from '../../routing/search.js';
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

function dayParam(value: unknown): string | undefined {
  const text = textParam(value);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
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

/** The span from the beginning of one day to the end of another; without bounds where there is no day. */
export function spanOf({ from, to }: Pick<Asked, 'from' | 'to'>): { from: string | null; to: string | null } {
  return { from: from === undefined ? null : midnight(from, 0), to: to === undefined ? null : midnight(to, 1) };
}

function midnight(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
