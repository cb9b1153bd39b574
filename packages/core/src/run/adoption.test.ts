import { expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, quietRun } from '../testing/index.js';
import { ADOPTED_ITEMS } from './adoption.js';
import { executeRun } from './index.js';
import { seeds } from './transfer.testing.js';

const FILES = 2 * ADOPTED_ITEMS + 50;
const there = Array.from({ length: FILES }, (_, n) => `photo ${n}.jpg`);

/** A copy of files that are at the destination already, and of one that is new. `mostCommits`: the store fails after so many. */
function setUp(mostCommits = Infinity) {
  const [source, destination, store] = [createMemoryPlatform(), createMemoryPlatform(), new MemoryEngineStore()];
  source.seed(seeds('a new one.jpg', ...there));
  destination.seed(seeds(...there));
  const committed: string[] = [];
  const commit = store.commit.bind(store);
  store.commit = async (outcomes) => {
    if (committed.length === mostCommits) throw new Error('The store is full.');
    committed.push(`${outcomes.length} ${outcomes[0]!.outcome}`);
    return commit(outcomes);
  };
  const control = { ...quietRun().control, isStopping: false };
  const run = async () => {
    const clock = new FakeClock();
    const places = { source, destination, sourceRoot: [], destinationRoot: [] };
    const context = { ...places, policies: defaultPolicies('COPY'), store, clock, ...quietRun(), control };
    return clock.runUntil(executeRun(context));
  };
  const mend = () => (mostCommits = Infinity);
  return { committed, store, control, run, mend };
}

const ALL = [`${ADOPTED_ITEMS} ADOPTED`, `${ADOPTED_ITEMS} ADOPTED`, '50 ADOPTED', '1 CREATED'];

it('items that are there already are taken hundreds at a time, before anything else is carried out', async () => {
  const { committed, run } = setUp();
  expect(await run()).toEqual({ kind: 'DONE' });
  expect(committed).toEqual(ALL);
});

it('a run whose process dies among them goes on with the rest, and each is told once', async () => {
  const { committed, store, run, mend } = setUp(1);
  await expect(run()).rejects.toThrow('The store is full.');
  mend();
  store.restarted();
  expect(await run()).toEqual({ kind: 'DONE' });
  expect(committed).toEqual(ALL);
  expect(store.steps().every(({ attempts }) => attempts.length === 1)).toBe(true);
});

it('a run that is stopped among them takes no more, and what is left comes when it goes on', async () => {
  const { committed, store, control, run } = setUp();
  const commit = store.commit.bind(store);
  store.commit = async (outcomes) => {
    control.isStopping = true;
    return commit(outcomes);
  };
  expect(await run()).toEqual({ kind: 'STOPPED' });
  expect(committed).toEqual(ALL.slice(0, 1));
  control.isStopping = false;
  store.commit = commit;
  store.restarted();
  expect(await run()).toEqual({ kind: 'DONE' });
  expect(committed).toEqual(ALL);
});
