import type { BigIntStats } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import { codeOf, nameTaken } from '../errors.js';
import { shown } from '../paths.js';
import { holdChild, placeOf } from './held-folder.js';
import type { Entry, HeldFolder } from './held-folder.js';
import { keepBeside, renamed, renameToFree } from './naming.js';

/** A file that takes the place of another. */
export interface Replacement {
  /** The new file, whole, in the folder of the other one, under a name that tells what it is if it is left. */
  from: Entry;
  /** Name of an own folder that does not exist yet, in which the other one can wait. */
  aside: string;
  to: Entry;
  isOurs: (stats: BigIntStats) => boolean;
  /** Whether that is the very version that is to be replaced. */
  isReplaced: (stats: BigIntStats) => boolean;
  /** Takes the other one away, under the name that it has once it was replaced. */
  take: (left: Entry) => void;
}

/**
 * Puts a file in the place of another, which is compared once more when it has left its name and nobody can change it
 * there: what somebody changed at the last moment gets its name back and the replacement is a `CONFLICT`.
 */
export function replaceFile(replacement: Replacement): void {
  const { from, to } = replacement;
  if (from.folder.disk.exchange(placeOf(from), placeOf(to))) settleExchange(replacement);
  else replaceBySteps(replacement);
}

/** What had the name is now where the new file was. */
function settleExchange(replacement: Replacement): void {
  const { from, to, isOurs, isReplaced, take } = replacement;
  const { disk } = from.folder;
  if (isAt(from, isReplaced)) return take(from);
  takeBack(from, to);
  if (isAt(from, isOurs)) {
    disk.unlink(placeOf(from));
    throw changedMeanwhile(to);
  }
  // Somebody changed the new file too: the newest has the name, and the other one stays beside it.
  takeBack(from, to);
  throw isAt(from, () => true) ? changedMeanwhile(to, keepBeside(from, to.folder, to.name)) : changedMeanwhile(to);
}

/** Lets the two change places again; where the new file was taken away the other one just gets its name back. */
function takeBack(from: Entry, to: Entry): void {
  if (from.folder.disk.exchange(placeOf(from), placeOf(to))) return;
  if (isAt(from, () => true)) renamed(from, to);
}

/** Where names cannot change places: the old file leaves its name for a moment, then the new one gets it if it is still free. */
function replaceBySteps({ from, to, aside, isReplaced, take }: Replacement): void {
  withAside(to, aside, isReplaced, (waiting) => {
    try {
      // A file that somebody made in the moment without one replaces the old one as ours would have.
      if (!renamed(from, to)) throw changedMeanwhile(to);
    } catch (cause) {
      if (!isAt(to, () => true)) renamed(waiting, to);
      throw cause;
    } finally {
      if (isAt(waiting, isReplaced)) take(waiting);
    }
  });
}

/**
 * Moves a file that belongs to others to a name that is free. It is compared once more when it has left its name: what
 * somebody changed at the last moment gets its name back and the move is a `CONFLICT`. `aside` is as in a replacement.
 */
export function moveFile(from: Entry, to: Entry, aside: string, isExpected: (stats: BigIntStats) => boolean): void {
  if (from.folder.disk.renameToFree(placeOf(from), placeOf(to))) {
    if (!isAt(to, isExpected)) throw giveBack(to, from);
    return;
  }
  if (isAt(to, () => true)) throw nameTaken([...to.folder.path, to.name]);
  withAside(from, aside, isExpected, (waiting) => {
    try {
      renameToFree(waiting, to);
    } catch (cause) {
      giveBack(waiting, from);
      throw cause;
    }
  });
}

/** Deletes a file that belongs to others, unless somebody changed it at the last moment. `aside` is as in a replacement. */
export function deleteFile(entry: Entry, aside: string, isExpected: (stats: BigIntStats) => boolean): void {
  withAside(entry, aside, isExpected, (waiting) => entry.folder.disk.unlink(placeOf(waiting)));
}

/** Lets a file wait in an own folder while something is done with its name; one that is not as expected goes back at once. */
function withAside(
  entry: Entry,
  aside: string,
  isExpected: (stats: BigIntStats) => boolean,
  work: (waiting: Entry) => void,
): void {
  const { folder, name } = entry;
  folder.disk.mkdir(folder.at(aside), 0o700);
  try {
    const waiting = { folder: holdChild(folder, aside), name };
    try {
      moveAside(entry, waiting);
      if (!isAt(waiting, isExpected)) throw giveBack(waiting, entry);
      work(waiting);
    } finally {
      waiting.folder.close();
    }
  } finally {
    removeFolder(folder, aside);
  }
}

function moveAside(to: Entry, aside: Entry): void {
  try {
    to.folder.disk.rename(placeOf(to), placeOf(aside));
  } catch (cause) {
    throw codeOf(cause) === 'ENOENT' ? changedMeanwhile(to) : cause;
  }
}

/** Gives what waited aside its name back, or another one beside what has taken it meanwhile. */
export function giveBack(aside: Entry, to: Entry): PlatformError {
  return renamed(aside, to) ? changedMeanwhile(to) : changedMeanwhile(to, keepBeside(aside, to.folder, to.name));
}

/** A folder that is not empty holds what could not be given back; it stays until it can. */
export function removeFolder(folder: HeldFolder, name: string): void {
  try {
    folder.disk.rmdir(folder.at(name));
  } catch (cause) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(cause) ?? '')) throw cause;
  }
}

export function isAt({ folder, name }: Entry, matches: (stats: BigIntStats) => boolean): boolean {
  const stats = folder.stats(name);
  return stats !== null && matches(stats);
}

export function changedMeanwhile({ folder, name }: Entry, beside?: string): PlatformError {
  const kept = beside === undefined ? '' : ` Both are kept, one of them as “${beside}”.`;
  return new PlatformError(
    'CONFLICT',
    `“${shown([...folder.path, name])}” has changed meanwhile and was left alone.${kept}`,
  );
}
