import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryJob, MemoryEngineStore, quietRun } from '../testing/index.js';
import { executeRun, type RunContext, type RunEnd } from './index.js';

const OLD = new Date('2019-03-04T05:06:07.123Z');
const OLDER = new Date('2011-01-02T03:04:05.006Z');

class Copy {
  readonly source = createMemoryPlatform();
  readonly destination = createMemoryPlatform();
  readonly job = new MemoryJob();
  readonly policies = defaultPolicies('COPY');
  store = new MemoryEngineStore(this.job);
  isStopping = false;

  constructor() {
    this.source.seed([
      { path: 'plans/level 1/a.txt', bytes: 'a' },
      { path: 'plans/b.txt', bytes: 'b' },
      { path: 'empty' },
    ]);
    this.source.seed([
      { path: 'plans', modifiedAt: OLD, modifiedNanoseconds: 456_789 },
      { path: 'plans/level 1', modifiedAt: OLDER },
      { path: 'empty', modifiedAt: OLDER },
    ]);
  }

  run(): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return this.goOn();
  }

  goOn(): Promise<RunEnd> {
    const quiet = quietRun();
    const isStopping = () => this.isStopping;
    const context: RunContext = {
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: this.policies,
      store: this.store,
      clock: {
        now: () => Date.UTC(2026, 10, 21, 12),
        monotonic: () => Date.UTC(2026, 10, 21, 12),
        sleep: async () => {},
      },
      ...quiet,
      control: {
        ...quiet.control,
        get isStopping() {
          return isStopping();
        },
      },
    };
    return executeRun(context);
  }

  times(): Record<string, Date | null | undefined> {
    const paths = ['plans', 'plans/level 1', 'empty'];
    return Object.fromEntries(paths.map((path) => [path, this.destination.item(path)?.modifiedAt]));
  }
}

const KEPT = { plans: OLD, 'plans/level 1': OLDER, empty: OLDER };

describe('times of folders are kept', () => {
  it('set after the content of the folder is written', async () => {
    const copy = new Copy();
    expect(await copy.run()).toEqual({ kind: 'DONE' });
    expect(copy.times()).toEqual(KEPT);
    expect(copy.destination.item('plans')?.modifiedNanoseconds).toBe(456_789);
  });

  it('again where a later run wrote, and only there', async () => {
    const copy = new Copy();
    await copy.run();
    const touched: string[] = [];
    copy.destination.onOperation(({ operation, path }) => {
      if (operation === 'setFolderTime') touched.push(path.join('/'));
    });
    copy.source.seed([{ path: 'plans/c.txt', bytes: 'c' }]);
    copy.source.seed([{ path: 'plans', modifiedAt: OLDER }]);
    await copy.run();
    expect(copy.times()).toEqual({ ...KEPT, plans: OLDER });
    expect([...new Set(touched.splice(0))]).toEqual(['plans']);
    await copy.run();
    expect(touched).toEqual([]);
  });

  it('by the run that goes on after a stop, also of folders written before it', async () => {
    const copy = new Copy();
    copy.destination.onOperation(({ operation, moment }) => {
      if (operation === 'write' && moment === 'after') copy.isStopping = true;
    });
    expect(await copy.run()).toEqual({ kind: 'STOPPED' });
    expect(copy.times()).not.toEqual(KEPT);
    copy.isStopping = false;
    copy.destination.onOperation(null);
    copy.store.restarted();
    expect(await copy.goOn()).toEqual({ kind: 'DONE' });
    expect(copy.times()).toEqual(KEPT);
  });

  it('not when the job does not keep times', async () => {
    const copy = new Copy();
    copy.policies.keepTimestamps = false;
    await copy.run();
    expect(Object.values(copy.times())).not.toContainEqual(OLD);
  });

  it('or the run tells which is not', async () => {
    const copy = new Copy();
    copy.destination.failNext('setFolderTime', new PlatformError('ACCESS_DENIED', 'The folder belongs to another.'));
    expect(await copy.run()).toEqual({ kind: 'DONE' });
    expect(copy.store.logged).toEqual([
      {
        severity: 'WARNING',
        message: expect.stringMatching(/^The time of a folder is not kept; "\/.+": The folder/) as string,
      },
    ]);
  });
});
