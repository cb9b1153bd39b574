import { putsBack, writesSource } from '../decide/index.js';
import { isSameByPlace, type Seen } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';

/**
 * What stands at the place of an item at the destination under another identity: the very item, or what took its place, as programs
 * save files, which is dealt with as that item where both sides are followed.
 */
export async function replacementOf(
  { destinationKey, destinationId, destinationVersion, kind }: LedgerEntry,
  { store, table }: Pick<ActiveContext, 'store' | 'table'>,
): Promise<Seen | null> {
  // Where what only the destination has is removed, that is no item of the ledger any more.
  if (putsBack(table)) return null;
  const there = await store.destinationByKey(destinationKey);
  if (there === null) return null;
  const known = { id: destinationId, version: destinationVersion };
  if (!writesSource(table) && !isSameByPlace(there.item, known)) return null;
  if (there.item.kind !== kind || (await store.entryOf('DESTINATION', identityOf(there.item)))) return null;
  const owner = await store.placeOwner('DESTINATION', destinationKey, kind);
  return owner?.destinationId === destinationId ? there : null;
}
