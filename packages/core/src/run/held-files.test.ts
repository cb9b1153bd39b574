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
