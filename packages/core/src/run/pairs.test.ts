import { describe, expect, it } from 'vitest';
import { PlatformError, type Limits } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

function openPair(limits: Partial<Limits> = {}) {
  const without = { CONTENT_CHECKSUM: { level: 'NONE' as const } };
  const source = createMemoryPlatform({ capabilities: without });
  const destination = createMemoryPlatform({ capabilities: without, limits });
  const job = new MemoryJob();
  const run = async () => {
    const store = new MemoryEngineStore(job);
    const end = await executeRun({
      source,
      destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: defaultPolicies('COPY'),
      store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
    });
    expect(end).toEqual({ kind: 'DONE' });
    return store.outcomes();
  };
  return { source, destination, run };
}

describe('equal content is looked for before a change is believed', () => {
  it('two changes to the same content are no conflict, and cost no transfer', async () => {
    const { source, destination, run } = openPair();
    source.seed([{ path: 'a.txt', bytes: 'one' }]);
    await run();
    for (const side of [source, destination]) side.seed([{ path: 'a.txt', bytes: 'two' }]);
    expect(await run()).toEqual({ 'a.txt': 'UNCHANGED IDENTICAL' });
    expect(destination.tree()).toEqual(['a.txt']);
    expect(destination.versions('a.txt')).toBe(2);
    expect(await run()).toEqual({});
  });

  it('two changes to different contents of one size are a conflict', async () => {
    const { source, destination, run } = openPair();
    source.seed([{ path: 'a.txt', bytes: 'one' }]);
    await run();
    source.seed([{ path: 'a.txt', bytes: 'our' }]);
    destination.seed([{ path: 'a.txt', bytes: 'the' }]);
    expect(await run()).toEqual({ 'a.txt': 'CREATED CONFLICT' });
    expect(destination.tree()).toHaveLength(2);
  });

  it('a file of a conflict that cannot be read is refused, and the others go on', async () => {
    const { source, destination, run } = openPair();
    source.seed([{ path: 'a.txt', bytes: 'one' }]);
    await run();
    for (const side of [source, destination]) side.seed([{ path: 'a.txt', bytes: 'two' }]);
    source.seed([{ path: 'b.txt', bytes: 'new' }]);
    source.failNext('open', new PlatformError('ACCESS_DENIED', 'No right to read it.'), 2);
    expect(await run()).toEqual({ 'a.txt': 'FLAGGED ACCESS_DENIED', 'b.txt': 'CREATED NEW' });
    expect(destination.versions('a.txt')).toBe(2);
  });
});

it('a conflict that has no room for its name is flagged, and the others go on', async () => {
  const { source, destination, run } = openPair({ maxPathLength: 40 });
  const deep = `${'x'.repeat(32)}/a.txt`;
  source.seed([
    { path: deep, bytes: 'one' },
    { path: 'other.txt', bytes: 'one' },
  ]);
  await run();
  destination.seed([{ path: deep, bytes: 'theirs' }]);
  source.seed([
    { path: deep, bytes: 'ours' },
    { path: 'other.txt', bytes: 'changed' },
    { path: 'new.txt', bytes: 'new' },
  ]);
  expect(await run()).toEqual({
    [deep]: 'FLAGGED PATH_TOO_LONG',
    'new.txt': 'CREATED NEW',
    'other.txt': 'UPDATED CONTENT_CHANGED',
  });
});

describe('an existing folder in another spelling', () => {
  it.each([
    ['case', 'Drawings', 'DRAWINGS', { isCaseSensitive: false }],
    ['Unicode form', 'Pl\u00e4ne', 'Pla\u0308ne', { isUnicodeFormSensitive: false }],
  ])('(%s) is compared with all below it in the first run', async (_, name, there, limits) => {
    const { source, destination, run } = openPair(limits);
    const modifiedAt = new Date('2026-01-02');
    destination.seed([
      { path: `${there}/a.pdf`, bytes: 'same', modifiedAt },
      { path: `${there}/b.pdf`, bytes: 'older' },
      { path: `${there}/Level 1/x.pdf`, bytes: 'same', modifiedAt },
    ]);
    source.seed([
      { path: `${name}/a.pdf`, bytes: 'same', modifiedAt },
      { path: `${name}/b.pdf`, bytes: 'newer bytes' },
      { path: `${name}/Level 1/x.pdf`, bytes: 'same', modifiedAt },
      { path: `${name}/c.pdf`, bytes: 'new' },
    ]);
    expect(await run()).toEqual({
      [name]: 'ADOPTED IDENTICAL',
      [`${name}/Level 1`]: 'ADOPTED IDENTICAL',
      [`${name}/Level 1/x.pdf`]: 'ADOPTED IDENTICAL',
      [`${name}/a.pdf`]: 'ADOPTED IDENTICAL',
      [`${name}/b.pdf`]: 'UPDATED CONTENT_CHANGED',
      [`${name}/c.pdf`]: 'CREATED NEW',
    });
    expect(destination.tree().filter((path) => path.endsWith('c.pdf'))).toEqual([`${there}/c.pdf`]);
    expect(await run()).toEqual({});
  });
});

describe('a kind that changed is refused before any call', () => {
  it.each(['pkg/inner.xml', 'pkg/'])(
    'a folder (%s) that became a file, and a file that became a folder',
    async (folder) => {
      const { source, destination, run } = openPair();
      source.seed([
        folder.endsWith('/') ? { path: 'pkg' } : { path: folder, bytes: 'x' },
        { path: 'file', bytes: 'y' },
      ]);
      await run();
      for (const path of ['pkg', 'file']) source.removeBehind(path);
      source.seed([
        { path: 'pkg', bytes: 'now a file' },
        { path: 'file/below.txt', bytes: 'now a folder' },
      ]);
      const writes: string[] = [];
      destination.onOperation(({ operation, path }) => {
        if (operation === 'write' || operation === 'ensureFolder') writes.push(path.join('/'));
      });
      const outcomes = await run();
      expect(outcomes).toMatchObject({ pkg: 'FLAGGED NAME_TAKEN', file: 'FLAGGED NAME_TAKEN' });
      expect(writes).toEqual([]);
    },
  );
});
