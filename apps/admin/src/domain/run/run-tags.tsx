import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';

type Word = { label: string; tone: Tone };

export const STATES: Record<EnumOf<'RunState'>, Word> = {
  QUEUED: { label: 'Queued', tone: 'wait' },
  AWAITING_APPROVAL: { label: 'Waiting for approval', tone: 'warn' },
  AWAITING_WINDOW: { label: 'Waiting for its window', tone: 'wait' },
  AWAITING_BUDGET: { label: 'Waiting for calls', tone: 'wait' },
  LISTING: { label: 'Listing', tone: 'busy' },
  PLANNING: { label: 'Planning', tone: 'busy' },
  TRANSFERRING: { label: 'Transferring', tone: 'busy' },
  VERIFYING: { label: 'Verifying', tone: 'busy' },
  PAUSING: { label: 'Pausing', tone: 'wait' },
  PAUSED: { label: 'Paused', tone: 'wait' },
  CANCELING: { label: 'Cancelling', tone: 'wait' },
  CANCELED: { label: 'Cancelled', tone: 'idle' },
  SUCCEEDED: { label: 'Succeeded', tone: 'ok' },
  SUCCEEDED_WITH_ISSUES: { label: 'Succeeded with flagged items', tone: 'warn' },
  CARRIED_OVER: { label: 'Carried over', tone: 'wait' },
  FAILED: { label: 'Failed', tone: 'bad' },
};

const OUTCOMES: Record<EnumOf<'ItemOutcome'>, Word> = {
  PENDING: { label: 'Pending', tone: 'idle' },
  IN_PROGRESS: { label: 'In progress', tone: 'busy' },
  CREATED: { label: 'Created', tone: 'ok' },
  UPDATED: { label: 'Updated', tone: 'ok' },
  RENAMED: { label: 'Renamed', tone: 'ok' },
  MOVED: { label: 'Moved', tone: 'ok' },
  DELETED: { label: 'Deleted', tone: 'ok' },
  DESCRIBED: { label: 'Described', tone: 'ok' },
  ADOPTED: { label: 'Adopted', tone: 'ok' },
  UNCHANGED: { label: 'Unchanged', tone: 'idle' },
  SKIPPED: { label: 'Skipped', tone: 'idle' },
  RETRYING: { label: 'Will be retried', tone: 'wait' },
  FLAGGED: { label: 'Flagged', tone: 'bad' },
};

const TRIGGERS: Record<EnumOf<'RunTrigger'>, string> = {
  MANUAL: 'Started by hand',
  SCHEDULE: 'Started by its schedule',
  RETRY: 'Retry of flagged items',
  CARRY_OVER: 'Goes on with a carried-over run',
  REAPPLY: 'Applies changed mappings',
  UNDO: 'Undoes a run',
};

const REASONS: Record<EnumOf<'ItemReason'>, string> = {
  IDENTICAL: 'Both sides are equal',
  NEW: 'New',
  CONTENT_CHANGED: 'Content changed',
  METADATA_CHANGED: 'Metadata changed',
  PLACE_CHANGED: 'Name or folder changed',
  DELETED_ON_OTHER_SIDE: 'Deleted on the other side',
  MOVED_AWAY: 'Moved out of the job’s folder',
  EXTRA_AT_DESTINATION: 'Only at the destination',
  EDITED_AT_DESTINATION: 'Edited at the destination',
  CONFLICT: 'Both sides changed',
  NAME_TAKEN: 'The name is taken',
  DUPLICATE_NAME: 'Two items get the same name',
  NAME_INVALID: 'The name is refused',
  PATH_TOO_LONG: 'Name or path too long',
  FILE_TOO_LARGE: 'File too large',
  FILE_TYPE_RESTRICTED: 'File type refused',
  ZERO_BYTES: 'Empty file',
  EMPTY_FOLDER: 'Empty folder',
  EXCLUDED_BY_RULE: 'Excluded by a rule',
  OUT_OF_SCOPE: 'Outside of what was chosen',
  SPECIAL_FILE: 'Link or special file',
  LOCKED: 'Locked by someone',
  LISTING_FAILED: 'Folder could not be listed',
  ACCESS_DENIED: 'No right to it',
  DESTINATION_FULL: 'No space left',
  CHANGED_DURING_READ: 'Changed while being read',
  CONTENT_INCOMPLETE: 'Content ended early',
  VERIFICATION_FAILED: 'Checksum or size differs',
  METADATA_MISSING: 'A required field has no value',
  UNMAPPED: 'No mapping for it',
  VERSIONS_LEFT_OUT: 'Earlier versions left out',
  BUDGET_EXHAUSTED: 'No calls left',
  NETWORK_ERROR: 'No answer in time',
  PLATFORM_ERROR: 'Error of the platform',
  IGNORED: 'Ignored by a person',
  CANCELED: 'The run was cancelled',
  INTERNAL_ERROR: 'Defect in the product',
  UNDONE: 'Undo of a run',
  OTHER: 'Another reason',
};

export const outcomeOf = (outcome: string): Word =>
  known(OUTCOMES, outcome) ?? { label: wordOf(outcome), tone: 'idle' };
export const stateOf = (state: string): Word => known(STATES, state) ?? { label: wordOf(state), tone: 'idle' };
export const triggerWord = (trigger: string): string => known(TRIGGERS, trigger) ?? wordOf(trigger);
export const reasonWord = (reason: string): string => known(REASONS, reason) ?? wordOf(reason);
export const ALL_OUTCOMES = Object.keys(OUTCOMES);

export function RunTag({ state }: { state: string }): JSX.Element {
  return <StatusTag {...stateOf(state)} />;
}

export function OutcomeTag({ outcome }: { outcome: string }): JSX.Element {
  return <StatusTag {...outcomeOf(outcome)} />;
}
