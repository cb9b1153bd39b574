import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { PlatformError, type ItemRule } from '../platform/index.js';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

class Mover {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Partial<Policies> = {};
  rules: ItemRule[] = [];
  only: string[] | null = null;

  constructor({ source = {}, destination = {} }: Record<string, MemoryPlatformOptions> = {}) {
    [this.source, this.destination] = [createMemoryPlatform(source), createMemoryPlatform(destination)];
  }

  with(...paths: string[]): this {
    this.source.seed(paths.map((path) => ({ path, bytes: `bytes of ${path}` })));
    return this;
  }

  begin(): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return this.goOn();
  }

  goOn(): Promise<RunEnd> {
    return executeRun({
      ...{ source: this.source, destination: this.destination, sourceRoot: [], destinationRoot: [] },
      policies: { ...defaultPolicies('MOVE'), ...this.policies },
      rules: this.rules,
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...{ ...quietRun(), transferType: 'MOVE', only: this.only },
    });
  }

  async run(): Promise<string[]> {
    expect(await this.begin()).toEqual({ kind: 'DONE' });
    return this.told();
  }

  told(): string[] {
    const lines = this.store.steps().map(({ step, outcome, result }) => {
      return `${outcome} ${result?.reason ?? step.reason} ${step.side[0]}:${step.sourceKey}`;
    });
    return lines.sort();
  }

  get trees(): [string[], string[]] {
    return [this.source.tree(), this.destination.tree()];
  }
}

const GONE = 'DELETED MOVED_AWAY S:';
const MOVED = (path: string) => [`CREATED NEW D:${path}`, `${GONE}${path}`];

describe('MOVE brings each item over, and removes it at the source once the destination holds it', () => {
  it('files, and folders after all that was in them; what comes later likewise, and an idle run does nothing', async () => {
    const mover = new Mover().with('a.txt', 'f/b.txt', 'f/sub/c.txt');
    const paths = ['a.txt', 'f', 'f/b.txt', 'f/sub', 'f/sub/c.txt'];
    expect(await mover.run()).toEqual(paths.flatMap(MOVED).sort());
    expect(mover.trees).toEqual([[], ['a.txt', 'f/', 'f/b.txt', 'f/sub/', 'f/sub/c.txt']]);
    expect(await mover.run()).toEqual([]);
    expect(await mover.with('f/later.txt').run()).toEqual(
      ['ADOPTED IDENTICAL D:f', `${GONE}f`, ...MOVED('f/later.txt')].sort(),
    );
    expect(mover.trees).toEqual([[], ['a.txt', 'f/', 'f/b.txt', 'f/later.txt', 'f/sub/', 'f/sub/c.txt']]);
  });

  it('says in the plan what goes, and that it can be had back', async () => {
    const mover = new Mover().with('a.txt');
    await mover.run();
    const [, removal] = mover.store.steps();
    expect(removal?.step).toMatchObject({
      type: 'REMOVE',
      side: 'SOURCE',
      isDestructive: false,
      destinationKey: 'a.txt',
    });
    expect(removal?.step.message).toMatch(/once the destination is proved to hold it.*recycle bin/);
  });

  it('what has a name again that was moved before is an update of what was moved', async () => {
    const mover = new Mover().with('a.txt');
    await mover.run();
    mover.source.seed([{ path: 'a.txt', bytes: 'the next one' }]);
    expect(await mover.run()).toEqual([`${GONE}a.txt`, 'UPDATED CONTENT_CHANGED D:a.txt']);
    expect(mover.destination.versions('a.txt')).toBe(2);
  });
});

describe('MOVE beside people of the destination', () => {
  it('removes what came again as it was moved, and the version that people made of it is theirs also the next time', async () => {
    const mover = new Mover().with('a.txt');
    await mover.run();
    mover.destination.seed([{ path: 'a.txt', bytes: 'of people' }]);
    expect(await mover.with('a.txt').run()).toContain(`${GONE}a.txt`);
    mover.source.seed([{ path: 'a.txt', bytes: 'the next one' }]);
    mover.policies = { conflict: 'DESTINATION' };
    expect(await mover.run()).toEqual(['SKIPPED CONFLICT D:a.txt']);
    expect(Buffer.from(mover.destination.bytes('a.txt')!).toString()).toBe('of people');
  });
});

describe('MOVE leaves at the source', () => {
  it('what fails on its way, with its folder, and moves it the next time', async () => {
    const mover = new Mover().with('f/a.txt', 'f/b.txt');
    mover.policies = { retries: 1 };
    mover.destination.failNext('write', new PlatformError('REJECTED', 'No.', { retry: 'never' }), 1);
    const told = await mover.run();
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toHaveLength(1);
    expect(told.filter((line) => line.startsWith('SKIPPED VERIFICATION_FAILED'))).toHaveLength(1);
    expect(told).toContain('SKIPPED OTHER S:f');
    expect(mover.source.tree()).toHaveLength(2);
    await mover.run();
    expect(mover.trees).toEqual([[], ['f/', 'f/a.txt', 'f/b.txt']]);
  });

  it('what changes after it was read', async () => {
    const mover = new Mover().with('a.txt');
    mover.source.onOperation(({ operation, moment }) => {
      if (operation !== 'remove' || moment !== 'before') return;
      mover.source.onOperation(null);
      mover.source.seed([{ path: 'a.txt', bytes: 'of the last moment' }]);
    });
    expect(await mover.run()).toEqual(['CREATED NEW D:a.txt', 'SKIPPED CONTENT_CHANGED S:a.txt']);
    expect(await mover.run()).toEqual([`${GONE}a.txt`, 'UPDATED CONTENT_CHANGED D:a.txt']);
    expect(Buffer.from(mover.destination.bytes('a.txt')!).toString()).toBe('of the last moment');
  });

  it('what vanished from the destination before its turn came', async () => {
    const mover = new Mover().with('a.txt');
    mover.destination.onOperation(({ operation, moment }) => {
      if (operation === 'write' && moment === 'after') mover.destination.removeBehind('a.txt');
    });
    expect(await mover.run()).toContain('SKIPPED VERIFICATION_FAILED S:a.txt');
    expect(mover.source.tree()).toEqual(['a.txt']);
  });

  it('what the filters leave out, and what is refused, with the folders that hold it', async () => {
    const mover = new Mover().with('f/a.txt', 'f/left.tmp', 'g/b.txt', 'g/large.txt', 'h/c.txt');
    mover.rules = [{ ...NO_CONDITION, isExclusion: true, globs: ['**/*.tmp'] }];
    mover.policies = { maxItemBytes: 'bytes of g/b.txt'.length };
    const told = await mover.run();
    expect(told).toContain('FLAGGED FILE_TOO_LARGE D:g/large.txt');
    expect(mover.source.tree()).toEqual(['f/', 'f/left.tmp', 'g/', 'g/large.txt']);
    for (const folder of ['f', 'g']) expect(told.filter((line) => line.endsWith(` S:${folder}`))).toEqual([]);
  });

  it('a folder of which something could not be listed', async () => {
    const mover = new Mover().with('f/a.txt', 'f/sub/b.txt');
    mover.source.denyListing('f/sub', new PlatformError('ACCESS_DENIED', 'No.'));
    const told = await mover.run();
    expect(told).toContain(`${GONE}f/a.txt`);
    expect(mover.source.tree()).toEqual(['f/', 'f/sub/', 'f/sub/b.txt']);
  });

  it('what is not verified, where the job does not ask for it', async () => {
    const mover = new Mover().with('a.txt');
    mover.policies = { verification: 'NONE' };
    expect(await mover.run()).toEqual(['CREATED NEW D:a.txt', 'SKIPPED VERIFICATION_FAILED S:a.txt']);
    expect(mover.source.tree()).toEqual(['a.txt']);
  });

  it('a file of which the destination holds another one in its place', async () => {
    const mover = new Mover().with('a.txt');
    mover.source.onOperation(({ operation, moment }) => {
      if (operation === 'remove' && moment === 'before') throw new PlatformError('UNREACHABLE', 'No.');
    });
    await mover.begin();
    mover.source.onOperation(null);
    mover.destination.removeBehind('a.txt');
    mover.destination.seed([{ path: 'a.txt', bytes: 'theirs' }]);
    expect(await mover.run()).toEqual(['SKIPPED EDITED_AT_DESTINATION D:a.txt']);
    expect(mover.source.tree()).toEqual(['a.txt']);
  });
});

it('a later version that people made from what was moved is proof enough', async () => {
  const mover = new Mover().with('a.txt');
  mover.source.failNext('remove', new PlatformError('REJECTED', 'No.', { retry: 'never' }), 1);
  await mover.run();
  mover.destination.seed([{ path: 'a.txt', bytes: 'edited there' }]);
  expect(await mover.run()).toEqual([`${GONE}a.txt`]);
  expect(Buffer.from(mover.destination.bytes('a.txt')!).toString()).toBe('edited there');
});

describe('an equal file that is there already', () => {
  const modifiedAt = new Date(Date.UTC(2026, 1, 3));

  it('is proof when its bytes are equal', async () => {
    const mover = new Mover();
    for (const side of [mover.source, mover.destination]) side.seed([{ path: 'a.txt', bytes: 'same', modifiedAt }]);
    expect(await mover.run()).toEqual(['ADOPTED IDENTICAL D:a.txt', `${GONE}a.txt`]);
  });

  it('is none when only size and time are equal', async () => {
    const mover = new Mover({
      source: { capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } },
      destination: { capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } },
    });
    mover.source.seed([{ path: 'a.txt', bytes: 'mine', modifiedAt }]);
    mover.destination.seed([{ path: 'a.txt', bytes: 'some', modifiedAt }]);
    expect(await mover.run()).toEqual([`${GONE}a.txt`, 'UPDATED CONTENT_CHANGED D:a.txt']);
    expect(Buffer.from(mover.destination.bytes('a.txt')!).toString()).toBe('mine');
  });
});

it('a run that is broken off at any effect leaves each file on a side, and the next one ends the move', async () => {
  const files = ['a.txt', 'f/b.txt', 'f/sub/c.txt', 'g/d.txt'];
  const expected = ['a.txt', 'f/', 'f/b.txt', 'f/sub/', 'f/sub/c.txt', 'g/', 'g/d.txt'];
  const counting = new Mover().with(...files);
  let effects = 0;
  const count = ({ operation }: { operation: string }) => void (effects += Number(CHANGES.has(operation)));
  for (const side of [counting.source, counting.destination]) side.onOperation(count);
  await counting.run();
  for (let broken = 1; broken <= effects; broken++) {
    const mover = new Mover().with(...files);
    let passed = 0;
    const crash = ({ operation }: { operation: string }) => {
      if (CHANGES.has(operation) && ++passed >= broken) throw new Error('The process dies.');
    };
    for (const side of [mover.source, mover.destination]) side.onOperation(crash);
    await expect(mover.begin()).rejects.toThrow('dies');
    for (const side of [mover.source, mover.destination]) side.onOperation(null);
    for (const path of files) {
      const held = [mover.source, mover.destination].filter((side) => side.bytes(path) !== null);
      expect(held.length, `${path} after ${broken}`).toBeGreaterThan(0);
    }
    mover.store.restarted();
    expect(await mover.goOn()).toEqual({ kind: 'DONE' });
    await mover.run();
    expect(mover.trees, `broken off at ${broken}`).toEqual([[], expected]);
    for (const path of files) expect(mover.destination.versions(path)).toBe(1);
  }
});

const CHANGES = new Set(['ensureFolder', 'write', 'remove', 'move']);
