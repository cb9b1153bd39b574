import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { createMemoryPlatform, MemoryJob, MemoryRunStore, type MemoryPlatform } from '../testing/index.js';
import { executeRun, type RunContext, type RunEnd } from './index.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 12), sleep: async () => {} };

class Desk {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryRunStore(this.job);
  policies: Policies = defaultPolicies('COPY');
  only: string[] | null = null;
  destinationRoot: string[] = [];
  stopping = false;
  abort = new AbortController();

  constructor(options: { destination?: Parameters<typeof createMemoryPlatform>[0] } = {}) {
    this.source = createMemoryPlatform();
    this.destination = createMemoryPlatform(options.destination);
  }

  context(): RunContext {
    const silent = () => {};
    return {
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: this.destinationRoot,
      policies: this.policies,
      store: this.store,
      clock,
      report: { progress: silent, inFlight: silent, waiting: silent, called: silent, discovered: silent },
      control: { signal: this.abort.signal, isStopping: this.stopping, onStopping: silent },
      owner: 'run',
      only: this.only,
    };
  }

  run(): Promise<RunEnd> {
    this.store = new MemoryRunStore(this.job);
    return executeRun(this.context());
  }

  outcomes(): Record<string, string> {
    const outcomes: Record<string, string> = {};
    for (const { step, outcome, result } of this.store.steps()) {
      outcomes[step.sourceKey ?? ''] = `${outcome} ${result?.reason ?? step.reason}`;
    }
    return outcomes;
  }
}

const files = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ path: `f${i % 4}/g${i % 3}/file ${i}.txt`, bytes: `bytes of ${i}` }));

function expectEqualTrees(desk: Desk): void {
  expect(desk.destination.tree()).toEqual(desk.source.tree());
  for (const path of desk.source.tree().filter((name) => !name.endsWith('/'))) {
    expect(desk.destination.bytes(path), path).toEqual(desk.source.bytes(path));
  }
}

describe('a copy', () => {
  it('brings everything over, and a second run does nothing', async () => {
    const desk = new Desk();
    desk.source.seed([...files(40), { path: 'empty folder' }, { path: 'empty.txt', bytes: '' }]);
    expect(await desk.run()).toEqual({ end: 'DONE' });
    expectEqualTrees(desk);
    expect(await desk.run()).toEqual({ end: 'DONE' });
    expect(desk.store.steps()).toEqual([]);
    expect(desk.store.unchanged.items).toBe(desk.source.tree().length);
  });

  it('creates the destination folder with those above it', async () => {
    const desk = new Desk();
    desk.destinationRoot = ['Drawings', 'From share'];
    desk.source.seed([{ path: 'a/b.txt', bytes: 'x' }]);
    expect(await desk.run()).toEqual({ end: 'DONE' });
    expect(desk.destination.tree()).toContain('Drawings/From share/a/b.txt');
    expect(await desk.run()).toEqual({ end: 'DONE' });
    expect(desk.store.steps()).toEqual([]);
  });

  it('gives changed files a new version and leaves touched ones', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'a.txt', bytes: 'one' },
      { path: 'b.txt', bytes: 'same' },
    ]);
    await desk.run();
    desk.source.seed([
      { path: 'a.txt', bytes: 'two' },
      { path: 'b.txt', bytes: 'same' },
    ]);
    await desk.run();
    expect(desk.outcomes()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED', 'b.txt': 'UNCHANGED IDENTICAL' });
    expect([desk.destination.versions('a.txt'), desk.destination.versions('b.txt')]).toEqual([2, 1]);
    await desk.run();
    expect(desk.store.steps()).toEqual([]);
  });

  it('reads a file of equal size back on first contact, and replaces it only if it differs', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'same.txt', bytes: 'equal' },
      { path: 'other.txt', bytes: 'ours!' },
    ]);
    const modifiedAt = new Date('2020-01-01');
    desk.destination.seed([
      { path: 'same.txt', bytes: 'equal', modifiedAt },
      { path: 'other.txt', bytes: 'their', modifiedAt },
    ]);
    await desk.run();
    expect(desk.outcomes()).toEqual({ 'same.txt': 'ADOPTED IDENTICAL', 'other.txt': 'UPDATED CONTENT_CHANGED' });
    expect([desk.destination.versions('same.txt'), desk.destination.versions('other.txt')]).toEqual([1, 2]);
    await desk.run();
    expect(desk.store.steps()).toEqual([]);
  });

  it('keeps both when both sides changed', async () => {
    const desk = new Desk();
    desk.source.seed([{ path: 'a.txt', bytes: 'one' }]);
    await desk.run();
    desk.destination.seed([{ path: 'a.txt', bytes: 'theirs', modifiedAt: new Date('2026-01-05') }]);
    desk.source.seed([{ path: 'a.txt', bytes: 'ours', modifiedAt: new Date('2026-01-06') }]);
    await desk.run();
    expect(desk.destination.tree()).toEqual(['a (conflict 2026-11-21 12-00-00).txt', 'a.txt']);
    expect(Buffer.from(desk.destination.bytes('a.txt')!).toString()).toBe('ours');
    await desk.run();
    expect(desk.store.steps()).toEqual([]);
  });

  it('follows folders and files that were moved at the destination', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'f/a.txt', bytes: 'one' },
      { path: 'b.txt', bytes: 'x' },
    ]);
    await desk.run();
    const call = { signal: desk.abort.signal, priority: 'JOB' as const, owner: 't' };
    const root = (await desk.destination.find({ path: [] }, call))!;
    await desk.destination.destination!.move!(desk.destination.item('f')!, { parent: root, name: 'renamed' }, call);
    desk.source.seed([
      { path: 'f/a.txt', bytes: 'two' },
      { path: 'f/new.txt', bytes: 'n' },
    ]);
    await desk.run();
    expect(desk.destination.tree()).toEqual(['b.txt', 'renamed/', 'renamed/a.txt', 'renamed/new.txt']);
    expect(desk.destination.versions('renamed/a.txt')).toBe(2);
  });

  it('renames what would fall into a folder that the destination keeps for itself at its root', async () => {
    const desk = new Desk({ destination: { limits: { reservedRootNames: ['Schedules'] } } });
    desk.source.seed([
      { path: 'Schedules/a.txt', bytes: 'x' },
      { path: 'f/Schedules/b.txt', bytes: 'y' },
    ]);
    await desk.run();
    const tree = ['Schedules_/', 'Schedules_/a.txt', 'f/', 'f/Schedules/', 'f/Schedules/b.txt'];
    expect(desk.destination.tree()).toEqual(tree);
    await desk.run();
    expect(desk.store.steps()).toEqual([]);
  });

  it('goes on around a folder that cannot be listed on either side', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'bad/a.txt', bytes: 'x' },
      { path: 'good/b.txt', bytes: 'y' },
      { path: 'far/c.txt', bytes: 'z' },
    ]);
    desk.destination.seed([{ path: 'far' }]);
    desk.source.denyListing('bad', new PlatformError('ACCESS_DENIED', 'No right to list it.'));
    desk.destination.denyListing('far', new PlatformError('ACCESS_DENIED', 'No right to list it.'));
    expect(await desk.run()).toEqual({ end: 'DONE' });
    expect(desk.destination.tree()).toEqual(expect.arrayContaining(['good/b.txt']));
    expect(desk.destination.tree()).not.toContain('far/c.txt');
    expect(desk.destination.tree()).not.toContain('bad/');
    expect(desk.store.steps().filter(({ step }) => step.sourceKey === 'bad')).toHaveLength(1);
    expect(desk.outcomes()['bad']).toBe('FLAGGED LISTING_FAILED');
    expect(desk.outcomes()['far/c.txt']).toBe('FLAGGED LISTING_FAILED');
  });

  it('tries a failed item again in the same run, then in the next ones, then flags it', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'a.txt', bytes: 'x' },
      { path: 'b.txt', bytes: 'y' },
    ]);
    desk.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'It stumbled.'), 1);
    await desk.run();
    expectEqualTrees(desk);
    desk.source.seed([{ path: 'c.txt', bytes: 'x' }]);
    const seen: (string | undefined)[] = [];
    for (let run = 0; run < 3; run++) {
      desk.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'It stumbled.'), 2);
      await desk.run();
      seen.push(desk.outcomes()['c.txt']);
    }
    expect(seen).toEqual(['RETRYING PLATFORM_ERROR', 'RETRYING PLATFORM_ERROR', 'FLAGGED PLATFORM_ERROR']);
  });

  it('does not create what is below a folder that failed, and says why', async () => {
    const desk = new Desk();
    desk.source.seed([
      { path: 'f/a.txt', bytes: 'x' },
      { path: 'g/b.txt', bytes: 'y' },
    ]);
    desk.destination.failNext('ensureFolder', new PlatformError('ACCESS_DENIED', 'No right to create it.'), 2);
    await desk.run();
    expect(desk.outcomes()).toMatchObject({ f: 'FLAGGED ACCESS_DENIED', 'f/a.txt': 'RETRYING ACCESS_DENIED' });
    expect(desk.destination.tree()).toEqual([]);
    desk.only = ['f/a.txt'];
    await desk.run();
    expect(desk.destination.tree()).toEqual(['f/', 'f/a.txt']);
  });

  it('halts at the first failure where the policy asks, and stops for the whole account', async () => {
    const desk = new Desk();
    desk.source.seed(files(20));
    desk.policies = { ...desk.policies, failure: 'HALT', maxParallelTransfers: 1 };
    desk.destination.failNext('write', new PlatformError('LOCKED', 'Ivo has it.'), 1);
    expect(await desk.run()).toMatchObject({ end: 'HALTED' });
    const other = new Desk();
    other.source.seed(files(20));
    other.destination.failNext('write', new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.'), 1);
    expect(await other.run()).toMatchObject({ end: 'BROKEN', error: { kind: 'SIGN_IN_REQUIRED' } });
    other.store.restarted();
    expect(await executeRun(other.context())).toEqual({ end: 'DONE' });
    expectEqualTrees(other);
  });

  it('flags a file that changes while it is read and leaves nothing of it', async () => {
    const desk = new Desk();
    desk.source.seed([{ path: 'a.txt', bytes: 'x'.repeat(200_000) }]);
    desk.policies = { ...desk.policies, retries: 1 };
    desk.source.changeDuringRead('a.txt', 'y'.repeat(200_000));
    desk.destination.onOperation(null);
    await desk.run();
    expect(['CREATED NEW', 'FLAGGED CHANGED_DURING_READ', 'RETRYING CHANGED_DURING_READ']).toContain(
      desk.outcomes()['a.txt'],
    );
    expect(desk.outcomes()['a.txt']).not.toBe('CREATED NEW');
    expect(desk.destination.tree()).toEqual([]);
  });

  it('reads back where the job asks', async () => {
    const desk = new Desk();
    desk.source.seed([{ path: 'a.txt', bytes: 'x' }]);
    desk.policies = { ...desk.policies, readBack: true };
    await desk.run();
    expect(desk.store.steps()[0]!.result!.verifiedBy).toBe('CHECKSUM');
  });

  it('waits for approval before it writes anything', async () => {
    const desk = new Desk();
    desk.source.seed(files(3));
    expect(await executeRun(desk.context(), async () => 'WAIT')).toEqual({ end: 'AWAITING_APPROVAL' });
    expect(desk.destination.tree()).toEqual([]);
  });

  it('never takes an unreadable listing for an empty one', async () => {
    const desk = new Desk();
    desk.source.seed(files(5));
    desk.destination.failNext('find', new PlatformError('ACCESS_DENIED', 'Gone.'), 1);
    expect(await desk.run()).toMatchObject({ end: 'BROKEN', error: { kind: 'ACCESS_DENIED' } });
    expect(desk.destination.tree()).toEqual([]);
  });
});

describe('a copy that is killed', () => {
  /** Dies at the n-th effect on either platform, before or after it, goes on in a new process, until nothing dies any more. */
  it('ends with every file once whichever effect it dies at', async () => {
    for (let fatal = 1; ; fatal++) {
      const desk = new Desk();
      desk.source.seed(files(6));
      let effects = 0;
      let hasDied = false;
      const count = () => {
        if (++effects !== fatal) return;
        hasDied = true;
        desk.abort.abort(new PlatformError('ABORTED', 'Killed.'));
        throw new PlatformError('ABORTED', 'Killed.');
      };
      desk.source.onOperation(count);
      desk.destination.onOperation(count);
      await desk.run();
      if (!hasDied) break;
      desk.abort = new AbortController();
      desk.store.restarted();
      expect(await executeRun(desk.context()), `killed at effect ${fatal}`).toEqual({ end: 'DONE' });
      expectEqualTrees(desk);
      for (const path of desk.source.tree().filter((name) => !name.endsWith('/'))) {
        expect(desk.destination.versions(path), `${path}, killed at effect ${fatal}`).toBe(1);
      }
      expect(fatal).toBeLessThan(500);
    }
  });
});
