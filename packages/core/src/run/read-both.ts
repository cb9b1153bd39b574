import { compareContents, type Seen } from '../pair/index.js';
import { callTo, type ActiveContext } from './context.js';
import { hashOf } from './hashed-content.js';
import { readingOfSource } from './refusal-streak.js';

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
  const { signal } = context.control;
  const [from, to] = [callTo('SOURCE', context, signal), callTo('DESTINATION', context, signal)];
  const one = source.item.sha256 ?? (await hashOf(readingOfSource(context.source.source!.open(source.item, from))));
  const other = destination.item.sha256 ?? (await hashOf(context.destination.source!.open(destination.item, to)));
  return one === other ? { equality: 'EQUAL', sha256: one } : { equality: 'DIFFERENT', sha256: null };
}
