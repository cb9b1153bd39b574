import { writesSource } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';

/** What took the place of an item at the destination, as programs save files: where both sides are followed it is dealt with as that item. */
export async function replacementOf(
  { destinationKey, destinationId, kind }: LedgerEntry,
  { store, table }: Pick<ActiveContext, 'store' | 'table'>,
): Promise<Seen | null> {
  if (!writesSource(table)) return null;
  const there = await store.destinationByKey(destinationKey);
  if (there?.item.kind !== kind || (await store.entryOf('DESTINATION', identityOf(there.item)))) return null;
  const owner = await store.placeOwner('DESTINATION', destinationKey, kind);
  return owner?.destinationId === destinationId ? there : null;
}
