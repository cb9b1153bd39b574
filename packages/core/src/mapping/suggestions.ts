import type { DirectoryEntry } from '../platform/index.js';
import { KnownNames } from './known-names.js';
import type { AutomaticMatch, MappingSet } from './mapping-set.js';
import { NameMapper } from './name-mapper.js';

/** A name that may be the translation of another one; a person decides. */
export interface Suggestion {
  source: DirectoryEntry;
  destination: DirectoryEntry;
  match: AutomaticMatch;
  /** From 0.7 to 1, below 1 only for FUZZY. */
  confidence: number;
}

/** All ways to find a name, the surest one first. */
const WAYS: readonly AutomaticMatch[] = ['ID', 'EMAIL', 'USERNAME', 'NAME', 'FUZZY'];

/**
 * For each name of the source the one of the destination that is most like it, surest first. Left out is what `set` decides already:
 * names that an entry or exclusion has, and fields that a rule fills. A name that is as like to several is like to none.
 */
export function suggestions(
  source: readonly DirectoryEntry[],
  destination: readonly DirectoryEntry[],
  set: MappingSet | null,
): Suggestion[] {
  const filled = new Set(set?.metadataRules.map(({ destinationField }) => destinationField));
  const open = destination.filter(({ key }) => !filled.has(key));
  const byKey = new Map(open.map((entry) => [entry.key, entry]));
  const known = new KnownNames(open);
  return source
    .filter(undecidedBy(set, source))
    .flatMap((entry) => suggestionOf(entry, known, byKey))
    .sort(bySureness);
}

/** Whether neither an entry nor an exclusion knows a name. */
function undecidedBy(set: MappingSet | null, source: readonly DirectoryEntry[]): (entry: DirectoryEntry) => boolean {
  if (set === null) return () => true;
  const decided = new NameMapper([{ ...set, automaticMatches: [] }], { source, destination: null });
  return ({ key }) => decided.map(key).isUnmapped;
}

function suggestionOf(
  source: DirectoryEntry,
  known: KnownNames,
  byKey: ReadonlyMap<string, DirectoryEntry>,
): Suggestion[] {
  const found = known.find(source, WAYS);
  const destination = found && byKey.get(found.key);
  return destination ? [{ source, destination, match: found.match, confidence: found.confidence }] : [];
}

const bySureness = (one: Suggestion, other: Suggestion): number =>
  other.confidence - one.confidence ||
  WAYS.indexOf(one.match) - WAYS.indexOf(other.match) ||
  Number(one.source.label > other.source.label) - Number(one.source.label < other.source.label);
