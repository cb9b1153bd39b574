import type { DirectoryKind } from '../platform/index.js';

/** How a target is looked for among the names of the destination, in the order that a set gives. */
export const AUTOMATIC_MATCHES = ['ID', 'NAME', 'EMAIL', 'USERNAME', 'FUZZY'] as const;
export type AutomaticMatch = (typeof AUTOMATIC_MATCHES)[number];

/** How the target of a name was found; ENTRY is also a metadata rule. */
export type MappingMatch = AutomaticMatch | 'ENTRY' | 'EXCLUSION' | 'DEFAULT' | 'NONE';

/** What happens to a name, or to the value of a metadata field, for which nothing was found. */
export const UNMAPPED_POLICIES = ['SKIP', 'KEEP_NAME', 'USE_DEFAULT', 'FLAG'] as const;
export type UnmappedPolicy = (typeof UNMAPPED_POLICIES)[number];

/** A reusable translation: names by entries, or metadata fields by rules. */
export interface MappingSet {
  id: string;
  name: string;
  kind: DirectoryKind;
  /** In the order in which they are tried. */
  automaticMatches: readonly AutomaticMatch[];
  /** Names, or source fields of a metadata set, that get no target. */
  exclusions: readonly string[];
  unmapped: UnmappedPolicy;
  /** Target of USE_DEFAULT. */
  defaultTarget: string | null;
  /** Empty for a metadata set. */
  entries: readonly MappingEntry[];
  /** Empty for all others. */
  metadataRules: readonly MetadataRule[];
}

export interface MappingEntry {
  sourceKey: string;
  destinationKey: string;
}

/** How a field at the destination is filled; several rules for one field are tried in their order. */
export interface MetadataRule {
  destinationField: string;
  origin: ValueOrigin;
  /** Taken where the origin has no value. */
  defaultValue: string | null;
  /** Translations of values; a value that none of them has is unmapped. Empty: values stay. */
  choices: readonly ValueChoice[];
  /** An item without value is flagged. */
  isRequired: boolean;
}

export type ValueOrigin =
  | { kind: 'FIELD'; field: string }
  | { kind: 'FIXED'; value: string }
  | { kind: 'TEMPLATE'; template: string };

export interface ValueChoice {
  from: string;
  to: string;
}
