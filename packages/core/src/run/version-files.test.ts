import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { defaultPolicies, type Policies, type TransferType } from '../plan/index.js';
import { PlatformError, type ItemRule } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, undoneRun } from '../testing/index.js';
import type { MemoryPlatform, MemoryPlatformOptions } from '../testing/index.js';
import { executeRun, type RunEnd, type UndoneRun } from './index.js';

const NO_VERSIONS = { VERSION_PRESERVATION: { level: 'NONE' } } as const;

/** A job from a platform that gives former contents to one that keeps none. */
class AsFiles {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Partial<Policies> = { versionsAsFiles: true };
  rules: ItemRule[] = [];
  /** Times that the source was asked for the versions of a file. */
  asked = 0;

  constructor(
    private readonly type: TransferType = 'COPY',
    there: MemoryPlatformOptions = {},
    here: MemoryPlatformOptions = {},
  ) {
    this.source = createMemoryPlatform({ tellsVersions: true, ...here });
    this.destination = createMemoryPlatform({ capabilities: NO_VERSIONS, ...there });
    const versions = this.source.source!.versions!.bind(this.source.source);
    this.source.source!.versions = (item, call) => {
      this.asked += 1;
      return versions(item, call);
    };
  }

  begin(store = new MemoryEngineStore(this.job), signal?: AbortSignal, undo?: UndoneRun): Promise<RunEnd> {
    this.store = store;
    const { source, destination, rules } = this;
    return executeRun({
      ...{ ...quietRun(signal), source, destination, sourceRoot: [], destinationRoot: [], store, rules, undo },
      transferType: this.type,
      policies: { ...defaultPolicies(this.type), ...this.policies },
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      listing: { isFull: false, settings: { SOURCE: 's', DESTINATION: 'd' } },
    });
  }

  async run(): Promise<string[]> {
    expect(await this.begin()).toEqual({ kind: 'DONE' });
    return this.store.steps().map(({ step, outcome }) => `${outcome} ${step.action} ${step.destinationKey}`);
  }

  put(path: string, ...texts: string[]): void {
    for (const bytes of texts) this.source.seed([{ path, bytes }]);
  }

  there(): Record<string, string | undefined> {
    const files = this.destination.tree().filter((path) => !path.endsWith('/') && !path.startsWith('.sluice-trash'));
    return Object.fromEntries(files.map((path) => [path, this.destination.texts(path).at(-1)]));
  }
}

it.each([
  [true, { 'a.txt': [5], 'a (v1).txt': [3], 'a (v2).txt': [6] }],
  [false, { 'a.txt': [5], 'a (v1).txt': [0, 1], 'a (v2).txt': [0, 1] }],
])('the plan counts their bytes where the source tells them (%s)', async (tellsVersionSizes, counted) => {
  const job = new AsFiles('COPY', {}, { tellsVersionSizes });
  job.put('a.txt', 'one', 'second', 'three');
  await job.run();
  const told = job.store.steps().map(({ step }) => {
    const unsized = step.type === 'TRANSFER' && step.unsized;
    return [step.destinationKey, [step.byteCount, ...(unsized ? [unsized] : [])]];
  });
  expect(Object.fromEntries(told)).toEqual(counted);
  const former = job.destination.item('a (v1).txt');
  expect(former?.modifiedAt).toEqual((await versionTimes(job))[0]);
  expect(job.there()).toEqual({ 'a.txt': 'three', 'a (v1).txt': 'one', 'a (v2).txt': 'second' });
});

async function versionTimes({ source }: AsFiles) {
  const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
  return (await source.source!.versions!(source.item('a.txt')!, call)).map(({ modifiedAt }) => modifiedAt);
}

const THREE = { 'a.txt': 'three', 'a (v1).txt': 'one', 'a (v2).txt': 'two' };

describe.each<TransferType>(['COPY', 'PUBLISH', 'MIGRATE'])('former versions of %s', (type) => {
  it('come as files beside the newest one, which has the name, and the second run does nothing and asks nothing', async () => {
    const job = new AsFiles(type);
    job.put('a.txt', 'one', 'two', 'three');
    job.put('plain.txt', 'only');
    await job.run();
    expect(job.there()).toEqual({ ...THREE, 'plain.txt': 'only' });
    expect(job.asked).toBe(1);
    expect(await job.run()).toEqual([]);
    expect(job.asked).toBe(1);
  });
});

it('a plan foresees the calls in which the source is asked for them, and no others', async () => {
  const job = new AsFiles('COPY', {}, { costOfVersions: 1 });
  const foreseen = () => job.store.steps().reduce((sum, { step }) => sum + (step.readCallCount ?? 0), 0);
  job.put('a.txt', 'one', 'two', 'three');
  job.put('f/b.txt', 'first', 'second');
  job.put('plain.txt', 'only');
  await job.run();
  expect([foreseen(), job.asked]).toEqual([2, 2]);
  job.put('f/b.txt', 'third');
  await job.run();
  expect([foreseen(), job.asked]).toEqual([1, 3]);
  expect(await job.run()).toEqual([]);
});

describe.each<[string, MemoryPlatformOptions]>([
  ['lists all', {}],
  ['lists what changed', { tellsChanges: true }],
])('former versions from a platform that %s', (_, here) => {
  it('a new version adds one file and updates the newest', async () => {
    const job = new AsFiles('COPY', {}, here);
    job.put('a.txt', 'one', 'two');
    job.put('b.txt', 'first', 'second');
    await job.run();
    job.put('a.txt', 'three');
    expect((await job.run()).sort()).toEqual(['CREATED CREATE a (v2).txt', 'UPDATED UPDATE a.txt']);
    expect(job.there()).toEqual({ ...THREE, 'b.txt': 'second', 'b (v1).txt': 'first' });
    expect(await job.run()).toEqual([]);
  });

  it('follow their file to another name and folder', async () => {
    const job = new AsFiles('COPY', {}, here);
    job.put('a.txt', 'one', 'two');
    job.source.seed([{ path: 'sub' }]);
    await job.run();
    const item = job.source.item('a.txt')!;
    await job.source.destination!.move!(item, { parent: job.source.item('sub')!, name: 'b.txt' }, CALL);
    expect((await job.run()).sort()).toEqual(['MOVED MOVE sub/b (v1).txt', 'MOVED MOVE sub/b.txt']);
    expect(job.there()).toEqual({ 'sub/b.txt': 'two', 'sub/b (v1).txt': 'one' });
  });

  it('are removed with their file where deletions are mirrored, and kept in the trash', async () => {
    const job = new AsFiles('COPY', {}, here);
    job.policies = { versionsAsFiles: true, deletions: 'MIRROR' };
    job.put('a.txt', 'one', 'two', 'three');
    job.put('b.txt', 'stays');
    await job.run();
    job.source.removeBehind('a.txt');
    expect((await job.run()).sort()).toEqual([
      'DELETED DELETE a (v1).txt',
      'DELETED DELETE a (v2).txt',
      'DELETED DELETE a.txt',
    ]);
    expect(job.there()).toEqual({ 'b.txt': 'stays' });
  });
});

describe('former versions as files', () => {
  it('come only where the job says so', async () => {
    const job = new AsFiles();
    job.policies = {};
    job.put('a.txt', 'one', 'two');
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'two' });
  });

  it('maxVersions: so many of the newest, the file itself among them; those that came before stay', async () => {
    const job = new AsFiles();
    job.policies = { versionsAsFiles: true, maxVersions: 2, deletions: 'MIRROR' };
    job.put('a.txt', 'one', 'two', 'three');
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'three', 'a (v2).txt': 'two' });
    job.put('a.txt', 'four');
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'four', 'a (v2).txt': 'two', 'a (v3).txt': 'three' });
    job.policies = { deletions: 'MIRROR' };
    expect(await job.run()).toEqual([]);
  });

  it('are in and out with their file', async () => {
    const job = new AsFiles();
    job.rules = [{ ...NO_CONDITION, isExclusion: false, globs: ['a.txt'] }];
    job.put('a.txt', 'one', 'two');
    job.put('b.txt', 'one', 'two');
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'two', 'a (v1).txt': 'one' });
    job.policies = { versionsAsFiles: true, deletions: 'MIRROR' };
    job.rules = [{ ...NO_CONDITION, isExclusion: true, globs: ['a.txt'] }];
    await job.run();
    expect(job.there()).toMatchObject({ 'a.txt': 'two', 'a (v1).txt': 'one' });
  });

  it('leave a name to the file that has it at the source', async () => {
    const job = new AsFiles();
    job.put('a.txt', 'one', 'two');
    job.put('a (v1).txt', 'a file of that name');
    await job.run();
    expect(job.there()).toEqual({
      'a.txt': 'two',
      'a (v1).txt': 'a file of that name',
      'a (v1) (1).txt': 'one',
    });
    expect(await job.run()).toEqual([]);
  });

  it('keep their number where a name is cut or has characters that the destination refuses', async () => {
    const job = new AsFiles('COPY', { limits: { maxSegmentLength: 20, forbiddenCharacters: ['?'] } });
    job.put('just fits here??.txt', 'one', 'two', 'three');
    await job.run();
    expect(job.there()).toEqual({
      'just fits here__.txt': 'three',
      'just fits h (v1).txt': 'one',
      'just fits h (v2).txt': 'two',
    });
  });

  it('one that is edited or removed at the destination is dealt with as any file is', async () => {
    const job = new AsFiles('PUBLISH');
    job.put('a.txt', 'one', 'two');
    await job.run();
    job.destination.seed([{ path: 'a (v1).txt', bytes: 'theirs' }]);
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'two', 'a (v1).txt': 'one' });
    job.destination.removeBehind('a (v1).txt');
    await job.run();
    expect(job.there()).toEqual({ 'a.txt': 'two', 'a (v1).txt': 'one' });
  });

  it('equal ones that stand there already are taken over', async () => {
    const job = new AsFiles();
    job.put('a.txt', 'one', 'two');
    job.destination.seed([{ path: 'a (v1).txt', bytes: 'one' }]);
    await job.run();
    expect(job.store.steps().map(({ outcome, step }) => `${outcome} ${step.destinationKey}`)).toContain(
      'ADOPTED a (v1).txt',
    );
    expect(job.destination.versions('a (v1).txt')).toBe(1);
  });

  it('one that is too large is flagged by itself', async () => {
    const job = new AsFiles();
    job.policies = { versionsAsFiles: true, maxItemBytes: 4 };
    job.put('a.txt', 'far too long', 'two', 'one');
    expect((await job.run()).sort()).toEqual([
      'CREATED CREATE a (v2).txt',
      'CREATED CREATE a.txt',
      'FLAGGED CREATE a (v1).txt',
    ]);
  });

  it('come right when the file changes while they are read', async () => {
    const job = new AsFiles();
    job.put('a.txt', 'one', 'two');
    let isChanged = false;
    job.destination.onOperation(({ operation }) => {
      if (operation !== 'write' || isChanged) return;
      isChanged = true;
      job.put('a.txt', 'three');
    });
    job.policies = { versionsAsFiles: true, maxParallelTransfers: 1 };
    await job.run();
    await job.run();
    expect(job.there()).toEqual(THREE);
  });
});

it('an undo of their run takes all of them away', async () => {
  const job = new AsFiles();
  job.put('a.txt', 'one', 'two', 'three');
  await job.run();
  expect(await job.begin(undefined, undefined, undoneRun(job.store))).toEqual({ kind: 'DONE' });
  expect(job.there()).toEqual({});
});

it('a crash at any moment brings each of them once', async () => {
  let moments = 0;
  for (let moment = 0; ; moment++) {
    const job = new AsFiles('COPY', { without: ['direct'] });
    job.put('a.txt', 'one', 'two', 'three');
    if (!(await killedAt(job, moment))) break;
    moments += 1;
    if (moment % 2 === 0) job.put('a.txt', 'four');
    await job.begin(job.store.restarted());
    await job.run();
    const four = { ...THREE, 'a.txt': 'four', 'a (v3).txt': 'three' };
    expect([moment, job.there()]).toEqual([moment, moment % 2 === 0 ? four : THREE]);
    expect(await job.run()).toEqual([]);
  }
  expect(moments).toBeGreaterThan(10);
});

/** Runs until the n-th moment of either side; false once there are no more. */
async function killedAt(job: AsFiles, moment: number): Promise<boolean> {
  const abort = new AbortController();
  let passed = 0;
  for (const side of [job.source, job.destination])
    side.onOperation(() => {
      if (!abort.signal.aborted && passed++ >= moment) abort.abort(new PlatformError('ABORTED', 'Killed.'));
      abort.signal.throwIfAborted();
    });
  await job.begin(undefined, abort.signal).catch(() => undefined);
  for (const side of [job.source, job.destination]) side.onOperation(null);
  return abort.signal.aborted;
}

const CALL = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
