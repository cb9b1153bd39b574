import { constants } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import type { Item, Trash } from '@sluice/core/platform';
import { versionIn, versionOf } from '../adapter.js';
import { nameTaken } from '../errors.js';
import { shown, workingName } from '../paths.js';
import { keepAttributes } from './attributes.js';
import type { Unkept } from './attributes.js';
import { setTime } from './disk.js';
import { belongingsOf, give, type Given } from './given.js';
import { HeldFolder, placeOf } from './held-folder.js';
import type { Entry, FolderState } from './held-folder.js';
import { keepReplaced } from './keeping.js';
import { clearLeftovers } from './leftovers.js';
import { renameToFree } from './naming.js';
import { isAt, replaceFile } from './replace.js';
import type { ShareRoot } from './share-root.js';
import { StatRecord } from './stat-record.js';
import type { FileStats } from './stat-record.js';
import { ownerOf, shortHash, versionTag } from './working-files.js';

/** A file that is made, and that can be read back. */
const NEW_TO_PROVE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;

/** `file`: a file and its folder are durable before a write succeeds. */
export type SyncPolicy = 'file' | 'never';

export interface FileToWrite {
  path: readonly string[];
  /** Version to be replaced; null for a new file. */
  replaces: string | null;
  /** Where what is replaced is kept; null: nowhere. */
  trash: Trash | null;
  /** What it gets beside its content; null for nothing. */
  given: Given | null;
  /** Who writes, for the names of working files. */
  run: string;
  /** Used once by the process. */
  suffix: string;
  fsync: SyncPolicy;
}

/** A file under a working name in its final folder, which is held open for it. */
export interface UnfinishedFile {
  folder: FolderState;
  /** Null once it has left that name. */
  name: string | null;
  /** Null once it is closed. */
  descriptor: number | null;
}

export interface Finish {
  size: number;
  /** Nanoseconds since 1970; null for the time of writing. */
  time: { accessed: bigint; modified: bigint } | null;
}

/**
 * Throws `NAME_TAKEN`, `CONFLICT` and `REJECTED` before anything is written; of a `small` new file its name alone tells in the end
 * whether it is taken, so that nobody looks twice. A file that will replace one, or get a mode of its own, is its owner's alone at first.
 */
export function beginFile(share: ShareRoot, file: FileToWrite, size: 'any' | 'small' = 'any'): UnfinishedFile {
  const folder = share.hold(file.path.slice(0, -1));
  try {
    if (size === 'any' || file.replaces !== null) assertReplaceable(share, folder, file);
    const mode = belongingsIn(share, file)?.mode ?? null;
    const name = workingName(ownerOf(share.disk, file.run), file.suffix, 'part');
    const first = file.replaces === null && mode === null ? 0o666 : 0o600 & (mode ?? 0o600);
    const descriptor = share.disk.open(folder.at(name), NEW_TO_PROVE, first);
    return { folder: folder.state, name, descriptor };
  } catch (cause) {
    folder.close();
    throw cause;
  }
}

const belongingsIn = (share: ShareRoot, { given }: FileToWrite) => given && belongingsOf(given, share.names);

export function appendBytes(share: ShareRoot, descriptor: number | null, bytes: Uint8Array): void {
  if (descriptor === null) throw new Error('The file is closed.');
  for (let start = 0; start < bytes.length;) start += share.disk.write(descriptor, bytes.subarray(start));
}

/** What an earlier try may have left under the name: a file of that size which is not the version to be replaced. */
export function earlierFile(share: ShareRoot, { path, replaces, run }: FileToWrite, size: number): Item | null {
  return share.within(path.slice(0, -1), (folder) => {
    if (share.isToBeCleared(folder.path))
      clearLeftovers(folder, ownerOf(share.disk, run), share.facts.traits.hasStableInodes);
    const stats = folder.stats(path.at(-1) ?? '');
    const item = stats?.isFile() ? share.itemOf(path, stats) : null;
    return item && item.version !== replaces && item.size === size ? item : null;
  });
}

export interface FinishedFile {
  item: Item;
  /** What of the replaced file the account may not keep. */
  unkept: Unkept[];
}

/** A file that has its name, as it is there. */
export interface PublishedFile extends Omit<FinishedFile, 'item'> {
  stats: StatRecord;
}

/** A file that is whole, closed, and has everything but its name. */
export interface ReadyFile {
  file: UnfinishedFile;
  request: FileToWrite;
  stats: StatRecord;
  unkept: Unkept[];
}

/** Gives the file its attributes, its time, and in the end its name; closes it in any case. */
export function finishFile(
  share: ShareRoot,
  begun: UnfinishedFile,
  request: FileToWrite,
  finish: Finish,
): FinishedFile {
  const ready = readyFile(share, begun, request, finish);
  const { stats, unkept } = publishFile(share, ready, (folder) => request.fsync !== 'never' && folder.sync());
  return { item: share.presentItem(request.path, stats), unkept };
}

/** Makes the file durable unless that is left to others, and takes it away where it cannot be made ready. */
export function readyFile(share: ShareRoot, begun: UnfinishedFile, request: FileToWrite, finish: Finish): ReadyFile {
  const file = { ...begun };
  const folder = new HeldFolder(share.disk, file.folder);
  let isReady = false;
  try {
    const unkept = dress(share, file, { folder, name: request.path.at(-1) ?? '' }, request, finish);
    closeFile(share, file);
    const stats = new StatRecord();
    if (folder.look(file.name ?? '', stats)?.byteSize !== finish.size) throw wrongSize(request.path);
    isReady = true;
    return { file, request, stats, unkept };
  } finally {
    if (!isReady) discardFile(share, file);
  }
}

/** Gives the file its name, or takes it away. `settle` comes once it has its name, while its folder is still held. */
export function publishFile(
  share: ShareRoot,
  { file, request, stats, unkept }: ReadyFile,
  settle: (folder: HeldFolder) => void = () => {},
): PublishedFile {
  try {
    const folder = new HeldFolder(share.disk, file.folder);
    const [from, to] = [file.name ?? '', request.path.at(-1) ?? ''].map((name) => ({ folder, name })) as [Entry, Entry];
    // A name that was taken meanwhile is refused by the renaming itself.
    if (request.replaces === null) renameToFree(from, to);
    else {
      assertReplaceable(share, folder, request);
      if (!replaceBySwap(share, file, from, to, { request, stats, replaces: request.replaces }))
        unkept.push('former content');
    }
    file.name = null;
    settle(folder);
    return { stats: publishedStats(share, to, stats), unkept };
  } finally {
    discardFile(share, file);
  }
}

/** As it is now, since a name changes a file too; if it is another already, as it was. */
function publishedStats(share: ShareRoot, to: Entry, stats: StatRecord): StatRecord {
  const now = to.folder.look(to.name);
  const { hasStableInodes } = share.facts.traits;
  if (now?.isFile() && versionIn(now, hasStableInodes) === versionIn(stats, hasStableInodes)) stats.set(now);
  return stats;
}

/**
 * Under a name of its own for the exchange another file may stand after it, so that it is not taken away by that name. Tells
 * whether the former content is kept as it was to be.
 */
function replaceBySwap(
  share: ShareRoot,
  file: UnfinishedFile,
  from: Entry,
  to: Entry,
  { request, stats, replaces }: Pick<ReadyFile, 'request' | 'stats'> & { replaces: string },
): boolean {
  const swap = { folder: to.folder, name: nameForSwap(share, stats, request, replaces) };
  share.disk.rename(placeOf(from), placeOf(swap));
  file.name = null;
  return replace(share, swap, stats, to, request);
}

/** Closing tells a delayed error of a network share, so it comes before the file is published. */
function closeFile(share: ShareRoot, file: UnfinishedFile): void {
  const { descriptor } = file;
  file.descriptor = null;
  if (descriptor !== null) share.disk.close(descriptor);
}

/** The time comes last: delayed writes would move it. */
function dress(
  share: ShareRoot,
  { descriptor }: UnfinishedFile,
  to: Entry,
  request: FileToWrite,
  { time }: Finish,
): Unkept[] {
  const { disk } = share;
  if (descriptor === null) return [];
  const stats = request.replaces === null ? null : to.folder.stats(to.name);
  const belongings = belongingsIn(share, request);
  const hasMode = belongings?.mode != null;
  const unkept = stats ? keepAttributes(disk, descriptor, { path: placeOf(to), stats }, !hasMode) : [];
  if (belongings) unkept.push(...give(disk, descriptor, belongings, unkept.includes('group')));
  if (request.fsync !== 'never') disk.sync(descriptor);
  if (time) setTime(disk, descriptor, time.accessed, time.modified);
  return unkept;
}

/** Tells which versions change places, should this be the process's last moment. */
function nameForSwap(share: ShareRoot, stats: StatRecord, request: FileToWrite, replaces: string): string {
  const tags = [versionTag(stats, share.facts.traits.hasStableInodes), shortHash(replaces)];
  return workingName(ownerOf(share.disk, request.run), request.suffix, 'swap', tags);
}

function replace(share: ShareRoot, from: Entry, stats: StatRecord, to: Entry, request: FileToWrite): boolean {
  const { hasStableInodes } = share.facts.traits;
  const versionAt = (found: FileStats) => (found.isFile() ? versionOf(found, hasStableInodes) : null);
  const ours = versionAt(stats);
  const isOurs = (found: FileStats) => versionAt(found) === ours;
  const aside = workingName(ownerOf(share.disk, request.run), request.suffix, 'aside', [
    shortHash(request.replaces ?? ''),
  ]);
  const isReplaced = (found: FileStats) => versionAt(found) === request.replaces;
  const givingWay = { path: request.path, trash: request.trash, isDurable: request.fsync !== 'never' };
  try {
    return keepReplaced(share, givingWay, { to, isReplaced }, (take) =>
      replaceFile({ from, aside, to, isOurs, isReplaced, take }),
    );
  } finally {
    if (isAt(from, isOurs)) share.disk.unlink(placeOf(from));
  }
}

/** Closes what is open, and takes the file away. What cannot be taken away is left for the next run. */
export function discardFile(share: ShareRoot, file: UnfinishedFile): void {
  const folder = new HeldFolder(share.disk, file.folder);
  for (const step of [
    () => closeFile(share, file),
    () => file.name !== null && share.disk.unlink(folder.at(file.name)),
    () => folder.close(),
  ]) {
    try {
      step();
    } catch {
      // The next step frees something else.
    }
  }
}

function assertReplaceable(share: ShareRoot, folder: HeldFolder, { path, replaces }: FileToWrite): void {
  const there = folder.look(path.at(-1) ?? '');
  if (replaces === null) {
    if (there) throw nameTaken(path);
    return;
  }
  if (!there?.isFile() || versionIn(there, share.facts.traits.hasStableInodes) !== replaces) throw noLonger(path);
}

function noLonger(path: readonly string[]): PlatformError {
  return new PlatformError('CONFLICT', `“${shown(path)}” is no longer the version to be replaced.`);
}

function wrongSize(path: readonly string[]): PlatformError {
  return new PlatformError('VERIFICATION_FAILED', `“${shown(path)}” has another size than what was written.`);
}
