import { describe, expect, it } from 'vitest';
import type { Policies } from '../plan/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const SIDES = ['source', 'destination'] as const;

const textsOf = (transfer: Transfer, side: (typeof SIDES)[number]): string[] =>
  transfer[side]
    .tree()
    .filter((path) => !path.endsWith('/'))
    .map((path) => `${path}: ${Buffer.from(transfer[side].bytes(path)!).toString()}`);

async function bothMoved(conflict: Policies['conflict'], edited: Partial<Record<(typeof SIDES)[number], string>>) {
  const sync = new Transfer('SYNC', { conflict });
  sync.source.seed(seeds('a.txt', 'f/'));
  await sync.run();
  await sync.run();
  for (const side of SIDES) {
    await sync.move(side, 'a.txt', 'f/a.txt');
    if (edited[side]) sync[side].seed([{ path: 'f/a.txt', bytes: edited[side] }]);
  }
  return sync;
}

describe('SYNC, a file that both sides moved to one place', () => {
  it('and edited keeps both contents', async () => {
    const sync = await bothMoved('KEEP_BOTH', { source: 'ours', destination: 'theirs' });
    await sync.run();
    await sync.run();
    const texts = textsOf(sync, 'source');
    expect(texts.map((text) => text.split(': ')[1]).sort()).toEqual(['ours', 'theirs']);
    expect(textsOf(sync, 'destination')).toEqual(texts);
    expect(await sync.run()).toEqual([]);
  });

  it('and edited stays in conflict where people are to decide', async () => {
    const sync = await bothMoved('FLAG', { source: 'ours', destination: 'theirs' });
    for (let run = 0; run < 3; run++) expect(await sync.run()).toContain('FLAGGED CONFLICT f/a.txt');
  });

  it.each(SIDES)('and edited at the %s brings that edit over, also after a crash', async (side) => {
    const sync = await bothMoved('KEEP_BOTH', { [side]: 'edited' });
    for (const platform of [sync.source, sync.destination])
      platform.onOperation(({ operation, moment }) => {
        if (operation === 'write' && moment === 'before') throw new Error('The process dies.');
      });
    await expect(sync.begin()).rejects.toThrow('dies');
    for (const platform of [sync.source, sync.destination]) platform.onOperation(null);
    await sync.run();
    for (const at of SIDES) expect(textsOf(sync, at), at).toEqual(['f/a.txt: edited']);
    await sync.run();
    expect(await sync.run()).toEqual([]);
  });
});

it.each(SIDES)(
  'SYNC knows two files that people exchanged on both sides where they are, one touched at the %s and one edited on the other',
  async (side) => {
    const other = side === 'source' ? 'destination' : 'source';
    const sync = new Transfer('SYNC');
    sync.source.seed(seeds('c.txt', 'd'));
    await sync.run();
    await sync.run();
    sync[side].seed([{ path: 'c.txt', bytes: 'bytes of c.txt' }]);
    sync[other].seed([{ path: 'd', bytes: 'edited' }]);
    for (const at of SIDES) {
      await sync.move(at, 'c.txt', 'aside');
      await sync.move(at, 'd', 'c.txt');
      await sync.move(at, 'aside', 'd');
    }
    for (const run of [1, 2, 3]) {
      await sync.run();
      for (const at of SIDES)
        expect(textsOf(sync, at), `run ${run}, ${at}`).toEqual(['c.txt: edited', 'd: bytes of c.txt']);
    }
  },
);

it('SYNC knows the second version of a conflict where it is, once both sides have it, also where people touch it during the run', async () => {
  const sync = new Transfer('SYNC');
  sync.source.seed([{ path: 'b.txt', bytes: 'ours' }]);
  sync.destination.seed([{ path: 'b.txt', bytes: 'theirs' }]);
  sync.destination.onOperation(({ operation, moment, path }) => {
    if (operation !== 'write' || moment !== 'after') return;
    sync.destination.seed([{ path: path.join('/'), bytes: 'ours' }]);
  });
  await sync.run();
  sync.destination.onOperation(null);
  expect((await sync.run()).join()).toMatch(/^UNCHANGED IDENTICAL b \(conflict [^,]*\)\.txt$/);
  expect(await sync.run()).toEqual([]);
});

it('COPY follows what both sides moved to one folder under different names', async () => {
  const copy = new Transfer('COPY');
  copy.source.seed(seeds('f/', 'b.txt'));
  await copy.run();
  await copy.move('destination', 'b.txt', 'f/b.txt');
  await copy.move('source', 'b.txt', 'f/c.txt');
  await copy.run();
  expect(copy.destination.tree()).toEqual(['f/', 'f/b.txt']);
});

describe.each(['IGNORE', 'MIRROR'] as const)(
  'COPY with %s, what was followed at the destination under a name of its own',
  (deletions) => {
    async function followed(thing: string): Promise<Transfer> {
      const copy = new Transfer('COPY', { deletions });
      copy.source.seed(seeds('f/', thing));
      await copy.run();
      await copy.move('source', 'old', 'new');
      await copy.move('destination', 'old', 'f/old');
      expect(await copy.run()).toEqual(['UNCHANGED IDENTICAL f/old']);
      return copy;
    }

    it.each(['old', 'old/'])(
      'gets its name of the source once it is moved there to the same folder: %s',
      async (thing) => {
        const copy = await followed(thing);
        await copy.move('source', 'new', 'f/new');
        expect(await copy.run()).toEqual(['RENAMED PLACE_CHANGED f/new']);
        expect(copy.destination.tree()).toEqual(copy.source.tree());
        expect(await copy.run()).toEqual([]);
      },
    );

    it('gets that name also where it is made again there', async () => {
      const copy = await followed('old');
      copy.destination.removeBehind('f/old');
      await copy.move('source', 'new', 'f/new');
      await copy.run();
      expect(copy.destination.tree()).toEqual(['f/', 'f/new']);
      expect(await copy.run()).toEqual([]);
    });

    it('keeps its own one where it only came along with its folder, also where it is made again there', async () => {
      const copy = new Transfer('COPY', { deletions });
      copy.source.seed(seeds('f/', 'g/new'));
      await copy.run();
      await copy.move('source', 'g/new', 'f/new');
      await copy.move('destination', 'g/new', 'f/old');
      await copy.run();
      copy.destination.removeBehind('f/old');
      await copy.move('source', 'f', 'h');
      await copy.run();
      expect(copy.destination.tree()).toEqual(['g/', 'h/', 'h/old']);
      expect(await copy.run()).toEqual([]);
    });
  },
);

it('COPY that mirrors deletions removes a file whose name a folder has at the source, which was followed there before', async () => {
  const copy = new Transfer('COPY', { deletions: 'MIRROR' });
  copy.source.seed(seeds('a.txt', 'other.txt'));
  await copy.run();
  await copy.move('destination', 'a.txt', 'plans');
  copy.source.seed(seeds('a.txt'));
  expect(await copy.run()).toEqual(['UNCHANGED IDENTICAL plans']);
  copy.source.removeBehind('a.txt');
  copy.source.seed(seeds('plans/'));
  expect(await copy.run()).toEqual(['FLAGGED NAME_TAKEN plans', 'DELETED DELETED_ON_OTHER_SIDE plans']);
  await copy.run();
  expect(copy.destination.tree()).toEqual(['other.txt', 'plans/']);
  expect(await copy.run()).toEqual([]);
});

it('what comes to the former place of a file that has met another one in a conflict is new, and comes over', async () => {
  const transfer = new Transfer('SYNC', { conflict: 'FLAG' });
  transfer.source.seed(seeds('c.txt'));
  await transfer.run();
  await transfer.move('source', 'c.txt', 'd.txt');
  transfer.destination.removeBehind('c.txt');
  transfer.destination.seed(seeds('d.txt'));
  expect(await transfer.run()).toEqual(['FLAGGED CONFLICT d.txt']);
  transfer.destination.seed(seeds('c.txt'));
  expect((await transfer.run()).sort()).toEqual(['CREATED NEW c.txt', 'FLAGGED CONFLICT d.txt']);
  expect(transfer.source.texts('c.txt')).toEqual(['bytes of c.txt']);
  expect(await transfer.run()).toEqual(['FLAGGED CONFLICT d.txt']);
});

it.each(['a.txt', 'c.txt'])(
  'SYNC takes a file that was renamed to %s, and saved anew at the destination, for the equal one that stands there by now',
  async (name) => {
    const sync = new Transfer('SYNC');
    sync.source.seed(seeds('b.txt'));
    await sync.run();
    await sync.move('source', 'b.txt', name);
    sync.source.seed([{ path: 'b.txt', bytes: 'another' }]);
    sync.destination.removeBehind('b.txt');
    for (const path of ['b.txt', name]) sync.destination.seed([{ path, bytes: 'bytes of b.txt' }]);
    const told = await sync.run();
    expect(told).toContain(`ADOPTED IDENTICAL ${name}`);
    expect(told.filter((line) => !line.endsWith(name))).toEqual([
      'CREATED CONFLICT b.txt',
      expect.stringMatching(/^CREATED CONFLICT b \(conflict/),
    ]);
    expect(textsOf(sync, 'source')).toEqual(textsOf(sync, 'destination'));
    expect(await sync.run()).toEqual([]);
  },
);
