import type { NameRevision } from '@sluice/core/naming';
import type { ItemOutcome, ItemReason, PlanAction, Side } from '@sluice/core/plan';
import type { ItemKind, VerificationMethod } from '@sluice/core/platform';

/*
 * Numbers that stand for words in the rows of steps. They are in the databases of every installation: a word keeps its number
 * for ever, and a new word takes a new one.
 */

export const ACTION_CODES: Readonly<Record<PlanAction, number>> = {
  ADOPT: 0,
  CREATE: 1,
  DELETE: 2,
  DESCRIBE: 3,
  MOVE: 4,
  REFUSE: 5,
  RENAME: 6,
  SKIP: 7,
  UPDATE: 8,
};

export const SIDE_CODES: Readonly<Record<Side, number>> = {
  SOURCE: 0,
  DESTINATION: 1,
};

export const KIND_CODES: Readonly<Record<ItemKind, number>> = {
  FILE: 0,
  FOLDER: 1,
};

export const REVISION_CODES: Readonly<Record<NameRevision, number>> = {
  CHARACTERS: 0,
  CONFLICT: 1,
  LENGTH: 2,
  TAKEN: 3,
};

export const OUTCOME_CODES: Readonly<Record<ItemOutcome, number>> = {
  PENDING: 0,
  IN_PROGRESS: 1,
  CREATED: 2,
  UPDATED: 3,
  RENAMED: 4,
  MOVED: 5,
  DELETED: 6,
  DESCRIBED: 7,
  ADOPTED: 8,
  UNCHANGED: 9,
  SKIPPED: 10,
  RETRYING: 11,
  FLAGGED: 12,
};

export const REASON_CODES: Readonly<Record<ItemReason, number>> = {
  IDENTICAL: 0,
  NEW: 1,
  CONTENT_CHANGED: 2,
  METADATA_CHANGED: 3,
  PLACE_CHANGED: 4,
  DELETED_ON_OTHER_SIDE: 5,
  MOVED_AWAY: 6,
  EXTRA_AT_DESTINATION: 7,
  EDITED_AT_DESTINATION: 8,
  CONFLICT: 9,
  NAME_TAKEN: 10,
  DUPLICATE_NAME: 11,
  NAME_INVALID: 12,
  PATH_TOO_LONG: 13,
  FILE_TOO_LARGE: 14,
  FILE_TYPE_RESTRICTED: 15,
  ZERO_BYTES: 16,
  EMPTY_FOLDER: 17,
  EXCLUDED_BY_RULE: 18,
  OUT_OF_SCOPE: 19,
  SPECIAL_FILE: 20,
  LOCKED: 21,
  LISTING_FAILED: 22,
  ACCESS_DENIED: 23,
  DESTINATION_FULL: 24,
  CHANGED_DURING_READ: 25,
  CONTENT_INCOMPLETE: 26,
  VERIFICATION_FAILED: 27,
  METADATA_MISSING: 28,
  UNMAPPED: 29,
  VERSIONS_LEFT_OUT: 30,
  BUDGET_EXHAUSTED: 31,
  NETWORK_ERROR: 32,
  PLATFORM_ERROR: 33,
  IGNORED: 34,
  CANCELED: 35,
  INTERNAL_ERROR: 36,
  OTHER: 37,
  UNDONE: 38,
};

export const VERIFICATION_CODES: Readonly<Record<VerificationMethod, number>> = {
  NONE: 0,
  SIZE: 1,
  CHECKSUM: 2,
};
