import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { createMemoryPlatform, MemoryJob, MemoryEngineStore, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

async function run(
  source: MemoryPlatform,
  policies: Partial<Policies>,
  destination = createMemoryPlatform(),
  job?: MemoryJob,
) {
  const store = new MemoryEngineStore(job);
  const end: RunEnd = await executeRun({
    source,
    destination,
    sourceRoot: [],
    destinationRoot: [],
    policies: { ...defaultPolicies('COPY'), ...policies },
    store,
    clock: {
      now: () => Date.UTC(2026, 10, 21, 12),
      monotonic: () => Date.UTC(2026, 10, 21, 12),
      sleep: async () => {},
    },
    ...quietRun(),
  });
  return { end, tree: destination.tree(), steps: store.steps() };
}

function seeded(count = 3): MemoryPlatform {
  const source = createMemoryPlatform();
  source.seed(Array.from({ length: count }, (_, index) => ({ path: `${index}.txt`, bytes: `bytes of ${index}` })));
  return source;
}

describe('policies that a run carries out', () => {
  it.each([
    ['CREATE', ['0.txt', 'empty/', 'empty/below/']],
    ['SKIP', ['0.txt']],
  ] as const)('emptyFolders %s', async (emptyFolders, expected) => {
    const source = seeded(1);
    source.seed([{ path: 'empty/below' }]);
    expect((await run(source, { emptyFolders })).tree).toEqual(expected);
  });

  it.each([
    ['CONTINUE', 'DONE', 2],
    ['HALT', 'HALTED', 0],
  ] as const)('failure %s: the run ends %s with %d files', async (failure, end, count) => {
    const destination = createMemoryPlatform();
    destination.failNext('write', new PlatformError('REJECTED', 'No.'));
    const result = await run(seeded(), { failure, maxParallelTransfers: 1 }, destination);
    expect(result.end.kind).toBe(end);
    expect(result.tree).toHaveLength(count);
  });

  it('conflict KEEP_BOTH: both files are there', async () => {
    const [source, destination, job] = [seeded(1), createMemoryPlatform(), new MemoryJob()];
    await run(source, { conflict: 'KEEP_BOTH' }, destination, job);
    source.seed([{ path: '0.txt', bytes: 'of the source', modifiedAt: new Date('2026-11-22') }]);
    destination.seed([{ path: '0.txt', bytes: 'of the destination', modifiedAt: new Date('2026-11-20') }]);
    const { tree } = await run(source, { conflict: 'KEEP_BOTH' }, destination, job);
    expect(tree.map((path) => Buffer.from(destination.bytes(path)!).toString()).sort()).toEqual([
      'of the destination',
      'of the source',
    ]);
  });

  it.each([
    ['OVERWRITE_IF_DIFFERENT', 'bytes of 0'],
    ['SKIP', 'other'],
  ] as const)('existing %s', async (existing, expected) => {
    const destination = createMemoryPlatform();
    destination.seed([{ path: '0.txt', bytes: 'other' }]);
    await run(seeded(1), { existing }, destination);
    expect(Buffer.from(destination.bytes('0.txt')!).toString()).toBe(expected);
  });

  it.each([
    ['TRANSFER', ['0.txt']],
    ['SKIP', []],
    ['FLAG', []],
  ] as const)('zeroByteFile %s', async (zeroByteFile, expected) => {
    const source = createMemoryPlatform();
    source.seed([{ path: '0.txt', bytes: '' }]);
    expect((await run(source, { zeroByteFile })).tree).toEqual(expected);
  });

  it.each([
    ['NONE', 'NONE'],
    ['SIZE', 'SIZE'],
    ['CHECKSUM', 'CHECKSUM'],
  ] as const)('verification %s proves %s', async (verification, proof) => {
    const destination = createMemoryPlatform({ capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } });
    const readBack = verification === 'CHECKSUM';
    const { steps } = await run(seeded(1), { verification, readBack }, destination);
    expect(steps.map(({ result }) => result?.verifiedBy)).toEqual([proof]);
  });

  it.each([1, 3])('maxParallelTransfers %d', async (maxParallelTransfers) => {
    const destination = createMemoryPlatform();
    let [inside, most] = [0, 0];
    destination.onOperation(async ({ operation, moment }) => {
      if (operation !== 'write') return;
      inside += moment === 'before' ? 1 : -1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
    });
    await run(seeded(12), { maxParallelTransfers }, destination);
    expect(most).toBe(maxParallelTransfers);
  });
});
