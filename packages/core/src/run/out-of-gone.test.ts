import { describe, expect, it } from 'vitest';
import type { Policies, TransferType } from '../plan/index.js';
import { undoneRun } from '../testing/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const MIRRORS: [TransferType, Partial<Policies>][] = [
  ['COPY', { deletions: 'MIRROR' }],
  ['PUBLISH', {}],
  ['SYNC', {}],
];

const EFFECTS = new Set(['move', 'remove']);

/** What is in the folder `a`, which item leaves it for its name, and what is removed with it. */
const OUT_OF_FOLDERS = [
  { what: 'a file', held: ['a/a'], leaving: 'a/a', gone: ['a'] },
  { what: 'a folder', held: ['a/a/x.txt'], leaving: 'a/a', gone: ['a'] },
  { what: 'a folder below', held: ['a/c/b/x.txt', 'a/y.txt'], leaving: 'a/c/b', gone: ['a/y.txt', 'a/c', 'a'] },
  { what: 'a chain', held: ['a/a/a/x.txt', 'a/a/y.txt'], leaving: 'a/a/a', gone: ['a/a/y.txt', 'a/a', 'a'] },
];

async function copied(type: TransferType, policies: Partial<Policies>, held: readonly string[]): Promise<Transfer> {
  const transfer = new Transfer(type, policies);
  transfer.source.seed(seeds(...held, 'other.txt'));
  await transfer.run();
  return transfer;
}

async function takeName(
  transfer: Transfer,
  { leaving, gone }: Pick<(typeof OUT_OF_FOLDERS)[number], 'leaving' | 'gone'>,
): Promise<void> {
  await transfer.move('source', leaving, 'aside');
  for (const path of gone) transfer.source.removeBehind(path);
  await transfer.move('source', 'aside', 'a');
}

describe.each(MIRRORS)('%s', (type, policies) => {
  it.each(OUT_OF_FOLDERS)(
    '$what that leaves a folder for its name gets it, as the folder is removed',
    async (given) => {
      const transfer = await copied(type, policies, given.held);
      await takeName(transfer, given);
      const told = await transfer.run();
      expect(told.slice(0, 2)).toEqual(['RENAMED DELETED_ON_OTHER_SIDE a (moving)', 'MOVED PLACE_CHANGED a']);
      expect(transfer.destination.tree()).toEqual(transfer.source.tree());
      expect(await transfer.run()).toEqual([]);
    },
  );

  it('comes to the same after a crash at each of its effects', async () => {
    const [given] = OUT_OF_FOLDERS.slice(-1);
    for (let fatal = 1, isOver = false; !isOver; fatal++) {
      const transfer = await copied(type, policies, given!.held);
      await takeName(transfer, given!);
      let count = 0;
      transfer.destination.onOperation(({ operation, moment }) => {
        if (EFFECTS.has(operation) && moment === 'after' && ++count === fatal) throw new Error('The process dies.');
      });
      isOver = (await transfer.begin().catch(() => null)) !== null;
      transfer.destination.onOperation(null);
      await transfer.run();
      expect(transfer.destination.tree()).toEqual(transfer.source.tree());
      expect(await transfer.run()).toEqual([]);
    }
  });

  it.each(OUT_OF_FOLDERS)(
    '$what: the undo of the run puts all of it back, also folders under another identity',
    async (given) => {
      const transfer = await copied(type, policies, given.held);
      const before = transfer.destination.tree();
      await takeName(transfer, given);
      await transfer.run();
      const { destination } = transfer.destination;
      const restore = destination!.restore!.bind(destination);
      destination!.restore = (request, call) =>
        request.former.kind === 'FOLDER' ? destination!.ensureFolder(request, call) : restore(request, call);
      await transfer.begin({}, undoneRun(transfer.store));
      expect(transfer.told().filter((line) => /FLAGGED|SKIPPED|RETRYING/.test(line))).toEqual([]);
      expect(transfer.destination.tree()).toEqual(before);
    },
  );

  it('what is in the folder may leave it for the name of what takes its name', async () => {
    const transfer = await copied(type, policies, ['a/b/x.txt', 'b/y.txt']);
    await transfer.move('source', 'a/b', 'aside');
    transfer.source.removeBehind('a');
    await transfer.move('source', 'b', 'a');
    await transfer.move('source', 'aside', 'b');
    await transfer.run();
    expect(transfer.destination.tree()).toEqual(['a/', 'a/y.txt', 'b/', 'b/x.txt', 'other.txt']);
    expect(await transfer.run()).toEqual([]);
  });
});

it.each(['COPY', 'MOVE'] as const)('%s that removes nothing leaves both where they are, and says so', async (type) => {
  const transfer = await copied('COPY', {}, ['a/a/x.txt']);
  const moved = Object.assign(new Transfer(type), transfer);
  await takeName(moved, { leaving: 'a/a', gone: ['a'] });
  for (let run = 0; run < 2; run++) expect(await moved.run()).toContain('FLAGGED NAME_TAKEN a/a');
  expect(moved.destination.tree()).toEqual(['a/', 'a/a/', 'a/a/x.txt', 'other.txt']);
});

it('a folder that holds more than is removed keeps its name, and what wants it is told to people', async () => {
  const transfer = await copied('COPY', { deletions: 'MIRROR' }, ['a/a/x.txt', 'a/c/z.txt']);
  transfer.destination.seed(seeds('a/c/theirs.txt'));
  await takeName(transfer, { leaving: 'a/a', gone: ['a/c/z.txt', 'a/c', 'a'] });
  for (let run = 0; run < 2; run++) expect(await transfer.run()).toContain('FLAGGED NAME_TAKEN a/a');
  expect(transfer.destination.tree()).toEqual(['a/', 'a/a/', 'a/a/x.txt', 'a/c/', 'a/c/theirs.txt', 'other.txt']);
  transfer.destination.removeBehind('a/c/theirs.txt');
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(transfer.source.tree());
});

it('SYNC: a folder that is gone at the destination makes way at the source', async () => {
  const transfer = await copied('SYNC', {}, ['a/a/x.txt']);
  await transfer.move('destination', 'a/a', 'aside');
  transfer.destination.removeBehind('a');
  await transfer.move('destination', 'aside', 'a');
  await transfer.run();
  expect(transfer.source.tree()).toEqual(['a/', 'a/x.txt', 'other.txt']);
  expect(await transfer.run()).toEqual([]);
});
