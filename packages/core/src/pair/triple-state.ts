import type { FirstDestinationState, Place, SideState, TripleState } from '../decide/index.js';
import type { LedgerEntry } from '../plan/step.js';
import type { Item } from '../platform/index.js';
import { compareContents, isEqualOnContact } from './contents.js';
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
  if (item.kind === 'FOLDER') return 'same';
  const then = { size: base.sourceSize, sha256: base.sha256 };
  if (!isOtherVersion(item.version, base.sourceVersion))
    return item.version === null && compareContents(item, then) === 'DIFFERENT' ? 'changed' : 'same';
  return compareContents(item, then) === 'EQUAL' ? 'touched' : 'changed';
}

/** Another item of the same kind took the place of the known one: a folder is as good as the former, a file is a change. */
function destinationState(item: Item, base: LedgerEntry): SideState {
  const isOther = item.id !== base.destinationId;
  if (item.kind === 'FOLDER') return isOther ? 'touched' : 'same';
  if (!isOther && !isOtherVersion(item.version, base.destinationVersion)) return 'same';
  return compareContents(item, { size: null, sha256: base.sha256 }) === 'EQUAL' ? 'touched' : 'changed';
}

/** A version that is not known proves no edit. */
const isOtherVersion = (now: string | null, then: string | null) => now !== null && then !== null && now !== then;

/** Whether the source has the item where the ledger knows it. */
export const sourcePlace = ({ source, base }: Triple): Place =>
  base !== null && seen(source)?.key !== base.sourceKey ? 'moved' : 'here';

/** Whether the destination has it at the key that it should have there. */
export const destinationPlace = ({ destination }: Triple, key: string): Place =>
  seen(destination)?.key === key ? 'here' : 'moved';
