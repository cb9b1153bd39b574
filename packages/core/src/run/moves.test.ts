import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'test' };

class Pair {
  readonly source = createMemoryPlatform();
  destination: MemoryPlatform = createMemoryPlatform();
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies = defaultPolicies('COPY');

  async copy(...paths: string[]): Promise<this> {
    this.source.seed(paths.map((path) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: path })));
    await this.run();
    return this;
  }

  /** Renames or moves an item behind the engine's back. */
  async move(side: 'source' | 'destination', from: string, to: string): Promise<void> {
    const platform = this[side];
    const parent = (await platform.find({ path: to.split('/').slice(0, -1) }, call))!;
    const target = { parent, name: to.split('/').at(-1)! };
    await platform.destination!.move!(platform.item(from)!, target, call);
  }

  go(signal = call.signal): Promise<RunEnd> {
    return executeRun({
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: this.policies,
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(signal),
    });
  }

  async run(): Promise<Record<string, string>> {
    this.store = new MemoryEngineStore(this.job);
    expect(await this.go()).toEqual({ kind: 'DONE' });
    return this.store.outcomes();
  }
}

const textsOf = (pair: Pair) =>
  Object.fromEntries(
    pair.destination
      .tree()
      .filter((path) => !path.endsWith('/'))
      .map((path) => [path, Buffer.from(pair.destination.bytes(path)!).toString()]),
  );

describe('what was renamed or moved at the source is renamed or moved at the destination', () => {
  it('a file under another name', async () => {
    const pair = await new Pair().copy('f/a.txt');
    await pair.move('source', 'f/a.txt', 'f/b.txt');
    expect(await pair.run()).toEqual({ 'f/b.txt': 'RENAMED PLACE_CHANGED' });
    expect(pair.destination.tree()).toEqual(['f/', 'f/b.txt']);
    expect(pair.destination.versions('f/b.txt')).toBe(1);
    expect(await pair.run()).toEqual({});
  });

  it('a file in another folder, also in one that is new', async () => {
    const pair = await new Pair().copy('f/a.txt', 'f/b.txt', 'g/');
    pair.source.seed([{ path: 'new' }]);
    await pair.move('source', 'f/a.txt', 'g/a.txt');
    await pair.move('source', 'f/b.txt', 'new/c.txt');
    expect(await pair.run()).toEqual({
      'g/a.txt': 'MOVED PLACE_CHANGED',
      new: 'CREATED NEW',
      'new/c.txt': 'MOVED PLACE_CHANGED',
    });
    expect(pair.destination.tree()).toEqual(pair.source.tree());
    expect(await pair.run()).toEqual({});
  });

  it('a folder with all below it in one step', async () => {
    const pair = await new Pair().copy('f/a.txt', 'f/sub/b.txt', 'f/sub/deep/c.txt', 'g/');
    await pair.move('source', 'f', 'g/h');
    expect(await pair.run()).toEqual({ 'g/h': 'MOVED PLACE_CHANGED' });
    expect(pair.destination.tree()).toEqual(pair.source.tree());
    expect(pair.destination.versions('g/h/sub/b.txt')).toBe(1);
    expect(await pair.run()).toEqual({});
  });

  it('a folder whose content changed too: all of it is carried out by the same run, and nothing is doubled', async () => {
    const pair = await new Pair().copy('f/a.txt', 'f/sub/b.txt', 'f/c.txt', 'f/sub/d.txt');
    await pair.move('source', 'f', 'g');
    await pair.move('source', 'g/c.txt', 'g/d.txt');
    pair.source.seed([
      { path: 'g/a.txt', bytes: 'changed' },
      { path: 'g/new/n.txt', bytes: 'new' },
    ]);
    expect(await pair.run()).toEqual({
      g: 'RENAMED PLACE_CHANGED',
      'g/a.txt': 'UPDATED CONTENT_CHANGED',
      'g/d.txt': 'RENAMED PLACE_CHANGED',
      'g/new': 'CREATED NEW',
      'g/new/n.txt': 'CREATED NEW',
    });
    expect(pair.destination.tree()).toEqual(pair.source.tree());
    expect(await pair.run()).toEqual({});
  });

  it('a file whose content changed too, on either side: no change is lost', async () => {
    const pair = await new Pair().copy('a.txt', 'b.txt');
    await pair.move('source', 'a.txt', 'a2.txt');
    await pair.move('source', 'b.txt', 'b2.txt');
    pair.source.seed([{ path: 'a2.txt', bytes: 'changed' }]);
    pair.destination.seed([{ path: 'b.txt', bytes: 'edited' }]);
    const expected = { 'a2.txt': 'UPDATED CONTENT_CHANGED', 'b2.txt': 'SKIPPED EDITED_AT_DESTINATION' };
    expect(await pair.run()).toEqual(expected);
    expect(pair.destination.tree()).toEqual(['a2.txt', 'b2.txt']);
    expect(pair.store.steps().map(({ step }) => step.action)).toEqual(['RENAME', 'UPDATE', 'RENAME', 'SKIP']);
    expect(await pair.run()).toEqual({ 'b2.txt': 'SKIPPED EDITED_AT_DESTINATION' });
    expect(Buffer.from(pair.destination.bytes('b2.txt')!).toString()).toBe('edited');
  });

  it('and a new item under the former name is new', async () => {
    const pair = await new Pair().copy('a.txt', 'f/x.txt');
    await pair.move('source', 'a.txt', 'b.txt');
    await pair.move('source', 'f', 'g');
    pair.source.seed([
      { path: 'a.txt', bytes: 'another' },
      { path: 'f/y.txt', bytes: 'new' },
    ]);
    await pair.run();
    expect(textsOf(pair)).toEqual({ 'a.txt': 'another', 'b.txt': 'a.txt', 'f/y.txt': 'new', 'g/x.txt': 'f/x.txt' });
    expect(pair.destination.versions('b.txt')).toBe(1);
    expect(await pair.run()).toEqual({});
  });

  it.each(['as it was', 'touched', 'edited'])(
    'what is taken out of a renamed folder into a new one of its former name, %s: nothing stays behind',
    async (how) => {
      const pair = await new Pair().copy('f/a.txt', 'f/sub/b.txt', 'f/c.txt', 'f/sub/d.txt');
      await pair.move('source', 'f', 'f2');
      pair.source.seed([{ path: 'f' }]);
      await pair.move('source', 'f2/a.txt', 'f/a.txt');
      await pair.move('source', 'f2/sub', 'f/sub');
      const textOf = (path: string) => (how === 'edited' ? how : path);
      const anew = ['f/a.txt', 'f/sub/b.txt'].map((path) => ({ path, bytes: textOf(path) }));
      if (how !== 'as it was') pair.source.seed(anew);
      await pair.run();
      expect(textsOf(pair)).toEqual({
        ...Object.fromEntries(anew.map(({ path, bytes }) => [path, bytes])),
        ...{ 'f/sub/d.txt': 'f/sub/d.txt', 'f2/c.txt': 'f/c.txt' },
      });
      expect(pair.destination.versions('f/sub/d.txt')).toBe(1);
      expect(await pair.run()).toEqual({});
    },
  );

  it('a folder into the one that takes its place', async () => {
    const pair = await new Pair().copy('f/a.txt', 'g/b.txt', 'g/sub/c.txt');
    await pair.move('source', 'g', 'aside');
    await pair.move('source', 'f', 'g');
    await pair.move('source', 'aside', 'g/h');
    pair.source.seed([{ path: 'g/h/sub/c.txt', bytes: 'changed' }]);
    await pair.run();
    expect(textsOf(pair)).toEqual({ 'g/a.txt': 'f/a.txt', 'g/h/b.txt': 'g/b.txt', 'g/h/sub/c.txt': 'changed' });
    expect(await pair.run()).toEqual({});
  });

  it('items out of a folder that is moved, and out of one that gives way', async () => {
    const pair = await new Pair().copy('f/a.txt', 'f/b.txt', 'g/a.txt', 'g/z.txt');
    await pair.move('source', 'f/b.txt', 'z.txt');
    await pair.move('source', 'g/z.txt', 'f/z.txt');
    await pair.move('source', 'f', 'aside');
    await pair.move('source', 'g', 'f');
    await pair.move('source', 'aside', 'g');
    pair.source.seed([
      { path: 'z.txt', bytes: 'changed' },
      { path: 'g/z.txt', bytes: 'changed too' },
    ]);
    await pair.run();
    expect(textsOf(pair)).toEqual({
      'f/a.txt': 'g/a.txt',
      'g/a.txt': 'f/a.txt',
      'g/z.txt': 'changed too',
      'z.txt': 'changed',
    });
    expect(await pair.run()).toEqual({});
  });

  it('what a person put in the place of a folder that was to be moved is left alone, and so is all in it', async () => {
    const pair = await new Pair().copy('f/sub/a.txt');
    await pair.move('source', 'f', 'g');
    pair.source.seed([{ path: 'g/sub/new.txt', bytes: 'new' }]);
    pair.destination.onOperation(({ operation, path }) => {
      if (operation !== 'find' || path[0] !== 'f') return;
      pair.destination.onOperation(null);
      pair.destination.seed([{ path: 'g/sub/of others.txt', bytes: 'x' }]);
    });
    await pair.run();
    expect(pair.destination.tree()).toEqual(['f/', 'f/sub/', 'f/sub/a.txt', 'g/', 'g/sub/', 'g/sub/of others.txt']);
  });

  it('what is gone below a folder that is moved is removed by the same run, where deletions are mirrored', async () => {
    const pair = new Pair();
    pair.policies = { ...pair.policies, deletions: 'MIRROR' };
    await pair.copy('f/a.txt', 'f/sub/b.txt', 'f/sub/c.txt', 'f/gone/d.txt');
    await pair.move('source', 'f', 'g');
    for (const path of ['g/sub/c.txt', 'g/gone/d.txt', 'g/gone']) pair.source.removeBehind(path);
    await pair.run();
    expect(pair.destination.tree()).toEqual(['g/', 'g/a.txt', 'g/sub/', 'g/sub/b.txt']);
    expect(await pair.run()).toEqual({});
  });
});

describe('swaps and cycles of names go by way of temporary ones', () => {
  const cycle = async (pair: Pair, names: string[]) => {
    await pair.move('source', names.at(-1)!, 'aside');
    for (const [index, name] of names.slice(0, -1).entries())
      await pair.move('source', names[names.length - 2 - index]!, names[names.length - 1 - index] ?? name);
    await pair.move('source', 'aside', names[0]!);
  };

  it.each([
    ['two files', ['a.txt', 'b.txt']],
    ['three files', ['a.txt', 'b.txt', 'c.txt']],
    ['files of two folders', ['f/a.txt', 'g/b.txt', 'f/c.txt', 'd.txt']],
  ])('%s', async (_, names) => {
    const pair = await new Pair().copy(...names);
    await cycle(pair, names);
    const outcomes = Object.values(await pair.run());
    expect(outcomes.every((outcome) => /^(RENAMED|MOVED) /.test(outcome))).toBe(true);
    const expected = names.map((name, index) => [name, names[(index + names.length - 1) % names.length]!]);
    expect(textsOf(pair)).toEqual(Object.fromEntries(expected));
    for (const name of names) expect(pair.destination.versions(name)).toBe(1);
    expect(await pair.run()).toEqual({});
  });

  it('two folders with what is in them', async () => {
    const pair = await new Pair().copy('f/a.txt', 'g/b.txt');
    await cycle(pair, ['f', 'g']);
    await pair.run();
    expect(textsOf(pair)).toEqual({ 'g/a.txt': 'f/a.txt', 'f/b.txt': 'g/b.txt' });
    expect(await pair.run()).toEqual({});
  });

  it('a chain, in which each takes the name that another one leaves', async () => {
    const pair = await new Pair().copy('a.txt', 'b.txt', 'c.txt');
    for (const [from, to] of [
      ['c.txt', 'd.txt'],
      ['b.txt', 'c.txt'],
      ['a.txt', 'b.txt'],
    ] as const)
      await pair.move('source', from, to);
    await pair.run();
    expect(textsOf(pair)).toEqual({ 'b.txt': 'a.txt', 'c.txt': 'b.txt', 'd.txt': 'c.txt' });
    expect(await pair.run()).toEqual({});
  });

  it.each([1, 2, 3])('a swap that is stopped after move %d is finished by the next run', async (moves) => {
    const pair = await new Pair().copy('a.txt', 'b.txt');
    await cycle(pair, ['a.txt', 'b.txt']);
    let count = 0;
    const stop = new AbortController();
    pair.destination.onOperation(({ operation, moment }) => {
      if (operation === 'move' && moment === 'after' && (count += 1) === moves) stop.abort();
    });
    pair.store = new MemoryEngineStore(pair.job);
    expect((await pair.go(stop.signal)).kind).toBe('STOPPED');
    pair.destination.onOperation(null);
    for (let run = 1; run <= 2; run += 1) await pair.run();
    expect(textsOf(pair)).toEqual({ 'a.txt': 'b.txt', 'b.txt': 'a.txt' });
    expect(await pair.run()).toEqual({});
  });

  it('a change of case alone, where names are told apart by it or not', async () => {
    for (const isCaseSensitive of [true, false]) {
      const pair = new Pair();
      pair.destination = createMemoryPlatform({ limits: { isCaseSensitive } });
      await pair.copy('plan.txt');
      await pair.move('source', 'plan.txt', 'PLAN.txt');
      expect(await pair.run()).toEqual({ 'PLAN.txt': 'RENAMED PLACE_CHANGED' });
      expect(pair.destination.tree()).toEqual(['PLAN.txt']);
      expect(await pair.run()).toEqual({});
    }
  });
});

it('what gives its name up and does not get to its own place, since that is blocked, keeps no temporary name', async () => {
  const pair = await new Pair().copy('a.txt', 'f/b.txt');
  pair.destination.seed([{ path: 'taken', bytes: 'of people' }]);
  pair.source.seed([{ path: 'taken' }]);
  await pair.move('source', 'a.txt', 'taken/a.txt');
  await pair.move('source', 'f', 'taken/f');
  pair.source.seed([
    { path: 'a.txt', bytes: 'new' },
    { path: 'f/new.txt', bytes: 'new' },
  ]);
  await pair.run();
  const rest = { 'a (1).txt': 'a.txt', 'a.txt': 'new', 'f (1)/b.txt': 'f/b.txt', 'f/new.txt': 'new' };
  expect(textsOf(pair)).toEqual({ ...rest, taken: 'of people' });
  await pair.run();
  expect(textsOf(pair)).toEqual({ ...rest, taken: 'of people' });
  pair.destination.removeBehind('taken');
  await pair.run();
  expect(textsOf(pair)).toEqual({
    ...{ 'a.txt': 'new', 'f/new.txt': 'new', 'taken/a.txt': 'a.txt', 'taken/f/b.txt': 'f/b.txt' },
  });
  expect(await pair.run()).toEqual({});
});

describe('a move leaves alone', () => {
  it('what stands at the new place: the item is flagged', async () => {
    const pair = await new Pair().copy('a.txt');
    await pair.move('source', 'a.txt', 'b.txt');
    pair.destination.seed([{ path: 'b.txt', bytes: 'of others' }]);
    expect(await pair.run()).toEqual({ 'b.txt': 'FLAGGED NAME_TAKEN' });
    expect(pair.destination.tree()).toEqual(['a.txt', 'b.txt']);
  });

  it('what people moved at the destination: the ledger learns the new place once', async () => {
    const pair = await new Pair().copy('a.txt', 'f/');
    await pair.move('source', 'a.txt', 'b.txt');
    await pair.move('destination', 'a.txt', 'f/mine.txt');
    expect(await pair.run()).toEqual({ 'b.txt': 'UNCHANGED IDENTICAL' });
    expect(pair.destination.tree()).toEqual(['f/', 'f/mine.txt']);
    expect(await pair.run()).toEqual({});
  });

  it('an item that is gone when its turn comes: it is created by the next run', async () => {
    const pair = await new Pair().copy('a.txt');
    await pair.move('source', 'a.txt', 'b.txt');
    const gone = ({ operation, path }: { operation: string; path: readonly string[] }) => {
      if (operation !== 'find' || path.length === 0) return;
      pair.destination.onOperation(null);
      pair.destination.removeBehind('a.txt');
      pair.destination.seed([{ path: 'other.txt', bytes: 'x' }]);
    };
    pair.destination.onOperation(gone);
    expect(await pair.run()).toMatchObject({ 'b.txt': expect.stringContaining('EDITED_AT_DESTINATION') as string });
    expect(await pair.run()).toEqual({ 'b.txt': 'CREATED NEW' });
  });
});

it.each(['before', 'after'] as const)('a move that dies %s its effect is done once', async (moment) => {
  const pair = await new Pair().copy('f/a.txt');
  await pair.move('source', 'f', 'g');
  pair.store = new MemoryEngineStore(pair.job);
  let moves = 0;
  pair.destination.onOperation(({ operation, moment: now }) => {
    if (operation !== 'move') return;
    if (now === 'after') moves += 1;
    if (now === moment) {
      pair.destination.onOperation(null);
      throw new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.');
    }
  });
  expect((await pair.go()).kind).toBe('BROKEN');
  pair.store.restarted();
  pair.destination.onOperation(
    ({ operation, moment: now }) => void (moves += Number(operation === 'move' && now === 'after')),
  );
  expect(await pair.go()).toEqual({ kind: 'DONE' });
  expect(moves).toBe(1);
  expect(pair.destination.tree()).toEqual(['g/', 'g/a.txt']);
});

it('a destination that cannot move keeps the item where it is, and doubles nothing', async () => {
  const pair = new Pair();
  pair.destination = createMemoryPlatform({ without: ['move'] });
  await pair.copy('a.txt');
  await pair.move('source', 'a.txt', 'b.txt');
  await pair.run();
  expect(pair.destination.tree()).toEqual(['a.txt']);
});

it('of two changed versions none steps aside for a new place that another item keeps, in whatever run', async () => {
  const pair = await new Pair().copy('f/a.txt');
  pair.destination.seed([
    { path: 'f/a.txt', bytes: 'edited' },
    { path: 'a.txt', bytes: 'theirs' },
  ]);
  await pair.move('source', 'f/a.txt', 'a.txt');
  pair.source.seed([{ path: 'a.txt', bytes: 'newer', modifiedAt: new Date('2030-01-01') }]);
  for (let run = 1; run <= 2; run++) {
    expect(await pair.run()).toMatchObject({ 'a.txt': 'FLAGGED NAME_TAKEN' });
    expect(textsOf(pair)).toEqual({ 'a.txt': 'theirs', 'f/a.txt': 'edited' });
  }
});

it('what both sides changed is moved where the destination wins, with its content', async () => {
  const pair = await new Pair().copy('a.txt');
  pair.policies = { ...pair.policies, conflict: 'DESTINATION' };
  pair.source.seed([{ path: 'a.txt', bytes: 'of the source' }]);
  pair.destination.seed([{ path: 'a.txt', bytes: 'of the destination' }]);
  await pair.move('source', 'a.txt', 'b.txt');
  await pair.run();
  expect(textsOf(pair)).toEqual({ 'b.txt': 'of the destination' });
  await pair.run();
  expect(textsOf(pair)).toEqual({ 'b.txt': 'of the destination' });
});

it('a folder that is moved into one which people of the destination put into it stays, is told, and the rest goes on', async () => {
  const pair = await new Pair().copy('f/a.txt', 'g/b.txt', 'c.txt');
  await pair.move('source', 'f', 'g/f');
  await pair.move('source', 'c.txt', 'd.txt');
  await pair.move('destination', 'g', 'f/g');
  expect(await pair.run()).toMatchObject({ 'g/f': 'FLAGGED CONFLICT', 'd.txt': 'RENAMED PLACE_CHANGED' });
  expect(pair.destination.tree()).toEqual(['d.txt', 'f/', 'f/a.txt', 'f/g/', 'f/g/b.txt']);
});
