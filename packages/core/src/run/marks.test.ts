import { describe, expect, it } from 'vitest';
import { PlatformError, type Call, type Destination } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

/** A copy to a destination that becomes durable later than it tells; `settle` is what it does then. */
function setUp(
  settle: (() => Promise<void>) | undefined,
  { files = 2, writeMs = 0, signal = undefined as AbortSignal | undefined } = {},
) {
  const clock = new FakeClock();
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform({ without: ['direct'] })];
  source.seed(Array.from({ length: files }, (_, n) => ({ path: `file ${n}.txt`, bytes: `bytes of ${n}` })));
  const original = destination.destination!;
  const write: Destination['write'] = async (request, call) => {
    await clock.sleep(writeMs);
    return original.write(request, call);
  };
  const durability = { machineStart: async (_: Call) => 'start 1', ...(settle && { settle }) };
  const writer = Object.assign(Object.create(original) as Destination, { write, durability });
  Object.assign(destination, { destination: writer });
  const job = new MemoryJob();
  const store = new MemoryEngineStore(job);
  const policies = { ...defaultPolicies('COPY'), maxParallelTransfers: 1 };
  const places = { source, destination, sourceRoot: [], destinationRoot: [] };
  const run = () => executeRun({ ...places, policies, store, clock, ...quietRun(signal) });
  const doubted = async () => {
    const entries: string[] = [];
    for await (const { entry } of store.doubtfulEntries('start 2')) entries.push(entry.sourceKey);
    return entries;
  };
  return { clock, run, store, doubted };
}

describe('what a run writes', () => {
  it('is made durable every five seconds and before the run is told finished', async () => {
    const at: number[] = [];
    const { clock, run, store, doubted } = setUp(
      async () => {
        expect(await store.phase()).not.toBe('DONE');
        at.push(clock.monotonic() - begun);
      },
      { files: 12, writeMs: 1_000 },
    );
    const begun = clock.monotonic();
    expect(await clock.runUntil(run())).toEqual({ kind: 'DONE' });
    expect(at.slice(0, 2)).toEqual([5_000, 10_000]);
    expect(at).toHaveLength(3);
    expect(await doubted()).toEqual([]);
  });

  it('is not made durable where nobody cares, and nothing of it is in doubt', async () => {
    const { clock, run, doubted } = setUp(undefined);
    expect(await clock.runUntil(run())).toEqual({ kind: 'DONE' });
    expect(await doubted()).toEqual([]);
  });

  it('stays in doubt when the destination could not make it durable, and the run says so', async () => {
    const full = new PlatformError('PLATFORM_ERROR', 'The disk did not take what was written.');
    const { clock, run, doubted } = setUp(() => Promise.reject(full), { files: 30, writeMs: 1_000 });
    expect(await clock.runUntil(run())).toEqual({ kind: 'BROKEN', error: full });
    expect(clock.monotonic()).toBeLessThan(new FakeClock().monotonic() + 7_000);
    expect((await doubted()).length).toBeGreaterThan(0);
  });

  it('is left to the next run when the run is broken off', async () => {
    const stop = new AbortController();
    let settled = 0;
    const { clock, run, doubted } = setUp(async () => void (settled += 1), {
      files: 4,
      writeMs: 1_000,
      signal: stop.signal,
    });
    const end = run();
    await clock.advance(2_500);
    stop.abort();
    expect(await clock.runUntil(end)).toEqual({ kind: 'STOPPED' });
    expect(settled).toBe(0);
    expect((await doubted()).length).toBeGreaterThan(0);
  });
});
