import { expect, test } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import type { MemoryPlatform } from '../testing/index.js';
import { executeRun } from './index.js';
import { ATTEMPTS_PER_RUN } from './outcome.js';

const FILES = 100;

async function run(source: MemoryPlatform, destination: MemoryPlatform, job: MemoryJob) {
  const store = new MemoryEngineStore(job);
  await executeRun({
    source,
    destination,
    sourceRoot: [],
    destinationRoot: [],
    policies: { ...defaultPolicies('COPY'), readBack: true },
    store,
    clock: {
      now: () => Date.UTC(2026, 10, 21, 12),
      monotonic: () => Date.UTC(2026, 10, 21, 12),
      sleep: async () => {},
    },
    ...quietRun(),
  });
  return store.steps();
}

test('every flipped bit is detected before the file gets its name, and the next run brings the right bytes', async () => {
  const source = createMemoryPlatform();
  const destination = createMemoryPlatform({ capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } });
  source.seed(Array.from({ length: FILES }, (_, n) => ({ path: `${n}.txt`, bytes: `bytes of ${n}` })));
  const job = new MemoryJob();
  destination.flipNext(FILES * ATTEMPTS_PER_RUN);
  const steps = await run(source, destination, job);
  expect(steps.filter(({ result }) => result?.reason === 'VERIFICATION_FAILED')).toHaveLength(FILES);
  expect(destination.tree()).toEqual([]);
  await run(source, destination, job);
  for (const path of source.tree()) expect(destination.bytes(path), path).toEqual(source.bytes(path));
});
