/** Kinds of system; the public `PlatformKey`. */
export const PLATFORM_KINDS = ['NETWORK_FILE_SHARE', 'OBJECT_STORAGE', 'PROCORE'] as const;
export type PlatformKind = (typeof PLATFORM_KINDS)[number];

export const CAPABILITIES = [
  'ACCOUNT_MAP',
  'AUTHOR_PRESERVATION',
  'CHANGE_FEED',
  'CONTENT_CHECKSUM',
  'FILE_LOCK_PROPAGATION',
  'GROUP_MAP',
  'METADATA_MAP',
  'MIRROR_LOCK_OWNERSHIP',
  'MOVE_IN_PLACE',
  'PERMISSION_PRESERVATION',
  'RECYCLE_BIN',
  'RESUMABLE_UPLOAD',
  'TAGS_MAP',
  'TIMESTAMP_PRESERVATION',
  'USER_IMPERSONATION',
  'VERSION_PRESERVATION',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const SUPPORT_LEVELS = ['FULL', 'LIMITED', 'EMULATED', 'NONE'] as const;
export type SupportLevel = (typeof SUPPORT_LEVELS)[number];

/**
 * How far a platform supports a feature where it is written; the note states the restriction in a sentence. Each level but
 * `NONE` is proved by a test through the engine.
 */
export interface Support {
  level: SupportLevel;
  /** How far what is read there has the feature, and so could lose it; absent: as far as `level` says. */
  asSource?: SupportLevel;
  note?: string;
  /** Of `METADATA_MAP`: there are fields, and no place for descriptions. */
  withoutDescriptions?: true;
}

/** Every capability is stated; none is assumed. */
export type Capabilities = Readonly<Record<Capability, Support>>;

/** Kinds of limits; the public `PlatformLimit`. */
export const LIMIT_KINDS = [
  'CASE_SENSITIVITY',
  'FORBIDDEN_CHARACTERS',
  'MAX_FILE_BYTES',
  'MAX_PATH_LENGTH',
  'MAX_SEGMENT_LENGTH',
  'RESERVED_NAMES',
  'RESTRICTED_TYPES',
  'WHITESPACE',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** What a platform cannot hold; null means no limit. Sizes are bytes, lengths the unit that stands beside them. */
export interface Limits {
  maxFileBytes: number | null;
  /** Of the path below the connection's root, joined by `/`, without a leading one. */
  maxPathLength: number | null;
  /** `UTF16` counts code units, `UTF8` bytes. */
  pathLengthUnit: 'UTF16' | 'UTF8';
  maxSegmentLength: number | null;
  segmentLengthUnit: Limits['pathLengthUnit'];
  forbiddenCharacters: readonly string[];
  reservedNames: readonly string[];
  /** Names of folders that the platform keeps for itself directly below its root; absent where it has none. */
  reservedRootNames?: readonly string[];
  /**
   * `EXACT`: only the name itself is reserved, by the platform's own comparison of names. `WINDOWS`: in any case of letters,
   * also before an extension.
   */
  reservedNameRule: 'EXACT' | 'WINDOWS';
  /** Extensions without dot, lower case. */
  restrictedTypes: readonly string[];
  isCaseSensitive: boolean;
  /** Whether names that differ only in their Unicode form are two names. */
  isUnicodeFormSensitive: boolean;
  /** Whether the platform strips white space at the ends of a name and around its extension; null: kept as it is. */
  whitespaceRule: string | null;
  /** Whether a file of zero bytes can be stored. */
  holdsEmptyFiles: boolean;
}
