import { IconBuildingSkyscraper, IconCloud, IconFolders, IconPlug } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { t } from '../words.js';

const STATUSES: Record<EnumOf<'ConnectionStatus'>, Tone> = {
  INCOMPLETE: 'warn',
  NEEDS_SIGN_IN: 'warn',
  NEEDS_PROJECT: 'warn',
  UNTESTED: 'idle',
  HEALTHY: 'ok',
  DEGRADED: 'warn',
  FAILED: 'bad',
};

export const CONNECTION_STATUSES = Object.keys(STATUSES) as EnumOf<'ConnectionStatus'>[];
export const connectionStatusWord = (status: string): string => t.known('connectionStatus', status) ?? wordOf(status);

export function ConnectionTag({ status }: { status: string }): JSX.Element {
  return <StatusTag tone={known(STATUSES, status) ?? 'idle'} label={connectionStatusWord(status)} />;
}

const OUTCOMES: Record<EnumOf<'CheckOutcome'>, Tone> = { PASSED: 'ok', WARNED: 'warn', FAILED: 'bad', SKIPPED: 'idle' };

export function CheckTag({ outcome }: { outcome: string }): JSX.Element {
  return (
    <StatusTag tone={known(OUTCOMES, outcome) ?? 'idle'} label={t.known('checkOutcome', outcome) ?? wordOf(outcome)} />
  );
}

export const stepWord = (step: string): string => t.known('checkStep', step) ?? wordOf(step);

/** What can be connected there; nothing for a platform that this page does not know. */
export const platformNote = (platform: string): string => t.known('platformNote', platform) ?? '';

const ICONS: Record<EnumOf<'PlatformKey'>, typeof IconPlug> = {
  PROCORE: IconBuildingSkyscraper,
  NETWORK_FILE_SHARE: IconFolders,
  OBJECT_STORAGE: IconCloud,
};

export function PlatformIcon({ platform, size = 20 }: { platform: string; size?: number }): JSX.Element {
  const Icon = known(ICONS, platform) ?? IconPlug;
  return <Icon size={size} stroke={1.6} aria-hidden className={styles.rigid} />;
}
