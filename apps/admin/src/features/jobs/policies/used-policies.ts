import type { EnumOf } from '@sluice/client/graphql';
import { known } from '../../../ui/format.js';
import type { Policies } from '../data.js';
import type { PolicyName } from './policies.js';

/** What the account of a connection can do, as far as policies depend on it. */
export interface SideFacts {
  has(capability: EnumOf<'PlatformCapability'>): boolean;
  /** Whether it keeps what is deleted in a bin of its own, so that nothing is deleted for good. */
  keepsDeleted: boolean;
  /** Whether its calls are counted. */
  countsCalls: boolean;
}

/** Both sides of a job; null while one is not chosen or not read. A scan has two alike. */
export type Sides = readonly [source: SideFacts, destination: SideFacts];

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

type Fits = (from: SideFacts, to: SideFacts, policies: Policies) => boolean;
const VERSIONS = 'VERSION_PRESERVATION';
const LOCKS = 'FILE_LOCK_PROPAGATION';

/** Policies that take something of the platforms; what is written goes from the first to the second. */
const FITTING: Partial<Record<PolicyName, Fits>> = {
  budgetShare: (from, to) => from.countsCalls || to.countsCalls,
  createGroups: (_, to) => to.has('GROUP_MAP'),
  keepTimestamps: (_, to) => to.has('TIMESTAMP_PRESERVATION'),
  lockedFiles: (from, to) => from.has(LOCKS) || to.has(LOCKS),
  maxVersions: (from, to, { versionsAsFiles }) => from.has(VERSIONS) && (versionsAsFiles || to.has(VERSIONS)),
  onBudgetExhausted: (from, to) => from.countsCalls || to.countsCalls,
  permissions: (from, to) => from.has('PERMISSION_PRESERVATION') && to.has('PERMISSION_PRESERVATION'),
  versionsAsFiles: (from, to) => from.has(VERSIONS) && !to.has(VERSIONS),
};

const REMOVES_AT_SOURCE = ['MOVE', 'SYNC'];

/** Whether two sides give a policy something to decide, for a type that uses it; both ways count where both sides are written. */
export function fits(type: string, policy: PolicyName, sides: Sides, policies: Policies): boolean {
  const [source, destination] = sides;
  if (policy === 'deletePermanently')
    return !destination.keepsDeleted || (REMOVES_AT_SOURCE.includes(type) && !source.keepsDeleted);
  if (policy === 'readBack')
    return type === 'SCAN' ? source.countsCalls : sides.slice(type === 'SYNC' ? 0 : 1).some(hasNoChecksum);
  const fit = FITTING[policy];
  if (fit === undefined) return true;
  return fit(source, destination, policies) || (type === 'SYNC' && fit(destination, source, policies));
}

const hasNoChecksum = (side: SideFacts) => !side.has('CONTENT_CHECKSUM');

/** Whether two sides can do what a value of a policy asks for. */
export const isPossible = (policy: PolicyName, value: string, [source, destination]: Sides): boolean =>
  policy !== 'lockedFiles' || value !== 'PROPAGATE' || (source.has(LOCKS) && destination.has(LOCKS));
