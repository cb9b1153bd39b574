import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const MIRROR = { deletions: 'MIRROR' } as const;

async function copied(...paths: string[]): Promise<Transfer> {
  const transfer = new Transfer('COPY', MIRROR);
  transfer.source.seed(seeds(...paths));
  await transfer.run();
  return transfer;
}

describe('what is renamed to the name of an item that is gone at the source', () => {
  it('waits for its removal', async () => {
    const transfer = await copied('a.txt', 'b.txt');
    transfer.source.removeBehind('b.txt');
    await transfer.move('source', 'a.txt', 'b.txt');
    expect(await transfer.run()).toEqual(['SKIPPED NAME_TAKEN a.txt', 'DELETED DELETED_ON_OTHER_SIDE b.txt']);
    expect(await transfer.run()).toEqual(['RENAMED PLACE_CHANGED b.txt']);
  });

  it('is refused where people of the destination gave it that name, since what they moved is not removed', async () => {
    const transfer = await copied('a.txt', 'b.txt');
    await transfer.move('destination', 'b.txt', 'c.txt');
    transfer.source.removeBehind('b.txt');
    await transfer.move('source', 'a.txt', 'c.txt');
    const told = ['FLAGGED NAME_TAKEN a.txt', 'SKIPPED EDITED_AT_DESTINATION c.txt'];
    expect(await transfer.run()).toEqual(told);
    expect(await transfer.run()).toEqual(told);
    expect(transfer.destination.tree()).toEqual(['a.txt', 'c.txt']);
  });

  it('is refused where it was edited there', async () => {
    const transfer = await copied('a.txt', 'b.txt');
    transfer.destination.seed([{ path: 'b.txt', bytes: 'edited' }]);
    transfer.source.removeBehind('b.txt');
    await transfer.move('source', 'a.txt', 'b.txt');
    expect(await transfer.run()).toEqual(['FLAGGED NAME_TAKEN a.txt', 'SKIPPED EDITED_AT_DESTINATION b.txt']);
  });

  it('is refused where nothing proves that it is gone', async () => {
    const transfer = await copied('a.txt', 'f/b.txt');
    await transfer.move('destination', 'f/b.txt', 'c.txt');
    transfer.source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
    await transfer.move('source', 'a.txt', 'c.txt');
    expect(await transfer.run()).toContain('FLAGGED NAME_TAKEN a.txt');
  });
});

describe.each(['COPY', 'PUBLISH'] as const)(
  '%s: what lost its other half and is renamed to the name of a file that is gone',
  (type) => {
    async function renamed(bytes: string): Promise<Transfer> {
      const transfer = new Transfer(type, MIRROR);
      transfer.source.seed([...seeds('a.txt', 'kept.txt'), { path: 'b.txt', bytes }]);
      await transfer.run();
      transfer.destination.removeBehind('a.txt');
      transfer.source.removeBehind('b.txt');
      await transfer.move('source', 'a.txt', 'b.txt');
      return transfer;
    }

    it('is taken for that file where both are equal: nothing is removed or transferred', async () => {
      const transfer = await renamed('bytes of a.txt');
      const there = transfer.destination.item('b.txt')!.id;
      expect(await transfer.run()).toEqual(['UNCHANGED IDENTICAL b.txt']);
      expect(transfer.destination.item('b.txt')!.id).toBe(there);
      expect(await transfer.run()).toEqual([]);
    });

    it('comes over once that one is removed where they differ', async () => {
      const transfer = await renamed('other bytes');
      expect(await transfer.run()).toEqual(['SKIPPED NAME_TAKEN b.txt', 'DELETED DELETED_ON_OTHER_SIDE b.txt']);
      expect(await transfer.run()).toEqual(['CREATED NEW b.txt']);
      expect(transfer.destination.texts('b.txt')).toEqual(['bytes of a.txt']);
    });
  },
);

it('SYNC leaves alone what has the name of a known item, where nothing proves that its other half is gone', async () => {
  const transfer = new Transfer('SYNC');
  transfer.source.seed(seeds('x.txt', 'f/y.txt'));
  await transfer.run();
  transfer.destination.removeBehind('x.txt');
  await transfer.move('destination', 'f/y.txt', 'q.txt');
  transfer.source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
  await transfer.move('source', 'x.txt', 'q.txt');
  expect(await transfer.run()).toContain('SKIPPED LISTING_FAILED q.txt');
  expect(transfer.destination.tree()).toEqual(['f/', 'q.txt']);
});
