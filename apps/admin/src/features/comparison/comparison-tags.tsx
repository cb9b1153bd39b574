import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import { t } from './words.js';

const VERDICTS: Record<EnumOf<'ComparisonVerdict'>, Tone> = { COMPATIBLE: 'ok', LOSSY: 'warn', NOT_APPLICABLE: 'idle' };

export function VerdictTag({ verdict }: { verdict: string }): JSX.Element {
  return <StatusTag tone={known(VERDICTS, verdict) ?? 'idle'} label={t.known('verdict', verdict) ?? wordOf(verdict)} />;
}

export const groupWord = (group: string): string => t.known('group', group) ?? wordOf(group);
