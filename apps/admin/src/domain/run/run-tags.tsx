import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import { t } from '../words.js';

type Word = { label: string; tone: Tone };

const STATES: Record<EnumOf<'RunState'>, Tone> = {
  QUEUED: 'wait',
  AWAITING_APPROVAL: 'warn',
  AWAITING_WINDOW: 'wait',
  AWAITING_BUDGET: 'wait',
  LISTING: 'busy',
  PLANNING: 'busy',
  TRANSFERRING: 'busy',
  VERIFYING: 'busy',
  PAUSING: 'wait',
  PAUSED: 'wait',
  CANCELING: 'wait',
  CANCELED: 'idle',
  SUCCEEDED: 'ok',
  SUCCEEDED_WITH_ISSUES: 'warn',
  CARRIED_OVER: 'wait',
  FAILED: 'bad',
};

const OUTCOMES: Record<EnumOf<'ItemOutcome'>, Tone> = {
  PENDING: 'idle',
  IN_PROGRESS: 'busy',
  CREATED: 'ok',
  UPDATED: 'ok',
  RENAMED: 'ok',
  MOVED: 'ok',
  DELETED: 'ok',
  DESCRIBED: 'ok',
  ADOPTED: 'ok',
  UNCHANGED: 'idle',
  SKIPPED: 'idle',
  RETRYING: 'wait',
  FLAGGED: 'bad',
};

export const outcomeOf = (outcome: string): Word => ({
  label: t.known('outcome', outcome) ?? wordOf(outcome),
  tone: known(OUTCOMES, outcome) ?? 'idle',
});
export const stateOf = (state: string): Word => ({
  label: t.known('runState', state) ?? wordOf(state),
  tone: known(STATES, state) ?? 'idle',
});
export const triggerWord = (trigger: string): string => t.known('trigger', trigger) ?? wordOf(trigger);
export const reasonWord = (reason: string): string => t.known('reason', reason) ?? wordOf(reason);
/** Why a name was adapted. */
export const revisionWord = (revision: string): string => t.known('revision', revision) ?? wordOf(revision);
export const ALL_OUTCOMES = Object.keys(OUTCOMES) as EnumOf<'ItemOutcome'>[];
export const ALL_STATES = Object.keys(STATES) as EnumOf<'RunState'>[];

export function RunTag({ state }: { state: string }): JSX.Element {
  return <StatusTag {...stateOf(state)} />;
}

export function OutcomeTag({ outcome }: { outcome: string }): JSX.Element {
  return <StatusTag {...outcomeOf(outcome)} />;
}
