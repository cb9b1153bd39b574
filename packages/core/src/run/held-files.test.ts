import { describe, expect, it } from 'vitest';
import type { TransferType } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { undoneRun } from '../testing/index.js';
import { seeds, Transfer } from './transfer.testing.js';

/** Somebody else has the file at the destination. */
const hold = ({ destination }: Transfer, path: string, isHeld = true) =>
  destination.edit(path, { lock: isHeld ? { holder: 'Ada', until: null } : null });
const asked = ({ destination }: Transfer) => {
  const operations: string[] = [];
  destination.onOperation(({ operation, moment, path }) => {
    if (moment === 'before' && ['remove', 'describe', 'move', 'write'].includes(operation))
      operations.push(`${operation} ${path.join('/')}`);
  });
  return operations;
};

it.each([
  ['FLAG', 'FLAGGED'],
  ['SKIP', 'SKIPPED'],
] as const)(
  'a removal of a file that somebody has is foreseen, and so is that of its folder (%s)',
  async (policy, outcome) => {
    const transfer = new Transfer('PUBLISH', { lockedFiles: policy });
    transfer.source.seed(seeds('f/a.txt', 'f/b.txt', 'c.txt'));
    await transfer.run();
    transfer.destination.seed(seeds('extra/x.txt'));
    for (const path of ['f/a.txt', 'extra/x.txt']) hold(transfer, path);
    transfer.source.removeBehind('f');
    const operations = asked(transfer);
    const told = await transfer.run();
    expect(told).toEqual(expect.arrayContaining([`${outcome} LOCKED f/a.txt`, `${outcome} LOCKED extra/x.txt`]));
    expect(operations).toEqual(['remove f/b.txt']);
    expect(transfer.destination.tree()).toEqual(expect.arrayContaining(['f/a.txt', 'extra/x.txt']));
    for (const path of ['f/a.txt', 'extra/x.txt']) hold(transfer, path, false);
    await transfer.run();
    expect(transfer.destination.tree()).toEqual(['c.txt']);
  },
);

it('what a file that somebody has is to be given is foreseen, and given once it is free', async () => {
  const transfer = new Transfer('COPY', { permissions: 'PRIVACY_FLAG' });
  transfer.source.seed(seeds('a.txt'));
  await transfer.run();
  hold(transfer, 'a.txt');
  transfer.source.edit('a.txt', { isPrivate: true });
  const operations = asked(transfer);
  expect([await transfer.run(), operations]).toEqual([['FLAGGED LOCKED a.txt'], []]);
  hold(transfer, 'a.txt', false);
  await transfer.run();
  expect(transfer.destination.item('a.txt')?.isPrivate).toBe(true);
});

it.each([
  ['FLAG', 'FLAGGED'],
  ['SKIP', 'SKIPPED'],
] as const)(
  'what moves there where somebody has it is foreseen, and follows once it is free (%s)',
  async (policy, outcome) => {
    for (const type of ['COPY', 'SYNC'] as const) {
      const transfer = new Transfer(type, { lockedFiles: policy });
      transfer.source.seed(seeds('f/a.txt', 'b.txt', 'c.txt', 'd.txt'));
      await transfer.run();
      for (const path of ['f/a.txt', 'b.txt', 'c.txt']) hold(transfer, path);
      await transfer.move('source', 'f/a.txt', 'a.txt');
      await transfer.move('source', 'b.txt', 'renamed.txt');
      // The name that another file is to get is that of a file which stays.
      await transfer.move('source', 'c.txt', 'f/c.txt');
      await transfer.move('source', 'd.txt', 'c.txt');
      const operations = asked(transfer);
      expect((await transfer.run()).sort()).toEqual(
        ['a.txt', 'c.txt', 'f/c.txt', 'renamed.txt'].map((key) => `${outcome} LOCKED ${key}`),
      );
      expect(operations).toEqual([]);
      for (const path of ['f/a.txt', 'b.txt', 'c.txt']) hold(transfer, path, false);
      while ((await transfer.run()).length > 0);
      expect(transfer.destination.tree()).toEqual(['a.txt', 'c.txt', 'f/', 'f/c.txt', 'renamed.txt']);
      expect(Buffer.from(transfer.destination.bytes('c.txt')!)).toEqual(Buffer.from(transfer.source.bytes('c.txt')!));
    }
  },
);

it.each([
  ['FLAG', 'FLAGGED'],
  ['SKIP', 'SKIPPED'],
] as const)(
  'that a file which somebody has stays at the source of a MOVE is foreseen (%s)',
  async (policy, outcome) => {
    const transfer = new Transfer('MOVE', { lockedFiles: policy });
    transfer.source.seed(seeds('f/a.txt', 'f/b.txt'));
    transfer.source.edit('f/a.txt', { lock: { holder: 'Ada', until: null } });
    const removed: string[] = [];
    transfer.source.onOperation(({ operation, moment, path }) => {
      if (moment === 'before' && operation === 'remove') removed.push(path.join('/'));
    });
    expect(await transfer.run()).toContain(`${outcome} LOCKED f/a.txt`);
    expect(removed).toEqual(['f/b.txt']);
    const step = transfer.store.steps().find(({ step: { reason } }) => reason === 'LOCKED')?.step;
    expect(step?.side).toBe('SOURCE');
    expect(step?.message).toContain('Ada has locked the file at the source');
    expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'f/b.txt']);
    transfer.source.edit('f/a.txt', { lock: null });
    await transfer.run();
    expect([transfer.source.tree(), transfer.destination.tree()]).toEqual([[], ['f/', 'f/a.txt', 'f/b.txt']]);
  },
);

/** A folder of which one file, deep in it, is held at the destination. */
async function withHeldFolder(type: TransferType, policy: 'FLAG' | 'SKIP') {
  const transfer = new Transfer(type, { lockedFiles: policy });
  transfer.source.seed(seeds('f/sub/a.txt', 'f/b.txt', 'c.txt'));
  await transfer.run();
  hold(transfer, 'f/sub/a.txt');
  return transfer;
}

describe.each([
  ['FLAG', 'FLAGGED'],
  ['SKIP', 'SKIPPED'],
] as const)('a folder that holds what somebody has (%s)', (policy, outcome) => {
  it.each(['COPY', 'SYNC', 'PUBLISH'] as const)(
    'keeps its place without a call, what is in it comes over, and it follows once that is free (%s)',
    async (type) => {
      const transfer = await withHeldFolder(type, policy);
      await transfer.move('source', 'f', 'g');
      transfer.source.seed([{ path: 'g/b.txt', bytes: 'edited' }]);
      transfer.source.seed(seeds('g/new.txt', 'g/sub/new.txt'));
      const operations = asked(transfer);
      expect(await transfer.run()).toEqual(expect.arrayContaining([`${outcome} LOCKED g`]));
      expect(operations.sort()).toEqual(['write f/b.txt', 'write f/new.txt', 'write f/sub/new.txt']);
      const step = transfer.store.steps().find(({ step: { reason } }) => reason === 'LOCKED')?.step;
      expect(step?.message).toContain('Ada has locked “sub/a.txt” in the folder at the destination');
      operations.length = 0;
      expect([await transfer.run(), operations]).toEqual([[`${outcome} LOCKED g`], []]);
      hold(transfer, 'f/sub/a.txt', false);
      expect(await transfer.run()).toEqual(['RENAMED PLACE_CHANGED g']);
      expect(operations).toEqual(['move g']);
      expect(transfer.destination.tree()).toEqual(transfer.source.tree());
      expect(await transfer.run()).toEqual([]);
    },
  );

  it('stays at the source too where SYNC would follow the destination, and where PUBLISH would put it back', async () => {
    const sync = await withHeldFolder('SYNC', policy);
    hold(sync, 'f/sub/a.txt', false);
    sync.source.edit('f/sub/a.txt', { lock: { holder: 'Ada', until: null } });
    await sync.move('destination', 'f', 'g');
    sync.destination.seed(seeds('g/new.txt'));
    expect(await sync.run()).toEqual(expect.arrayContaining([`${outcome} LOCKED g`, 'CREATED NEW g/new.txt']));
    const step = sync.store.steps().find(({ step: { reason } }) => reason === 'LOCKED')?.step;
    expect(step?.message).toContain('Ada has locked “sub/a.txt” in the folder at the source');
    sync.source.edit('f/sub/a.txt', { lock: null });
    while ((await sync.run()).length > 0);
    expect(sync.source.tree()).toEqual(['c.txt', 'g/', 'g/b.txt', 'g/new.txt', 'g/sub/', 'g/sub/a.txt']);
    expect(sync.destination.tree()).toEqual(sync.source.tree());

    const publish = await withHeldFolder('PUBLISH', policy);
    await publish.move('destination', 'f', 'g');
    const operations = asked(publish);
    expect([await publish.run(), operations]).toEqual([[`${outcome} LOCKED f`], []]);
    hold(publish, 'g/sub/a.txt', false);
    await publish.run();
    expect(publish.destination.tree()).toEqual(publish.source.tree());
  });

  it('stays where it is with all that is moved away by a MOVE, and goes once it is free', async () => {
    const transfer = new Transfer('MOVE', { lockedFiles: policy });
    transfer.source.seed(seeds('f/a.txt', 'f/b.txt'));
    transfer.source.edit('f/b.txt', { lock: { holder: 'Ada', until: null } });
    await transfer.run();
    hold(transfer, 'f/a.txt');
    await transfer.move('source', 'f', 'g');
    transfer.source.seed(seeds('g/new.txt'));
    expect(await transfer.run()).toContain(`${outcome} LOCKED g`);
    expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'f/b.txt', 'f/new.txt']);
    expect(transfer.source.tree()).toEqual(['g/', 'g/b.txt']);
    transfer.source.edit('g/b.txt', { lock: null });
    hold(transfer, 'f/a.txt', false);
    while ((await transfer.run()).length > 0);
    expect(transfer.destination.tree()).toEqual(['g/', 'g/a.txt', 'g/b.txt', 'g/new.txt']);
    expect(transfer.source.tree()).toEqual([]);
  });

  it('keeps its name from what wants it, and all who wait in a row keep theirs', async () => {
    const transfer = new Transfer('COPY', { lockedFiles: policy });
    transfer.source.seed(seeds('a/x.txt', 'b/y.txt', 'c/z.txt', '1.txt', '2.txt', '3.txt'));
    await transfer.run();
    for (const path of ['a/x.txt', '1.txt']) hold(transfer, path);
    for (const [from, to] of ROW) await transfer.move('source', from, to);
    const operations = asked(transfer);
    expect((await transfer.run()).sort()).toEqual(
      ['1.txt', '2.txt', 'a', 'b', 'gone', 'gone.txt'].map((key) => `${outcome} LOCKED ${key}`),
    );
    expect(operations).toEqual([]);
    const told = transfer.store.steps().find(({ step: { sourceKey } }) => sourceKey === 'b')?.step;
    expect(told?.message).toContain('Ada has locked “x.txt” in “a” at the destination');
    for (const path of ['a/x.txt', '1.txt']) hold(transfer, path, false);
    while ((await transfer.run()).length > 0);
    expect(transfer.destination.tree()).toEqual(transfer.source.tree());
  });

  it('stays as a run left it where that is undone', async () => {
    const transfer = await withHeldFolder('COPY', policy);
    hold(transfer, 'f/sub/a.txt', false);
    await transfer.move('source', 'f', 'g');
    transfer.source.seed(seeds('d.txt'));
    await transfer.run();
    const undone = undoneRun(transfer.store);
    for (const path of ['g/sub/a.txt', 'd.txt']) hold(transfer, path);
    const operations = asked(transfer);
    await transfer.begin({}, undone);
    expect(transfer.told().sort()).toEqual([`${outcome} LOCKED d.txt`, `${outcome} LOCKED g`]);
    expect(operations).toEqual([]);
  });
});

/** Each is to get the name of the next one, and the last one another. */
const ROW = [
  ['a', 'gone'],
  ['b', 'a'],
  ['c', 'b'],
  ['1.txt', 'gone.txt'],
  ['2.txt', '1.txt'],
  ['3.txt', '2.txt'],
] as const;

it('a folder that turns out to be in use when it is renamed stays with what is in it, and nothing is doubled', async () => {
  const transfer = new Transfer('SYNC');
  transfer.source.seed(seeds('f/a.txt', 'f/b.txt'));
  await transfer.run();
  await transfer.move('source', 'f', 'g');
  transfer.source.seed([...seeds('g/new.txt'), { path: 'g/b.txt', bytes: 'edited' }]);
  const inUse = new PlatformError('LOCKED', 'The folder is in use by another program.');
  transfer.destination.failNext('move', inUse, 1);
  const told = await transfer.run();
  expect(told).toEqual(expect.arrayContaining(['FLAGGED LOCKED g', 'FLAGGED LOCKED g/new.txt']));
  expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'f/b.txt']);
  expect(transfer.source.tree()).toEqual(['g/', 'g/a.txt', 'g/b.txt', 'g/new.txt']);
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(transfer.source.tree());
  expect(await transfer.run()).toEqual([]);
});
