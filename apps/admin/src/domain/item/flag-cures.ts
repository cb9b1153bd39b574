import type { EnumOf } from '@sluice/client/graphql';
import { known } from '../../ui/format.js';

/** What can be done about a flagged item of one reason. */
export interface FlagCure {
  /** Whether trying again may succeed while the job stays as it is. */
  mayRetry: boolean;
  /** What of the job decides that such an item is flagged; null where nothing does. */
  decidedBy: Decider | null;
}

/** A policy of a job, its filters or its mappings, by the name in the schema. */
export type Decider =
  | 'conflict'
  | 'existing'
  | 'duplicateNames'
  | 'invalidCharacters'
  | 'truncateLongNames'
  | 'largeItem'
  | 'zeroByteFile'
  | 'lockedFiles'
  | 'verification'
  | 'rules'
  | 'mappingSets';

const RETRY: FlagCure = { mayRetry: true, decidedBy: null };
const NOTHING: FlagCure = { mayRetry: false, decidedBy: null };
const decided = (decidedBy: Decider): FlagCure => ({ mayRetry: false, decidedBy });

const CURES: Record<EnumOf<'ItemReason'>, FlagCure> = {
  ACCESS_DENIED: RETRY,
  BUDGET_EXHAUSTED: RETRY,
  CANCELED: RETRY,
  CHANGED_DURING_READ: RETRY,
  CONFLICT: decided('conflict'),
  CONTENT_CHANGED: RETRY,
  CONTENT_INCOMPLETE: RETRY,
  DELETED_ON_OTHER_SIDE: RETRY,
  DESTINATION_FULL: RETRY,
  DUPLICATE_NAME: decided('duplicateNames'),
  EDITED_AT_DESTINATION: decided('conflict'),
  EMPTY_FOLDER: NOTHING,
  EXCLUDED_BY_RULE: decided('rules'),
  EXTRA_AT_DESTINATION: RETRY,
  FILE_TOO_LARGE: decided('largeItem'),
  FILE_TYPE_RESTRICTED: decided('rules'),
  IDENTICAL: NOTHING,
  IGNORED: NOTHING,
  INTERNAL_ERROR: RETRY,
  LISTING_FAILED: RETRY,
  LOCKED: { mayRetry: true, decidedBy: 'lockedFiles' },
  METADATA_CHANGED: RETRY,
  METADATA_MISSING: decided('mappingSets'),
  MOVED_AWAY: RETRY,
  NAME_INVALID: decided('invalidCharacters'),
  NAME_TAKEN: decided('existing'),
  NETWORK_ERROR: RETRY,
  NEW: RETRY,
  OTHER: RETRY,
  OUT_OF_SCOPE: NOTHING,
  PATH_TOO_LONG: decided('truncateLongNames'),
  PLACE_CHANGED: RETRY,
  PLATFORM_ERROR: RETRY,
  SPECIAL_FILE: decided('rules'),
  UNDONE: NOTHING,
  UNMAPPED: decided('mappingSets'),
  VERIFICATION_FAILED: { mayRetry: true, decidedBy: 'verification' },
  VERSIONS_LEFT_OUT: NOTHING,
  ZERO_BYTES: decided('zeroByteFile'),
};

const REASONS = Object.keys(CURES) as EnumOf<'ItemReason'>[];

/** Reasons of items that a new try may settle, and of those that it cannot while the job stays as it is. */
export const RETRY_REASONS = REASONS.filter((reason) => CURES[reason].mayRetry);
export const STUCK_REASONS = REASONS.filter((reason) => !CURES[reason].mayRetry);

/** What of the job decides about items of these reasons, each once. */
export const decidersOf = (reasons: readonly string[]): Decider[] => [
  ...new Set(reasons.flatMap((reason) => cureOf(reason).decidedBy ?? [])),
];

/** A reason that only a newer server knows may be tried again: the server decides. */
export const cureOf = (reason: string): FlagCure => known(CURES, reason) ?? RETRY;
