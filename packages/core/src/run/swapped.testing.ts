import type { LedgerEntry } from '../plan/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom } from './active-room.testing.js';
import { swapped } from './swapped.js';

export async function both(...entries: LedgerEntry[]) {
  const room = await activeRoom('SYNC');
  await room.know(...entries);
  return { room, store: room.store, there: swapped(room).store };
}

export const known = ledgerEntry('s', { id: 'known', sourceVersion: '1', destinationKey: 'd', sourceSize: 1 });
/** The same as it is with both sides exchanged. */
export const exchanged = ledgerEntry('d', {
  ...{ id: 'known', sourceId: 'd:s', sourceVersion: '7', destinationKey: 's', destinationId: 'id:s' },
  ...{ destinationVersion: '1', destinationSize: 1 },
});

export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

export const keyOf = (found: { key: string } | null) => found?.key ?? null;
