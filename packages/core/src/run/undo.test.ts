import { describe, expect, it } from 'vitest';
import { defaultPolicies, type Policies, type TransferType } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, undoneRun } from '../testing/index.js';
import { executeRun, makePlan, type RunContext, type RunEnd, type UndoneRun } from './index.js';

type SideName = 'source' | 'destination';
const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'people' };

/** A job whose runs are undone. */
class House {
  private time = Date.UTC(2026, 0, 1);
  readonly source = createMemoryPlatform({ now: () => (this.time += 1000) });
  readonly destination = createMemoryPlatform({ now: () => (this.time += 1000) });
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);

  constructor(
    private readonly type: TransferType,
    private readonly policies: Partial<Policies> = {},
  ) {}

  put(side: SideName, path: string, bytes = `bytes of ${path}`): void {
    this[side].seed([{ path, bytes }]);
  }

  async move(side: SideName, from: string, to: string): Promise<void> {
    const platform = this[side];
    const at = to.split('/');
    const parent = (await platform.find({ path: at.slice(0, -1) }, call))!;
    await platform.destination!.move!(platform.item(from)!, { parent, name: at.at(-1)! }, call);
  }

  contents(side: SideName): Record<string, string | null> {
    const textOf = (path: string) => Buffer.from(this[side].bytes(path)!).toString();
    return Object.fromEntries(this[side].tree().map((path) => [path, path.endsWith('/') ? null : textOf(path)]));
  }

  get both() {
    return { source: this.contents('source'), destination: this.contents('destination') };
  }

  begin(undo?: UndoneRun): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return this.goOn(undo);
  }

  goOn(undo?: UndoneRun): Promise<RunEnd> {
    return executeRun(this.context(undo));
  }

  async run(undo?: UndoneRun): Promise<MemoryEngineStore> {
    expect(await this.begin(undo)).toEqual({ kind: 'DONE' });
    return this.store;
  }

  async undo(store: MemoryEngineStore, later: string[] = []): Promise<string[]> {
    await this.run(undoneRun(store, later));
    return this.told();
  }

  told(): string[] {
    return this.store.steps().map(({ step, outcome, result }) => {
      const key = step.side === 'SOURCE' ? step.sourceKey : step.destinationKey;
      return `${outcome} ${result?.reason ?? step.reason} ${step.side[0]}:${key}`;
    });
  }

  context(undo?: UndoneRun): RunContext {
    return {
      ...{ source: this.source, destination: this.destination, sourceRoot: [], destinationRoot: [] },
      policies: { ...defaultPolicies(this.type), ...this.policies },
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...{ ...quietRun(), transferType: this.type, only: null, undo },
    };
  }
}

const CHANGES = new Set(['ensureFolder', 'write', 'remove', 'move', 'describe', 'restore']);

/** Stops everything before or after the effect of that number, as the end of a process does; tells how many there were. */
function endAt(house: House, moment: 'before' | 'after', last: number): { count: number } {
  const seen = { count: 0 };
  for (const platform of [house.source, house.destination])
    platform.onOperation((event) => {
      if (!CHANGES.has(event.operation)) return;
      if (event.moment === 'before') seen.count += 1;
      if (event.moment === moment && seen.count === last) throw new Error('The process died.');
    });
  return seen;
}

function live(house: House): void {
  for (const platform of [house.source, house.destination]) platform.onOperation(null);
}

const PATHS = [
  'edited.txt',
  'deleted.txt',
  'folder/a.txt',
  'folder/sub/b.txt',
  'moved.txt',
  'gone/c.txt',
  'one',
  'two',
];

/** Everything that people do at a source between two runs. */
async function changeAll(house: House): Promise<void> {
  house.put('source', 'edited.txt', 'another content');
  house.source.removeBehind('deleted.txt');
  house.source.removeBehind('gone/c.txt');
  house.source.removeBehind('gone');
  house.put('source', 'new folder/new.txt');
  await house.move('source', 'moved.txt', 'new folder/moved.txt');
  await house.move('source', 'folder', 'renamed');
  house.put('source', 'renamed/sub/new.txt');
  await house.move('source', 'one', 'aside');
  await house.move('source', 'two', 'one');
  await house.move('source', 'aside', 'two');
}

const TYPES: [TransferType, Partial<Policies>][] = [
  ['COPY', { deletions: 'MIRROR' }],
  ['SYNC', {}],
  ['PUBLISH', {}],
];

async function settledHouse(type: TransferType, policies: Partial<Policies>): Promise<House> {
  const house = new House(type, policies);
  for (const path of PATHS) house.put('source', path);
  await house.run();
  return house;
}

describe.each(TYPES)('the undo of a run of %s', (type, policies) => {
  it('brings back what the run removed, overwrote and moved, and removes what it created', async () => {
    const house = await settledHouse(type, policies);
    const before = house.contents('destination');
    await changeAll(house);
    const run = await house.run();
    expect(house.contents('destination')).toEqual(house.contents('source'));
    await house.undo(run);
    expect(house.contents('destination')).toEqual(before);
    expect(house.told().filter((line) => /FLAGGED|RETRYING/.test(line))).toEqual([]);
  });

  it('comes to the same after a crash before and after each of its effects', async () => {
    const crashed = async (moment: 'before' | 'after', effect: number) => {
      const house = await settledHouse(type, policies);
      const before = house.contents('destination');
      await changeAll(house);
      const undo = undoneRun(await house.run());
      const seen = endAt(house, moment, effect);
      await house.begin(undo).catch((error: unknown) => expect(String(error)).toContain('The process died.'));
      live(house);
      house.store.restarted();
      expect(await house.goOn(undo)).toEqual({ kind: 'DONE' });
      expect(house.contents('destination')).toEqual(before);
      return seen.count;
    };
    const effects = await crashed('before', 0);
    expect(effects).toBeGreaterThan(10);
    for (let effect = 1; effect <= effects; effect += 1)
      for (const moment of ['before', 'after'] as const) await crashed(moment, effect);
  });
});

describe('the steps of an undo', () => {
  it('begin only once it is remembered what became of those before', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    await changeAll(house);
    const undo = undoneRun(await house.run());
    const outcomes: number[] = [];
    house.destination.onOperation(({ operation, moment }) => {
      const isDone = ({ result }: { result: unknown }) => result !== null;
      if (CHANGES.has(operation) && moment === 'before') outcomes.push(house.store.steps().filter(isDone).length);
    });
    await house.run(undo);
    expect(outcomes.length).toBeGreaterThan(10);
    expect(outcomes).toEqual(outcomes.map((_, index) => index));
  });
});

describe('the undo of other types', () => {
  it('a first copy is removed again, its folders too, and the source is left alone', async () => {
    const house = new House('COPY');
    for (const path of PATHS) house.put('source', path);
    const before = house.both;
    await house.undo(await house.run());
    expect(house.both).toEqual(before);
  });

  it('MOVE: everything comes back to the source before it goes from the destination', async () => {
    const house = new House('MOVE');
    for (const path of PATHS) house.put('source', path);
    const before = house.both;
    const run = await house.run();
    expect(house.contents('source')).not.toHaveProperty(['edited.txt']);
    await house.undo(run);
    expect(house.both).toEqual(before);
  });

  it('MOVE: what the source does not get back stays at the destination', async () => {
    const house = new House('MOVE');
    house.put('source', 'a.txt');
    const run = await house.run();
    house.put('source', 'a.txt', 'another one');
    expect(await house.undo(run)).toEqual(['FLAGGED NAME_TAKEN S:a.txt', 'FLAGGED CONFLICT D:a.txt']);
    expect(house.both).toEqual({ source: { 'a.txt': 'another one' }, destination: { 'a.txt': 'bytes of a.txt' } });
  });

  it('MOVE: what fails to come back while the undo is carried out stays at the destination', async () => {
    const house = new House('MOVE');
    house.put('source', 'a.txt');
    const undo = undoneRun(await house.run());
    house.source.onOperation(({ operation, moment }) => {
      if (operation === 'restore' && moment === 'before' && !house.source.item('a.txt'))
        house.put('source', 'a.txt', 'theirs');
    });
    await house.run(undo);
    expect(house.contents('destination')).toEqual({ 'a.txt': 'bytes of a.txt' });
  });

  it('SYNC: what was changed at the source is undone there', async () => {
    const house = await settledHouse('SYNC', {});
    house.put('destination', 'edited.txt', 'edited at the destination');
    house.destination.removeBehind('deleted.txt');
    house.put('destination', 'new folder/new.txt');
    await house.move('destination', 'folder', 'new folder/folder');
    const before = house.contents('source');
    await house.undo(await house.run());
    expect(house.contents('source')).toEqual(before);
  });

  it('SYNC: of a conflict the copy goes, and the other one gets its name back', async () => {
    const house = await settledHouse('SYNC', {});
    house.put('destination', 'edited.txt', 'edited at the destination');
    house.put('source', 'edited.txt', 'edited at the source');
    const before = house.both;
    const run = await house.run();
    expect(Object.keys(house.contents('destination'))).toHaveLength(Object.keys(before.destination).length + 1);
    await house.undo(run);
    expect(house.both).toEqual(before);
  });

  it.each(['MIGRATE', 'STRUCTURE'] as const)('%s: what it made is removed', async (type) => {
    const house = new House(type);
    for (const path of PATHS) house.put('source', path);
    await house.undo(await house.run());
    expect(house.contents('destination')).toEqual({});
  });

  it('a description gets back what it was', async () => {
    const house = await settledHouse('COPY', {});
    house.source.edit('edited.txt', { description: 'Roof' });
    const run = await house.run();
    expect(house.destination.item('edited.txt')?.description).toBe('Roof');
    await house.undo(run);
    expect(house.destination.item('edited.txt')?.description ?? null).toBeNull();
  });
});

describe('what an undo leaves alone', () => {
  it('items that somebody changed, moved or replaced since, each with its sentence', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    await changeAll(house);
    const run = await house.run();
    house.put('destination', 'edited.txt', 'edited since');
    house.put('destination', 'new folder/new.txt', 'edited since');
    house.put('destination', 'deleted.txt', 'another one');
    await house.move('destination', 'new folder/moved.txt', 'elsewhere.txt');
    const told = await house.undo(run);
    expect(told).toEqual(
      expect.arrayContaining([
        'FLAGGED CONFLICT D:edited.txt',
        'FLAGGED CONFLICT D:new folder/new.txt',
        'FLAGGED NAME_TAKEN D:deleted.txt',
        'FLAGGED CONFLICT D:new folder/moved.txt',
      ]),
    );
    expect(house.contents('destination')).toMatchObject({
      'edited.txt': 'edited since',
      'new folder/new.txt': 'edited since',
      'deleted.txt': 'another one',
      'elsewhere.txt': 'bytes of moved.txt',
    });
    const step = house.store.steps().find(({ step: one }) => one.destinationKey === 'edited.txt')!.step;
    expect(step.message).toBe(
      'It is not as run 1 left it at the destination: somebody changed it since, and it stays so.',
    );
  });

  it('what a later run dealt with', async () => {
    const house = await settledHouse('COPY', {});
    house.put('source', 'edited.txt', 'another content');
    const run = await house.run();
    expect(await house.undo(run, ['edited.txt'])).toEqual(['FLAGGED CONFLICT D:edited.txt']);
    expect(house.contents('destination')['edited.txt']).toBe('another content');
  });

  it('what stands in a folder that could not be listed', async () => {
    const house = new House('COPY');
    house.put('source', 'folder/a.txt');
    const run = await house.run();
    house.destination.denyListing('folder', new PlatformError('ACCESS_DENIED', 'No.'));
    expect(await house.undo(run)).toContain('FLAGGED LISTING_FAILED D:folder/a.txt');
    expect(house.contents('destination')).toHaveProperty(['folder/a.txt']);
  });

  it('what somebody changes between its plan and its turn', async () => {
    const house = new House('COPY');
    house.put('source', 'a.txt');
    const undo = undoneRun(await house.run());
    house.destination.onOperation(({ operation, moment }) => {
      if (operation === 'remove' && moment === 'before') house.put('destination', 'a.txt', 'just changed');
    });
    await house.run(undo);
    expect(house.contents('destination')).toEqual({ 'a.txt': 'just changed' });
  });

  it('what was deleted for good', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR', deletePermanently: true });
    house.source.removeBehind('deleted.txt');
    const told = await house.undo(await house.run());
    expect(told).toEqual(['FLAGGED VERSIONS_LEFT_OUT D:deleted.txt']);
  });

  it('what fails twice is left to people: no later run tries it again', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    house.source.removeBehind('deleted.txt');
    const undo = undoneRun(await house.run());
    house.destination.failNext('restore', new PlatformError('UNREACHABLE', 'No answer.'), 2);
    await house.run(undo);
    expect(house.told()).toEqual(['FLAGGED NETWORK_ERROR D:deleted.txt']);
  });

  it('what a platform keeps nothing of', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    delete house.destination.destination!.restore;
    house.put('source', 'edited.txt', 'another content');
    house.source.removeBehind('deleted.txt');
    expect(await house.undo(await house.run())).toEqual([
      'FLAGGED VERSIONS_LEFT_OUT D:deleted.txt',
      'FLAGGED VERSIONS_LEFT_OUT D:edited.txt',
    ]);
  });

  it('all of a run that worked between other folders', async () => {
    const house = new House('COPY');
    house.put('source', 'a.txt');
    const undo = { ...undoneRun(await house.run()), pair: 7 };
    const end = await house.begin(undo);
    expect(end).toMatchObject({
      kind: 'BROKEN',
      error: { message: 'Run 1 worked between other folders than the job does now.' },
    });
  });
});

describe('after an undo', () => {
  it('undoing it once more does nothing', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    house.source.removeBehind('deleted.txt');
    house.put('source', 'new.txt');
    const run = await house.run();
    await house.undo(run);
    const before = house.both;
    const told = await house.undo(run, ['deleted.txt', 'new.txt']);
    expect(told).toEqual(['SKIPPED UNDONE D:deleted.txt', 'SKIPPED UNDONE D:new.txt']);
    expect(house.both).toEqual(before);
  });

  it('the undo is undone like any other run', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    await changeAll(house);
    const run = await house.run();
    const after = house.contents('destination');
    await house.undo(run);
    const told = await house.undo(house.store);
    // A former content that became a new version cannot be told from one that somebody wrote.
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toEqual(['FLAGGED CONFLICT D:edited.txt']);
    expect(house.contents('destination')).toEqual({ ...after, 'edited.txt': 'bytes of edited.txt' });
  });

  it('the next run of a copy creates again what is missing, and leaves what was brought back', async () => {
    const house = await settledHouse('COPY', { deletions: 'MIRROR' });
    house.put('source', 'edited.txt', 'another content');
    house.source.removeBehind('deleted.txt');
    house.put('source', 'new.txt');
    await house.undo(await house.run());
    await house.run();
    expect(house.contents('destination')).toMatchObject({
      'edited.txt': 'bytes of edited.txt',
      'deleted.txt': 'bytes of deleted.txt',
      'new.txt': 'bytes of new.txt',
    });
  });

  it('the next run of SYNC never takes what the undo removed for a deletion', async () => {
    const house = await settledHouse('SYNC', {});
    house.put('source', 'new.txt');
    await house.undo(await house.run());
    await house.run();
    expect(house.contents('source')).toEqual(house.contents('destination'));
    expect(house.contents('source')).toHaveProperty(['new.txt']);
  });

  it('the plan is made without writing anything', async () => {
    const house = await settledHouse('COPY', {});
    house.put('source', 'new.txt');
    const undo = undoneRun(await house.run());
    const before = house.both;
    house.store = new MemoryEngineStore(house.job);
    await makePlan(house.context(undo));
    expect(house.store.steps().map(({ step }) => `${step.action} ${step.reason} ${step.message}`)).toEqual([
      expect.stringMatching(/^DELETE UNDONE It was created by run 1, and is removed again\. /),
    ]);
    expect(house.both).toEqual(before);
  });
});
