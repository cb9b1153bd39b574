import type { LedgerEntry } from '../plan/step.js';

/** An entry of the ledger that knows a place of one side, and what the listings show of both its halves. */
export interface PlaceClaim<Entry extends LedgerEntry = LedgerEntry> {
  entry: Entry;
  /** Whether that side shows its item, here or elsewhere. */
  isSeen: boolean;
  /** Whether the other side shows its other half where the entry knows it. */
  isOtherInPlace: boolean;
}

/**
 * Whose next version stands at a place, where an item is found there that no entry knows: programs save files so. Several entries
 * know one place where an item came to it and another one left it that is not followed, such as one whose deletion is ignored;
 * then the place belongs to the one whose other half is in place. Null: to none, so that the item is a new one.
 */
export function placeOwner<Entry extends LedgerEntry>(claims: readonly PlaceClaim<Entry>[]): Entry | null {
  const missing = claims.filter(({ isSeen }) => !isSeen);
  const owners = missing.length > 1 ? missing.filter(({ isOtherInPlace }) => isOtherInPlace) : missing;
  return owners.length === 1 ? owners[0]!.entry : null;
}
