import type { ItemKind } from '../platform/index.js';

/** The two sides of a job; the public `JobSide`. */
export const SIDES = ['SOURCE', 'DESTINATION'] as const;
export type Side = (typeof SIDES)[number];

/** What people call the side that is read and the one that is changed. */
export interface SideWords {
  from: 'source' | 'destination';
  to: 'source' | 'destination';
}

export const AS_NAMED: SideWords = { from: 'source', to: 'destination' };

/** What a step does to its item; the public `PlanAction`. */
export const PLAN_ACTIONS = [
  'ADOPT',
  'CREATE',
  'DELETE',
  'DESCRIBE',
  'MOVE',
  'REFUSE',
  'RENAME',
  'SKIP',
  'UPDATE',
] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** Actions that are settled by the plan itself: nothing is carried out for them. */
export const INERT_ACTIONS: ReadonlySet<PlanAction> = new Set(['REFUSE', 'SKIP']);

/** What happened to an item; the public `ItemOutcome`. */
export const ITEM_OUTCOMES = [
  'PENDING',
  'IN_PROGRESS',
  'CREATED',
  'UPDATED',
  'RENAMED',
  'MOVED',
  'DELETED',
  'DESCRIBED',
  'ADOPTED',
  'UNCHANGED',
  'SKIPPED',
  'RETRYING',
  'FLAGGED',
] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

/** Why an item had its outcome; the public `ItemReason`. */
export const ITEM_REASONS = [
  'IDENTICAL',
  'NEW',
  'CONTENT_CHANGED',
  'METADATA_CHANGED',
  'PLACE_CHANGED',
  'DELETED_ON_OTHER_SIDE',
  'MOVED_AWAY',
  'EXTRA_AT_DESTINATION',
  'EDITED_AT_DESTINATION',
  'CONFLICT',
  'NAME_TAKEN',
  'DUPLICATE_NAME',
  'NAME_INVALID',
  'PATH_TOO_LONG',
  'FILE_TOO_LARGE',
  'FILE_TYPE_RESTRICTED',
  'ZERO_BYTES',
  'EMPTY_FOLDER',
  'EXCLUDED_BY_RULE',
  'OUT_OF_SCOPE',
  'SPECIAL_FILE',
  'LOCKED',
  'LISTING_FAILED',
  'ACCESS_DENIED',
  'DESTINATION_FULL',
  'CHANGED_DURING_READ',
  'CONTENT_INCOMPLETE',
  'VERIFICATION_FAILED',
  'METADATA_MISSING',
  'UNMAPPED',
  'VERSIONS_LEFT_OUT',
  'BUDGET_EXHAUSTED',
  'NETWORK_ERROR',
  'PLATFORM_ERROR',
  'IGNORED',
  'CANCELED',
  'INTERNAL_ERROR',
  'UNDONE',
  'OTHER',
] as const;
export type ItemReason = (typeof ITEM_REASONS)[number];

export type { ItemKind };
