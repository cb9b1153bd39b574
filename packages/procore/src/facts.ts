import type { Capabilities, Limits } from '@sluice/core/platform';

export const MIB = 1024 * 1024;
export const DEFAULT_LOGIN_URL = 'https://login.procore.com';
export const DEFAULT_PATH_LENGTH = 255;
/** Not documented by Procore: its web app takes more, and other tools do not. A quotation mark is taken. */
export const FORBIDDEN_CHARACTERS: readonly string[] = ['?', '<', '>', ':', '|', '\\', '*', '/'];
export const DEFAULT_SEGMENT_THRESHOLD = 100 * MIB;
export const DEFAULT_SEGMENT = 32 * MIB;
/** Storage takes at most so many segments of one file. */
export const MOST_SEGMENTS = 10_000;
export const DEFAULT_PAGE_SIZE = 2000;
/** What was created just now may be missing from a look into its folder for so long. */
export const LISTING_LAG_MS = 2000;
/** Looks for what may have been created, that far apart, before it counts as not created. */
export const CREATION_LOOKS = 2;

export const procoreCapabilities: Capabilities = {
  ACCOUNT_MAP: { level: 'NONE', note: 'Procore sets who wrote an item itself.' },
  AUTHOR_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'Everything is written by the account of the connection.',
  },
  CHANGE_FEED: {
    level: 'LIMITED',
    note: 'Webhooks tell that something changed, where the account may use them; what changed is found by asking for the changes.',
  },
  CONTENT_CHECKSUM: {
    level: 'NONE',
    note: 'Procore tells the size of a file only; its content is verified by reading it back.',
  },
  FILE_LOCK_PROPAGATION: {
    level: 'LIMITED',
    note: 'A check-out is honoured, and set with the end that the lock has at the source, by the account of the connection.',
  },
  GROUP_MAP: {
    level: 'LIMITED',
    note: 'Distribution groups are read, and made without people by the names that a job maps; who is on a private item’s list cannot be read or written.',
  },
  METADATA_MAP: {
    level: 'LIMITED',
    note: 'The description of a file, and the custom fields of items that the job maps.',
  },
  MIRROR_LOCK_OWNERSHIP: { level: 'NONE', note: 'A check-out always belongs to the account that makes it.' },
  MOVE_IN_PLACE: { level: 'FULL' },
  PERMISSION_PRESERVATION: {
    level: 'LIMITED',
    note: 'The private flag of files and folders; the people on a private item’s list cannot be read or written.',
  },
  RECYCLE_BIN: { level: 'FULL' },
  RESUMABLE_UPLOAD: { level: 'FULL' },
  TAGS_MAP: { level: 'FULL', note: 'Each tag of an item costs a call.' },
  TIMESTAMP_PRESERVATION: {
    level: 'NONE',
    asSource: 'FULL',
    note: 'Procore sets times itself; its own are kept on the way out, or those that a job maps from a field.',
  },
  USER_IMPERSONATION: { level: 'NONE', note: 'Procore has none.' },
  VERSION_PRESERVATION: {
    level: 'FULL',
    note: 'Each changed content becomes a new version with a note; the first version of a file has none.',
  },
};

/** What the Documents tool cannot hold; the length of a path counts below the project's root folder. */
export function procoreLimits(
  maxPathLength = DEFAULT_PATH_LENGTH,
  forbiddenCharacters: readonly string[] = FORBIDDEN_CHARACTERS,
): Limits {
  return {
    maxFileBytes: null,
    maxPathLength,
    maxSegmentLength: 255,
    pathLengthUnit: 'UTF16',
    segmentLengthUnit: 'UTF16',
    forbiddenCharacters,
    reservedNames: [],
    reservedRootNames: ['Schedules', 'Emailed Documents'],
    reservedNameRule: 'WINDOWS',
    restrictedTypes: [],
    isCaseSensitive: false,
    isUnicodeFormSensitive: false,
    whitespaceRule: 'No white space at the ends of a name, nor before or after its extension.',
    holdsEmptyFiles: false,
  };
}
