import { describe, expect, it } from 'vitest';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

type SideName = 'source' | 'destination';
const SIDES: readonly SideName[] = ['source', 'destination'];
const other = (side: SideName): SideName => (side === 'source' ? 'destination' : 'source');
const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'people' };

class Sync {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Partial<Policies> = {};
  effects: string[] = [];

  constructor({ source = {}, destination = {} }: Partial<Record<SideName, MemoryPlatformOptions>> = {}) {
    let time = Date.UTC(2026, 0, 1);
    const now = () => (time += 1000);
    [this.source, this.destination] = [
      createMemoryPlatform({ now, ...source }),
      createMemoryPlatform({ now, ...destination }),
    ];
    for (const side of SIDES) this.watch(side);
  }

  watch(side: SideName): void {
    this[side].onOperation(({ operation, moment, path }) => {
      if (moment === 'before' && CHANGES.has(operation)) this.effects.push(`${operation} ${side} ${path.join('/')}`);
    });
  }

  put(side: SideName, path: string, bytes = `${path} from ${side}`): void {
    this[side].seed([{ path, bytes }]);
  }

  text(side: SideName, path: string): string | null {
    const bytes = this[side].bytes(path);
    return bytes && Buffer.from(bytes).toString();
  }

  async move(side: SideName, from: string, to: string): Promise<void> {
    const platform = this[side];
    const at = to.split('/');
    if (at.length > 1) platform.seed([{ path: at.slice(0, -1).join('/') }]);
    const parent = (await platform.find({ path: at.slice(0, -1) }, call))!;
    await platform.destination!.move!(platform.item(from)!, { parent, name: at.at(-1)! }, call);
  }

  begin(): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return this.goOn();
  }

  goOn(): Promise<RunEnd> {
    this.effects = [];
    return executeRun({
      ...{ source: this.source, destination: this.destination, sourceRoot: [], destinationRoot: [] },
      policies: { ...defaultPolicies('SYNC'), ...this.policies },
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...{ ...quietRun(), transferType: 'SYNC' as const },
    });
  }

  async run(): Promise<string[]> {
    expect(await this.begin()).toEqual({ kind: 'DONE' });
    return this.told();
  }

  told(): string[] {
    return this.store
      .steps()
      .map(({ step, outcome, result }) => {
        const key = step.side === 'SOURCE' ? step.sourceKey : step.destinationKey;
        return `${outcome} ${result?.reason ?? step.reason} ${step.side[0]}:${key}`;
      })
      .sort();
  }

  contents(side: SideName): Record<string, string | null> {
    return Object.fromEntries(
      this[side].tree().map((path) => [path, path.endsWith('/') ? null : this.text(side, path)]),
    );
  }

  /** Both sides are equal, and another run does nothing. */
  async expectRest(): Promise<void> {
    expect(this.contents('source')).toEqual(this.contents('destination'));
    await this.run();
    expect(this.effects).toEqual([]);
    expect(this.contents('source')).toEqual(this.contents('destination'));
  }
}

const CHANGES = new Set(['ensureFolder', 'write', 'remove', 'move', 'describe']);

async function synced(...paths: string[]): Promise<Sync> {
  const sync = new Sync();
  for (const path of paths) sync.put('source', path, `bytes of ${path}`);
  await sync.run();
  await sync.expectRest();
  return sync;
}

describe('SYNC', () => {
  it('makes the union of both sides at first, and takes equal files for one', async () => {
    const sync = new Sync();
    for (const side of SIDES) {
      sync.put(side, `${side}.txt`);
      sync.put(side, `both/${side} too.txt`);
      sync.put(side, `${side} only/deep/x.txt`);
      sync.put(side, 'both/equal.txt', 'equal');
    }
    const told = await sync.run();
    expect(told).toContain('CREATED NEW S:destination.txt');
    expect(told).toContain('CREATED NEW D:source.txt');
    expect(told).toContain('ADOPTED IDENTICAL D:both/equal.txt');
    expect(told.filter((line) => line.includes(':both/'))).toHaveLength(3);
    await sync.expectRest();
  });

  describe.each(SIDES)('replays what happens at the %s', (side) => {
    it('edits, new files and new folders', async () => {
      const sync = await synced('a.txt', 'f/b.txt');
      sync.put(side, 'a.txt', 'edited');
      sync.put(side, 'f/new/c.txt', 'new');
      await sync.run();
      expect(sync.text(other(side), 'a.txt')).toBe('edited');
      expect(sync.text(other(side), 'f/new/c.txt')).toBe('new');
      await sync.expectRest();
    });

    it('removals of files and folders, to the bin', async () => {
      const sync = await synced('a.txt', 'f/b.txt', 'f/sub/c.txt', 'kept.txt');
      sync[side].removeBehind('a.txt');
      sync[side].removeBehind('f');
      const told = await sync.run();
      expect(told.every((line) => line.startsWith('DELETED DELETED_ON_OTHER_SIDE'))).toBe(true);
      expect(sync[other(side)].tree()).toEqual(['kept.txt']);
      await sync.expectRest();
    });

    it('renames and moves of files and folders, without a transfer', async () => {
      const sync = await synced('a.txt', 'f/b.txt', 'f/c.txt', 'g/d.txt');
      await sync.move(side, 'a.txt', 'renamed.txt');
      await sync.move(side, 'f', 'h/f');
      await sync.move(side, 'g/d.txt', 'd.txt');
      await sync.run();
      expect(sync.effects.filter((effect) => effect.startsWith('write'))).toEqual([]);
      await sync.expectRest();
    });

    it('swaps of two names', async () => {
      const sync = await synced('a.txt', 'b.txt');
      await sync.move(side, 'a.txt', 'aside.txt');
      await sync.move(side, 'b.txt', 'a.txt');
      await sync.move(side, 'aside.txt', 'b.txt');
      await sync.run();
      expect(sync.effects.filter((effect) => effect.startsWith('write'))).toEqual([]);
      expect(sync.text(other(side), 'a.txt')).toBe('bytes of b.txt');
      await sync.expectRest();
    });

    it('but a change beats a delete, also in a folder that was removed', async () => {
      const sync = await synced('a.txt', 'f/b.txt', 'f/gone.txt', 'f/sub/deep/c.txt', 'kept.txt');
      sync[side].removeBehind('a.txt');
      sync[side].removeBehind('f');
      sync.put(other(side), 'a.txt', 'edited');
      sync.put(other(side), 'f/sub/deep/c.txt', 'edited');
      await sync.run();
      expect(sync[side].tree()).toEqual(['a.txt', 'f/', 'f/sub/', 'f/sub/deep/', 'f/sub/deep/c.txt', 'kept.txt']);
      await sync.expectRest();
    });

    it('but what was renamed survives that it was removed there', async () => {
      const sync = await synced('a.txt', 'f/b.txt', 'kept.txt');
      await sync.move(other(side), 'a.txt', 'renamed.txt');
      await sync.move(other(side), 'f', 'g');
      sync[side].removeBehind('a.txt');
      sync[side].removeBehind('f');
      await sync.run();
      expect(sync[side].tree()).toEqual(['g/', 'g/b.txt', 'kept.txt', 'renamed.txt']);
      await sync.expectRest();
    });

    it.each([
      ['x.txt', 'y.txt'],
      ['f/x.txt', 'g/y.txt'],
      ['x', 'y'],
    ])('a name, %s, that goes from what was removed to another item', async (name, former) => {
      const isFolder = !name.includes('.');
      const below = isFolder ? ['/a.txt', '/sub/b.txt'] : [''];
      const sync = await synced(...below.flatMap((path) => [name + path, former + path]), 'kept.txt');
      sync[side].removeBehind(name);
      await sync.move(side, former, name);
      const expected = sync.contents(side);
      await untilQuiet(sync, name);
      await sync.expectRest();
      expect(sync.contents(other(side))).toEqual(expected);
    });

    it('and an edit there of what was removed here, and of which another item got the name', async () => {
      const sync = await synced('x.txt', 'y.txt', 'kept.txt');
      sync[side].removeBehind('x.txt');
      await sync.move(side, 'y.txt', 'x.txt');
      sync.put(other(side), 'x.txt', 'edited');
      await untilQuiet(sync, 'x.txt');
      await sync.expectRest();
      expect(Object.values(sync.contents(side)).sort()).toEqual(['bytes of kept.txt', 'bytes of y.txt', 'edited']);
    });

    it('and an edit there of what is moved here', async () => {
      const sync = await synced('a.txt', 'f/b.txt');
      await sync.move(side, 'a.txt', 'n.txt');
      await sync.move(side, 'f', 'g');
      sync.put(other(side), 'a.txt', 'edited');
      sync.put(other(side), 'f/b.txt', 'edited');
      sync.put(other(side), 'f/new.txt', 'new');
      await sync.run();
      expect(sync.contents(side)).toEqual({ 'g/': null, 'g/b.txt': 'edited', 'g/new.txt': 'new', 'n.txt': 'edited' });
      await sync.expectRest();
    });
  });

  describe.each(SIDES)(
    'keeps both where a folder has the name of a file of the %s, the file under a conflict name',
    (side) => {
      const folder = other(side);
      const atRest = async (sync: Sync) => {
        await untilQuiet(sync, 'kind changed');
        await sync.expectRest();
        const paths = sync.source.tree().map((path) => path.replace(/ \(conflict [^)]*\)/, ' (conflict)'));
        return Object.fromEntries(paths.map((path, at) => [path, sync.text('source', sync.source.tree()[at]!)]));
      };
      const CONFLICT = 'x (conflict)';

      it('at first contact', async () => {
        const sync = await synced('kept.txt');
        sync.put(side, 'x', 'file');
        sync.put(folder, 'x/in.txt', 'inside');
        expect(await atRest(sync)).toEqual({
          'kept.txt': 'bytes of kept.txt',
          'x/': null,
          'x/in.txt': 'inside',
          [CONFLICT]: 'file',
        });
      });

      it('of a file that was replaced by a folder, and edited', async () => {
        const sync = await synced('x', 'kept.txt');
        sync[folder].removeBehind('x');
        sync.put(folder, 'x/in.txt', 'inside');
        sync.put(side, 'x', 'edited');
        expect(await atRest(sync)).toEqual({
          'kept.txt': 'bytes of kept.txt',
          'x/': null,
          'x/in.txt': 'inside',
          [CONFLICT]: 'edited',
        });
      });

      it('but not of a file that was replaced by a folder, and is as it was: it goes to the bin', async () => {
        const sync = await synced('x', 'kept.txt');
        sync[folder].removeBehind('x');
        sync.put(folder, 'x/in.txt', 'inside');
        expect(await atRest(sync)).toEqual({ 'kept.txt': 'bytes of kept.txt', 'x/': null, 'x/in.txt': 'inside' });
      });

      it('nor of a folder that was replaced by a file, and is as it was', async () => {
        const sync = await synced('x/in.txt', 'kept.txt');
        sync[side].removeBehind('x');
        sync.put(side, 'x', 'file');
        expect(await atRest(sync)).toEqual({ 'kept.txt': 'bytes of kept.txt', x: 'file' });
      });

      it('of a folder that was replaced by a file, and in which something was edited', async () => {
        const sync = await synced('x/in.txt', 'kept.txt');
        sync[side].removeBehind('x');
        sync.put(side, 'x', 'file');
        sync.put(folder, 'x/in.txt', 'edited');
        expect(await atRest(sync)).toEqual({
          'kept.txt': 'bytes of kept.txt',
          'x/': null,
          'x/in.txt': 'edited',
          [CONFLICT]: 'file',
        });
      });

      it('of names that were given on both sides', async () => {
        const sync = await synced('a', 'f/in.txt', 'kept.txt');
        await sync.move(side, 'a', 'x');
        await sync.move(folder, 'f', 'x');
        expect(await atRest(sync)).toEqual({
          'kept.txt': 'bytes of kept.txt',
          'x/': null,
          'x/in.txt': 'bytes of f/in.txt',
          [CONFLICT]: 'bytes of a',
        });
      });

      it('of a folder that leaves the name to it, without a conflict', async () => {
        const sync = await synced('x/in.txt', 'kept.txt');
        await sync.move(side, 'x', 'y');
        sync.put(side, 'x', 'file');
        expect(await atRest(sync)).toEqual({
          'kept.txt': 'bytes of kept.txt',
          x: 'file',
          'y/': null,
          'y/in.txt': 'bytes of x/in.txt',
        });
      });
    },
  );

  it('does nothing about what cannot be listed, on either side', async () => {
    for (const side of SIDES) {
      const sync = await synced('f/a.txt', 'f/sub/b.txt', 'kept.txt');
      sync[side].removeBehind('f/a.txt');
      sync[side].denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
      await sync.run();
      expect(sync.effects).toEqual([]);
      sync[side].denyListing('f', null);
      await sync.run();
      expect(sync[other(side)].tree()).toEqual(['f/', 'f/sub/', 'f/sub/b.txt', 'kept.txt']);
      await sync.expectRest();
    }
  });
});

describe('SYNC with deletions', () => {
  const ignored = { IGNORE_SOURCE: ['source'], IGNORE_DESTINATION: ['destination'], IGNORE_BOTH: SIDES } as const;
  it.each(Object.keys(ignored) as (keyof typeof ignored)[])('%s', async (deletions) => {
    for (const side of SIDES) {
      const sync = await synced('a.txt', 'f/b.txt', 'kept.txt');
      sync.policies = { deletions };
      sync[side].removeBehind('a.txt');
      sync[side].removeBehind('f');
      await sync.run();
      const isIgnored = (ignored[deletions] as readonly SideName[]).includes(side);
      expect(sync[other(side)].tree()).toEqual(isIgnored ? ['a.txt', 'f/', 'f/b.txt', 'kept.txt'] : ['kept.txt']);
      await sync.run();
      expect(sync.effects).toEqual([]);
      if (!isIgnored) continue;
      sync.put(other(side), 'f/b.txt', 'edited');
      await sync.run();
      expect(sync[side].tree()).toEqual(['f/', 'f/b.txt', 'kept.txt']);
    }
  });
});

describe('SYNC: both sides changed', () => {
  const conflict = async (newer: SideName, conflictPolicy: Policies['conflict']) => {
    const sync = await synced('f/a.txt', 'kept.txt');
    sync.policies = { conflict: conflictPolicy };
    sync.put(other(newer), 'f/a.txt', 'the older');
    sync.put(newer, 'f/a.txt', 'the newer');
    await sync.run();
    return sync;
  };

  it.each(SIDES)('KEEP_BOTH ends with both files on both sides; the %s is newer', async (newer) => {
    const sync = await conflict(newer, 'KEEP_BOTH');
    for (const side of SIDES) {
      const [copy, ...rest] = sync[side].tree().filter((path) => path.includes('(conflict'));
      expect(rest).toEqual([]);
      expect(sync.text(side, copy!)).toBe('the older');
      expect(sync.text(side, 'f/a.txt')).toBe('the newer');
    }
    await sync.expectRest();
  });

  it.each(
    SIDES.flatMap((newer) => (['LATEST', 'SOURCE', 'DESTINATION'] as const).map((policy) => [policy, newer] as const)),
  )('%s: one wins on both sides; the %s is newer', async (policy, newer) => {
    const sync = await conflict(newer, policy);
    const winner = policy === 'LATEST' ? newer : policy === 'SOURCE' ? 'source' : 'destination';
    expect(sync.text('source', 'f/a.txt')).toBe(winner === newer ? 'the newer' : 'the older');
    await sync.expectRest();
  });

  it('FLAG leaves both as they are, and tells it once', async () => {
    const sync = await conflict('source', 'FLAG');
    expect(sync.told()).toEqual(['FLAGGED CONFLICT D:f/a.txt']);
    await sync.run();
    expect(sync.effects).toEqual([]);
  });

  it('to the same content is noted', async () => {
    const sync = await synced('a.txt');
    for (const side of SIDES) sync.put(side, 'a.txt', 'the same');
    await sync.run();
    expect(sync.effects).toEqual([]);
    await sync.expectRest();
  });

  it('at first contact KEEP_BOTH keeps both too', async () => {
    const sync = new Sync();
    for (const side of SIDES) sync.put(side, 'a.txt');
    await sync.run();
    expect(sync.source.tree()).toHaveLength(2);
    await sync.expectRest();
  });

  it.each(['KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION'] as const)('moved apart: %s', async (conflictPolicy) => {
    const sync = await synced('a.txt', 'f/b.txt');
    sync.policies = { conflict: conflictPolicy };
    await sync.move('source', 'a.txt', 's.txt');
    await sync.move('destination', 'a.txt', 'd.txt');
    await sync.move('source', 'f', 'sf');
    await sync.move('destination', 'f', 'df');
    await sync.run();
    const winner = conflictPolicy === 'DESTINATION' ? 'd' : 's';
    expect(sync.source.tree()).toEqual([`${winner}.txt`, `${winner}f/`, `${winner}f/b.txt`]);
    await sync.expectRest();
  });
});

describe('SYNC between names that differ', () => {
  it('keeps case twins of one side apart on the other', async () => {
    for (const side of SIDES) {
      const sync = new Sync({ [side]: {}, [other(side)]: { limits: { isCaseSensitive: false } } });
      sync.put(side, 'a.txt', 'one');
      sync.put(side, 'A.txt', 'other');
      await sync.run();
      expect(sync[other(side)].tree()).toHaveLength(2);
      await sync.run();
      expect(sync.effects).toEqual([]);
    }
  });

  it('takes what it has cleaned for the same item, from the first contact on', async () => {
    const sync = new Sync({ destination: { limits: { forbiddenCharacters: ['?'] } } });
    sync.put('source', 'what?.txt', 'equal');
    sync.put('destination', 'what_.txt', 'equal');
    await sync.run();
    expect(sync.effects).toEqual([]);
    sync.put('destination', 'what_.txt', 'edited');
    await sync.run();
    expect(sync.contents('source')).toEqual({ 'what?.txt': 'edited' });
  });
});

/** Numbers that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PLACES = ['', 'f', 'g', 'f/sub'];
/** Some of them are those of folders too. */
const NAMES = ['a.txt', 'b.txt', 'c.txt', 'g', 'h'];

/** What people do on one side. */
async function change(sync: Sync, side: SideName, random: (below: number) => number, step: number): Promise<void> {
  const platform = sync[side];
  const pick = <T>(values: readonly T[]): T => values[random(values.length)]!;
  const files = platform.tree().filter((path) => !path.endsWith('/') && path !== 'kept.txt');
  const folders = platform.tree().flatMap((path) => (path.endsWith('/') ? [path.slice(0, -1)] : []));
  const fresh = () => [pick(PLACES), pick(NAMES)].filter(Boolean).join('/');
  switch (random(6)) {
    case 0:
    case 1: {
      const path = fresh();
      if (!folders.some((folder) => folder === path) && isFree(platform, path)) sync.put(side, path, `${side} ${step}`);
      return;
    }
    case 2:
      if (files.length > 0) sync.put(side, pick(files), `${side} edits ${step}`);
      return;
    case 3:
      if (files.length > 0) platform.removeBehind(pick(files));
      return;
    case 4: {
      const to = fresh();
      if (files.length > 0 && isFree(platform, to) && platform.item(to) === null)
        await sync.move(side, pick(files), to);
      return;
    }
    default: {
      const from = folders.length > 0 ? pick(folders) : null;
      if (from === null) return;
      const to = pick(['h', 'k', 'f/moved', 'g/moved']);
      if (random(4) === 0) platform.removeBehind(from);
      else if (platform.item(to) === null && isFree(platform, to) && !`${to}/`.startsWith(`${from}/`))
        await sync.move(side, from, to);
    }
  }
}

/** Whether all above a place are folders. */
const isFree = (platform: MemoryPlatform, path: string): boolean =>
  path
    .split('/')
    .slice(0, -1)
    .every((_, index, above) => platform.item(above.slice(0, index + 1).join('/'))?.kind !== 'FILE');

/** Runs until a run changes nothing. */
async function untilQuiet(sync: Sync, what: string): Promise<void> {
  for (let runs = 0; runs < 6; runs++) {
    expect(await sync.begin(), what).toEqual({ kind: 'DONE' });
    if (sync.effects.length === 0) return;
  }
  expect(sync.effects, what).toEqual([]);
}

it('random histories of both sides come to rest with equal sides', async () => {
  const histories = Number(process.env['SLUICE_HISTORIES'] ?? 60);
  for (let seed = 1; seed <= histories; seed++) {
    const random = seeded(seed * 7919);
    const sync = new Sync();
    for (const side of SIDES) sync.put(side, 'kept.txt', 'kept');
    for (let round = 0; round < 4; round++) {
      for (const side of SIDES)
        for (let step = random(4); step > 0; step--) await change(sync, side, random, step + round * 10);
      await untilQuiet(sync, `seed ${seed}, round ${round}`);
      expect(sync.contents('destination'), `seed ${seed}, round ${round}`).toEqual(sync.contents('source'));
    }
  }
});

describe('a SYNC that is broken off', () => {
  const scene = async (): Promise<Sync> => {
    const sync = await synced('edited.txt', 'both.txt', 'gone.txt', 'f/a.txt', 'f/b.txt', 'g/c.txt', 'kept.txt');
    sync.put('destination', 'edited.txt', 'edited there');
    sync.put('source', 'both.txt', 'older');
    sync.put('destination', 'both.txt', 'newer');
    sync.source.removeBehind('gone.txt');
    sync.destination.removeBehind('g');
    await sync.move('destination', 'f', 'h/f');
    sync.put('source', 'f/a.txt', 'edited here');
    sync.put('source', 'new/x.txt', 'new');
    sync.put('destination', 'new/y.txt', 'new');
    return sync;
  };
  const TEXTS = ['edited there', 'older', 'newer', 'edited here', 'bytes of f/b.txt', 'new', 'bytes of kept.txt'];

  it.each([
    ['the same run', (sync: Sync) => sync.goOn()],
    ['the next run', (sync: Sync) => sync.begin()],
  ])(
    'at any effect comes to rest in %s with equal sides, and every text is there',
    async (_, goOn) => {
      const reference = await scene();
      await reference.run();
      const count = reference.effects.length;
      expect(count).toBeGreaterThan(10);
      for (let broken = 1; broken <= count; broken++)
        for (const moment of ['before', 'after'] as const) {
          const sync = await scene();
          let passed = 0;
          for (const side of SIDES)
            sync[side].onOperation((event) => {
              if (!CHANGES.has(event.operation)) return;
              if (event.moment === 'before') passed += 1;
              if (passed > broken || (passed === broken && event.moment === moment))
                throw new Error('The process dies.');
            });
          await expect(sync.begin()).rejects.toThrow('dies');
          for (const side of SIDES) sync.watch(side);
          sync.store.restarted();
          const what = `broken off ${moment} ${broken}`;
          expect(await goOn(sync), what).toEqual({ kind: 'DONE' });
          await untilQuiet(sync, what);
          expect(sync.contents('destination'), what).toEqual(sync.contents('source'));
          const texts = Object.values(sync.contents('source'));
          for (const text of TEXTS) expect(texts, `${what}: ${text}`).toContain(text);
          expect(
            texts.filter((text) => text === 'older'),
            what,
          ).toHaveLength(1);
        }
    },
    60_000,
  );
});
