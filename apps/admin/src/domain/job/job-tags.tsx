import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import type { JobLocation } from './job-data.js';

const STATES: Record<EnumOf<'JobState'>, { label: string; tone: Tone }> = {
  DRAFT: { label: 'Draft, cannot run', tone: 'warn' },
  READY: { label: 'Ready', tone: 'ok' },
  SUSPENDED: { label: 'Suspended', tone: 'idle' },
  STOPPED: { label: 'Ended', tone: 'idle' },
};

export function JobTag({ state }: { state: string }): JSX.Element {
  return <StatusTag {...(known(STATES, state) ?? { label: wordOf(state), tone: 'idle' as const })} />;
}

const SEVERITIES: Record<EnumOf<'Severity'>, { label: string; tone: Tone }> = {
  ERROR: { label: 'Error', tone: 'bad' },
  WARNING: { label: 'Warning', tone: 'warn' },
  INFO: { label: 'Note', tone: 'idle' },
};

export function SeverityTag({ severity }: { severity: string }): JSX.Element {
  return <StatusTag {...(known(SEVERITIES, severity) ?? { label: wordOf(severity), tone: 'idle' as const })} />;
}

const ACTIONS: Record<EnumOf<'PlanAction'>, { label: string; tone: Tone }> = {
  ADOPT: { label: 'Adopt', tone: 'idle' },
  CREATE: { label: 'Create', tone: 'ok' },
  DELETE: { label: 'Delete', tone: 'bad' },
  DESCRIBE: { label: 'Describe', tone: 'ok' },
  MOVE: { label: 'Move', tone: 'ok' },
  REFUSE: { label: 'Refuse', tone: 'bad' },
  RENAME: { label: 'Rename', tone: 'ok' },
  SKIP: { label: 'Skip', tone: 'idle' },
  UPDATE: { label: 'Update', tone: 'warn' },
};

export const ALL_ACTIONS = Object.keys(ACTIONS);
export const actionOf = (action: string): { label: string; tone: Tone } =>
  known(ACTIONS, action) ?? { label: wordOf(action), tone: 'idle' };

export function ActionTag({ action }: { action: string }): JSX.Element {
  return <StatusTag {...actionOf(action)} />;
}

const APPROVALS: Record<EnumOf<'ApprovalState'>, { label: string; tone: Tone }> = {
  NOT_REQUIRED: { label: 'No approval needed', tone: 'ok' },
  PENDING: { label: 'Waits for approval', tone: 'warn' },
  APPROVED: { label: 'Approved', tone: 'ok' },
  REJECTED: { label: 'Rejected', tone: 'bad' },
  EXPIRED: { label: 'Too old', tone: 'idle' },
  SUPERSEDED: { label: 'Replaced by a newer plan', tone: 'idle' },
};

export function ApprovalTag({ state }: { state: string }): JSX.Element {
  return <StatusTag {...(known(APPROVALS, state) ?? { label: wordOf(state), tone: 'idle' as const })} />;
}

export function LocationText({ location }: { location: JobLocation | null }): JSX.Element {
  if (!location) return <span className={uiStyles.dim}>None</span>;
  return (
    <span>
      {location.connection?.name ?? 'Deleted connection'} <span className={uiStyles.path}>{location.path}</span>
    </span>
  );
}
