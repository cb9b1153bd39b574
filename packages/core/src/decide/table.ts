import type { ItemKind } from '../platform/index.js';
import type { FirstDestinationState, FirstSourceState, Place, SideState } from './states.js';
import type { PlaceVerdict, Verdict } from './verdicts.js';

/** What is done about an item that the ledger does not know, by what stands at its place at the destination. */
export type FirstContact = Readonly<Record<FirstDestinationState, Verdict>>;

/** All that a type of transfer decides. Each record is whole: a row that is missing does not compile. */
export interface TransferTable {
  /** Kinds of items that it is about; of the others nothing is told. */
  kinds: readonly ItemKind[];
  /** Whether it is only about what its first complete listing showed; what came `late` is not in its scope. */
  freezesScope: boolean;
  /** Of an item that the ledger knows: the source's state, then the destination's. */
  content: Readonly<Record<SideState, Readonly<Record<SideState, Verdict>>>>;
  /** Of an item that the ledger does not know. */
  first: Readonly<Record<FirstSourceState, FirstContact>>;
  /** Of an item that both sides have: the source's place, then the destination's. */
  place: Readonly<Record<Place, Readonly<Record<Place, PlaceVerdict>>>>;
  /** A file on one side and a folder on the other. */
  kindChanged: Verdict;
}

/** An item as both sides have it now, against the ledger. */
export type TripleState =
  | { base: 'KIND_CHANGED' }
  | { base: 'NONE'; source: FirstSourceState; destination: FirstDestinationState }
  | { base: 'KNOWN'; source: SideState; destination: SideState };

export function decideContent(table: TransferTable, state: TripleState): Verdict {
  switch (state.base) {
    case 'KIND_CHANGED':
      return table.kindChanged;
    case 'NONE':
      return table.first[state.source][state.destination];
    case 'KNOWN':
      return table.content[state.source][state.destination];
  }
}

export const decidePlace = (table: TransferTable, source: Place, destination: Place): PlaceVerdict =>
  table.place[source][destination];
