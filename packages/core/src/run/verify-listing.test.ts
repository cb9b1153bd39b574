import { expect, it } from 'vitest';
import { PlatformError, type ListingProof } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

/** A copy of two files whose sizes the destination tells only in listings, with something between the copy and the listing. */
async function copied(before: (destination: ReturnType<typeof createMemoryPlatform>) => void) {
  const source = createMemoryPlatform();
  const destination = createMemoryPlatform({
    without: ['direct', 'proof'],
    capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } },
  });
  source.seed([
    { path: 'f/a.txt', bytes: 'a' },
    { path: 'b.txt', bytes: 'b' },
  ]);
  const write = destination.destination!.write.bind(destination.destination);
  let written = 0;
  Object.assign(destination.destination!, {
    write: async (...given: Parameters<typeof write>) => {
      const told = await write(...given);
      if (++written === 2) before(destination);
      return { ...told, verifiedBy: 'NONE' };
    },
  });
  const store = new MemoryEngineStore();
  const end = await executeRun({
    ...{ source, destination, sourceRoot: [], destinationRoot: [], store },
    policies: { ...defaultPolicies('COPY'), maxParallelTransfers: 1 },
    clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
    ...quietRun(),
  });
  expect(end).toEqual({ kind: 'DONE' });
  return Object.fromEntries<string>(
    store.steps().map(({ step, outcome, result }) => [step.sourceKey!, `${outcome} ${String(result?.verifiedBy)}`]),
  );
}

it('files are verified by a listing, and what it lacks or shows with another size is tried again', async () => {
  expect(await copied(() => {})).toMatchObject({ 'f/a.txt': 'CREATED SIZE', 'b.txt': 'CREATED SIZE' });
  const gone = await copied((destination) => destination.removeBehind('f/a.txt'));
  expect(gone).toMatchObject({ 'f/a.txt': 'RETRYING null', 'b.txt': 'CREATED SIZE' });
});

it('what an unlistable folder holds is neither lost nor failed: it stays unverified', async () => {
  const outcomes = await copied((destination) =>
    destination.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.')),
  );
  expect(outcomes).toMatchObject({ 'f/a.txt': 'CREATED NONE', 'b.txt': 'CREATED SIZE' });
});

it('nor is what a listing without its proof does not show', async () => {
  const outcomes = await copied((destination) => {
    destination.removeBehind('f/a.txt');
    Object.assign(destination.source!, { claimed: { total: 99 } satisfies Partial<ListingProof> });
  });
  expect(outcomes).toMatchObject({ 'f/a.txt': 'CREATED NONE', 'b.txt': 'CREATED SIZE' });
});
