import { describe, expect, it } from 'vitest';
import type { Policies, TransferType } from '../plan/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const OTHER = { source: 'destination', destination: 'source' } as const;
const CONFLICT: unknown = expect.stringMatching(/^pkg \(conflict 2026-11-21 /);

/** Calls that change a side, of this run. */
function changesOf(transfer: Transfer): string[] {
  const changes: string[] = [];
  for (const side of ['source', 'destination'] as const)
    transfer[side].onOperation(({ operation, moment, path }) => {
      if (moment === 'before' && ['write', 'move', 'remove', 'ensureFolder'].includes(operation))
        changes.push(`${operation} ${path.at(-1)} at the ${side}`);
    });
  return changes;
}

async function copied(type: TransferType, policies: Partial<Policies>, ...paths: string[]): Promise<Transfer> {
  const transfer = new Transfer(type, policies);
  transfer.source.seed(seeds(...paths));
  await transfer.run();
  return transfer;
}

const CASES = [
  ['COPY', { deletions: 'MIRROR' }, 'source'],
  ['SYNC', {}, 'source'],
  ['SYNC', {}, 'destination'],
] as const;

describe.each(CASES)('%s %j: what is moved at the %s', (type, policies, side) => {
  it('to the place of what is removed gets there with the second run, without a transfer', async () => {
    const transfer = await copied(type, policies, 'b.txt', 'c.txt', 'kept.txt');
    transfer[side].removeBehind('c.txt');
    await transfer.move(side, 'b.txt', 'c.txt');
    expect((await transfer.run()).sort()).toEqual([
      'DELETED DELETED_ON_OTHER_SIDE c.txt',
      expect.stringMatching(/^SKIPPED NAME_TAKEN/),
    ]);
    const changes = changesOf(transfer);
    await transfer.run();
    expect(changes).toEqual([expect.stringMatching(new RegExp(`^move .* at the ${OTHER[side]}$`))]);
    expect(transfer[OTHER[side]].tree()).toEqual(['c.txt', 'kept.txt']);
    expect(await transfer.run()).toEqual([]);
  });

  it('but what is new there comes with the first', async () => {
    const transfer = await copied(type, policies, 'c.txt', 'kept.txt');
    transfer[side].removeBehind('c.txt');
    transfer[side].seed([{ path: 'c.txt', bytes: 'another' }]);
    await transfer.run();
    expect(Buffer.from(transfer[OTHER[side]].bytes('c.txt')!).toString()).toBe('another');
    expect(await transfer.run()).toEqual([]);
  });
});

describe.each(['source', 'destination'] as const)('SYNC: a file of the %s that has the name of a folder', (side) => {
  it('is on both sides with the second run, and the folder with the first', async () => {
    const transfer = await copied('SYNC', {}, 'kept.txt');
    transfer[side].seed([{ path: 'pkg', bytes: 'the file' }]);
    transfer[OTHER[side]].seed(seeds('pkg/inner.xml'));
    await transfer.run();
    expect(transfer[side].tree()).toEqual(['kept.txt', CONFLICT, 'pkg/', 'pkg/inner.xml']);
    expect(transfer[OTHER[side]].tree()).toEqual(['kept.txt', 'pkg/', 'pkg/inner.xml']);
    await transfer.run();
    expect(transfer[OTHER[side]].tree()).toEqual(transfer[side].tree());
    expect(await transfer.run()).toEqual([]);
  });
});
