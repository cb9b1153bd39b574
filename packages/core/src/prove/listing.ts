import type { ListingProof, ListProblem } from '../platform/index.js';
import type { Side } from '../plan/vocabulary.js';

/** A listing that came to its end. */
export interface ListingCase {
  /** Null: it ended without one. */
  proof: ListingProof | null;
  /** Items of it that arrived. */
  arrived: number;
  /** Identity of the folder that stood there before; null where there was none. */
  root: string | null;
}

/** Why what a listing lacks may be there nevertheless, in a sentence for people; null when it is proved to be missing. */
export function unprovenBecause({ proof, arrived, root }: ListingCase): string | null {
  if (proof === null) return 'Its listing ended without a proof of what it saw.';
  if (root !== null && proof.root !== root) return 'Another folder stood there when its listing ended.';
  if (proof.seen !== arrived) return `Its listing showed ${proof.seen} items, and ${arrived} of them arrived.`;
  if (proof.total !== null && proof.total > proof.seen)
    return `The platform counts ${proof.total} items, and its listing showed ${proof.seen} of them.`;
  return null;
}

/**
 * What a listing tells about a place. `WHOLE`: what it lacks there is missing. `PART`: what it shows there is so, what it lacks
 * may be there. `NONE`: the place was not listed.
 */
export type Coverage = 'WHOLE' | 'PART' | 'NONE';

/** Coverage of a place by the problems that stand at it or at folders above it. */
export function coverageOf(side: Side, kinds: readonly ListProblem['kind'][]): Coverage {
  // A link in the place of a file of the destination is no file; in that of a source file it hides what became of it.
  const problems = side === 'SOURCE' ? kinds : kinds.filter((kind) => kind !== 'SPECIAL');
  if (problems.length === 0) return 'WHOLE';
  return problems.every((kind) => kind === 'PART') ? 'PART' : 'NONE';
}
