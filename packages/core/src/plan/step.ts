import type { Item } from '../platform/index.js';
import type { ItemKind, ItemReason, PlanAction, Side } from './vocabulary.js';

/**
 * One decision about one item: a row of the plan. JSON-serialisable but for dates.
 * Keys are paths relative to the job's location on that side (see `pathKey`); the location itself is `''`.
 */
export interface Step {
  action: PlanAction;
  /** Side that is written. */
  side: Side;
  kind: ItemKind;
  sourceKey: string | null;
  destinationKey: string | null;
  /** Key of the destination folder that will hold it. */
  destinationParentKey: string | null;
  /** Name at the destination, legal there. */
  destinationName: string | null;
  reason: ItemReason;
  /** The reason in a sentence for people. */
  message: string;
  remedy: string | null;
  source: Item | null;
  /** Item at the destination that is adopted, replaced or renamed. */
  existing: Item | null;
  /** KEEP_BOTH: the existing item gets this name first, then the source's is created. */
  renameExistingTo: string | null;
  /** SHA-256 of the source's bytes as transferred last, to recognise a file that was only touched. */
  knownSha256: string | null;
  /** Bytes to transfer. */
  byteCount: number;
  /** Calls that the step is expected to cost at a budgeted destination. */
  callCount: number;
  isDestructive: boolean;
  /** Whether the name is adapted. */
  isRevised: boolean;
}

/** What a job remembers of both sides after a committed item. */
export interface LedgerEntry {
  sourceKey: string;
  kind: ItemKind;
  sourceId: string;
  sourceVersion: string | null;
  sourceSize: number | null;
  /** Epoch milliseconds. */
  sourceModifiedAt: number | null;
  destinationKey: string;
  destinationId: string;
  destinationVersion: string | null;
  /** Of the source's bytes as transferred, hex. Null for folders, and for adopted files that were not read. */
  sha256: string | null;
}

/** A step that does nothing yet. */
export function blankStep(sourceKey: string, source: Item | null): Step {
  return {
    action: 'SKIP',
    side: 'DESTINATION',
    kind: source?.kind ?? 'FILE',
    sourceKey,
    destinationKey: null,
    destinationParentKey: null,
    destinationName: null,
    reason: 'OTHER',
    message: '',
    remedy: null,
    source,
    existing: null,
    renameExistingTo: null,
    knownSha256: null,
    byteCount: 0,
    callCount: 0,
    isDestructive: false,
    isRevised: false,
  };
}
