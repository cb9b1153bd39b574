import type { EnumOf } from '@sluice/client/graphql';
import { dayParam, textParam } from '../../routing/search.js';

/** Parts of the page of a run beside its overview. */
export const TABS = ['items', 'flagged', 'log', 'validation', 'exports', 'undo'] as const;
export type Tab = (typeof TABS)[number];

/** Kinds of lines of the log. */
export const LOG_KINDS = ['STATE', 'ITEM', 'LOG'] as const satisfies EnumOf<'RunEventKind'>[];
export type LogKind = (typeof LOG_KINDS)[number];

/** Which part of a run is shown, and what narrows it, as it stands in the address. */
export interface Asked {
  tab?: Tab;
  outcome?: string;
  reason?: string;
  path?: string;
  /** Why the names of the items were adapted. */
  revision?: string;
  /** Identifier of the item that is shown. */
  item?: string;
  kind?: LogKind;
}

export const askedOf = (search: Record<string, unknown>): Asked => ({
  tab: TABS.find((tab) => tab === search.tab),
  outcome: textParam(search.outcome),
  reason: textParam(search.reason),
  path: textParam(search.path),
  revision: textParam(search.revision),
  item: textParam(search.item),
  kind: LOG_KINDS.find((kind) => kind === search.kind),
});

/** Which runs the list shows, as it stands in the address. Days are in the person's time zone. */
export interface RunsAsked {
  state?: string;
  type?: string;
  trigger?: string;
  /** Identifier of the job. */
  job?: string;
  from?: string;
  to?: string;
}

export const runsAskedOf = (search: Record<string, unknown>): RunsAsked => ({
  state: textParam(search.state),
  type: textParam(search.type),
  trigger: textParam(search.trigger),
  job: textParam(search.job),
  from: dayParam(search.from),
  to: dayParam(search.to),
});
