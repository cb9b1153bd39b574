import { textParam } from '../../routing/search.js';

/** Parts of the page of a job beside its overview. */
export const TABS = ['items', 'plans', 'runs', 'settings', 'mapping'] as const;
export type Tab = (typeof TABS)[number];

/** Which part of a job is shown, and what narrows its items, as it stands in the address. */
export interface Asked {
  tab?: Tab;
  outcome?: string;
  path?: string;
  /** Identifier of the item that is shown. */
  item?: string;
}

export const askedOf = (search: Record<string, unknown>): Asked => ({
  tab: TABS.find((tab) => tab === search.tab),
  outcome: textParam(search.outcome),
  path: textParam(search.path),
  item: textParam(search.item),
});
