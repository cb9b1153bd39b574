import type { LedgerEntry } from '../plan/step.js';
import type { Seen, Sighting, Triple } from './triple.js';

/** What may be the destination's part of a source item. */
export interface Candidates {
  /** The item whose identifier the ledger remembers, wherever it stands now. */
  known: Seen | null;
  /** The item that stands at the source item's place, under its name there. */
  named: Seen | null;
  /** Whether the place, or the one that the ledger remembers, could not be listed. */
  isUnknown: boolean;
}

/** Pairs first by what the ledger knows of both identifiers, then by place. */
export function pair(source: Seen, remembered: LedgerEntry | null, candidates: Candidates): Triple {
  const base = remembered?.kind === source.item.kind ? remembered : null;
  return { source, base, destination: destinationOf(base, candidates) };
}

function destinationOf(base: LedgerEntry | null, { known, named, isUnknown }: Candidates): Sighting {
  const byIdentity = base !== null && known?.item.kind === base.kind ? known : null;
  return byIdentity ?? named ?? (isUnknown ? 'UNKNOWN' : 'ABSENT');
}
