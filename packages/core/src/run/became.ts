import { identityOf, type Item, type ModificationTime } from '../platform/index.js';
import { nameOf, timeGiven, type MakeFolder, type Move, type Remove, type Transfer } from '../plan/index.js';
import type { OpenIntent } from './ports/index.js';

/**
 * What became of an effect that nobody heard of any more. DONE: it stands there. NOT_DONE: nothing of it does.
 * CHANGED_SINCE: something else does, which is left alone. COMPARE: only the bytes that are there can tell.
 */
export type Became = 'DONE' | 'NOT_DONE' | 'CHANGED_SINCE' | 'COMPARE';

/** An intent of a step that leaves something at a place. */
export type PlacedIntent = OpenIntent & { step: MakeFolder | Transfer };

/** Judges by what stands at the place now; `keepsTimes` where the effect would have given it the time of the source. */
export function becameOf({ step, sha256 }: PlacedIntent, found: Item | null, keepsTimes: boolean): Became {
  const replaced = step.type === 'TRANSFER' && step.action === 'UPDATE' ? step.existing : null;
  if (!found) return replaced ? 'CHANGED_SINCE' : 'NOT_DONE';
  if (found.kind !== step.kind) return 'CHANGED_SINCE';
  if (step.type === 'MAKE_FOLDER') return 'DONE';
  if (hasName(step, found)) return 'NOT_DONE';
  if (replaced && found.version === replaced.version) return 'NOT_DONE';
  if (found.size !== null && step.source.size !== null && found.size !== step.source.size) return 'CHANGED_SINCE';
  if (sha256 !== null && found.sha256 !== null) return sha256 === found.sha256 ? 'DONE' : 'CHANGED_SINCE';
  const time = timeGiven(step);
  if (keepsTimes && time.modifiedAt !== null) {
    if (hasTime(time, found)) return 'DONE';
    // Some file systems keep times to two seconds only, and people may have written there at about that time.
    if (!isNear(time, found)) return 'CHANGED_SINCE';
  }
  return sha256 === null || found.size === null ? 'NOT_DONE' : 'COMPARE';
}

/** Whether what is to leave its name to the file has it still. */
const hasName = ({ renameExistingTo, existing }: Transfer, found: Item): boolean =>
  renameExistingTo !== null && existing !== null && isStill(existing, found);

/** Whether an item is the one that was seen before; where a platform tells no identity, the version tells it. */
export const isStill = (before: Item, found: Item): boolean =>
  found.kind === before.kind &&
  (before.identity === null ? found.version === before.version : identityOf(found) === identityOf(before));

/**
 * Judges a move by what stands at the new place and at the former one. Where a platform tells no identity, the version
 * tells the item, as long as nothing is left at its former place.
 */
export function moveBecame({ existing, name }: Move, there: Item | null, left: Item | null): Became {
  const isSame = (found: Item) => found.kind === existing.kind && identityOf(found) === identityOf(existing);
  const hasCome = (found: Item) => found.kind === existing.kind && found.version === existing.version && left === null;
  const isIt = existing.identity === null ? hasCome : isSame;
  if (there && nameOf(there) === name && (isSame(there) || isIt(there))) return 'DONE';
  return left && isSame(left) ? 'NOT_DONE' : 'CHANGED_SINCE';
}

/** Judges a removal by what has the identifier of the item now. */
export function removalBecame({ existing }: Remove, found: Item | null): Became {
  if (!found) return 'DONE';
  const isIt = identityOf(found) === identityOf(existing) && found.version === existing.version;
  return isIt ? 'NOT_DONE' : 'CHANGED_SINCE';
}

/** What the way of a time through a file system may change of it, ms. */
const ROUNDING_MS = 10;
const epochMs = ({ modifiedAt }: ModificationTime) => modifiedAt?.getTime() ?? NaN;
const secondOf = (time: ModificationTime) => Math.floor(epochMs(time) / 1000);

/** Equal, or cut to the second: some file systems keep no more of a time. */
function hasTime(given: ModificationTime, found: Item): boolean {
  if (Math.abs(epochMs(found) - epochMs(given)) < ROUNDING_MS) return true;
  return epochMs(found) === secondOf(given) * 1000;
}

const isNear = (given: ModificationTime, found: Item) => Math.abs(secondOf(given) - secondOf(found)) <= 1;
