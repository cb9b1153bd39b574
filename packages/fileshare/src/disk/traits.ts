import { join } from 'node:path';
import type { Limits } from '@sluice/core/platform';
import type { Disk } from './disk.js';
import { mountsIn } from './mounts.js';

/** What was found out about the file system of a share. */
export interface ShareTraits {
  foldsCase: boolean;
  hasStableInodes: boolean;
  /** What the file system counts in a name. */
  nameUnit: Limits['segmentLengthUnit'];
  /** Whether one call makes everything on it, and on what is mounted in it, durable; else that is done file by file. */
  syncsAsWhole: boolean;
  /** Whether extended attributes are kept there: on it and on all that is mounted in it, on some of these, or nowhere. */
  attributes: 'ALL' | 'SOME' | 'NONE';
}

/** `statfs` types of file systems that make inodes up anew at each mount: FUSE, and SMB in its two versions. */
const MADE_UP_INODES = new Set([0x65735546, 0xff534d42, 0xfe534d42]);

/** `statfs` types of file systems that hold names in UTF-16: SMB in its two versions, FAT, exFAT, and NTFS in its two drivers. */
const UTF16_NAMES = new Set([0xff534d42, 0xfe534d42, 0x4d44, 0x2011bab0, 0x5346544e, 0x7366746e]);

/** `statfs` types of file systems that are known to do so: ext, XFS, Btrfs, F2FS, and one in memory. */
const SYNCED_AS_WHOLE = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x01021994]);

/** What can be told without writing; a root that cannot be read has the traits of a local disk. */
export function traitsOf(disk: Disk, root: string): ShareTraits {
  const type = attempt(() => disk.statfs(root).type) ?? 0;
  const systems = [root, ...mountsIn(disk, root)];
  return {
    foldsCase: foldsCase(disk, root),
    hasStableInodes: !MADE_UP_INODES.has(type),
    nameUnit: UTF16_NAMES.has(type) ? 'UTF16' : 'UTF8',
    syncsAsWhole: systems.every((folder) => SYNCED_AS_WHOLE.has(attempt(() => disk.statfs(folder).type) ?? 0)),
    attributes: attributesOn(systems.map((folder) => disk.holdsAttributes(folder))),
  };
}

function attributesOn(holds: readonly boolean[]): ShareTraits['attributes'] {
  if (holds.every(Boolean)) return 'ALL';
  return holds.some(Boolean) ? 'SOME' : 'NONE';
}

/** Looks up some entry by its name in the other case. */
function foldsCase(disk: Disk, root: string): boolean {
  const name = (attempt(() => disk.readdir(root)) ?? []).find((one) => swapped(one) !== one);
  if (name === undefined) return process.platform === 'darwin' || process.platform === 'win32';
  const [one, other] = [name, swapped(name)].map((each) => attempt(() => disk.lstat(join(root, each))));
  return one != null && other != null && one.ino === other.ino && (one.isDirectory() || one.nlink === 1n);
}

function swapped(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
