import { IconBuildingSkyscraper, IconCloud, IconFolders, IconPlug } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { EnumOf } from '@sluice/client/graphql';
import { known, wordOf } from '../../ui/format.js';
import { StatusTag, type Tone } from '../../ui/tag.js';

const STATUSES: Record<EnumOf<'ConnectionStatus'>, { label: string; tone: Tone }> = {
  INCOMPLETE: { label: 'Incomplete', tone: 'warn' },
  NEEDS_SIGN_IN: { label: 'Needs sign-in', tone: 'warn' },
  NEEDS_PROJECT: { label: 'Needs a project', tone: 'warn' },
  UNTESTED: { label: 'Not tested', tone: 'idle' },
  HEALTHY: { label: 'Connected', tone: 'ok' },
  DEGRADED: { label: 'Connected, restricted', tone: 'warn' },
  FAILED: { label: 'Failed', tone: 'bad' },
};

export function ConnectionTag({ status }: { status: string }): JSX.Element {
  const { label, tone } = known(STATUSES, status) ?? { label: wordOf(status), tone: 'idle' as const };
  return <StatusTag tone={tone} label={label} />;
}

const OUTCOMES: Record<EnumOf<'CheckOutcome'>, { label: string; tone: Tone }> = {
  PASSED: { label: 'Passed', tone: 'ok' },
  WARNED: { label: 'Remark', tone: 'warn' },
  FAILED: { label: 'Failed', tone: 'bad' },
  SKIPPED: { label: 'Not tried', tone: 'idle' },
};

export function CheckTag({ outcome }: { outcome: string }): JSX.Element {
  const { label, tone } = known(OUTCOMES, outcome) ?? { label: wordOf(outcome), tone: 'idle' as const };
  return <StatusTag tone={tone} label={label} />;
}

const STEPS: Record<EnumOf<'ConnectionCheckStep'>, string> = {
  REACH_HOST: 'Reach the host or folder',
  SIGN_IN: 'Sign in',
  COMPANY: 'Find the company',
  PROJECT: 'Find the project',
  DOCUMENTS_PERMISSION: 'Use the Documents tool',
  LIST_ROOT: 'List the root folder',
  WRITE_PROBE: 'Write and remove a small file',
  CLOCK: 'Compare clocks',
};

export const stepWord = (step: string): string => known(STEPS, step) ?? wordOf(step);

export const PLATFORM_NOTES: Record<EnumOf<'PlatformKey'>, string> = {
  PROCORE: 'Documents of one project. Sign in with your account, or use a service account.',
  NETWORK_FILE_SHARE: 'A folder that this server can reach: a local disk or a mounted share.',
  OBJECT_STORAGE: 'A bucket at S3 or a compatible service, Azure Blob Storage or Google Cloud Storage.',
};

const ICONS: Record<EnumOf<'PlatformKey'>, typeof IconPlug> = {
  PROCORE: IconBuildingSkyscraper,
  NETWORK_FILE_SHARE: IconFolders,
  OBJECT_STORAGE: IconCloud,
};

export function PlatformIcon({ platform, size = 20 }: { platform: string; size?: number }): JSX.Element {
  const Icon = known(ICONS, platform) ?? IconPlug;
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flex: 'none' }} />;
}
