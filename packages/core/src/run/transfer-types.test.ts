import { expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, quietRun } from '../testing/index.js';
import { executeRun, makePlan, type RunContext } from './index.js';

it('SCAN is no transfer, and is refused as one before anything is listed', async () => {
  const transferType = 'SCAN';
  const [source, destination] = [createMemoryPlatform(), createMemoryPlatform()];
  source.seed([{ path: 'a.txt', bytes: 'a' }]);
  destination.seed([{ path: 'extra.txt', bytes: 'x' }]);
  const context: RunContext = {
    ...{ source, destination, sourceRoot: [], destinationRoot: [], store: new MemoryEngineStore() },
    ...{ ...quietRun(), transferType, policies: defaultPolicies(transferType), clock: new FakeClock() },
  };
  await expect(makePlan(context)).rejects.toThrow(`does not carry out ${transferType}`);
  expect(await executeRun(context)).toMatchObject({ kind: 'BROKEN', error: { kind: 'REJECTED' } });
  expect([source.tree(), destination.tree()]).toEqual([['a.txt'], ['extra.txt']]);
});
