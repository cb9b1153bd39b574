import { instantOf } from '@sluice/core/platform';
import type { Item, ModificationTime } from '@sluice/core/platform';
import { idOf, ROOT_ID } from './paths.js';
import type { FileStats, StatRecord } from './disk/stat-record.js';

/**
 * Fingerprint of a file's content. The inode tells a file from one that replaced it with its time and size; it is left
 * out where the file system makes it up anew, such as over FUSE. The change time is not in it: renaming moves it too.
 */
export function versionOf(stats: FileStats, hasStableInodes: boolean): string {
  const parts = [stats.mtimeNs, stats.size, ...(hasStableInodes ? [stats.ino] : [])];
  return parts.join('-');
}

/** The same of a record. */
export function versionIn(stats: StatRecord, hasStableInodes: boolean): string {
  const content = `${stats.modifiedText}-${stats.byteSize}`;
  return hasStableInodes ? `${content}-${stats.inodeText}` : content;
}

/** Value of the identity that a record tells, see `identityOf`; null likewise. */
export function identityIn(stats: StatRecord): string | null {
  if (stats.isFile() && stats.links > 1) return null;
  return `i${stats.inodeText}-${stats.isBirthKnown ? stats.bornText : `d${stats.dev}`}`;
}

/** The same of a record, of which an item costs less: field by field, since there are as many as files. */
export function itemIn(path: readonly string[], stats: StatRecord, hasStableInodes: boolean): Item | null {
  if (!stats.isFile() && !stats.isDirectory()) return null;
  const isFile = stats.isFile();
  const identity = hasStableInodes ? identityIn(stats) : null;
  const modified = stats.modifiedMs;
  const born = stats.isBirthKnown ? stats.bornMs : null;
  const id = idOf(path);
  const item: Item = {
    id,
    identity: identity === null ? null : { value: identity, strength: 'LASTING' },
    kind: isFile ? 'FILE' : 'FOLDER',
    path,
    parentId: path.length === 0 ? null : folderOf(id),
    size: isFile ? stats.byteSize : null,
    createdAt: born === null ? null : new Date(born),
    version: isFile ? versionIn(stats, hasStableInodes) : null,
    metaVersion: stats.changedText,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
    modifiedAt: modified === null ? null : new Date(modified),
  };
  if (modified !== null) item.modifiedNanoseconds = stats.modifiedNanoseconds;
  return item;
}

/** Shorter than making it of the path anew. */
const folderOf = (id: string): string => (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : ROOT_ID);

/** What a share does not know. */
const UNKNOWN = {
  sha256: null,
  description: null,
  isPrivate: null,
  isReadOnly: false,
  lock: null,
  handle: null,
};

/** Null for what is neither file nor folder. */
export function itemOf(path: readonly string[], stats: FileStats, hasStableInodes: boolean): Item | null {
  if (!stats.isFile() && !stats.isDirectory()) return null;
  const isFile = stats.isFile();
  return {
    id: idOf(path),
    identity: hasStableInodes ? identityOf(stats) : null,
    kind: isFile ? 'FILE' : 'FOLDER',
    path,
    parentId: path.length === 0 ? null : idOf(path.slice(0, -1)),
    size: isFile ? Number(stats.size) : null,
    ...modificationTimeOf(stats.mtimeNs),
    createdAt: stats.birthtimeNs > 0n ? modificationTimeOf(stats.birthtimeNs).modifiedAt : null,
    version: isFile ? versionOf(stats, hasStableInodes) : null,
    metaVersion: String(stats.ctimeNs),
    ...UNKNOWN,
  };
}

/** Inode and time of birth, so that an inode that is used again is another item; null for one of several hard links. */
function identityOf(stats: FileStats): Item['identity'] {
  if (stats.isFile() && stats.nlink > 1n) return null;
  const place = stats.birthtimeNs > 0n ? stats.birthtimeNs : `d${stats.dev}`;
  return { value: `i${stats.ino}-${place}`, strength: 'LASTING' };
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** A time of the file system, which counts nanoseconds since 1970; null for what is outside the years 1 to 9999. */
export function modificationTimeOf(nanoseconds: bigint): ModificationTime {
  const rest = nanoseconds % NANOSECONDS_PER_MILLISECOND;
  const below = rest < 0n ? rest + NANOSECONDS_PER_MILLISECOND : rest;
  const modifiedAt = instantOf(Number((nanoseconds - below) / NANOSECONDS_PER_MILLISECOND));
  return modifiedAt === null ? { modifiedAt } : { modifiedAt, modifiedNanoseconds: Number(below) };
}

/** The same time as the file system counts it; null when there is none. */
export function nanosecondsOf({ modifiedAt, modifiedNanoseconds = 0 }: Partial<ModificationTime>): bigint | null {
  if (!modifiedAt) return null;
  return BigInt(modifiedAt.getTime()) * NANOSECONDS_PER_MILLISECOND + BigInt(modifiedNanoseconds);
}
