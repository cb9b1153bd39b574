import type { ItemKind } from '../platform/index.js';
import type { ItemOutcome, Side, Step } from '../plan/index.js';

/** What a run did to one item, as the store remembers it. Keys are those on both sides, see `pathKey`. */
export interface DoneEffect {
  outcome: Extract<ItemOutcome, 'CREATED' | 'UPDATED' | 'MOVED' | 'RENAMED' | 'DELETED' | 'DESCRIBED'>;
  /** Side that was changed. */
  side: Side;
  kind: ItemKind;
  sourceKey: string | null;
  destinationKey: string | null;
  /** Address that the item has on the changed side since then; null where none is remembered. */
  remoteId: string | null;
  /** The step as it was carried out; null for what was simply created. */
  step: Step | null;
  /** Whether no later run of the job dealt with the item. */
  isLatest: boolean;
}

/** A run that is to be undone. */
export interface UndoneRun {
  /** Its number within the job. */
  number: number;
  /** Number of the pair of places that it worked on; null where it never came to look at them. */
  pair: number | null;
  /** What it did: first at the source, then at the destination, on each side the last first. */
  effects(): AsyncIterable<DoneEffect>;
}
