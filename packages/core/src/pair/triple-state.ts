import type { FirstDestinationState, Place, SideState, TripleState } from '../decide/index.js';
import { parentKey } from '../plan/path-key.js';
import type { LedgerEntry } from '../plan/step.js';
import { identityOf, type Item } from '../platform/index.js';
import { compareContents, isEqualOnContact, type Told } from './contents.js';
import { seen, type Sighting, type Triple } from './triple.js';

/** The states of a triple, as far as listings tell them. */
export function stateOf({ source, base, destination }: Triple): TripleState {
  const [from, to] = [seen(source)?.item ?? null, seen(destination)?.item ?? null];
  if (from && to && from.kind !== to.kind) return { base: 'KIND_CHANGED' };
  if (base === null) {
    const there = from ? 'there' : missing(source);
    return { base: 'NONE', source: there, destination: firstDestinationState(from, to, destination) };
  }
  return {
    base: 'KNOWN',
    source: from ? sourceState(from, base) : missing(source),
    destination: to ? destinationState(to, base) : missing(destination),
  };
}

const missing = (sighting: Sighting) => (sighting === 'UNKNOWN' ? 'unknown' : 'absent');

function firstDestinationState(from: Item | null, to: Item | null, destination: Sighting): FirstDestinationState {
  if (to === null) return missing(destination);
  return from !== null && (to.kind === 'FOLDER' || isEqualOnContact(from, to)) ? 'equal' : 'different';
}

function sourceState(item: Item, base: LedgerEntry): SideState {
  const then = { size: base.sourceSize, sha256: base.sha256 };
  return sideState(item, then, { id: base.sourceId, version: base.sourceVersion });
}

function destinationState(item: Item, base: LedgerEntry): SideState {
  const then = { size: base.destinationSize, sha256: base.sha256 };
  return sideState(item, then, { id: base.destinationId, version: base.destinationVersion });
}

/**
 * A version that is not known proves no edit of the same item. Where identities may change, such as with a restore, the
 * version of then proves that it is the same file.
 */
function sideState(item: Item, then: Told, known: { id: string; version: string | null }): SideState {
  const isOther = identityOf(item) !== known.id;
  if (item.kind === 'FOLDER') return isOther ? 'touched' : 'same';
  const isPermanent = item.identity?.strength === 'PERMANENT';
  if (item.version !== null && item.version === known.version && !(isOther && isPermanent))
    return isOther ? 'touched' : 'same';
  const comparison = compareContents(item, then);
  const isVersionTold = item.version !== null && known.version !== null;
  if (!isOther && !isVersionTold && comparison !== 'DIFFERENT') return 'same';
  return comparison === 'EQUAL' ? 'touched' : 'changed';
}

/**
 * Whether it is the very file that the ledger knows, though under another identity: one of several hard links is known by its
 * place alone, and comes to be so, or is so no more, with links that others make. The version of then proves it.
 */
export const isSameByPlace = (item: Item, known: { id: string; version: string | null }): boolean =>
  (item.identity === null || known.id === item.id) && item.version !== null && item.version === known.version;

/**
 * Whether a side has the item in the folder and under the name that the ledger knows. `folder` is the key of its folder now
 * beside the one that the ledger knows of this folder, each null where there is none: what only came along with its folder has not
 * moved, and what stands at its former key in another folder has.
 */
export function placeOf(key: string, known: string, folder: { now: string | null; known: string | null }): Place {
  const isInFolder = parentKey(key) === folder.now;
  const isHere = isInFolder ? parentKey(known) === folder.known && lastOf(key) === lastOf(known) : key === known;
  return isHere ? 'here' : 'moved';
}

const lastOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);
