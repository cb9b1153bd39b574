import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import type { JobLocation } from './job-data.js';
import { t } from '../words.js';

type Word = { label: string; tone: Tone };

const STATES: Record<EnumOf<'JobState'>, Tone> = { DRAFT: 'warn', READY: 'ok', SUSPENDED: 'idle', STOPPED: 'idle' };

export const jobStateWord = (state: string): string => t.known('jobState', state) ?? wordOf(state);

export function JobTag({ state }: { state: string }): JSX.Element {
  return <StatusTag tone={known(STATES, state) ?? 'idle'} label={jobStateWord(state)} />;
}

const SEVERITIES: Record<EnumOf<'Severity'>, Tone> = { ERROR: 'bad', WARNING: 'warn', INFO: 'idle' };

export function SeverityTag({ severity }: { severity: string }): JSX.Element {
  return (
    <StatusTag tone={known(SEVERITIES, severity) ?? 'idle'} label={t.known('severity', severity) ?? wordOf(severity)} />
  );
}

const ACTIONS: Record<EnumOf<'PlanAction'>, Tone> = {
  DELETE: 'bad',
  UPDATE: 'warn',
  MOVE: 'ok',
  RENAME: 'ok',
  CREATE: 'ok',
  DESCRIBE: 'ok',
  ADOPT: 'idle',
  SKIP: 'idle',
  REFUSE: 'bad',
};

/** All actions of a step, those first that a person has to look at. */
export const ALL_ACTIONS = Object.keys(ACTIONS) as EnumOf<'PlanAction'>[];
export const actionOf = (action: string): Word => ({
  label: t.known('planAction', action) ?? wordOf(action),
  tone: known(ACTIONS, action) ?? 'idle',
});

export function ActionTag({ action }: { action: string }): JSX.Element {
  return <StatusTag {...actionOf(action)} />;
}

const APPROVALS: Record<EnumOf<'ApprovalState'>, Tone> = {
  NOT_REQUIRED: 'ok',
  PENDING: 'warn',
  APPROVED: 'ok',
  REJECTED: 'bad',
  EXPIRED: 'idle',
  SUPERSEDED: 'idle',
};

export function ApprovalTag({ state }: { state: string }): JSX.Element {
  return <StatusTag tone={known(APPROVALS, state) ?? 'idle'} label={t.known('approval', state) ?? wordOf(state)} />;
}

export function LocationText({ location }: { location: JobLocation | null }): JSX.Element {
  if (!location) return <span className={uiStyles.dim}>{t('none')}</span>;
  return (
    <span>
      {location.connection?.name ?? t('deletedConnection')} <span className={uiStyles.path}>{location.path}</span>
    </span>
  );
}
