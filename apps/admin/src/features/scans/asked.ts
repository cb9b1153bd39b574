import { textParam } from '../../routing/search.js';

export const STATES = ['underWay', 'ended'] as const;

/** What narrows the list of scans. */
export interface Asked {
  state?: (typeof STATES)[number];
}

export const askedOf = (search: Record<string, unknown>): Asked => ({
  state: STATES.find((state) => state === search.state),
});

/** What the page of a scan keeps in its address. */
export interface AskedOfScan {
  /** Platform or connection to whose names and limits the place is held. */
  destination?: string;
}

export const askedOfScan = (search: Record<string, unknown>): AskedOfScan => ({
  destination: textParam(search.destination),
});
