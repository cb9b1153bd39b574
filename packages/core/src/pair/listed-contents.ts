import type { Item } from '../platform/index.js';
import type { LedgerEntry } from '../plan/step.js';
import { compareContents, type Comparison, type Told } from './contents.js';

export type ListedContent = Pick<Item, 'size' | 'sha256' | 'version'>;
/** What a ledger remembers of the contents of two items. */
export type RememberedContents = Pick<LedgerEntry, 'sha256' | 'sourceVersion' | 'destinationVersion'>;

/** How two contents compare, and by what that was told; null where only reading them could tell. */
export interface ListedComparison {
  equality: Comparison;
  comparedBy: 'CHECKSUM' | 'SIZE' | null;
  /** In hex, as listings and ledger know them; null for one that is not known. */
  sourceSha256: string | null;
  destinationSha256: string | null;
}

/**
 * Compares two files that are one by their listings and, for a content that is still the one it knows, by the ledger. Contents
 * that both are as the ledger knows them are equal as they were proved then.
 */
export function compareListed(
  source: ListedContent,
  destination: ListedContent,
  remembered: RememberedContents | null,
): ListedComparison {
  const [here, there] = [
    isStill(source, remembered?.sourceVersion ?? null),
    isStill(destination, remembered?.destinationVersion ?? null),
  ];
  const sha256 = remembered?.sha256 ?? null;
  const sourceSha256 = source.sha256 ?? (here ? sha256 : null);
  const destinationSha256 = destination.sha256 ?? (there ? sha256 : null);
  const told = toldOf(
    { size: source.size, sha256: sourceSha256 },
    { size: destination.size, sha256: destinationSha256 },
    here && there,
  );
  return { ...told, sourceSha256, destinationSha256 };
}

function toldOf(one: Told, other: Told, isAsProved: boolean): Pick<ListedComparison, 'equality' | 'comparedBy'> {
  const equality = compareContents(one, other);
  if (equality === 'OPEN')
    return isAsProved ? { equality: 'EQUAL', comparedBy: 'SIZE' } : { equality, comparedBy: null };
  const isOfSize = one.size !== null && other.size !== null && one.size !== other.size;
  return { equality, comparedBy: isOfSize ? 'SIZE' : 'CHECKSUM' };
}

const isStill = ({ version }: ListedContent, known: string | null) => version !== null && version === known;
