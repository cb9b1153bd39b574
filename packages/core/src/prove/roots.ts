import type { Side } from '../plan/vocabulary.js';

/** Identities of the folders at the job's places, see `identityOf`; null for a destination that does not exist yet. */
export interface Roots {
  source: string;
  destination: string | null;
}

/** Two places that had a ledger, with the folders that stood there; null as long as they were not known. */
export interface LocationPair {
  number: number;
  sourceRoot: string | null;
  destinationRoot: string | null;
  /** Items in its ledger. */
  itemCount: number;
}

/** Which ledger belongs to the folders that stand there now; `CHANGED`: another folder stands where items were. */
export type RootFinding =
  | { found: 'LEDGER'; pair: LocationPair }
  | { found: 'NONE' }
  | { found: 'CHANGED'; sides: readonly Side[] };

/** Compares the folders at the job's places with those that stood there; `pairs` begins with the pair that was used last. */
export function findLedger(roots: Roots, pairs: readonly LocationPair[]): RootFinding {
  const own = pairs.find((pair) => changedSides(roots, pair).length === 0);
  if (own) return { found: 'LEDGER', pair: own };
  const used = pairs.find(({ itemCount }) => itemCount > 0);
  if (used) return { found: 'CHANGED', sides: changedSides(roots, used) };
  return pairs[0] ? { found: 'LEDGER', pair: pairs[0] } : { found: 'NONE' };
}

function changedSides(now: Roots, then: LocationPair): Side[] {
  const isSource = then.sourceRoot !== null && then.sourceRoot !== now.source;
  const isDestination = then.destinationRoot !== null && then.destinationRoot !== now.destination;
  return [...(isSource ? ['SOURCE' as const] : []), ...(isDestination ? ['DESTINATION' as const] : [])];
}
