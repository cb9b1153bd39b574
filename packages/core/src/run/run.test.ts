import { beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { createMemoryPlatform, MemoryJob, MemoryEngineStore, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun, type RunContext, type RunEnd } from './index.js';

const clock = {
  now: () => Date.UTC(2026, 10, 21, 12),
  monotonic: () => Date.UTC(2026, 10, 21, 12),
  sleep: async () => {},
};

/** Both ways in which files come over. */
const WAYS = ['by streams', 'directly'] as const;
let way: (typeof WAYS)[number] = 'by streams';

class RunFixture {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Policies = defaultPolicies('COPY');
  only: string[] | null = null;
  destinationRoot: string[] = [];
  stopping = false;
  abort = new AbortController();

  constructor(options: { destination?: Parameters<typeof createMemoryPlatform>[0] } = {}) {
    this.source = createMemoryPlatform();
    const without = way === 'directly' ? [] : (['direct'] as const);
    this.destination = createMemoryPlatform({ without, ...options.destination });
  }

  context(): RunContext {
    const quiet = quietRun(this.abort.signal);
    return {
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: this.destinationRoot,
      policies: this.policies,
      store: this.store,
      clock,
      ...quiet,
      control: { ...quiet.control, isStopping: this.stopping },
      only: this.only,
    };
  }

  run(): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return executeRun(this.context());
  }

  outcomes(): Record<string, string> {
    return this.store.outcomes();
  }
}

const files = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ path: `f${i % 4}/g${i % 3}/file ${i}.txt`, bytes: `bytes of ${i}` }));

function expectEqualTrees(fixture: RunFixture): void {
  expect(fixture.destination.tree()).toEqual(fixture.source.tree());
  for (const path of fixture.source.tree().filter((name) => !name.endsWith('/'))) {
    expect(fixture.destination.bytes(path), path).toEqual(fixture.source.bytes(path));
  }
}

describe.each(WAYS)('a copy %s', (each) => {
  beforeEach(() => void (way = each));

  it('brings everything over, and a second run does nothing', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([...files(40), { path: 'empty folder' }, { path: 'empty.txt', bytes: '' }]);
    expect(await fixture.run()).toEqual({ kind: 'DONE' });
    expectEqualTrees(fixture);
    expect(await fixture.run()).toEqual({ kind: 'DONE' });
    expect(fixture.store.steps()).toEqual([]);
    expect(fixture.store.unchanged.items).toBe(fixture.source.tree().length);
  });

  it('creates the destination folder with those above it', async () => {
    const fixture = new RunFixture();
    fixture.destinationRoot = ['Drawings', 'From share'];
    fixture.source.seed([{ path: 'a/b.txt', bytes: 'x' }]);
    expect(await fixture.run()).toEqual({ kind: 'DONE' });
    expect(fixture.destination.tree()).toContain('Drawings/From share/a/b.txt');
    expect(await fixture.run()).toEqual({ kind: 'DONE' });
    expect(fixture.store.steps()).toEqual([]);
  });

  it('gives changed files a new version and leaves touched ones', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'a.txt', bytes: 'one' },
      { path: 'b.txt', bytes: 'same' },
    ]);
    await fixture.run();
    fixture.source.seed([
      { path: 'a.txt', bytes: 'two' },
      { path: 'b.txt', bytes: 'same' },
    ]);
    await fixture.run();
    expect(fixture.outcomes()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED', 'b.txt': 'UNCHANGED IDENTICAL' });
    expect([fixture.destination.versions('a.txt'), fixture.destination.versions('b.txt')]).toEqual([2, 1]);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });

  it('reads a file of equal size back on first contact, and replaces it only if it differs', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'same.txt', bytes: 'equal' },
      { path: 'other.txt', bytes: 'ours!' },
    ]);
    const modifiedAt = new Date('2020-01-01');
    fixture.destination.seed([
      { path: 'same.txt', bytes: 'equal', modifiedAt },
      { path: 'other.txt', bytes: 'their', modifiedAt },
    ]);
    await fixture.run();
    expect(fixture.outcomes()).toEqual({ 'same.txt': 'ADOPTED IDENTICAL', 'other.txt': 'UPDATED CONTENT_CHANGED' });
    expect([fixture.destination.versions('same.txt'), fixture.destination.versions('other.txt')]).toEqual([1, 2]);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });

  it('keeps both when both sides changed', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([{ path: 'a.txt', bytes: 'one' }]);
    await fixture.run();
    fixture.destination.seed([{ path: 'a.txt', bytes: 'theirs', modifiedAt: new Date('2026-01-05') }]);
    fixture.source.seed([{ path: 'a.txt', bytes: 'ours', modifiedAt: new Date('2026-01-06') }]);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['a (conflict 2026-11-21 12-00-00).txt', 'a.txt']);
    expect(Buffer.from(fixture.destination.bytes('a.txt')!).toString()).toBe('ours');
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });

  it('follows folders and files that were moved at the destination', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'f/a.txt', bytes: 'one' },
      { path: 'b.txt', bytes: 'x' },
    ]);
    await fixture.run();
    const call = { signal: fixture.abort.signal, priority: 'JOB' as const, owner: 't' };
    const root = (await fixture.destination.find({ path: [] }, call))!;
    await fixture.destination.destination!.move!(
      fixture.destination.item('f')!,
      { parent: root, name: 'renamed' },
      call,
    );
    fixture.source.seed([
      { path: 'f/a.txt', bytes: 'two' },
      { path: 'f/new.txt', bytes: 'n' },
    ]);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['b.txt', 'renamed/', 'renamed/a.txt', 'renamed/new.txt']);
    expect(fixture.destination.versions('renamed/a.txt')).toBe(2);
  });

  it('renames what would fall into a folder that the destination keeps for itself at its root', async () => {
    const fixture = new RunFixture({ destination: { limits: { reservedRootNames: ['Schedules'] } } });
    fixture.source.seed([
      { path: 'Schedules/a.txt', bytes: 'x' },
      { path: 'f/Schedules/b.txt', bytes: 'y' },
    ]);
    await fixture.run();
    const tree = ['Schedules_/', 'Schedules_/a.txt', 'f/', 'f/Schedules/', 'f/Schedules/b.txt'];
    expect(fixture.destination.tree()).toEqual(tree);
    await fixture.run();
    expect(fixture.store.steps()).toEqual([]);
  });

  it('goes on around a folder that cannot be listed on either side', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'bad/a.txt', bytes: 'x' },
      { path: 'good/b.txt', bytes: 'y' },
      { path: 'far/c.txt', bytes: 'z' },
    ]);
    fixture.destination.seed([{ path: 'far' }]);
    fixture.source.denyListing('bad', new PlatformError('ACCESS_DENIED', 'No right to list it.'));
    fixture.destination.denyListing('far', new PlatformError('ACCESS_DENIED', 'No right to list it.'));
    expect(await fixture.run()).toEqual({ kind: 'DONE' });
    expect(fixture.destination.tree()).toEqual(expect.arrayContaining(['good/b.txt']));
    expect(fixture.destination.tree()).not.toContain('far/c.txt');
    expect(fixture.destination.tree()).not.toContain('bad/');
    expect(fixture.store.steps().filter(({ step }) => step.sourceKey === 'bad')).toHaveLength(1);
    expect(fixture.outcomes()['bad']).toBe('FLAGGED LISTING_FAILED');
    expect(fixture.outcomes()['far/c.txt']).toBe('FLAGGED LISTING_FAILED');
  });

  it('tries a failed item again in the same run, then in the next ones, then flags it', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'a.txt', bytes: 'x' },
      { path: 'b.txt', bytes: 'y' },
    ]);
    fixture.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'It stumbled.'), 1);
    await fixture.run();
    expectEqualTrees(fixture);
    fixture.source.seed([{ path: 'c.txt', bytes: 'x' }]);
    const seen: (string | undefined)[] = [];
    for (let run = 0; run < 3; run++) {
      fixture.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'It stumbled.'), 2);
      await fixture.run();
      seen.push(fixture.outcomes()['c.txt']);
    }
    expect(seen).toEqual(['RETRYING PLATFORM_ERROR', 'RETRYING PLATFORM_ERROR', 'FLAGGED PLATFORM_ERROR']);
  });

  it.each([
    [1, 'FLAGGED PLATFORM_ERROR'],
    [2, 'RETRYING PLATFORM_ERROR'],
  ])('flags an item that fails after as many runs as the job allows, here %i', async (retries, outcome) => {
    const fixture = new RunFixture();
    fixture.source.seed([{ path: 'a.txt', bytes: 'x' }]);
    fixture.policies = { ...fixture.policies, retries };
    fixture.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'It stumbled.'), 2);
    await fixture.run();
    expect(fixture.outcomes()['a.txt']).toBe(outcome);
  });

  it('does not create what is below a folder that failed, and says why', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([
      { path: 'f/a.txt', bytes: 'x' },
      { path: 'g/b.txt', bytes: 'y' },
    ]);
    fixture.destination.failNext('ensureFolder', new PlatformError('ACCESS_DENIED', 'No right to create it.'), 2);
    await fixture.run();
    expect(fixture.outcomes()).toMatchObject({ f: 'FLAGGED ACCESS_DENIED', 'f/a.txt': 'RETRYING ACCESS_DENIED' });
    expect(fixture.destination.tree()).toEqual([]);
    fixture.only = ['f/a.txt'];
    await fixture.run();
    expect(fixture.destination.tree()).toEqual(['f/', 'f/a.txt']);
  });

  it('halts at the first failure where the policy asks, and stops for the whole account', async () => {
    const fixture = new RunFixture();
    fixture.source.seed(files(20));
    fixture.policies = { ...fixture.policies, failure: 'HALT', maxParallelTransfers: 1 };
    fixture.destination.failNext('write', new PlatformError('LOCKED', 'Ivo has it.'), 1);
    expect(await fixture.run()).toMatchObject({ kind: 'HALTED' });
    const other = new RunFixture();
    other.source.seed(files(20));
    other.destination.failNext('write', new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.'), 1);
    expect(await other.run()).toMatchObject({ kind: 'BROKEN', error: { kind: 'SIGN_IN_REQUIRED' } });
    other.store.restarted();
    expect(await executeRun(other.context())).toEqual({ kind: 'DONE' });
    expectEqualTrees(other);
  });

  it('leaves nothing of a file that changes while it is read, and brings it as it is then', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([{ path: 'a.txt', bytes: 'x'.repeat(200_000) }]);
    fixture.source.changeDuringRead('a.txt', 'y'.repeat(200_000));
    await fixture.run();
    expect(fixture.outcomes()['a.txt']).toBe('CREATED NEW');
    expect(fixture.store.steps()[0]?.attempts.map(({ reason }) => reason)).toEqual(['CHANGED_DURING_READ', null]);
    expect(fixture.destination.versions('a.txt')).toBe(1);
    expectEqualTrees(fixture);
  });

  it('reads back where the job asks', async () => {
    const fixture = new RunFixture();
    fixture.source.seed([{ path: 'a.txt', bytes: 'x' }]);
    fixture.policies = { ...fixture.policies, readBack: true };
    await fixture.run();
    expect(fixture.store.steps()[0]!.result!.verifiedBy).toBe('CHECKSUM');
  });

  it.each([[[]], [['direct' as const]]])(
    'tells what the destination notes about a file, without %j',
    async (without) => {
      const fixture = new RunFixture({ destination: { without } });
      fixture.source.seed([{ path: 'a.txt', bytes: 'x' }]);
      fixture.destination.noteNext('The owner is not kept.');
      await fixture.run();
      expect(fixture.store.steps()[0]!.result!.message).toContain('The owner is not kept.');
    },
  );

  it('waits for approval before it writes anything', async () => {
    const fixture = new RunFixture();
    fixture.source.seed(files(3));
    expect(await executeRun(fixture.context(), async () => 'WAIT')).toEqual({ kind: 'AWAITING_APPROVAL' });
    expect(fixture.destination.tree()).toEqual([]);
  });

  it('never takes an unreadable listing for an empty one', async () => {
    const fixture = new RunFixture();
    fixture.source.seed(files(5));
    fixture.destination.failNext('find', new PlatformError('ACCESS_DENIED', 'Gone.'), 1);
    expect(await fixture.run()).toMatchObject({ kind: 'BROKEN', error: { kind: 'ACCESS_DENIED' } });
    expect(fixture.destination.tree()).toEqual([]);
  });
});

describe.each(WAYS)('a copy that is killed %s', (each) => {
  beforeEach(() => void (way = each));

  /** Dies at the n-th effect on either platform, before or after it, goes on in a new process, until nothing dies any more. */
  it('ends with every file once whichever effect it dies at', async () => {
    for (let fatal = 1; ; fatal++) {
      const fixture = new RunFixture();
      fixture.source.seed(files(6));
      let effects = 0;
      let hasDied = false;
      const count = () => {
        if (++effects !== fatal) return;
        hasDied = true;
        fixture.abort.abort(new PlatformError('ABORTED', 'Killed.'));
        throw new PlatformError('ABORTED', 'Killed.');
      };
      fixture.source.onOperation(count);
      fixture.destination.onOperation(count);
      await fixture.run();
      if (!hasDied) break;
      fixture.abort = new AbortController();
      fixture.store.restarted();
      expect(await executeRun(fixture.context()), `killed at effect ${fatal}`).toEqual({ kind: 'DONE' });
      expectEqualTrees(fixture);
      for (const path of fixture.source.tree().filter((name) => !name.endsWith('/'))) {
        expect(fixture.destination.versions(path), `${path}, killed at effect ${fatal}`).toBe(1);
      }
      expect(fatal).toBeLessThan(500);
    }
  });
});
