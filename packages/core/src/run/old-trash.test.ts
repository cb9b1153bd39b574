import { expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies, type TransferType } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun, type RunContext } from './index.js';

const OLD = new Date('2026-01-01T00:00:00Z');
const YOUNG = new Date('2026-11-20T00:00:00Z');

/** A platform with two folders in the trash of a job; tells which were emptied. */
function withTrash(name: string, emptied: string[], error?: PlatformError) {
  const platform = createMemoryPlatform();
  platform.destination!.trashed = async (root) => {
    if (error) throw error;
    expect(root).toEqual([]);
    return [OLD, YOUNG];
  };
  platform.destination!.emptyTrash = async function* ({ at }) {
    emptied.push(`${name} ${at.toISOString()}`);
    yield 3;
    yield 2;
  };
  return platform;
}

async function run(type: TransferType, given: Partial<RunContext>): Promise<string[]> {
  const store = new MemoryEngineStore(new MemoryJob());
  const platforms = { source: createMemoryPlatform(), destination: createMemoryPlatform() };
  const end = await executeRun({
    ...{ ...quietRun(), ...platforms, sourceRoot: [], destinationRoot: [], store, transferType: type },
    policies: defaultPolicies(type),
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => {} },
    ...given,
  });
  expect(end).toEqual({ kind: 'DONE' });
  return store.logged.map(({ message }) => message);
}

const trashOver = async (times: readonly Date[]) => times.filter((time) => time < YOUNG);

it('a run empties what is over in the trash of the side that it changes, and tells it', async () => {
  const emptied: string[] = [];
  const told = await run('COPY', {
    source: withTrash('source', emptied),
    destination: withTrash('destination', emptied),
    trashOver,
  });
  expect(emptied).toEqual([`destination ${OLD.toISOString()}`]);
  expect(told).toContain(
    '5 files that a run of long ago removed or replaced are deleted for good from the trash of the destination.',
  );
});

it.each<TransferType>(['SYNC', 'MOVE'])('%s empties the trash of both sides', async (type) => {
  const emptied: string[] = [];
  await run(type, { source: withTrash('source', emptied), destination: withTrash('destination', emptied), trashOver });
  expect(emptied.map((text) => text.split(' ')[0]).sort()).toEqual(['destination', 'source']);
});

it('nothing is emptied unless somebody says what is over', async () => {
  const emptied: string[] = [];
  await run('COPY', { destination: withTrash('destination', emptied) });
  expect(emptied).toEqual([]);
});

it('a trash that cannot be emptied is told, and ends no run', async () => {
  const error = new PlatformError('ACCESS_DENIED', 'No.');
  const told = await run('COPY', { destination: withTrash('destination', [], error), trashOver });
  expect(told).toContain('The trash of the destination could not be emptied: No.');
});
