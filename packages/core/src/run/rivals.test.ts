import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import type { Policies, TransferType } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const textsAt = ({ destination }: Transfer) =>
  Object.fromEntries(destination.tree().map((path) => [path, Buffer.from(destination.bytes(path) ?? []).toString()]));

/** `a.txt` came over, people of the destination gave it another name, and the source gets a file of that name. */
async function renamedThere(type: TransferType, policies: Partial<Policies>, bytes: string): Promise<Transfer> {
  const transfer = new Transfer(type, policies);
  transfer.source.seed(seeds('a.txt'));
  await transfer.run();
  await transfer.move('destination', 'a.txt', 'b.txt');
  transfer.source.seed([{ path: 'b.txt', bytes }]);
  return transfer;
}

/** `f/a.txt` came over, people of the destination gave it another place, and the source does not show what is in `f` any more. */
async function hiddenThere(type: TransferType, policies: Partial<Policies> = {}): Promise<Transfer> {
  const transfer = new Transfer(type, policies);
  transfer.source.seed(seeds('f/a.txt'));
  await transfer.run();
  await transfer.move('destination', 'f/a.txt', 'b.txt');
  transfer.source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
  return transfer;
}

const BESIDE = { 'b.txt': 'bytes of a.txt', 'b (1).txt': 'another' };
const EVERY: [TransferType, Partial<Policies>][] = [
  ['MOVE', {}],
  ['COPY', {}],
  ['COPY', { deletions: 'MIRROR' }],
  ['COPY', { existing: 'SKIP' }],
];

describe('what came over as another item, and got the name of a new one at the destination, is not replaced by it:', () => {
  it.each(EVERY)('%s with %j', async (type, policies) => {
    const transfer = await renamedThere(type, policies, 'another');
    await transfer.run();
    expect(textsAt(transfer)).toEqual(BESIDE);
    expect(await transfer.run()).toEqual([]);
    transfer.source.seed([{ path: 'b.txt', bytes: 'edited' }]);
    await transfer.run();
    expect(textsAt(transfer)).toEqual({ ...BESIDE, 'b (1).txt': 'edited' });
  });

  it('where duplicate names are flagged, the new one is refused', async () => {
    const transfer = await renamedThere('MOVE', { duplicateNames: 'FLAG' }, 'another');
    expect(await transfer.run()).toContain('FLAGGED DUPLICATE_NAME b.txt');
    expect(textsAt(transfer)).toEqual({ 'b.txt': 'bytes of a.txt' });
    expect(transfer.source.tree()).toEqual(['b.txt']);
  });

  it('also where the other one is saved anew at the source in the same run', async () => {
    const transfer = await renamedThere('MOVE', {}, 'bytes of a.txt');
    transfer.source.seed([{ path: 'a.txt', bytes: 'saved anew' }]);
    await transfer.run();
    await transfer.run();
    expect(textsAt(transfer)).toEqual({ 'b.txt': 'saved anew', 'b (1).txt': 'bytes of a.txt' });
    expect(transfer.source.tree()).toEqual([]);
  });

  it('also where the filters leave the other one out by now', async () => {
    const transfer = await renamedThere('COPY', { deletions: 'MIRROR' }, 'another');
    transfer.rules = [exclude({ globs: ['a.txt'] })];
    await transfer.run();
    expect(textsAt(transfer)).toEqual(BESIDE);
  });

  it('also where the other one is not seen, and nothing proves that it is gone', async () => {
    const transfer = await hiddenThere('COPY', { deletions: 'MIRROR' });
    transfer.source.seed([{ path: 'b.txt', bytes: 'another' }]);
    await transfer.run();
    expect(textsAt(transfer)).toEqual({ 'f/': '', 'b.txt': 'bytes of f/a.txt', 'b (1).txt': 'another' });
  });

  it('of folders: their items are not mixed', async () => {
    const transfer = new Transfer('COPY');
    transfer.source.seed(seeds('f/a.txt'));
    await transfer.run();
    await transfer.move('destination', 'f', 'g');
    transfer.source.seed(seeds('g/a.txt'));
    await transfer.run();
    expect(textsAt(transfer)).toMatchObject({ 'g/a.txt': 'bytes of f/a.txt', 'g (1)/a.txt': 'bytes of g/a.txt' });
    expect(await transfer.run()).toEqual([]);
  });
});

it('what the source does not have any more is taken for an equal new item, and nothing is transferred', async () => {
  const transfer = await renamedThere('COPY', { verification: 'SIZE' }, 'bytes of a.txt');
  transfer.source.removeBehind('a.txt');
  const [time] = [transfer.destination.item('b.txt')!.modifiedAt!];
  transfer.source.seed([{ path: 'b.txt', bytes: 'bytes of a.txt', modifiedAt: time }]);
  expect(await transfer.run()).toEqual(['ADOPTED IDENTICAL b.txt']);
});

it('it is replaced where what is gone at the source is removed', async () => {
  const transfer = await renamedThere('COPY', { deletions: 'MIRROR' }, 'another');
  transfer.source.removeBehind('a.txt');
  await transfer.run();
  expect(textsAt(transfer)).toEqual({ 'b.txt': 'another' });
});
