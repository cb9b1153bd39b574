import { describe, expect, it } from 'vitest';
import { seeds, Transfer } from './transfer.testing.js';

const SIDES = ['source', 'destination'] as const;
type SideName = (typeof SIDES)[number];
const other = (side: SideName): SideName => (side === 'source' ? 'destination' : 'source');

const textsOf = (transfer: Transfer, side: SideName) =>
  Object.fromEntries(
    transfer[side].tree().map((path) => [path, Buffer.from(transfer[side].bytes(path) ?? []).toString()]),
  );

async function copied(transfer: Transfer, ...paths: string[]): Promise<Transfer> {
  transfer.source.seed(seeds(...paths));
  await transfer.run();
  await transfer.run();
  return transfer;
}

const synced = (...paths: string[]) => copied(new Transfer('SYNC'), ...paths);

const edit = (sync: Transfer, at: SideName, path: string, bytes: string) => sync[at].seed([{ path, bytes }]);

/** Both sides hold this, and another run changes nothing. */
async function expectRest(sync: Transfer, texts: Record<string, string>): Promise<void> {
  for (const side of SIDES) expect(textsOf(sync, side), side).toEqual(texts);
  await sync.run();
  for (const side of SIDES) expect(textsOf(sync, side), side).toEqual(texts);
}

it('SYNC: a version that arrived before a crash is renamed at the source as people renamed it at the destination', async () => {
  const sync = await synced('a.txt');
  edit(sync, 'source', 'a.txt', 'edited');
  sync.destination.onOperation(({ operation, moment }) => {
    if (operation === 'write' && moment === 'after') throw new Error('The process dies.');
  });
  await expect(sync.begin()).rejects.toThrow('dies');
  sync.destination.onOperation(null);
  await sync.move('destination', 'a.txt', 'b.txt');
  await sync.run();
  await expectRest(sync, { 'b.txt': 'edited' });
});

it.each(SIDES)(
  'SYNC: a folder that is gone at the %s is made again there once what has its name by then is where it was moved to',
  async (side) => {
    const conflict = side === 'destination' ? 'SOURCE' : 'DESTINATION';
    const sync = await copied(new Transfer('SYNC', { conflict }), 'd/', 'plans/', 'kept.txt');
    sync[side].removeBehind('d');
    await sync.move(side, 'plans', 'd');
    await sync.move(other(side), 'plans', 'aside');
    edit(sync, other(side), 'd/a.txt', 'new');
    sync[side].onOperation(async ({ operation, moment }) => {
      if (operation === 'move' && moment === 'before') for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    });
    await sync.run();
    await expectRest(sync, { 'aside/': '', 'd/': '', 'd/a.txt': 'new', 'kept.txt': 'bytes of kept.txt' });
  },
);

describe.each(SIDES)('SYNC, an item renamed at the %s', (side) => {
  it('and edited on the other side keeps its new name though the run breaks off between the two', async () => {
    const sync = await synced('a.txt');
    await sync.move(side, 'a.txt', 'b.txt');
    edit(sync, other(side), 'a.txt', 'edited');
    for (const platform of [sync.source, sync.destination])
      platform.onOperation(({ operation, moment }) => {
        if (operation === 'move' && moment === 'before') throw new Error('The process dies.');
      });
    await expect(sync.begin()).rejects.toThrow('dies');
    for (const platform of [sync.source, sync.destination]) platform.onOperation(null);
    await sync.run();
    await expectRest(sync, { 'b.txt': 'edited' });
  });

  it('and edited on the other side is in no conflict when it is edited again after the run', async () => {
    const sync = await synced('a.txt');
    await sync.move(side, 'a.txt', 'b.txt');
    edit(sync, other(side), 'a.txt', 'edited');
    await sync.run();
    edit(sync, other(side), 'b.txt', 'edited again');
    await sync.run();
    await expectRest(sync, { 'b.txt': 'edited again' });
  });

  it('out of a folder that is removed there, and edited on the other side, does not bring the folder back', async () => {
    const sync = await synced('f/a.txt', 'kept.txt');
    await sync.move(side, 'f/a.txt', 'a.txt');
    sync[side].removeBehind('f');
    edit(sync, other(side), 'f/a.txt', 'edited');
    for (let run = 0; run < 2; run++) await sync.run();
    await expectRest(sync, { 'a.txt': 'edited', 'kept.txt': 'bytes of kept.txt' });
  });

  it('and on the other side to the same name, and edited there, is known as it is then: the next run reads nothing', async () => {
    const sync = await synced('a.txt');
    for (const at of SIDES) await sync.move(at, 'a.txt', 'b.txt');
    edit(sync, side, 'b.txt', 'edited');
    await sync.run();
    const asked: string[] = [];
    for (const platform of [sync.source, sync.destination])
      platform.onOperation(({ operation }) => void asked.push(operation));
    await sync.run();
    expect(new Set(asked)).toEqual(new Set(['find', 'list']));
    await expectRest(sync, { 'b.txt': 'edited' });
  });

  it('and edited on both sides is kept in both versions, which have the same names on both sides', async () => {
    const sync = await synced('a.txt');
    await sync.move(side, 'a.txt', 'b.txt');
    edit(sync, other(side), 'a.txt', 'older');
    edit(sync, side, 'b.txt', 'newer one');
    await sync.run();
    await sync.run();
    const names = sync.source.tree();
    expect(names).toHaveLength(2);
    await expectRest(sync, textsOf(sync, 'source'));
    expect(Object.values(textsOf(sync, 'destination')).sort()).toEqual(['newer one', 'older']);
    expect(names).toContain('b.txt');
  });

  it('and a folder of its new name made on the other side: each keeps what is in it', async () => {
    const sync = await synced('f/kept.txt', 'f/sub/deep.txt');
    await sync.move(side, 'f', 'plans');
    sync[other(side)].seed(seeds('f/new.txt', 'f/sub/new.txt', 'plans/theirs.txt'));
    for (let run = 0; run < 3; run++) await sync.run();
    const texts = textsOf(sync, 'source');
    await expectRest(sync, texts);
    const [aside] = Object.keys(texts).filter((path) => /^plans \(conflict [^)]*\)\/$/.test(path));
    const inFolder = ['kept.txt', 'new.txt', 'sub/deep.txt', 'sub/new.txt'];
    expect(Object.keys(texts)).toEqual(expect.arrayContaining(inFolder.map((path) => `${aside}${path}`)));
    expect(Object.keys(texts).filter((path) => path.startsWith('plans/'))).toEqual(['plans/', 'plans/theirs.txt']);
  });

  it.each(['saved anew', 'bytes of a.txt'])(
    'and replaced by a program on the other side is one item still, which is renamed once and known as it is then: %s',
    async (bytes) => {
      const sync = await synced('a.txt');
      await sync.move(side, 'a.txt', 'b.txt');
      sync[other(side)].removeBehind('a.txt');
      edit(sync, other(side), 'a.txt', bytes);
      expect((await sync.run()).filter((step) => step.startsWith('RENAMED'))).toEqual(['RENAMED PLACE_CHANGED b.txt']);
      expect(await sync.run()).toEqual([]);
      await expectRest(sync, { 'b.txt': bytes });
    },
  );

  it('and replaced by a program on the other side is in no conflict when it is edited after the run', async () => {
    const sync = await synced('a.txt');
    await sync.move(side, 'a.txt', 'b.txt');
    sync[other(side)].removeBehind('a.txt');
    edit(sync, other(side), 'a.txt', 'saved anew');
    await sync.run();
    edit(sync, side, 'b.txt', 'edited then');
    await sync.run();
    await expectRest(sync, { 'b.txt': 'edited then' });
  });

  it('and gone on the other side, where a new one has its new name: both contents end on both sides once', async () => {
    for (const deletions of ['MIRROR', 'IGNORE_SOURCE', 'IGNORE_DESTINATION', 'IGNORE_BOTH'] as const) {
      const sync = await copied(new Transfer('SYNC', { deletions }), 'a.txt', 'f/kept.txt', 'g/kept.txt', 'f/b.txt');
      for (const [from, to] of [
        ['a.txt', 'old.txt'],
        ['f/b.txt', 'g/b.txt'],
      ] as const) {
        await sync.move(side, from, to);
        sync[other(side)].removeBehind(from);
        edit(sync, other(side), to, `another ${to}`);
      }
      for (let run = 0; run < 3; run++) await sync.run();
      const texts = textsOf(sync, 'source');
      await expectRest(sync, texts);
      const files = Object.entries(texts).filter(([path]) => !path.endsWith('/') && !path.endsWith('kept.txt'));
      const contents = ['another g/b.txt', 'another old.txt', 'bytes of a.txt', 'bytes of f/b.txt'];
      expect(files.map(([, text]) => text).sort(), deletions).toEqual(contents);
      expect(files.map(([path]) => path.replace(/ \(conflict [^)]*\)/, '')).sort()).toEqual([
        'g/b.txt',
        'g/b.txt',
        'old.txt',
        'old.txt',
      ]);
    }
  });

  it('and the other half of another one removed, whose place it took, leaves that place to what replaces it', async () => {
    const sync = await copied(
      new Transfer('SYNC', { deletions: side === 'source' ? 'IGNORE_DESTINATION' : 'IGNORE_SOURCE' }),
      'a.txt',
      'b.txt',
    );
    sync[other(side)].removeBehind('a.txt');
    await sync.move(side, 'a.txt', 'aside');
    await sync.move(side, 'b.txt', 'a.txt');
    await sync.move(side, 'aside', 'b.txt');
    for (let run = 0; run < 2; run++) await sync.run();
    sync[side].removeBehind('a.txt');
    edit(sync, side, 'a.txt', 'saved anew');
    for (let run = 0; run < 2; run++) await sync.run();
    expect(textsOf(sync, side)).toEqual({ 'a.txt': 'saved anew', 'b.txt': 'bytes of a.txt' });
    expect(textsOf(sync, other(side))).toEqual({ 'a.txt': 'saved anew' });
  });

  it.each(['KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG'] as const)(
    'and saved anew under its old name on the other side takes that with it, past a new file of its old name (%s)',
    async (conflict) => {
      const sync = await copied(new Transfer('SYNC', { conflict }), 'a.txt');
      await sync.move(side, 'a.txt', 'b.txt');
      edit(sync, side, 'a.txt', 'new');
      sync[other(side)].removeBehind('a.txt');
      edit(sync, other(side), 'a.txt', 'saved anew');
      for (let run = 0; run < 2; run++) await sync.run();
      await expectRest(sync, { 'a.txt': 'new', 'b.txt': 'saved anew' });
    },
  );

  it.each(['KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG'] as const)(
    'and saved anew on the other side is not taken for one whose other half is removed, and which took its name (%s)',
    async (conflict) => {
      const deletions = side === 'source' ? 'IGNORE_DESTINATION' : 'IGNORE_SOURCE';
      const sync = await copied(new Transfer('SYNC', { deletions, conflict }), 'a.txt', 'b.txt');
      sync[other(side)].removeBehind('b.txt');
      await sync.move(side, 'b.txt', 'aside');
      await sync.move(side, 'a.txt', 'b.txt');
      await sync.move(side, 'aside', 'a.txt');
      sync[other(side)].removeBehind('a.txt');
      edit(sync, other(side), 'a.txt', 'saved anew');
      for (let run = 0; run < 2; run++) await sync.run();
      expect(textsOf(sync, side)).toEqual({ 'a.txt': 'bytes of b.txt', 'b.txt': 'saved anew' });
      expect(textsOf(sync, other(side))).toEqual({ 'b.txt': 'saved anew' });
    },
  );

  it('and the other half of another one removed, whose place it took, leaves that place to its own next version', async () => {
    for (const names of [
      ['a.txt', 'b.txt'],
      ['b.txt', 'a.txt'],
    ] as const) {
      const [gone, kept] = names;
      const sync = await copied(
        new Transfer('SYNC', { deletions: side === 'source' ? 'IGNORE_DESTINATION' : 'IGNORE_SOURCE' }),
        'a.txt',
        'b.txt',
      );
      sync[other(side)].removeBehind(gone);
      await sync.move(side, gone, 'aside');
      await sync.move(side, kept, gone);
      await sync.move(side, 'aside', kept);
      for (let run = 0; run < 2; run++) await sync.run();
      expect(textsOf(sync, other(side))).toEqual({ [gone]: `bytes of ${kept}` });
      sync[other(side)].removeBehind(gone);
      edit(sync, other(side), gone, 'saved anew');
      for (let run = 0; run < 2; run++) await sync.run();
      expect(textsOf(sync, side)).toEqual({ [gone]: 'saved anew', [kept]: `bytes of ${gone}` });
      expect(textsOf(sync, other(side))).toEqual({ [gone]: 'saved anew' });
    }
  });

  it('to the name of one that was removed takes its place on the other side', async () => {
    const sync = await synced('new.txt', 'plan.txt', 'f/x.txt', 'g/y.txt');
    for (const [from, to] of [
      ['new.txt', 'plan.txt'],
      ['g', 'f'],
    ] as const) {
      sync[side].removeBehind(to);
      await sync.move(side, from, to);
    }
    await sync.run();
    await sync.run();
    await expectRest(sync, { 'plan.txt': 'bytes of new.txt', 'f/': '', 'f/y.txt': 'bytes of g/y.txt' });
  });
});

it.each(['COPY', 'PUBLISH'] as const)(
  '%s with mirrored deletions: what is renamed to the name of a removed item takes its place',
  async (type) => {
    const copy = await copied(new Transfer(type, { deletions: 'MIRROR' }), 'new.txt', 'plan.txt');
    copy.source.removeBehind('plan.txt');
    await copy.move('source', 'new.txt', 'plan.txt');
    expect(await copy.run()).toContain('SKIPPED NAME_TAKEN new.txt');
    await copy.run();
    expect(textsOf(copy, 'destination')).toEqual({ 'plan.txt': 'bytes of new.txt' });
  },
);

it.each(['COPY', 'PUBLISH', 'SYNC'] as const)(
  '%s with mirrored deletions: an item that takes the place of a removed one, and is gone on the other side itself, stays there',
  async (type) => {
    const copy = await copied(new Transfer(type, { deletions: 'MIRROR' }), 'new.txt', 'plan.txt', 'kept.txt');
    copy.source.removeBehind('plan.txt');
    await copy.move('source', 'new.txt', 'plan.txt');
    copy.destination.removeBehind('new.txt');
    for (let run = 0; run < 3; run++) await copy.run();
    const texts = { 'kept.txt': 'bytes of kept.txt', 'plan.txt': 'bytes of new.txt' };
    expect(textsOf(copy, 'destination')).toEqual(texts);
    expect(textsOf(copy, 'source')).toEqual(texts);
  },
);

it('COPY without deletions leaves both and says that the name is taken', async () => {
  const copy = await copied(new Transfer('COPY'), 'new.txt', 'plan.txt');
  copy.source.removeBehind('plan.txt');
  await copy.move('source', 'new.txt', 'plan.txt');
  expect(await copy.run()).toEqual(['FLAGGED NAME_TAKEN new.txt']);
});

describe.each(SIDES)('SYNC, what is renamed at the %s', (side) => {
  it('is renamed on the other side though another folder took its place there', async () => {
    const sync = await synced('f/', 'kept.txt');
    await sync.move(side, 'f', 'g');
    sync[other(side)].removeBehind('f');
    sync[other(side)].seed(seeds('f/'));
    await sync.run();
    await expectRest(sync, { 'g/': '', 'kept.txt': 'bytes of kept.txt' });
  });

  it.each(['bytes of b.txt', 'bytes of a.txt'])(
    'and removed on the other waits for what goes there, though that was touched, and has “%s”',
    async (bytes) => {
      const sync = await copied(new Transfer('SYNC'), 'a.txt', 'c.txt');
      edit(sync, 'source', 'b.txt', bytes);
      for (let run = 0; run < 2; run++) await sync.run();
      sync[side].removeBehind('b.txt');
      sync[other(side)].removeBehind('a.txt');
      await sync.move(side, 'a.txt', 'b.txt');
      edit(sync, other(side), 'b.txt', bytes);
      for (let run = 0; run < 2; run++) await sync.run();
      await expectRest(sync, { 'b.txt': 'bytes of a.txt', 'c.txt': 'bytes of c.txt' });
    },
  );

  it.each(['edited', 'moved'])(
    'and removed on the other does not mix with what was %s there and has its new name',
    async (how) => {
      const sync = await synced('a.txt', 'b.txt', 'c.txt');
      sync[side].removeBehind('b.txt');
      sync[other(side)].removeBehind('a.txt');
      await sync.move(side, 'a.txt', how === 'edited' ? 'b.txt' : 'd.txt');
      if (how === 'edited') sync[other(side)].seed([{ path: 'b.txt', bytes: 'edited' }]);
      else await sync.move(other(side), 'b.txt', 'd.txt');
      for (let run = 0; run < 2; run++) await sync.run();
      const texts = textsOf(sync, side);
      expect(Object.values(texts).sort()).toEqual(
        ['bytes of a.txt', how === 'edited' ? 'edited' : 'bytes of b.txt', 'bytes of c.txt'].sort(),
      );
      await expectRest(sync, texts);
    },
  );
});

describe.each(SIDES)('SYNC: two files that people of the %s swapped, of which', (side) => {
  it.each(['bytes of b.txt', 'saved anew'])(
    'one was edited there and saved anew on the other side (%s), change places there too',
    async (bytes) => {
      const sync = await synced('a.txt', 'b.txt');
      sync[other(side)].removeBehind('b.txt');
      edit(sync, other(side), 'b.txt', bytes);
      await sync.move(side, 'a.txt', 'aside');
      await sync.move(side, 'b.txt', 'a.txt');
      await sync.move(side, 'aside', 'b.txt');
      if (bytes === 'bytes of b.txt') edit(sync, side, 'a.txt', 'edited');
      await sync.run();
      await sync.run();
      const text = bytes === 'bytes of b.txt' ? 'edited' : bytes;
      await expectRest(sync, { 'a.txt': text, 'b.txt': 'bytes of a.txt' });
    },
  );
});

it.each([
  ['IGNORE_DESTINATION', 'destination'],
  ['IGNORE_SOURCE', 'source'],
] as const)(
  'SYNC with %s: a folder goes into the one that has its name now, though people of the %s removed that one',
  async (deletions, side) => {
    const sync = await copied(new Transfer('SYNC', { deletions }), 'd/', 'plans/a.txt', 'kept.txt');
    sync[side].removeBehind('d');
    await sync.move(other(side), 'plans', 'aside');
    await sync.move(other(side), 'd', 'plans');
    await sync.move(other(side), 'aside', 'plans/below');
    await sync.run();
    const texts = { 'plans/': '', 'plans/below/': '', 'plans/below/a.txt': 'bytes of plans/a.txt' };
    await expectRest(sync, { 'kept.txt': 'bytes of kept.txt', ...texts });
  },
);
