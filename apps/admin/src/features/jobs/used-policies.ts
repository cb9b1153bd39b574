import type { EnumOf } from '@sluice/client/graphql';
import { known } from '../../ui/format.js';
import type { PolicyName } from './policies.js';

const OF_FILES: readonly PolicyName[] = [
  'conflict',
  'existing',
  'largeItem',
  'lockedFiles',
  'maxItemBytes',
  'maxVersions',
  'readBack',
  'verification',
  'versionsAsFiles',
  'zeroByteFile',
];

/** Policies that a type has no use for, or no choice of. */
const UNUSED: Record<EnumOf<'TransferType'>, readonly PolicyName[]> = {
  COPY: [],
  MIGRATE: ['conflict', 'deletions'],
  MOVE: ['deletions', 'versionsAsFiles'],
  PUBLISH: ['conflict', 'deletions', 'existing'],
  SCAN: [
    'conflict',
    'createGroups',
    'deletePermanently',
    'deletions',
    'duplicateNames',
    'emptyFolders',
    'existing',
    'failure',
    'invalidCharacters',
    'keepTimestamps',
    'largeItem',
    'lockedFiles',
    'maxItemBytes',
    'maxVersions',
    'onBudgetExhausted',
    'permissions',
    'retries',
    'stopAfterUnchangedRuns',
    'truncateLongNames',
    'versionsAsFiles',
    'zeroByteFile',
  ],
  STRUCTURE: ['deletePermanently', 'deletions', ...OF_FILES],
  SYNC: ['existing', 'versionsAsFiles'],
};

export const isUsed = (type: string, policy: PolicyName): boolean => !(known(UNUSED, type) ?? []).includes(policy);
