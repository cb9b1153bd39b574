import { segmentOf } from '../plan/path-key.js';
import { compareNames, writeFingerprints } from '../platform/index.js';
import { shareKeys, type KnownChild } from './settled-folder.js';

/** How both halves of a folder are listed as long as they hold what the ledger knows of them and nothing else. */
export interface RestingListings {
  destinationKey: string;
  /** See `PackedItems.fingerprints`. */
  source: string;
  destination: string;
}

/**
 * Tells of all that the ledger knows of a folder's children how they are listed if nothing changed: a folder that is listed so is
 * settled, whatever was seen of it before. Null where a listing alone cannot say so. `keyOf` is equal for names that are equal at
 * the destination.
 */
export function restingListings(
  children: readonly KnownChild[],
  keyOf: (name: string) => string,
): RestingListings | null {
  const destinationKey = children[0]?.destinationFolder;
  if (destinationKey === undefined || !children.every((child) => mayRest(child, destinationKey))) return null;
  const inOrder = children
    .map((child) => ({ name: segmentOf(child.sourceName), ...child }))
    .sort((one, other) => compareNames(one.name, other.name));
  const names = inOrder.map(({ name }) => name);
  if (shareKeys(names, keyOf)) return null;
  const alike = { names, isFolder: inOrder.map(({ isFolder }) => isFolder), described: null };
  const versionsOf = (of: (child: KnownChild) => string | null) =>
    inOrder.map((child) => (child.isFolder ? null : of(child)));
  return {
    destinationKey,
    source: writeFingerprints({
      ...alike,
      ids: inOrder.map(({ sourceId }) => sourceId),
      versions: versionsOf(({ sourceVersion }) => sourceVersion),
    }),
    destination: writeFingerprints({
      ...alike,
      ids: inOrder.map(({ destinationId }) => destinationId),
      versions: versionsOf(({ destinationVersion }) => destinationVersion),
    }),
  };
}

/** A version that is not told proves nothing. */
function mayRest(child: KnownChild, destinationKey: string): boolean {
  const { isFolder, sourceName, destinationName, destinationFolder, sourceVersion, destinationVersion } = child;
  if (destinationFolder !== destinationKey || destinationName !== sourceName) return false;
  return isFolder || (sourceVersion !== null && destinationVersion !== null);
}
