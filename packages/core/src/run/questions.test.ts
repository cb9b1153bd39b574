import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun, makePlan, Question, type RunContext } from './index.js';

const ITEMS = ['f', 'f/a.txt', 'b.txt'];

class Places {
  source = furnished();
  destination = createMemoryPlatform();
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  sourceRoot: string[] = [];
  destinationRoot: string[] = [];

  begin(): this {
    this.store = new MemoryEngineStore(this.job);
    return this;
  }

  go = () => executeRun(this.context());

  context(): RunContext {
    return {
      source: this.source,
      destination: this.destination,
      sourceRoot: this.sourceRoot,
      destinationRoot: this.destinationRoot,
      policies: defaultPolicies('COPY'),
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
    };
  }

  outcomes(): string[] {
    return this.store.steps().map(({ outcome }) => outcome);
  }
}

function furnished(): MemoryPlatform {
  const platform = createMemoryPlatform({ rootId: `root ${Math.random()}` });
  platform.seed([
    { path: 'f/a.txt', bytes: 'a' },
    { path: 'b.txt', bytes: 'b' },
  ]);
  return platform;
}

const expectAsking = (end: unknown, words: string) =>
  expect(end).toEqual({ kind: 'ASKING', question: expect.stringContaining(words) as string });

describe('before anything is compared a person is asked', () => {
  it('whether another source at the same address is right; going on begins a new ledger', async () => {
    const places = new Places();
    expect(await places.go()).toEqual({ kind: 'DONE' });
    places.source = furnished();
    expectAsking(await places.begin().go(), 'at the source');
    expect(places.outcomes()).toEqual([]);
    expect(await places.go()).toEqual({ kind: 'DONE' });
    expect(places.outcomes()).not.toContain('CREATED');
    expect((await places.store.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([
      ITEMS.length,
      ITEMS.length,
    ]);
    expect(await places.begin().go()).toEqual({ kind: 'DONE' });
    expect(places.outcomes()).toEqual([]);
  });

  it('again in the next run, as long as nobody went on', async () => {
    const places = new Places();
    await places.go();
    places.source = furnished();
    for (let run = 1; run <= 2; run++) expectAsking(await places.begin().go(), 'at the source');
  });

  it('whether another destination is right, and whether it is right that it is gone', async () => {
    const places = new Places();
    places.destinationRoot = ['t'];
    await places.go();
    places.destination = createMemoryPlatform();
    expectAsking(await places.begin().go(), 'not there any more');
    places.destination = createMemoryPlatform();
    places.destination.seed([{ path: 'x' }, { path: 't' }]);
    expectAsking(await places.begin().go(), 'at the destination');
    expect(places.destination.tree()).toEqual(['t/', 'x/']);
  });

  it.each(['source', 'destination'] as const)('whether it is right that the %s became empty', async (side) => {
    const places = new Places();
    await places.go();
    for (const path of ['f', 'b.txt']) places[side].removeBehind(path);
    expectAsking(await places.begin().go(), `The ${side} is empty`);
    expect(places.outcomes()).toEqual([]);
    expect(await places.go()).toEqual({ kind: 'DONE' });
    expect(places.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
  });

  it('also by a plan that no run carries out', async () => {
    const places = new Places();
    await places.go();
    places.source = furnished();
    await expect(makePlan(places.begin().context())).rejects.toThrow(Question);
  });
});

it('a place that was empty and is another folder now is taken without a question, as after a mount', async () => {
  const places = new Places();
  places.source = createMemoryPlatform({ rootId: 'mount point' });
  expect(await places.go()).toEqual({ kind: 'DONE' });
  places.source = furnished();
  expect(await places.begin().go()).toEqual({ kind: 'DONE' });
  expect(places.destination.tree()).toEqual(['b.txt', 'f/', 'f/a.txt']);
});

it('a destination that did not exist is known once it is made', async () => {
  const places = new Places();
  places.destinationRoot = ['new', 't'];
  await places.go();
  expect(await places.store.locationPairs()).toMatchObject([{ destinationRoot: places.destination.item('new/t')!.id }]);
});
