import { expect, it } from 'vitest';
import { seeds, Transfer } from './transfer.testing.js';

const textsOf = (transfer: Transfer, side: 'source' | 'destination') =>
  Object.fromEntries(
    transfer[side]
      .tree()
      .filter((path) => !path.endsWith('/'))
      .map((path) => [path, Buffer.from(transfer[side].bytes(path)!).toString()]),
  );

async function copied(transfer: Transfer, ...paths: string[]): Promise<Transfer> {
  transfer.source.seed(seeds(...paths));
  await transfer.run();
  return transfer;
}

/** A file is removed, another one gets its name, and a new one the name of that. */
async function shift(transfer: Transfer, gone: string, moved: string): Promise<void> {
  transfer.source.removeBehind(gone);
  await transfer.move('source', moved, gone);
  transfer.source.seed([{ path: moved, bytes: 'new' }]);
}

it.each([
  ['a.txt', 'b.txt'],
  ['z.txt', 'b.txt'],
  ['g/a.txt', 'b.txt'],
  ['a.txt', 'g/b.txt'],
])(
  'COPY that removes nothing: what cannot get to %s keeps the name %s, for which a new file waits',
  async (gone, moved) => {
    const copy = await copied(new Transfer('COPY'), gone, moved, 'g/other.txt');
    await shift(copy, gone, moved);
    for (let run = 0; run < 2; run++) {
      // Both are told by where they would stand at the destination, or do.
      expect(await copy.run()).toEqual(Array(2).fill(`FLAGGED NAME_TAKEN ${moved}`));
      expect(textsOf(copy, 'destination')).toEqual({
        [gone]: `bytes of ${gone}`,
        [moved]: `bytes of ${moved}`,
        'g/other.txt': 'bytes of g/other.txt',
      });
    }
    copy.destination.removeBehind(gone);
    await copy.run();
    expect(textsOf(copy, 'destination')).toEqual(textsOf(copy, 'source'));
    expect(await copy.run()).toEqual([]);
  },
);

it('COPY that removes nothing: a row of files whose first place is taken stays as it is, and one whose end is free moves', async () => {
  const copy = await copied(new Transfer('COPY'), ...['1', '2', '3', '4'].map((name) => `${name}.txt`));
  copy.source.removeBehind('4.txt');
  for (const name of [3, 2, 1]) await copy.move('source', `${name}.txt`, `${name + 1}.txt`);
  copy.source.seed([{ path: '1.txt', bytes: 'new' }]);
  const before = textsOf(copy, 'destination');
  await copy.run();
  expect(textsOf(copy, 'destination')).toEqual(before);
  await copy.move('source', '4.txt', '5.txt');
  await copy.run();
  expect(copy.destination.tree().filter((path) => path.includes('moving'))).toEqual([]);
});

it.each(['COPY', 'PUBLISH', 'SYNC'] as const)(
  '%s that mirrors deletions: both follow with the next run, and none has another name in between',
  async (type) => {
    const copy = await copied(new Transfer(type, { deletions: 'MIRROR' }), 'a.txt', 'b.txt', 'c.txt');
    await shift(copy, 'a.txt', 'b.txt');
    await copy.run();
    expect(copy.destination.tree().filter((path) => path.includes('moving'))).toEqual([]);
    await copy.run();
    expect(textsOf(copy, 'destination')).toEqual(textsOf(copy, 'source'));
    expect(await copy.run()).toEqual([]);
  },
);

it.each(['COPY', 'PUBLISH', 'SYNC'] as const)(
  '%s that dies after any move of a swap and a cycle leaves temporary names to the next run, which ends them',
  async (type) => {
    for (let fatal = 1; fatal <= 7; fatal++) {
      const names = ['a.txt', 'b.txt', 'c/x.txt', 'c/y.txt', 'd/z.txt'];
      const copy = await copied(new Transfer(type), ...names);
      for (const cycle of [names.slice(0, 2), names.slice(2)]) {
        await copy.move('source', cycle[0]!, 'aside');
        for (const [index, path] of cycle.slice(1).entries()) await copy.move('source', path, cycle[index]!);
        await copy.move('source', 'aside', cycle.at(-1)!);
      }
      let moves = 0;
      copy.destination.onOperation(({ operation, moment }) => {
        if (operation === 'move' && moment === 'after' && ++moves === fatal) throw new Error('The process dies.');
      });
      const end = await copy.begin().catch(() => 'DIED');
      copy.destination.onOperation(null);
      expect(end === 'DIED', `${moves} moves`).toBe(moves >= fatal);
      await copy.run();
      expect(textsOf(copy, 'destination')).toEqual(textsOf(copy, 'source'));
      expect(await copy.run()).toEqual([]);
    }
  },
);
