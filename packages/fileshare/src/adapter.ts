import type { BigIntStats } from 'node:fs';
import type { Item } from '@sluice/core/platform';
import { idOf } from './paths.js';

/** The parts of `lstat` that an item is made of. */
export type FileStats = Pick<
  BigIntStats,
  'ino' | 'size' | 'mode' | 'mtimeNs' | 'ctimeNs' | 'birthtimeNs' | 'isFile' | 'isDirectory'
>;

/**
 * Fingerprint of a file's content. The inode tells a file from one that replaced it with its time and size; it is left
 * out where the file system makes it up anew, such as over FUSE. The change time is not in it: renaming moves it too.
 */
export function versionOf(stats: FileStats, hasStableInodes: boolean): string {
  const parts = [stats.mtimeNs, stats.size, ...(hasStableInodes ? [stats.ino] : [])];
  return parts.join('-');
}

/** Null for what is neither file nor folder. */
export function itemOf(path: readonly string[], stats: FileStats, hasStableInodes: boolean): Item | null {
  if (!stats.isFile() && !stats.isDirectory()) return null;
  const isFile = stats.isFile();
  return {
    id: idOf(path),
    kind: isFile ? 'FILE' : 'FOLDER',
    path,
    parentId: path.length === 0 ? null : idOf(path.slice(0, -1)),
    size: isFile ? Number(stats.size) : null,
    modifiedAt: dateOf(stats.mtimeNs),
    createdAt: stats.birthtimeNs > 0n ? dateOf(stats.birthtimeNs) : null,
    version: isFile ? versionOf(stats, hasStableInodes) : null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
  };
}

/** To the nearest millisecond: a time is set as a fraction of seconds that falls short by some nanoseconds. */
function dateOf(nanoseconds: bigint): Date {
  return new Date(Math.round(Number(nanoseconds) / 1e6));
}
