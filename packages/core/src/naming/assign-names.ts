import type { ItemKind, Limits } from '../platform/index.js';
import type { PolicyValue } from '../plan/policies.js';
import { cleanName, numberedName, type NameProblem, type NamingRules, type NameContext } from './clean-name.js';
import { nameKey } from './name-key.js';

export interface Sibling {
  name: string;
  kind: ItemKind;
  /** Name that an earlier run gave it; it keeps it. */
  earlierName: string | null;
}

export type AssignedName =
  { name: string; isRevised: boolean } | NameProblem | { reason: 'DUPLICATE_NAME'; message: string };

export interface AssignmentRules extends NamingRules {
  duplicateNames: PolicyValue<'duplicateNames'>;
}

/**
 * Gives every item of one folder its name at the destination, in the order of the input. Earlier names stay, then names
 * that need no change come before adapted ones, so that adding a file later never renames another.
 * `occupied` are names that stand at the destination already: numbering avoids them.
 */
export function assignNames(
  siblings: readonly Sibling[],
  occupied: Iterable<string>,
  limits: Limits,
  rules: AssignmentRules,
  parentPathLength: number,
): AssignedName[] {
  const taken = new Set([...occupied].map((name) => nameKey(name, limits)));
  const claimed = new Set<string>();
  const result = new Array<AssignedName>(siblings.length);
  for (const index of byPrecedence(siblings, limits)) {
    const sibling = siblings[index]!;
    const assigned = assignOne(sibling, claimed, taken, limits, rules, { parentPathLength, kind: sibling.kind });
    if ('name' in assigned) claimed.add(nameKey(assigned.name, limits));
    result[index] = assigned;
  }
  return result;
}

function byPrecedence(siblings: readonly Sibling[], limits: Limits): number[] {
  const rank = (sibling: Sibling) => {
    if (sibling.earlierName !== null) return 0;
    const cleaned = cleanName(
      sibling.name,
      limits,
      { invalidCharacters: 'REPLACE', truncateLongNames: true },
      { parentPathLength: 0, kind: sibling.kind },
    );
    return 'name' in cleaned && cleaned.name === sibling.name ? 1 : 2;
  };
  const ranks = siblings.map(rank);
  return siblings
    .map((_, index) => index)
    .sort((a, b) => ranks[a]! - ranks[b]! || compare(siblings[a]!.name, siblings[b]!.name));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const IS_NUMBERED: Readonly<Record<PolicyValue<'duplicateNames'>, boolean>> = { RENAME: true, FLAG: false };

function assignOne(
  sibling: Sibling,
  claimed: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  limits: Limits,
  rules: AssignmentRules,
  context: NameContext,
): AssignedName {
  if (sibling.earlierName !== null && !claimed.has(nameKey(sibling.earlierName, limits))) {
    return { name: sibling.earlierName, isRevised: isRevised(sibling.name, sibling.earlierName) };
  }
  const cleaned = cleanName(sibling.name, limits, rules, context);
  if (!('name' in cleaned)) return cleaned;
  if (!claimed.has(nameKey(cleaned.name, limits)))
    return { name: cleaned.name, isRevised: isRevised(sibling.name, cleaned.name) };
  if (!IS_NUMBERED[rules.duplicateNames]) return duplicate(sibling.name, cleaned.name);
  return numbered(sibling, cleaned.name, claimed, taken, limits, rules, context);
}

function numbered(
  sibling: Sibling,
  name: string,
  claimed: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  limits: Limits,
  rules: NamingRules,
  context: NameContext,
): AssignedName {
  for (let n = 1; ; n++) {
    const candidate = numberedName(name, n, limits, rules, context);
    if (!('name' in candidate)) return candidate;
    const key = nameKey(candidate.name, limits);
    if (!claimed.has(key) && !taken.has(key))
      return { name: candidate.name, isRevised: isRevised(sibling.name, candidate.name) };
  }
}

function duplicate(name: string, taken: string): AssignedName {
  return {
    reason: 'DUPLICATE_NAME',
    message: `"${name}" would get the name "${taken}", which another item of the same folder has.`,
  };
}

/** A change of the Unicode form alone is invisible and no revision. */
const isRevised = (from: string, to: string) => from.normalize('NFC') !== to.normalize('NFC');
