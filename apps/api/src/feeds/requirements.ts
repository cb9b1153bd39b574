import type { PlatformDescription } from '@sluice/core/platform';
import type { JobRow } from '../db/row-types.js';
import type { Problems } from '../problems.js';

const FIELD = ['input', 'schedule', 'followsChanges'];

export interface FeedConditions {
  /** Where platforms can send to; null: nowhere. */
  deliveryUrl: string | null;
  /** Of the connections that the job would follow; null for one that does not exist. */
  platforms: readonly (PlatformDescription | null)[];
}

/** Adds what keeps a job from being started by changes, where its schedule asks for it. */
export function checkFollowing(
  { schedule }: Pick<JobRow, 'schedule'>,
  { deliveryUrl, platforms }: FeedConditions,
  problems: Problems,
): void {
  if (schedule?.followsChanges !== true) return;
  if (deliveryUrl === null)
    problems.add('INVALID', FIELD, 'Platforms cannot reach this server: it needs SLUICE_PUBLIC_URL with https.');
  const known = platforms.flatMap((platform) => platform ?? []);
  if (known.length === 0 || known.some((platform) => platform.readChange !== undefined)) return;
  const names = [...new Set(known.map(({ displayName }) => displayName))].join(' and ');
  problems.add(
    'INVALID',
    FIELD,
    `${names} does not tell of changes by itself; leave this off, the schedule finds them.`,
  );
}
