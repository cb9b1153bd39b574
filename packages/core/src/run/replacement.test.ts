import { expect, it } from 'vitest';
import type { LedgerEntry, Policies, TransferType } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom, at, FOLDER } from './active-room.testing.js';
import { replacementOf } from './replacement.js';

interface Scene {
  type: TransferType;
  policies: Partial<Policies>;
  /** What stands at the place. */
  there: Partial<Item> | null;
  /** What the ledger knows beside the item. */
  others: LedgerEntry[];
  kind: 'FILE' | 'FOLDER';
  /** What stands elsewhere at the destination. */
  elsewhere: ReturnType<typeof at>[];
}

/** The ledger knows `a` as `d:a` in version 7, which is not listed; tells the identity of what is taken for it. */
async function taken({
  type = 'SYNC',
  policies = {},
  others = [],
  kind = 'FILE',
  elsewhere = [],
  there = {},
}: Partial<Scene>) {
  const room = await activeRoom(type, { policies });
  const known = ledgerEntry('a', { id: 'known', kind });
  await room.know(known, ...others);
  if (there) await room.show('DESTINATION', at('a', { id: 'new', ...there }));
  await room.show('DESTINATION', ...elsewhere);
  return (await replacementOf(known, room))?.item.id ?? null;
}

const ownerToo = ledgerEntry('b', { id: 'second', destinationKey: 'a', destinationId: 'd:b' });

it.each<[string, Partial<Scene>, string | null]>([
  ['where both sides are followed: what took its place', {}, 'new'],
  ['nothing where nothing stands at its place', { there: null }, null],
  ['nothing where only the source is followed', { type: 'COPY' }, null],
  [
    'where only the source is followed: the very version under another identity',
    { type: 'COPY', there: { version: '7' } },
    'new',
  ],
  ['nothing where what only the destination has is removed', { type: 'PUBLISH', there: { version: '7' } }, null],
  ['not a folder for a file', { there: FOLDER }, null],
  ['a folder for a folder', { kind: 'FOLDER', there: FOLDER }, 'new'],
  [
    'not what belongs to another item of the source',
    { others: [ledgerEntry('b', { id: 'other', destinationId: 'new' })] },
    null,
  ],
  ['nothing where the place may be that of another item', { others: [ownerToo] }, null],
  ['nothing where the place is not its own, since it stands elsewhere', { elsewhere: [at('c', { id: 'd:a' })] }, null],
])('for a known item is taken %s', async (_, scene, expected) => {
  expect(await taken(scene)).toBe(expected);
});

it('nothing is taken for an item whose place is that of another one by now', async () => {
  const room = await activeRoom('SYNC');
  await room.know(ledgerEntry('a', { id: 'known' }), ownerToo);
  await room.show('DESTINATION', at('a', { id: 'new' }));
  await room.show('SOURCE', at('b'));
  expect(await replacementOf(ledgerEntry('a', { id: 'known' }), room)).toBeNull();
  expect((await replacementOf(ownerToo, room))?.item.id).toBe('new');
});
