import { PLACES, SIDE_STATES, type Place, type SideState } from './states.js';
import type { TransferTable } from './table.js';
import type { PlaceVerdict, Verdict } from './verdicts.js';

const EXCHANGED: Partial<Record<Verdict, Verdict>> = {
  CREATE_DESTINATION: 'CREATE_SOURCE',
  CREATE_SOURCE: 'CREATE_DESTINATION',
  UPDATE_DESTINATION: 'UPDATE_SOURCE',
  UPDATE_SOURCE: 'UPDATE_DESTINATION',
  REMOVE_DESTINATION: 'REMOVE_SOURCE',
  REMOVE_SOURCE: 'REMOVE_DESTINATION',
};

const MOVES_EXCHANGED: Partial<Record<PlaceVerdict, PlaceVerdict>> = {
  MOVE_DESTINATION: 'MOVE_SOURCE',
  MOVE_SOURCE: 'MOVE_DESTINATION',
};

/** The table of a type that treats both sides alike, as it reads with both sides exchanged. */
export function swappedTable(table: TransferTable): TransferTable {
  const content = (source: SideState) =>
    recordOf(SIDE_STATES, (destination: SideState) => {
      const verdict = table.content[destination][source];
      return EXCHANGED[verdict] ?? verdict;
    });
  const place = (source: Place) =>
    recordOf(PLACES, (destination: Place) => {
      const verdict = table.place[destination][source];
      return MOVES_EXCHANGED[verdict] ?? verdict;
    });
  return { ...table, content: recordOf(SIDE_STATES, content), place: recordOf(PLACES, place) };
}

const recordOf = <Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value): Record<Key, Value> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;
