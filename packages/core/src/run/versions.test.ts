import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies, type Policies, type TransferType } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, undoneRun } from '../testing/index.js';
import type { MemoryPlatform, MemoryPlatformOptions, MemoryRole } from '../testing/index.js';
import { executeRun, type RunEnd, type UndoneRun } from './index.js';

class Killed extends Error {}

/** What a plan counts of a step. */
type Bytes = { byteCount: number; unsized?: number };

const NO_VERSIONS = { VERSION_PRESERVATION: { level: 'NONE' } } as const;
/** Where a file is published by the call that ends its upload, and neither times nor checksums are kept. */
const LIKE_PROCORE: MemoryPlatformOptions = {
  without: ['direct', 'proof'] satisfies MemoryRole[],
  capabilities: { CONTENT_CHECKSUM: { level: 'NONE' }, TIMESTAMP_PRESERVATION: { level: 'NONE' } },
};

/** A job between two platforms that give former contents. */
class Versions {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Partial<Policies> = {};

  constructor(
    private readonly type: TransferType = 'COPY',
    { tellsVersionSizes = false, ...options }: MemoryPlatformOptions = {},
  ) {
    this.source = createMemoryPlatform({ tellsVersions: true, tellsVersionSizes });
    this.destination = createMemoryPlatform({ tellsVersions: true, ...options });
  }

  begin(store = new MemoryEngineStore(this.job), signal?: AbortSignal, undoes?: UndoneRun): Promise<RunEnd> {
    this.store = store;
    const { source, destination } = this;
    return executeRun({
      ...{ ...quietRun(signal), source, destination, sourceRoot: [], destinationRoot: [], store },
      ...{ transferType: this.type, undo: undoes },
      policies: { ...defaultPolicies(this.type), ...this.policies },
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
    });
  }

  async run(): Promise<string[]> {
    expect(await this.begin()).toEqual({ kind: 'DONE' });
    return this.told();
  }

  told(): string[] {
    return this.store.steps().map(({ step, outcome, result }) => {
      const versions = result?.versionCount === undefined ? '' : ` ${result.versionCount}`;
      return `${outcome} ${result?.reason ?? step.reason} ${step.sourceKey}${versions}`;
    });
  }

  put(path: string, ...texts: string[]): void {
    for (const bytes of texts) this.source.seed([{ path, bytes }]);
  }
}

describe('versions of a file', () => {
  it('all come in their order, then those that are new, and none twice', async () => {
    const job = new Versions();
    job.put('a.txt', 'one', 'two', 'three');
    job.put('alone.txt', 'only');
    expect(await job.run()).toEqual(['CREATED NEW a.txt 3', 'CREATED NEW alone.txt']);
    expect(job.destination.texts('a.txt')).toEqual(['one', 'two', 'three']);
    expect(await job.run()).toEqual([]);
    job.put('a.txt', 'four', 'five');
    expect(await job.run()).toEqual(['UPDATED CONTENT_CHANGED a.txt 2']);
    job.put('a.txt', 'six');
    expect(await job.run()).toEqual(['UPDATED CONTENT_CHANGED a.txt']);
    expect(job.destination.texts('a.txt')).toEqual(job.source.texts('a.txt'));
    expect(await job.run()).toEqual([]);
  });

  it('maxVersions: so many of the newest come, as the plan says', async () => {
    const job = new Versions();
    job.policies = { maxVersions: 2 };
    job.put('a.txt', 'one', 'two', 'three', 'four');
    expect(await job.run()).toEqual(['CREATED VERSIONS_LEFT_OUT a.txt 2']);
    expect(job.store.steps()[0]!.step.message).toMatch(/Of its 4 versions the newest 2 come\.$/);
    expect(job.store.steps()[0]!.result!.message).toMatch(/2 of its versions that came since are left out\.$/);
    expect(job.destination.texts('a.txt')).toEqual(['three', 'four']);
    job.policies = { maxVersions: 1 };
    job.put('a.txt', 'five', 'six');
    expect(await job.run()).toEqual(['UPDATED CONTENT_CHANGED a.txt']);
    expect(job.store.steps()[0]!.step.message).toMatch(/Of its 6 versions the latest comes, as the job says\.$/);
    expect(job.destination.texts('a.txt')).toEqual(['three', 'four', 'six']);
  });

  it('where the destination keeps none the latest comes, and the plan says so', async () => {
    const job = new Versions('COPY', { capabilities: NO_VERSIONS });
    job.put('a.txt', 'one', 'two');
    await job.run();
    expect(job.destination.texts('a.txt')).toEqual(['two']);
    const { message } = job.store.steps()[0]!.step;
    expect(message).toMatch(/Of its 2 versions the latest comes: the destination keeps no others\.$/);
  });

  it.each([
    ['all where the source tells their sizes', { tellsVersionSizes: true }, {}, { byteCount: 11 }],
    ['the newest that come', { tellsVersionSizes: true }, { maxVersions: 2 }, { byteCount: 8 }],
    ['the latest alone', { tellsVersionSizes: true }, { maxVersions: 1 }, { byteCount: 5 }],
    ['those of which it knows the size, and how many others come', {}, {}, { byteCount: 5, unsized: 2 }],
    ['likewise of the newest', {}, { maxVersions: 2 }, { byteCount: 5, unsized: 1 }],
  ])('the plan counts the bytes of %s', async (_which, options, policies, { byteCount, unsized }: Bytes) => {
    const job = new Versions('COPY', options);
    job.policies = policies;
    job.put('a.txt', 'one', 'two', 'three');
    await job.run();
    const [{ step, result }] = job.store.steps() as [ReturnType<MemoryEngineStore['steps']>[number]];
    expect([step.byteCount, step.type === 'TRANSFER' && step.unsized]).toEqual([byteCount, unsized]);
    if (unsized === undefined) expect(result!.byteCount).toBe(byteCount);
  });

  it('the plan tells how many come', async () => {
    const job = new Versions();
    job.put('a.txt', 'one', 'two', 'three');
    await job.run();
    expect(job.store.steps()[0]!.step.message).toMatch(/All its 3 versions come in their order\.$/);
    expect(job.store.steps()[0]!.result!.byteCount).toBe(11);
  });

  it('an equal file that is there already is adopted as it is', async () => {
    const job = new Versions('COPY', { ...LIKE_PROCORE, without: ['direct', 'proof'] });
    job.put('a.txt', 'one', 'two');
    job.destination.seed([{ path: 'a.txt', bytes: 'two' }]);
    expect(await job.run()).toEqual(['ADOPTED IDENTICAL a.txt']);
    expect(job.destination.texts('a.txt')).toEqual(['two']);
  });

  it('come to a file that is to be made again as to a new one, and back again with SYNC', async () => {
    const job = new Versions('SYNC');
    job.put('a.txt', 'one', 'two');
    await job.run();
    for (const bytes of ['three', 'four']) job.destination.seed([{ path: 'a.txt', bytes }]);
    expect(await job.run()).toEqual(['UPDATED CONTENT_CHANGED a.txt 2']);
    expect(job.source.texts('a.txt')).toEqual(['one', 'two', 'three', 'four']);
    const copy = new Versions();
    copy.put('kept.txt', 'kept');
    copy.put('a.txt', 'one', 'two');
    await copy.run();
    copy.destination.removeBehind('a.txt');
    await copy.run();
    expect(copy.destination.texts('a.txt')).toEqual(['one', 'two']);
  });

  it('what was changed at the destination is put back by the latest alone', async () => {
    const job = new Versions('PUBLISH');
    job.put('a.txt', 'one', 'two');
    await job.run();
    job.destination.seed([{ path: 'a.txt', bytes: 'theirs' }]);
    expect(await job.run()).toEqual(['UPDATED EDITED_AT_DESTINATION a.txt']);
    expect(job.destination.texts('a.txt')).toEqual(['one', 'two', 'theirs', 'two']);
  });

  it('are undone together: what was the latest before is so again', async () => {
    const job = new Versions();
    job.put('a.txt', 'one', 'two');
    await job.run();
    job.put('a.txt', 'three', 'four', 'five');
    await job.run();
    const undone = undoneRun(job.store);
    expect(await job.begin(undefined, undefined, undone)).toEqual({ kind: 'DONE' });
    expect(job.destination.texts('a.txt')).toEqual(['one', 'two', 'three', 'four', 'five', 'two']);
  });

  it('a former one that is too large is left out, and told', async () => {
    const job = new Versions();
    job.policies = { maxItemBytes: 4 };
    job.put('a.txt', 'one', 'far too long', 'two');
    expect(await job.run()).toEqual(['CREATED VERSIONS_LEFT_OUT a.txt 2']);
    expect(job.destination.texts('a.txt')).toEqual(['one', 'two']);
  });

  it('one that fails is tried again, after those that have arrived', async () => {
    const job = new Versions('COPY', LIKE_PROCORE);
    job.put('a.txt', 'one', 'two', 'three');
    let writes = 0;
    job.destination.onOperation(({ operation, moment }) => {
      if (operation === 'write' && moment === 'before' && ++writes === 2)
        throw new PlatformError('PLATFORM_ERROR', 'Not now.');
    });
    expect(await job.run()).toEqual(['CREATED NEW a.txt 3']);
    expect(job.destination.texts('a.txt')).toEqual(['one', 'two', 'three']);
  });
});

describe.each<[string, MemoryPlatformOptions]>([
  ['that proves before it publishes', { without: ['direct'] }],
  ['that publishes first', LIKE_PROCORE],
])('a crash at any moment while versions come to a platform %s', (_, options) => {
  /** Runs until the n-th moment of either side; false once there are no more. */
  async function killedAt(job: Versions, moment: number): Promise<boolean> {
    const abort = new AbortController();
    let passed = 0;
    for (const side of [job.source, job.destination])
      side.onOperation(() => {
        if (abort.signal.aborted) throw new Killed();
        if (passed++ < moment) return;
        abort.abort(new PlatformError('ABORTED', 'Killed.'));
        throw new Killed();
      });
    await job.begin(undefined, abort.signal).catch(() => undefined);
    for (const side of [job.source, job.destination]) side.onOperation(null);
    return abort.signal.aborted;
  }

  it.each<[string, (job: Versions) => Promise<unknown>]>([
    ['the run goes on', (job) => job.begin(job.store.restarted())],
    ['another run follows', (job) => job.run()],
    ['the source has another version by then', (job) => (job.put('a.txt', 'more'), job.begin(job.store.restarted()))],
    ['it has, and another run follows', (job) => (job.put('a.txt', 'more'), job.run())],
  ])('brings each of them once: %s', async (_name, goOn) => {
    let moments = 0;
    for (let moment = 0; ; moment++) {
      const job = new Versions('COPY', options);
      job.put('a.txt', 'one', 'two');
      await job.run();
      job.put('a.txt', 'three', 'four', 'five');
      job.put('new.txt', 'first', 'second', 'third');
      if (!(await killedAt(job, moment))) break;
      moments += 1;
      await goOn(job);
      await job.run();
      for (const path of ['a.txt', 'new.txt'])
        expect([moment, job.destination.texts(path)]).toEqual([moment, job.source.texts(path)]);
      expect(await job.run()).toEqual([]);
    }
    expect(moments).toBeGreaterThan(20);
  });
});
