import { describe, expect, it } from 'vitest';
import { PlatformError, type Check, type Destination } from '../platform/index.js';
import { defaultPolicies, type PolicyValue } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun, type RunContext } from './index.js';

const FILES = 40;
const NOW = Date.UTC(2026, 10, 21, 12);

/** A run of many files to a destination that is out of reach while `isDown` says so; `isFailing` names files that alone fail. */
function setUp({ failure = 'CONTINUE' }: { failure?: PolicyValue<'failure'> } = {}) {
  const state = { writes: 0, checks: 0, downAfter: Infinity, isFailing: (_name: string): boolean => false };
  const isDown = () => state.writes > state.downAfter;
  const gone = () => new PlatformError('UNREACHABLE', 'api.example could not be reached (ENOTFOUND).');
  const source = createMemoryPlatform();
  const destination = createMemoryPlatform({ without: ['direct'] });
  source.seed(Array.from({ length: FILES }, (_, n) => ({ path: `file ${n}.txt`, bytes: `bytes of ${n}` })));
  const original = destination.destination!;
  const write: Destination['write'] = (request, call) => {
    state.writes += 1;
    return isDown() || state.isFailing(request.name) ? Promise.reject(gone()) : original.write(request, call);
  };
  const check = destination.check.bind(destination);
  Object.assign(destination, {
    destination: Object.assign(Object.create(original) as Destination, { write }),
    check: (...given: Parameters<typeof check>): Promise<Check[]> => {
      state.checks += 1;
      return isDown() ? Promise.reject(gone()) : check(...given);
    },
  });
  const store = new MemoryEngineStore(new MemoryJob());
  const context: RunContext = {
    source,
    destination,
    sourceRoot: [],
    destinationRoot: [],
    policies: { ...defaultPolicies('COPY'), failure, maxParallelTransfers: 4 },
    store,
    clock: { now: () => NOW, monotonic: () => NOW, sleep: async () => {} },
    ...quietRun(),
  };
  const outcomes = () => store.steps().map(({ outcome }) => outcome);
  /** As each try of a run is: by a worker that knows the store only. */
  const run = () => {
    store.restarted();
    return executeRun(context);
  };
  return { state, outcomes, run };
}

describe('a network that is gone in the middle of a run', () => {
  it.each(['CONTINUE', 'HALT'] as const)(
    'flags no item, ends the run as broken, and later everything is done (%s)',
    async (failure) => {
      const { state, outcomes, run } = setUp({ failure });
      state.downAfter = 10;
      for (let tries = 0; tries < 5; tries++) {
        expect(await run()).toMatchObject({ kind: 'BROKEN', error: { kind: 'UNREACHABLE' } });
      }
      expect(new Set(outcomes())).not.toContain('FLAGGED');
      expect(new Set(outcomes())).not.toContain('RETRYING');
      state.downAfter = Infinity;
      expect(await run()).toEqual({ kind: 'DONE' });
      expect(outcomes().filter((outcome) => outcome === 'CREATED')).toHaveLength(FILES);
    },
  );

  it('is told from single items that fail, by one check for all that fail in one go', async () => {
    const { state, outcomes, run } = setUp();
    state.isFailing = (name) => /^file 1\d/.test(name);
    expect(await run()).toEqual({ kind: 'DONE' });
    expect(outcomes().filter((outcome) => outcome === 'CREATED')).toHaveLength(FILES - 10);
    expect(outcomes()).not.toContain('IN_PROGRESS');
    // Each of the two tries of an item is a go of its own.
    expect(state.checks).toBe(2);
  });
});
