import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import type { MemoryEvent, MemoryPlatformOptions, MemoryRole } from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

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

  /** `path` is that of the item, of a move the one to which it goes. */
  async killAfter(operation: MemoryEvent['operation'], path: string, store?: MemoryEngineStore): Promise<void> {
    const abort = new AbortController();
    this.destination.onOperation((event) => {
      if (event.operation !== operation || event.moment !== 'after' || event.path.join('/') !== path) return;
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
    const remembered = fixture.job.pairs.flatMap(({ ledger }) => [...ledger.values()]);
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
  const remembered = fixture.job.pairs.flatMap(({ ledger }) => [...ledger.values()]);
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
    const remembered = fixture.job.pairs.flatMap(({ ledger }) => [...ledger.values()]);
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
