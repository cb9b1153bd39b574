import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';

const VERDICTS: Record<EnumOf<'ComparisonVerdict'>, { label: string; tone: Tone }> = {
  COMPATIBLE: { label: 'Comes along', tone: 'ok' },
  LOSSY: { label: 'Lost or changed', tone: 'warn' },
  NOT_APPLICABLE: { label: 'Nothing to lose', tone: 'idle' },
};

export function VerdictTag({ verdict }: { verdict: string }): JSX.Element {
  const { label, tone } = known(VERDICTS, verdict) ?? { label: wordOf(verdict), tone: 'idle' as const };
  return <StatusTag tone={tone} label={label} />;
}

const GROUPS: Record<EnumOf<'ComparisonGroup'>, string> = {
  FILE_VERSIONS: 'Versions',
  AUDIT_TRAIL: 'Times and authors',
  LOCKS: 'Locks',
  PATH_VALIDATION: 'Names, paths, sizes and types',
  PERMISSIONS: 'Accounts, groups and rights',
  METADATA: 'Metadata and tags',
};

export const groupWord = (group: string): string => known(GROUPS, group) ?? wordOf(group);
