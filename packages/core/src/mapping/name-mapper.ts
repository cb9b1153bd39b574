import type { DirectoryEntry } from '../platform/index.js';
import { KnownNames } from './known-names.js';
import type { SoughtName } from './known-names.js';
import type { MappingMatch, MappingSet } from './mapping-set.js';
import { NameTable } from './names.js';

/** What became of a name. */
export interface MappedName {
  /** Null when the name gets no target. */
  target: string | null;
  match: MappingMatch;
  /** From 0 to 1, below 1 only for FUZZY. */
  confidence: number;
  /** No entry, exclusion or match knows the name; the policy decided. */
  isUnmapped: boolean;
  /** The policy asks to flag the item. */
  isFlagged: boolean;
}

/** Both directories of one kind; null where the platform has none or could not tell. */
export interface BothDirectories {
  source: readonly DirectoryEntry[] | null;
  destination: readonly DirectoryEntry[] | null;
}

/** Results that are remembered; beyond, they are looked for anew. */
const MOST_REMEMBERED = 50_000;

/**
 * Translates names of one kind by sets in the order of the job: in each set entry, exclusion, then its automatic matches in their
 * order. The first set that knows the name decides; when none does, the policy of the last one does.
 */
export class NameMapper {
  private readonly sets: readonly ReadySet[];
  private readonly sought: ReadonlyMap<string, SoughtName>;
  private readonly known: KnownNames;
  private readonly remembered = new Map<string, MappedName>();

  constructor(sets: readonly MappingSet[], { source, destination }: BothDirectories) {
    this.sets = sets.map((set) => new ReadySet(set));
    this.sought = new Map((source ?? []).map((entry) => [entry.key, entry]));
    this.known = new KnownNames(destination ?? []);
  }

  map(name: string): MappedName {
    const remembered = this.remembered.get(name);
    if (remembered) return remembered;
    const mapped = this.find(name);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(name, mapped);
    return mapped;
  }

  private find(name: string): MappedName {
    const sought = this.sought.get(name) ?? { key: name, label: name, email: null };
    for (const set of this.sets) {
      const found = set.find(sought, this.known);
      if (found) return { ...found, isUnmapped: false, isFlagged: false };
    }
    return byPolicy(name, this.sets.at(-1)!.set);
  }
}

/** What the policy of a set makes of a name or value that nothing was found for. */
export function byPolicy(name: string, { unmapped, defaultTarget }: MappingSet): MappedName {
  const unknown = { target: null, match: 'NONE', confidence: 1, isUnmapped: true, isFlagged: false } as const;
  if (unmapped === 'KEEP_NAME') return { ...unknown, target: name };
  if (unmapped === 'FLAG') return { ...unknown, isFlagged: true };
  return unmapped === 'USE_DEFAULT' && defaultTarget !== null
    ? { ...unknown, target: defaultTarget, match: 'DEFAULT' }
    : unknown;
}

class ReadySet {
  private readonly entries: NameTable<string>;
  private readonly exclusions: NameTable<true>;

  constructor(readonly set: MappingSet) {
    this.entries = new NameTable(set.entries.map(({ sourceKey, destinationKey }) => [sourceKey, destinationKey]));
    this.exclusions = new NameTable(set.exclusions.map((name) => [name, true]));
  }

  /** Entries and exclusions name a key or, where the source has a directory, the name that people see. */
  find(sought: SoughtName, known: KnownNames): Pick<MappedName, 'target' | 'match' | 'confidence'> | null {
    const target = this.entries.find(sought.key) ?? this.entries.find(sought.label);
    if (target !== null) return { target, match: 'ENTRY', confidence: 1 };
    if (this.exclusions.find(sought.key) ?? this.exclusions.find(sought.label))
      return { target: null, match: 'EXCLUSION', confidence: 1 };
    const found = known.find(sought, this.set.automaticMatches);
    return found && { target: found.key, match: found.match, confidence: found.confidence };
  }
}
