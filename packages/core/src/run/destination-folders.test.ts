import { expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun, type StagedItem } from './index.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} };
const policies = { ...defaultPolicies('COPY'), maxParallelTransfers: 16 };

/** Notes which folders are looked up while the steps are carried out. */
class WatchedStore extends MemoryEngineStore {
  readonly lookedUp: string[] = [];

  override async destinationByKey(key: string): Promise<StagedItem | null> {
    this.lookedUp.push(key);
    return super.destinationByKey(key);
  }
}

it('a folder that stood there before is looked up once for all files that come into it at the same time', async () => {
  const [source, destination, job] = [createMemoryPlatform(), createMemoryPlatform(), new MemoryJob()];
  const plant = (name: string) =>
    source.seed(Array.from({ length: 50 }, (_, n) => ({ path: `folder/${name} ${n}`, bytes: 'x' })));
  const run = async () => {
    const store = new WatchedStore(job);
    const roots = { sourceRoot: [], destinationRoot: [] };
    await executeRun({ source, destination, ...roots, policies, store, clock, ...quietRun() });
    return store;
  };
  plant('first');
  await run();
  plant('second');
  const second = await run();
  expect(Object.values(second.outcomes())).toEqual(Array(50).fill('CREATED NEW'));
  expect(second.lookedUp.filter((key) => key === 'folder')).toEqual(['folder']);
});
