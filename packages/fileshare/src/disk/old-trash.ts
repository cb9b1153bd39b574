import type { Trash } from '@sluice/core/platform';
import { codeOf } from '../errors.js';
import { TRASH } from '../paths.js';
import { holdChild, type HeldFolder } from './held-folder.js';
import type { ShareRoot } from './share-root.js';
import { nameOfRun } from './trash.js';

/** Files that are deleted in one step. */
const STEP_FILES = 200;
const RUN = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})-(\d{3}Z)$/;

/** Times of the runs that have a folder in the trash at that root, oldest first; epoch milliseconds. */
export function trashedTimes(share: ShareRoot, root: readonly string[]): number[] {
  const trash = holdTrash(share, root);
  if (!trash) return [];
  try {
    const times: number[] = [];
    for (const batch of trash.batches())
      for (const { name, isDirectory } of batch) if (isDirectory) times.push(...timeOf(name.toString()));
    return times.sort((one, other) => one - other);
  } finally {
    trash.close();
  }
}

/** None for a name that no run gives. */
function timeOf(name: string): number[] {
  const time = Date.parse(name.replace(RUN, '$1:$2:$3.$4'));
  return !Number.isNaN(time) && nameOfRun(new Date(time)) === name ? [time] : [];
}

/**
 * Deletes for good what a run put into the trash, some files at a time, and tells how many they were. What is mounted there, and
 * what has a name that no file of a share has, stays with the folders that hold it.
 */
export function* emptyTrash(share: ShareRoot, { root, at }: Trash & { at: Date }): Generator<number, null> {
  const trash = holdTrash(share, root);
  if (!trash) return null;
  try {
    const device = trash.stats(nameOfRun(at))?.dev;
    if (device !== undefined) yield* clearFolder(trash, nameOfRun(at), device);
    return null;
  } finally {
    trash.close();
  }
}

function holdTrash(share: ShareRoot, root: readonly string[]): HeldFolder | null {
  return share.within(root, (folder) => {
    try {
      return holdChild(folder, TRASH);
    } catch (cause) {
      // Something else may have the name, such as a link of somebody.
      if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(cause) ?? '')) return null;
      throw cause;
    }
  });
}

function* clearFolder(above: HeldFolder, name: string, device: bigint): Generator<number> {
  const folder = holdChild(above, name);
  try {
    // Entries may be passed over while others go.
    for (let isDone = false; !isDone;) isDone = (yield* clearOnce(folder, device)) === 0;
  } finally {
    folder.close();
  }
  try {
    above.disk.rmdir(above.at(name));
  } catch (cause) {
    if (!['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOENT'].includes(codeOf(cause) ?? '')) throw cause;
  }
}

/** Returns how many entries went. */
function* clearOnce(folder: HeldFolder, device: bigint): Generator<number, number> {
  let [gone, files] = [0, 0];
  for (const batch of folder.batches())
    for (const raw of batch) {
      const name = nameIn(raw.name);
      const stats = name === null ? null : folder.stats(name);
      if (name === null || !stats || stats.dev !== device) continue;
      if (stats.isDirectory()) yield* clearFolder(folder, name, device);
      else folder.disk.unlink(folder.at(name));
      if (folder.stats(name)) continue;
      gone += 1;
      files += Number(!stats.isDirectory());
      if (files < STEP_FILES) continue;
      yield files;
      files = 0;
    }
  if (files > 0) yield files;
  return gone;
}

/** Null for bytes that are no text. */
function nameIn(raw: Buffer): string | null {
  const name = raw.toString();
  return Buffer.from(name).equals(raw) ? name : null;
}
