import { expect, it } from 'vitest';
import type { Destination, DirectBatch, DirectTransfers } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

const FILES = 3_000;

/** A share tells so many outcomes at once. */
const TOLD_AT_ONCE = 32;

/** A copy by direct transfers that are watched: how many files each batch has. `pause`: milliseconds between what is told. */
function setUp(files: { path: string; bytes: string }[], pause = 0) {
  const batches: number[] = [];
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform()];
  source.seed(files);
  const original = destination.destination!;
  const direct: Destination['direct'] = (from) => {
    const transfers = original.direct!(from)!;
    const carryOut: DirectTransfers['carryOut'] = (batch: DirectBatch, call) => {
      batches.push(batch.transfers.length);
      return paused(transfers.carryOut(batch, call));
    };
    return { carryOut };
  };
  const clock = new FakeClock();
  async function* paused<T>(outcomes: AsyncIterable<T>) {
    let told = 0;
    for await (const outcome of outcomes) {
      if (pause > 0 && told++ % TOLD_AT_ONCE === 0) await clock.sleep(pause);
      yield outcome;
    }
  }
  Object.assign(destination, { destination: Object.assign(Object.create(original) as Destination, { direct }) });
  const store = new MemoryEngineStore();
  /** Steps of each transaction in which some begin. */
  const begun: number[] = [];
  const begin = store.begin.bind(store);
  store.begin = (ids, now) => {
    begun.push(ids.length);
    return begin(ids, now);
  };
  const policies = defaultPolicies('COPY');
  const places = { source, destination, sourceRoot: [], destinationRoot: [] };
  const run = executeRun({ ...places, policies, store, clock, ...quietRun() });
  return { batches, clock, run, destination, begun };
}

it('files that come one by one as others end gather into batches, so that each is claimed, begun and told with many', async () => {
  const { batches, clock, run, destination } = setUp(
    Array.from({ length: FILES }, (_, n) => ({ path: `folder ${n % 60}/file ${n}.txt`, bytes: `bytes of ${n}` })),
  );
  expect(await clock.runUntil(run)).toEqual({ kind: 'DONE' });
  expect(destination.tree().filter((path) => !path.endsWith('/'))).toHaveLength(FILES);
  expect(batches.reduce((sum, size) => sum + size, 0)).toBe(FILES);
  expect(batches.length).toBeLessThan(FILES / 100);
});

it('files that take their time go in whole batches: those that come for others that ended wait for each other', async () => {
  const files = Array.from({ length: FILES }, (_, n) => ({ path: `file ${n}.txt`, bytes: `bytes of ${n}` }));
  const { batches, clock, run } = setUp(files, 200);
  expect(await clock.runUntil(run)).toEqual({ kind: 'DONE' });
  expect(batches.reduce((sum, size) => sum + size, 0)).toBe(FILES);
  expect(batches.length).toBeLessThan(FILES / 300);
});

it('a few files are carried over at once, without a wait for others', async () => {
  const { batches, clock, run } = setUp([{ path: 'a.txt', bytes: 'a' }]);
  const begun = clock.monotonic();
  await clock.runUntil(run);
  expect(batches).toEqual([1]);
  expect(clock.monotonic() - begun).toBeLessThanOrEqual(50);
});

it('folders are begun together, since what is about to be made waits for the disk each time', async () => {
  const { clock, run, destination, begun } = setUp(
    Array.from({ length: 300 }, (_, n) => ({ path: `folder ${n}/plan.pdf`, bytes: `bytes of ${n}` })),
  );
  expect(await clock.runUntil(run)).toEqual({ kind: 'DONE' });
  expect(destination.tree()).toHaveLength(600);
  expect(begun.length).toBeLessThan(20);
});
