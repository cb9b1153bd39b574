import type { BigIntStats } from 'node:fs';
import { codeOf } from '../errors.js';
import type { Disk } from './disk.js';

/** What of a replaced file may be impossible to keep. */
export type Unkept =
  | ('owner' | 'group' | 'mode' | 'access control list' | 'extended attributes' | 'former content')
  /** What only the manifest of a folder keeps, and what a mapping gives. */
  | 'manifest'
  | `mapped:${'owner' | 'group' | 'mode' | 'attributes' | 'tags'}`;

/** A file that is to be replaced. */
export interface Replaced {
  path: string;
  stats: BigIntStats;
}

const PERMISSIONS = 0o777n;
const GROUP_BITS = 0o070;
const OTHER_BITS = 0o007;
const POSIX_ACL = 'system.posix_acl_access';

/** Access control lists, as Linux file systems keep them. */
const isAcl = (name: string) => /^system\..*acl/.test(name);

/** What follows from the content, such as the rights that a program has, must not pass to another content. */
const isKeepable = (name: string) => name.startsWith('user.') || isAcl(name);

/**
 * Gives a new file, which only its owner may read so far, the owner, group, mode, access control list and extended
 * attributes of the one that it replaces, as far as the account may; returns what it may not. Rights never become wider by
 * that: what only a group could do that is not kept, nobody but the owner can do. `withRights`: false where it gets a mode of its
 * own, which stands in the place of mode and list.
 */
export function keepAttributes(disk: Disk, file: number, replaced: Replaced, withRights = true): Unkept[] {
  const unkept = keepOwner(disk, file, replaced.stats);
  const isLeft = (name: string) => (!withRights && isAcl(name)) || (unkept.includes('group') && name === POSIX_ACL);
  const failed = keepExtended(disk, file, replaced.path, isLeft);
  if (failed.some((name) => !isAcl(name))) unkept.push('extended attributes');
  if (!withRights) return unkept;
  if (failed.some(isAcl)) unkept.push('access control list');
  const mode = Number(replaced.stats.mode & PERMISSIONS);
  const isNarrowed = unkept.includes('group') || failed.includes(POSIX_ACL);
  if (!setMode(disk, file, isNarrowed ? narrowed(mode) : mode)) unkept.push('mode');
  return unkept;
}

/** The group may do no more than everybody. */
export function narrowed(mode: number): number {
  return mode & ~(GROUP_BITS & ~((mode & OTHER_BITS) << 3));
}

function keepOwner(disk: Disk, file: number, { uid, gid }: BigIntStats): Unkept[] {
  const now = disk.fstat(file);
  if (now.uid === uid && now.gid === gid) return [];
  if (isAllowed(() => disk.chown(file, Number(uid), Number(gid)))) return [];
  const hasGroup = now.gid === gid || isAllowed(() => disk.chown(file, Number(now.uid), Number(gid)));
  return [...(now.uid === uid ? [] : ['owner' as const]), ...(hasGroup ? [] : ['group' as const])];
}

/** Returns the names of attributes that could not be kept. Those that the new file has by its folder go. */
function keepExtended(disk: Disk, file: number, path: string, isLeft: (name: string) => boolean): string[] {
  const wanted = (disk.attributesAt(path) ?? []).filter(isKeepable);
  const inherited = (disk.attributesOf(file) ?? []).filter((name) => isKeepable(name) && !wanted.includes(name));
  for (const name of inherited) disk.removeAttribute(file, name);
  return wanted.filter((name) => {
    const value = isLeft(name) ? null : disk.attributeAt(path, name);
    return value === null || !disk.setAttribute(file, name, value);
  });
}

export function setMode(disk: Disk, file: number, mode: number): boolean {
  const isSet = isAllowed(() => disk.chmod(file, mode));
  return isSet || (Number(disk.fstat(file).mode) & 0o777) === mode;
}

/** Whether the account may do so, and the file system can. */
export function isAllowed(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (cause) {
    if (['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'].includes(codeOf(cause) ?? '')) return false;
    throw cause;
  }
}
