import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { activate, callTo, type ActiveContext, type RunContext } from './context.js';

/** A context at work of a copy between two empty platforms in memory that has just begun, with the given instead. */
export function activeContext(given: Partial<RunContext> = {}): ActiveContext {
  return activate({
    ...{ source: createMemoryPlatform(), destination: createMemoryPlatform() },
    ...{ sourceRoot: [], destinationRoot: [] },
    policies: defaultPolicies(given.transferType ?? 'COPY'),
    store: new MemoryEngineStore(new MemoryJob()),
    clock: new FakeClock(),
    ...quietRun(),
    ...given,
  });
}

/** A request of that context to its source. */
export const callOf = (context: ActiveContext) => callTo('SOURCE', context, context.control.signal);
