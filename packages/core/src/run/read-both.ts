import { compareContents, type Seen } from '../pair/index.js';
import type { ActiveContext } from './context.js';
import { listedHash } from './listed-hash.js';

export interface BothRead {
  equality: 'EQUAL' | 'DIFFERENT';
  /** SHA-256 of the equal content, hex. */
  sha256: string | null;
}

/**
 * Whether two files that both changed hold the same: told by their listings, else read. Throws the `PlatformError` of a
 * side that cannot be read.
 */
export async function readBoth(source: Seen, destination: Seen, context: ActiveContext): Promise<BothRead> {
  const told = compareContents(source.item, destination.item);
  if (told !== 'OPEN') return { equality: told, sha256: told === 'EQUAL' ? source.item.sha256 : null };
  const one = await listedHash('SOURCE', source.item, context);
  const other = await listedHash('DESTINATION', destination.item, context);
  return one === other ? { equality: 'EQUAL', sha256: one } : { equality: 'DIFFERENT', sha256: null };
}
