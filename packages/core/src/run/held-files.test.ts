import { expect, it } from 'vitest';
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
