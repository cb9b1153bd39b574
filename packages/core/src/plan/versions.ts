import { wayTo, type FeatureWay } from '../compare/index.js';
import type { Capabilities, Item } from '../platform/index.js';
import type { Policies } from './policies.js';
import type { Transfer } from './step.js';
import { isVersionFile } from './version-files.js';

/** How many of the newest versions of a file come over: all that the job asks for, and one where the destination keeps no more. */
export const mostVersions = (
  { maxVersions }: Pick<Policies, 'maxVersions'>,
  destination: Pick<Capabilities, 'VERSION_PRESERVATION'>,
): number => MOST[wayTo('VERSION_PRESERVATION', destination, { maxVersions })](maxVersions);

const MOST: Readonly<Record<FeatureWay<'VERSION_PRESERVATION'>, (maxVersions: number | null) => number>> = {
  NOTHING: () => 1,
  LATEST: () => 1,
  LATEST_BY_JOB: () => 1,
  AS_FILES: () => 1,
  NEWEST: (maxVersions) => maxVersions ?? Infinity,
  ALL: () => Infinity,
};

/** Versions that a transfer is expected to bring over; of a file that is there already nobody knows yet how many are new. */
export const expectedVersions = ({ formerVersions = 0 }: Item, action: 'CREATE' | 'UPDATE', most: number): number =>
  action === 'CREATE' ? Math.min(formerVersions + 1, most) : 1;

/**
 * What comes with a transfer of so many versions: bytes as far as sizes are told, and how many former contents come whose size is
 * not told.
 */
export function expectedBytes(item: Item, versions: number): Pick<Transfer, 'byteCount'> & { unsized: number } {
  const sizes = versions > 1 ? (item.formerSizes ?? []).slice(1 - versions) : [];
  const isUnsized = isVersionFile(item) && item.size === null;
  return {
    byteCount: sizes.reduce((sum, size) => sum + size, item.size ?? 0),
    unsized: versions - 1 - sizes.length + Number(isUnsized),
  };
}

/** How many versions of a file come to a destination. */
export interface VersionsKept {
  /** As versions. */
  most: number;
  /** Whether the destination keeps none but the latest. */
  keepsNone: boolean;
  /** As files, the newest being the file itself; 1 where the former ones do not come so. */
  asFiles: number;
}

/** What a plan tells of the versions of a file; empty for one that never had another content. */
export function versionsTold(
  { formerVersions = 0 }: Item,
  action: 'CREATE' | 'UPDATE',
  { most, keepsNone, asFiles }: VersionsKept,
): string {
  if (formerVersions === 0) return '';
  const all = formerVersions + 1;
  if (asFiles > 1)
    return ` Of its ${all} versions ${asFiles < all ? `the newest ${asFiles}` : 'all'} are kept, former ones as files of their own.`;
  if (most === 1)
    return ` Of its ${all} versions the latest comes${keepsNone ? ': the destination keeps no others' : ', as the job says'}.`;
  if (action === 'UPDATE') return ' Versions that came since are brought over in their order.';
  return most < all
    ? ` Of its ${all} versions the newest ${most} come.`
    : ` All its ${all} versions come in their order.`;
}
