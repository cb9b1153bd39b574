import { compareListed, type ListedComparison } from '@sluice/core/pair';
import type { Policies, Side } from '@sluice/core/plan';
import { PlatformError } from '@sluice/core/platform';
import type { ReadItem } from './listed-item.js';

/** Whether both sides hold the same, and why that is not known. */
export type ContentVerdict = Omit<ListedComparison, 'equality'> &
  ({ equality: 'EQUAL' | 'DIFFERENT' } | { equality: 'OPEN'; because: string });

/** SHA-256 in hex of the content of a file as it stands now; absent where contents are not read. */
export type ReadContent = (side: Side, item: ReadItem) => Promise<string>;

/** Compares two files that stand at one place: by listings and ledger, and where they leave it open by reading. */
export async function judgeContents(
  source: ReadItem,
  destination: ReadItem,
  read: ReadContent | null,
): Promise<ContentVerdict> {
  const told = compareListed(source, destination, source.known);
  const { equality } = told;
  if (equality !== 'OPEN') return { ...told, equality };
  if (read === null) return unread(told, source, destination);
  try {
    const sourceSha256 = told.sourceSha256 ?? (await read('SOURCE', source));
    const destinationSha256 = told.destinationSha256 ?? (await read('DESTINATION', destination));
    const isEqual = sourceSha256 === destinationSha256;
    return { equality: isEqual ? 'EQUAL' : 'DIFFERENT', comparedBy: 'CHECKSUM', sourceSha256, destinationSha256 };
  } catch (error) {
    if (!(error instanceof PlatformError) || error.concernsAccount || error.kind === 'ABORTED') throw error;
    return { ...told, equality, because: error.message };
  }
}

/** Sizes that both sides tell and that do not differ have to do. */
function unread(told: ListedComparison, source: ReadItem, destination: ReadItem): ContentVerdict {
  if (source.size !== null && source.size === destination.size)
    return { ...told, equality: 'EQUAL', comparedBy: 'SIZE' };
  return { ...told, equality: 'OPEN', because: 'A side does not tell its size, and contents are not read.' };
}

/** Whether the job takes a file of that size along at all. */
export function isTaken({ kind, size }: Pick<ReadItem, 'kind' | 'size'>, policies: Policies): boolean {
  if (kind === 'FOLDER' || size === null) return true;
  if (size === 0) return policies.zeroByteFile !== 'SKIP';
  const isTooLarge = policies.maxItemBytes !== null && size > policies.maxItemBytes;
  return !isTooLarge || policies.largeItem !== 'SKIP';
}
