import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import type { MemoryEvent, MemoryPlatformOptions, MemoryRole } from '../testing/index.js';
import { executeRun, type RunEnd, type SettledIntent, type StepOutcome } from './index.js';

class Killed extends Error {}

/** A job whose process can be killed after the n-th write at the destination, before anyone hears of it. */
class Fixture {
  readonly source = createMemoryPlatform();
  readonly destination;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);

  constructor(options: MemoryPlatformOptions) {
    this.destination = createMemoryPlatform(options);
    this.source.seed([
      { path: 'f/a.txt', bytes: 'first', modifiedAt: new Date('2026-01-05') },
      { path: 'b.txt', bytes: 'stays', modifiedAt: new Date('2026-01-05') },
    ]);
  }

  policies = defaultPolicies('COPY');

  run(store = new MemoryEngineStore(this.job), abort = new AbortController()): Promise<RunEnd> {
    this.store = store;
    return executeRun({
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: this.policies,
      store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(abort.signal),
    });
  }

  killAfterWriting = (path: string, store?: MemoryEngineStore) => this.killAfter('write', path, store);

  /** `path` is that of the item, of a move the one to which it goes; null for whichever comes first. */
  async killAfter(
    operation: MemoryEvent['operation'],
    path: string | null,
    store?: MemoryEngineStore,
    moment: MemoryEvent['moment'] = 'after',
  ): Promise<void> {
    const abort = new AbortController();
    this.destination.onOperation((event) => {
      if (event.operation !== operation || event.moment !== moment) return;
      if (path !== null && event.path.join('/') !== path) return;
      abort.abort(new PlatformError('ABORTED', 'Killed.'));
      throw new Killed();
    });
    expect(await this.run(store, abort)).toEqual({ kind: 'STOPPED' });
    this.destination.onOperation(null);
  }

  edit(bytes: string): void {
    this.source.seed([{ path: 'f/a.txt', bytes, modifiedAt: new Date('2026-01-06') }]);
  }

  text = (path: string) => Buffer.from(this.destination.bytes(path) ?? []).toString();
}

const rememberedBy = ({ job }: Fixture) => job.pairs.flatMap(({ ledger }) => [...ledger.values()]);

const KEEPS_NOTHING = { CONTENT_CHECKSUM: { level: 'NONE' }, TIMESTAMP_PRESERVATION: { level: 'NONE' } } as const;
const STREAMS: readonly MemoryRole[] = ['direct'];

describe.each<[string, MemoryPlatformOptions]>([
  ['directly, with times', {}],
  ['by streams, with times', { without: STREAMS }],
  ['by streams, without times and checksums', { without: STREAMS, capabilities: KEEPS_NOTHING }],
])('a crash between publish and commit, then an edit at the source (%s)', (_, options) => {
  it.each(['created', 'updated'])('is an ordinary update of what was %s, in the same run and after it', async (how) => {
    const fixture = new Fixture(options);
    if (how === 'updated') {
      await fixture.run();
      fixture.edit('second, longer');
    }
    const before = fixture.destination.versions('f/a.txt');
    await fixture.killAfterWriting('f/a.txt');
    fixture.edit('third, longest of them');
    expect(await fixture.run(fixture.store.restarted())).toEqual({ kind: 'DONE' });
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
    expect(fixture.text('f/a.txt')).toBe('third, longest of them');
    expect(fixture.destination.versions('f/a.txt')).toBe(before + 2);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });

  it.each(['created', 'updated'])('is so in the next run when the run is not taken up again (%s)', async (how) => {
    const fixture = new Fixture(options);
    if (how === 'updated') {
      await fixture.run();
      fixture.edit('second, longer');
    }
    await fixture.killAfterWriting('f/a.txt');
    fixture.edit('third, longest of them');
    await fixture.run();
    expect(fixture.store.steps().map(({ step, outcome }) => [step.sourceKey, step.reason, outcome])).toContainEqual([
      'f/a.txt',
      'CONTENT_CHANGED',
      'UPDATED',
    ]);
    expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
    expect(fixture.text('f/a.txt')).toBe('third, longest of them');
  });

  it('leaves alone what somebody else put there meanwhile', async () => {
    const fixture = new Fixture(options);
    await fixture.killAfterWriting('f/a.txt');
    fixture.destination.seed([{ path: 'f/a.txt', bytes: 'of a colleague' }]);
    await fixture.run(fixture.store.restarted());
    expect(fixture.text('f/a.txt')).toBe('of a colleague');
    const remembered = rememberedBy(fixture);
    expect(remembered.filter(({ sourceKey }) => sourceKey === 'f/a.txt')).toEqual([]);
  });

  it('asks before it lists, and of nothing that was not begun', async () => {
    const fixture = new Fixture(options);
    await fixture.killAfterWriting('f/a.txt');
    const operations: string[] = [];
    fixture.destination.onOperation(
      ({ operation, moment }) => void (moment === 'before' && operations.push(operation)),
    );
    await fixture.run();
    expect(operations.indexOf('find')).toBeLessThan(operations.indexOf('list'));
    fixture.destination.onOperation(null);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });
});

it('a file whose hash was not written down before the crash is remembered with the hash that the destination tells', async () => {
  const fixture = new Fixture({ without: STREAMS });
  fixture.store.noteHashes = async () => {};
  await fixture.killAfterWriting('f/a.txt', fixture.store);
  await fixture.run(fixture.store.restarted());
  const remembered = rememberedBy(fixture);
  const { sha256 } = fixture.destination.item('f/a.txt')!;
  expect(remembered.find(({ sourceKey }) => sourceKey === 'f/a.txt')).toMatchObject({ sha256 });
  fixture.destination.seed([{ path: 'f/a.txt', bytes: 'first' }]);
  fixture.edit('third');
  await fixture.run();
  expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
  expect(fixture.text('f/a.txt')).toBe('third');
});

const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;

/** A process that is killed after the one effect that is told, in the same run or with a new run after it. */
const TAKEN_UP: [string, (fixture: Fixture) => Promise<unknown>][] = [
  ['in the same run', (fixture) => fixture.run(fixture.store.restarted())],
  ['by the next run', (fixture) => fixture.run()],
];

describe.each(TAKEN_UP)('a crash after a move, then another move at the source, taken up %s', (_, takeUp) => {
  const moved = async (fixture: Fixture, from: string, to: string) => {
    const parent = (await fixture.source.find({ path: to.split('/').slice(0, -1) }, call))!;
    await fixture.source.destination!.move!(fixture.source.item(from)!, { parent, name: to.split('/').at(-1)! }, call);
  };

  it.each([
    ['a file', 'b.txt', 'c.txt', 'd.txt', ['d.txt', 'f/', 'f/a.txt']],
    ['a folder with what is in it', 'f', 'g', 'h', ['b.txt', 'h/', 'h/a.txt']],
  ])('follows the source with %s, without a transfer', async (_what, first, second, third, tree) => {
    const fixture = new Fixture({});
    await fixture.run();
    await moved(fixture, first, second);
    await fixture.killAfter('move', second);
    await moved(fixture, second, third);
    await takeUp(fixture);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(tree);
    expect(tree.filter((path) => !path.endsWith('/')).map((path) => fixture.destination.versions(path))).toEqual([
      1, 1,
    ]);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });
});

describe.each(TAKEN_UP)('a crash after a removal, taken up %s', (_, takeUp) => {
  it('forgets the item: what a person then restores is theirs, and what comes anew at the source is new', async () => {
    const fixture = new Fixture({});
    fixture.policies = { ...fixture.policies, deletions: 'MIRROR' };
    await fixture.run();
    fixture.source.removeBehind('f/a.txt');
    await fixture.killAfter('remove', 'f/a.txt');
    await takeUp(fixture);
    const remembered = rememberedBy(fixture);
    expect(remembered.map(({ sourceKey }) => sourceKey).sort()).toEqual(['b.txt', 'f']);
    fixture.destination.seed([{ path: 'f/a.txt', bytes: 'first' }]);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
    expect(fixture.store.steps()).toEqual([]);
  });

  it('keeps what was put in its place meanwhile', async () => {
    const fixture = new Fixture({});
    fixture.policies = { ...fixture.policies, deletions: 'MIRROR' };
    await fixture.run();
    fixture.source.removeBehind('f/a.txt');
    await fixture.killAfter('remove', 'f/a.txt');
    fixture.destination.seed([{ path: 'f/a.txt', bytes: 'of a colleague' }]);
    await takeUp(fixture);
    expect(fixture.text('f/a.txt')).toBe('of a colleague');
  });
});

/** Where the item with that key at the source is remembered to be at the destination, and how. */
const entryOf = (fixture: Fixture, key: string) => rememberedBy(fixture).find(({ sourceKey }) => sourceKey === key);

describe.each(TAKEN_UP)('a crash after a folder was made, taken up %s', (_, takeUp) => {
  it('is remembered before anything is listed, so that the folder is followed where people move it', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.killAfter('ensureFolder', 'f');
    const made = fixture.destination.item('f')!;
    fixture.destination.onOperation(({ operation, moment }) => {
      if (operation === 'list' && moment === 'before') expect(entryOf(fixture, 'f')).toMatchObject({ kind: 'FOLDER' });
    });
    await takeUp(fixture);
    fixture.destination.onOperation(null);
    expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
    const to = { parent: (await fixture.destination.find({ path: [] }, call))!, name: 'moved by people' };
    await fixture.destination.destination!.move!(made, to, call);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['b.txt', 'moved by people/', 'moved by people/a.txt']);
  });

  it('leaves to the step a file that has its name by now', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.killAfter('ensureFolder', 'f');
    fixture.destination.removeBehind('f');
    fixture.destination.seed([{ path: 'f', bytes: 'of a colleague' }]);
    await takeUp(fixture);
    expect(entryOf(fixture, 'f')).toBeUndefined();
    expect(fixture.text('f')).toBe('of a colleague');
    expect(fixture.text('b.txt')).toBe('stays');
  });
});

/** A process that is killed before or after the other version of a file gets the name of a conflict. */
async function crashAtConflict(moment: MemoryEvent['moment']): Promise<Fixture> {
  const fixture = new Fixture({ without: STREAMS });
  fixture.policies = { ...fixture.policies, conflict: 'KEEP_BOTH' };
  await fixture.run();
  fixture.edit('of the source');
  fixture.destination.seed([{ path: 'f/a.txt', bytes: 'of a colleague' }]);
  await fixture.killAfter('move', null, undefined, moment);
  return fixture;
}

describe.each(TAKEN_UP)(
  'a crash after what makes room for a file got the name of a conflict, taken up %s',
  (_, takeUp) => {
    const contents = (fixture: Fixture) =>
      fixture.destination
        .tree()
        .filter((path) => !path.endsWith('/'))
        .map(fixture.text);

    it('both are there, each once, and nothing is left to do', async () => {
      const fixture = await crashAtConflict('after');
      await takeUp(fixture);
      await fixture.run();
      expect(contents(fixture).sort()).toEqual(['of a colleague', 'of the source', 'stays']);
      expect(fixture.text('f/a.txt')).toBe('of the source');
      await fixture.run();
      expect(fixture.store.steps()).toEqual([]);
    });

    it('the version under the name of the conflict belongs to nobody: what is removed at the source leaves it', async () => {
      const fixture = await crashAtConflict('after');
      fixture.policies = { ...fixture.policies, deletions: 'MIRROR' };
      fixture.source.removeBehind('f/a.txt');
      await takeUp(fixture);
      await fixture.run();
      expect(contents(fixture)).toContain('of a colleague');
    });
  },
);

describe('what cannot be looked at', () => {
  const inDoubt = async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.killAfterWriting('f/a.txt');
    return fixture;
  };

  it('is left to its step where only that item is refused', async () => {
    const fixture = await inDoubt();
    fixture.destination.failNext('find', new PlatformError('ACCESS_DENIED', 'Not for you.'));
    expect(await fixture.run(fixture.store.restarted())).toEqual({ kind: 'DONE' });
    expect(fixture.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
    expect(fixture.destination.versions('f/a.txt')).toBe(1);
  });

  it('ends the run where nothing can be, and is looked at in the next one', async () => {
    const fixture = await inDoubt();
    const unreachable = new PlatformError('UNREACHABLE', 'No way there.');
    fixture.destination.failNext('find', unreachable);
    expect(await fixture.run(fixture.store.restarted())).toMatchObject({ kind: 'BROKEN', error: unreachable });
    expect(entryOf(fixture, 'f/a.txt')).toBeUndefined();
    expect(await fixture.run(fixture.store.restarted())).toEqual({ kind: 'DONE' });
    expect(entryOf(fixture, 'f/a.txt')).toMatchObject({ destinationKey: 'f/a.txt' });
    expect(fixture.destination.versions('f/a.txt')).toBe(1);
  });
});

it('an update that came to its file is no move: the file that people moved meanwhile is followed where it is', async () => {
  const fixture = new Fixture({ without: STREAMS });
  await fixture.run();
  fixture.edit('second, longer');
  await fixture.killAfterWriting('f/a.txt');
  const to = { parent: (await fixture.destination.find({ path: [] }, call))!, name: 'elsewhere.txt' };
  await fixture.destination.destination!.move!(fixture.destination.item('f/a.txt')!, to, call);
  await fixture.run();
  expect(fixture.text('elsewhere.txt')).toBe('second, longer');
  expect(fixture.destination.tree()).toEqual(['b.txt', 'elsewhere.txt', 'f/']);
  fixture.edit('third, longest of them');
  await fixture.run();
  expect(fixture.text('elsewhere.txt')).toBe('third, longest of them');
  expect(fixture.destination.tree()).toEqual(['b.txt', 'elsewhere.txt', 'f/']);
});

it('many effects in doubt are all remembered, some at a time', async () => {
  const fixture = new Fixture({ without: STREAMS });
  const names = Array.from({ length: 150 }, (_, index) => `many/${String(index).padStart(3, '0')}.txt`);
  fixture.source.seed(names.map((path) => ({ path, bytes: `bytes of ${path}`, modifiedAt: new Date('2026-01-05') })));
  const commit = fixture.store.commit.bind(fixture.store);
  let kill: (error: Error) => void;
  const killed = new Promise<void>((_, reject) => (kill = reject));
  killed.catch(() => undefined);
  fixture.store.commit = (outcomes) => (outcomes.some(({ sha256 }) => sha256 !== null) ? killed : commit(outcomes));
  let writes = 0;
  fixture.destination.onOperation(({ operation, moment }) => {
    if (operation === 'write' && moment === 'after' && (writes += 1) === 100) kill(new Killed());
  });
  fixture.policies = { ...fixture.policies, maxParallelTransfers: 200 };
  await expect(fixture.run(fixture.store)).rejects.toThrow(Killed);
  fixture.destination.onOperation(null);
  const written = fixture.destination.tree().filter((path) => !path.endsWith('/'));
  expect(written.length).toBeGreaterThan(64);
  const store = fixture.store.restarted();
  const committed: number[] = [];
  store.commit = (outcomes) => {
    committed.push(outcomes.length);
    return commit(outcomes);
  };
  expect(await fixture.run(store)).toEqual({ kind: 'DONE' });
  expect(committed[0]).toBe(64);
  expect(written.map((path) => fixture.destination.versions(path))).toEqual(written.map(() => 1));
  expect(rememberedBy(fixture)).toHaveLength(names.length + 4);
});

/** What is told to the store before anything is listed: outcomes of steps of the run, and what became of those of former runs. */
async function toldBeforeListing(fixture: Fixture, how: 'same run' | 'next run') {
  const store = how === 'same run' ? fixture.store.restarted() : new MemoryEngineStore(fixture.job);
  const [commit, forgetIntents] = [store.commit.bind(store), store.forgetIntents.bind(store)];
  const told: { outcomes: StepOutcome[]; former: SettledIntent[] } = { outcomes: [], former: [] };
  store.commit = (outcomes) => {
    told.outcomes.push(...outcomes);
    return commit(outcomes);
  };
  store.forgetIntents = (intents) => {
    told.former.push(...intents);
    return forgetIntents(intents);
  };
  const abort = new AbortController();
  fixture.destination.onOperation(({ operation, moment }) => {
    if (moment !== 'before' || ['find', 'open', 'readBack'].includes(operation)) return;
    abort.abort(new PlatformError('ABORTED', 'That is all.'));
    throw new PlatformError('ABORTED', 'That is all.');
  });
  await fixture.run(store, abort);
  fixture.destination.onOperation(null);
  return told;
}

const SHA256_OF_FIRST = createHash('sha256').update('first').digest('hex');

describe('before anything is listed', () => {
  const WAYS = [
    ['that the platform proves', {}, 'SIZE'],
    ['that is read again', { capabilities: KEEPS_NOTHING }, 'CHECKSUM'],
  ] as const;

  it.each(WAYS)('a file %s is told as created, with what was sent', async (_, options, verifiedBy) => {
    const fixture = new Fixture({ without: STREAMS, ...options });
    await fixture.killAfterWriting('f/a.txt');
    const { outcomes, former } = await toldBeforeListing(fixture, 'same run');
    expect(outcomes).toMatchObject([
      {
        ...{ outcome: 'CREATED', verifiedBy, sha256: SHA256_OF_FIRST, attempt: null },
        destination: { key: 'f/a.txt', item: { size: 5 } },
        ledger: { sourceKey: 'f/a.txt', destinationKey: 'f/a.txt', sha256: SHA256_OF_FIRST, kind: 'FILE' },
      },
    ]);
    expect(former).toEqual([]);
  });

  it.each(WAYS)('the next run is told of a file %s', async (_, options) => {
    const fixture = new Fixture({ without: STREAMS, ...options });
    await fixture.killAfterWriting('f/a.txt');
    const { outcomes, former } = await toldBeforeListing(fixture, 'next run');
    expect(outcomes).toEqual([]);
    expect(former).toMatchObject([{ ledger: { destinationKey: 'f/a.txt', sha256: SHA256_OF_FIRST } }]);
    expect(former[0]).not.toHaveProperty('step');
  });

  it("a file of other bytes, of the same size, is nobody's", async () => {
    const fixture = new Fixture({ without: STREAMS, capabilities: KEEPS_NOTHING });
    await fixture.killAfterWriting('f/a.txt');
    fixture.destination.seed([{ path: 'f/a.txt', bytes: 'other' }]);
    expect((await toldBeforeListing(fixture, 'same run')).outcomes).toEqual([]);
  });

  it('what was not done is forgotten by the next run, and left to its step by the same', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.killAfter('write', 'f/a.txt', undefined, 'before');
    expect(await toldBeforeListing(fixture, 'same run')).toEqual({ outcomes: [], former: [] });
    const { outcomes, former } = await toldBeforeListing(fixture, 'next run');
    expect(outcomes).toEqual([]);
    expect(former.map(({ ledger, forgetLedger }) => ({ ledger, forgetLedger }))).toEqual([
      { ledger: null, forgetLedger: false },
    ]);
  });

  it('a folder is told as made', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.killAfter('ensureFolder', 'f');
    const { outcomes } = await toldBeforeListing(fixture, 'same run');
    const made = { outcome: 'CREATED', sha256: null, verifiedBy: null, byteCount: 0, attempt: null };
    expect(outcomes).toMatchObject([{ ...made, ledger: { kind: 'FOLDER', destinationKey: 'f' } }]);
  });

  it('an update is told of its file, wherever people moved that', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.run();
    fixture.edit('second, longer');
    await fixture.killAfterWriting('f/a.txt');
    const to = { parent: (await fixture.destination.find({ path: [] }, call))!, name: 'elsewhere.txt' };
    await fixture.destination.destination!.move!(fixture.destination.item('f/a.txt')!, to, call);
    const { outcomes } = await toldBeforeListing(fixture, 'same run');
    expect(outcomes).toMatchObject([{ outcome: 'UPDATED', ledger: { destinationKey: 'f/a.txt' } }]);
    expect(outcomes[0]?.ledger?.destinationVersion).toBe(fixture.destination.item('elsewhere.txt')?.version);
  });

  it('an update that was not done is left to its step', async () => {
    const fixture = new Fixture({ without: STREAMS });
    await fixture.run();
    fixture.edit('second, longer');
    await fixture.killAfter('write', 'f/a.txt', undefined, 'before');
    expect((await toldBeforeListing(fixture, 'same run')).outcomes).toEqual([]);
  });

  it.each([
    ['after', [{ ledger: null, forgetLedger: true }]],
    ['before', [{ ledger: null, forgetLedger: false }]],
  ] as const)(
    'a crash %s a half got the name of a conflict: whether the two are a pair still',
    async (moment, expected) => {
      const fixture = await crashAtConflict(moment);
      expect((await toldBeforeListing(fixture, 'same run')).outcomes).toEqual([]);
      const { former } = await toldBeforeListing(fixture, 'next run');
      expect(former.map(({ ledger, forgetLedger }) => ({ ledger, forgetLedger }))).toEqual(expected);
    },
  );

  it.each([
    ['after', [{ outcome: 'DELETED', forgetLedger: true }], [{ forgetLedger: true }]],
    ['before', [], [{ forgetLedger: false }]],
  ] as const)('a removal is told as what it became %s it', async (moment, ofSame, ofNext) => {
    const crashed = async () => {
      const fixture = new Fixture({});
      fixture.policies = { ...fixture.policies, deletions: 'MIRROR' };
      await fixture.run();
      fixture.source.removeBehind('f/a.txt');
      await fixture.killAfter('remove', 'f/a.txt', undefined, moment);
      return fixture;
    };
    expect((await toldBeforeListing(await crashed(), 'same run')).outcomes).toMatchObject(ofSame);
    expect((await toldBeforeListing(await crashed(), 'next run')).former).toMatchObject(ofNext);
  });

  it.each([
    ['after', [{ outcome: 'RENAMED', ledger: { sourceKey: 'c.txt', destinationKey: 'c.txt' } }]],
    ['before', []],
  ] as const)('a move is told as what it became %s it', async (moment, expected) => {
    const fixture = new Fixture({});
    await fixture.run();
    const to = { parent: (await fixture.source.find({ path: [] }, call))!, name: 'c.txt' };
    await fixture.source.destination!.move!(fixture.source.item('b.txt')!, to, call);
    await fixture.killAfter('move', null, undefined, moment);
    expect((await toldBeforeListing(fixture, 'same run')).outcomes).toMatchObject(expected);
  });
});
