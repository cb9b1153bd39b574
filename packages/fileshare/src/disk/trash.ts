import type { BigIntStats } from 'node:fs';
import { identityOf, PlatformError } from '@sluice/core/platform';
import type { Item, RemoveRequest, RestoreRequest, Trash } from '@sluice/core/platform';
import { codeOf } from '../errors.js';
import { ended, shown, TRASH } from '../paths.js';
import { placeOf } from './held-folder.js';
import type { Entry } from './held-folder.js';
import { deleteFile, moveFile } from './replace.js';
import type { ShareRoot } from './share-root.js';

/** Files of one path that are looked for among what a run put there; what came back already leaves a gap. */
const MOST_OF_ONE_PATH = 16;

/** How a file leaves its name. */
interface Leaving {
  aside: string;
  isExpected: (stats: BigIntStats) => boolean;
  /** That it lies in the trash outlasts a loss of power. */
  isDurable: boolean;
}

/** Takes a file away: for good, or to the job's trash, under the path that it had. */
export function takeFile(share: ShareRoot, request: RemoveRequest, entry: Entry, leaving: Leaving): void {
  const path = trashPathOf(request.item.path, request.trash);
  if (path === null) return deleteFile(entry, leaving.aside, leaving.isExpected);
  const folder = share.holdOwn(path.slice(0, -1), leaving.isDurable);
  try {
    // Files of one path may go there several times within a run.
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? entry.name : ended(entry.name, `~${count}`);
      if (folder.stats(name)) continue;
      moveFile(entry, { folder, name }, leaving.aside, leaving.isExpected);
      if (leaving.isDurable) folder.sync();
      return;
    }
  } finally {
    folder.close();
  }
}

/** Removes an empty folder, and keeps its place in the trash unless it goes for good. */
export function takeFolder(share: ShareRoot, request: RemoveRequest, entry: Entry, isDurable: boolean): void {
  const path = trashPathOf(request.item.path, request.trash);
  try {
    share.disk.rmdir(placeOf(entry));
  } catch (cause) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(cause) ?? '')) throw cause;
    throw new PlatformError('CONFLICT', `“${shown(request.item.path)}” is not empty and was not removed.`);
  }
  if (path !== null) share.holdOwn(path, isDurable).close();
}

/** Where a removed or replaced file lies in the trash; null where it does not any more. */
export function keptFile(share: ShareRoot, { former, trash, replaces, parent, name }: RestoreRequest): Entry | null {
  // A file that the run had moved before was replaced at its new place, to which it comes back first.
  const path = trashPathOf(replaces ? [...parent.path, name] : former.path, trash);
  if (path === null) return null;
  const folder = share.holdOwn(path.slice(0, -1));
  const first = path.at(-1) ?? '';
  for (let count = 1; count <= MOST_OF_ONE_PATH; count += 1) {
    const kept = count === 1 ? first : ended(first, `~${count}`);
    const stats = folder.stats(kept);
    if (stats && isFormer(share, former, stats)) return { folder, name: kept };
  }
  folder.close();
  return null;
}

/** Whether it is the very file, wherever it stands: where inodes are no lasting names, size and time have to do. */
export function isFormer(share: ShareRoot, former: Item, stats: BigIntStats): boolean {
  const found = share.itemOf(former.path, stats);
  if (found?.kind !== 'FILE' || found.version !== former.version) return false;
  return former.identity === null || found.identity === null || identityOf(found) === identityOf(former);
}

/** Path of the item in the trash: a folder at the job's root, in it one of the run, named by its time. Null for none. */
export function trashPathOf(path: readonly string[], trash: Trash): readonly string[] | null {
  const isBelow = trash.root.every((name, index) => path[index] === name);
  if (!isBelow || path.length <= trash.root.length) throw outside(path);
  if (trash.at === null) return null;
  return [...trash.root, TRASH, nameOfRun(trash.at), ...path.slice(trash.root.length)];
}

/** Name of the folder in the trash for a run of that time. */
export const nameOfRun = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, '-');

function outside(path: readonly string[]): PlatformError {
  return new PlatformError('REJECTED', `“${shown(path)}” is not below the folder of the job and was not removed.`);
}
