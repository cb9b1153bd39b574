import type { Item } from '../platform/index.js';
import type { LedgerEntry } from '../plan/step.js';

/** An item where a listing saw it; the key is relative to the job's location, see `pathKey`. */
export interface Seen {
  key: string;
  item: Item;
}

/** What a side shows of an item: `ABSENT` with evidence, `UNKNOWN` where it could not be looked. */
export type Sighting = Seen | 'ABSENT' | 'UNKNOWN';

/** One item: what the source shows of it, what the ledger remembers of it, what the destination shows of it. */
export interface Triple {
  source: Sighting;
  base: LedgerEntry | null;
  destination: Sighting;
}

export const seen = (sighting: Sighting): Seen | null => (typeof sighting === 'string' ? null : sighting);
