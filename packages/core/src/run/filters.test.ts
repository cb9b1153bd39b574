import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { PlatformError, type ItemRule } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, type MemoryPlatform } from '../testing/index.js';
import { executeRun } from './index.js';

const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'test' };
const exclude = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: true, ...rule });
const include = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: false, ...rule });

class Copy {
  source: MemoryPlatform;
  readonly destination = createMemoryPlatform();
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  rules: ItemRule[] = [];
  policies = { ...defaultPolicies('COPY'), deletions: 'MIRROR' as const };
  sourceRoot: string[] = [];
  only: string[] | null = null;
  now = Date.UTC(2026, 10, 21, 12);

  constructor(options: Parameters<typeof createMemoryPlatform>[0] = {}) {
    this.source = createMemoryPlatform(options);
  }

  put(...paths: string[]): this {
    this.source.seed(paths.map((path) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: path })));
    return this;
  }

  async move(from: string, to: string): Promise<void> {
    const parent = (await this.source.find({ path: to.split('/').slice(0, -1) }, call))!;
    await this.source.destination!.move!(this.source.item(from)!, { parent, name: to.split('/').at(-1)! }, call);
  }

  /** What was done, without the making of folders. */
  async run(...rules: ItemRule[]): Promise<string[]> {
    this.rules = rules;
    this.store = new MemoryEngineStore(this.job);
    const { source, destination, store, policies, sourceRoot, only } = this;
    const end = await executeRun({
      ...{ source, destination, store, policies, sourceRoot, destinationRoot: [], rules },
      clock: { now: () => (this.now += 1000), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
      only,
      listing: { isFull: false, settings: { SOURCE: 'account', DESTINATION: 'account' } },
    });
    expect(end).toEqual({ kind: 'DONE' });
    const steps = store.steps().map(({ step, outcome, result }) => {
      return `${outcome} ${result?.reason ?? step.reason} ${step.sourceKey}`;
    });
    return steps.filter((line) => !line.startsWith('CREATED NEW')).sort();
  }

  get kind(): string | undefined {
    return this.store.listed.SOURCE?.kind;
  }

  get logged(): string {
    return this.store.logged.map(({ message }) => message).join('\n');
  }
}

const SKIPPED = 'SKIPPED EXCLUDED_BY_RULE';

describe('filters: what they leave out is not copied, and told with the filter that decided', () => {
  it('by exclusions, a folder with all that is below it', async () => {
    const copy = new Copy().put('a.txt', 'a.tmp', 'f/b.txt', 'tmp/c.txt', 'tmp/deep/d.txt');
    const told = await copy.run(exclude({ globs: ['*.tmp'] }), exclude({ globs: ['tmp/**'] }));
    expect(told).toEqual([`${SKIPPED} a.tmp`, `${SKIPPED} tmp`]);
    expect(copy.destination.tree()).toEqual(['a.txt', 'f/', 'f/b.txt']);
    const messages = copy.store.steps().flatMap(({ step, outcome }) => (outcome === 'SKIPPED' ? step.message : []));
    expect(messages).toEqual([
      'Filter 1 of the job excludes it.',
      'Filter 2 of the job excludes the folder and everything in it.',
    ]);
  });

  it('by inclusions: folders are made only on the way to what is in', async () => {
    const copy = new Copy().put('a/x/b.pdf', 'a/c.txt', 'a/y/z/d.txt', 'e/', 'wanted/deep/empty/', 'f.pdf');
    const told = await copy.run(include({ extensions: ['pdf'] }), include({ globs: ['wanted/deep/**'] }));
    expect(copy.destination.tree()).toEqual([
      'a/',
      'a/x/',
      'a/x/b.pdf',
      'f.pdf',
      'wanted/',
      'wanted/deep/',
      'wanted/deep/empty/',
    ]);
    expect(told).toEqual([`${SKIPPED} a/c.txt`, `${SKIPPED} a/y`, `${SKIPPED} a/y/z/d.txt`, `${SKIPPED} e`]);
    expect(await copy.run(...copy.rules)).toEqual(told);
  });

  it('a folder that no inclusion can match below is not listed, nor is an excluded one', async () => {
    const copy = new Copy().put('in/a.pdf', 'out/b.pdf', 'in/tmp/c.pdf');
    copy.source.denyListing('out', new PlatformError('ACCESS_DENIED', 'No.'));
    copy.source.denyListing('in/tmp', new PlatformError('ACCESS_DENIED', 'No.'));
    const told = await copy.run(include({ globs: ['in/**'] }), exclude({ globs: ['tmp'] }));
    expect(told).toEqual([`${SKIPPED} in/tmp`, `${SKIPPED} out`]);
    expect(copy.destination.tree()).toEqual(['in/', 'in/a.pdf']);
  });

  it('counts paths from the folder of the job, and ages from the time of the run', async () => {
    const copy = new Copy({ now: () => Date.UTC(2026, 10, 21) }).put('job/sub/a.txt', 'job/b.txt');
    copy.sourceRoot = ['job'];
    expect(await copy.run(exclude({ globs: ['sub/*'] }), exclude({ minAgeMs: 13 * 3_600_000 }))).toEqual([
      `${SKIPPED} sub/a.txt`,
    ]);
    copy.now += 2 * 3_600_000;
    expect(await copy.run(...copy.rules)).toEqual([`${SKIPPED} b.txt`, `${SKIPPED} sub/a.txt`]);
    expect(copy.destination.tree()).toEqual(['b.txt', 'sub/']);
  });

  it('a folder that an exclusion empties is an empty folder', async () => {
    const copy = new Copy().put('f/a.tmp');
    expect(await copy.run(exclude({ globs: ['*.tmp'] }))).toEqual([`${SKIPPED} f/a.tmp`]);
    expect(copy.destination.tree()).toEqual(['f/']);
    const other = new Copy().put('f/a.tmp');
    Object.assign(other.policies, { emptyFolders: 'SKIP' });
    expect(await other.run(exclude({ globs: ['*.tmp'] }))).toEqual(['SKIPPED EMPTY_FOLDER f', `${SKIPPED} f/a.tmp`]);
  });

  it('a name that is left out takes the name from nobody', async () => {
    const copy = new Copy({ limits: { isCaseSensitive: true } }).put('A.txt', 'a.txt');
    Object.assign(copy.destination.limits, { isCaseSensitive: false });
    expect(await copy.run(exclude({ metadataKey: 'name', metadataValue: 'A.txt' }))).toEqual([`${SKIPPED} A.txt`]);
    expect(copy.destination.tree()).toEqual(['a.txt']);
  });

  it('what cannot be listed where everything is left out is no problem of the job', async () => {
    const copy = new Copy().put('tmp/a.txt', 'f/b.txt');
    copy.source.denyListing('tmp', new PlatformError('ACCESS_DENIED', 'No.'));
    expect(await copy.run()).toEqual(['FLAGGED LISTING_FAILED tmp']);
    expect(await copy.run(exclude({ globs: ['tmp'] }))).toEqual([`${SKIPPED} tmp`]);
  });

  it('no more than 10,000 of them; the others are counted', async () => {
    const copy = new Copy().put(...Array.from({ length: 10_003 }, (_, index) => `${index}.tmp`));
    expect(await copy.run(exclude({ globs: ['*.tmp'] }))).toHaveLength(10_000);
    expect(copy.logged).toContain('leave out 3 more items');
  });

  it('a retry of one item obeys them and tells of no other', async () => {
    const copy = new Copy().put('a.tmp', 'b.tmp', 'c.txt');
    copy.only = ['a.tmp', 'c.txt'];
    expect(await copy.run(exclude({ globs: ['*.tmp'] }))).toEqual([`${SKIPPED} a.tmp`]);
    expect(copy.destination.tree()).toEqual(['c.txt']);
  });
});

describe('filters: an item that is left out now is not deleted, and MIRROR leaves its copy alone', () => {
  const copied = async (options: ConstructorParameters<typeof Copy>[0] = {}) => {
    const copy = new Copy(options).put('a.txt', 'b.tmp', 'f/c.txt', 'f/g/d.txt', 'h/e.txt');
    await copy.run();
    return { copy, tree: copy.destination.tree() };
  };

  it.each([
    ['a pattern', exclude({ globs: ['*.tmp', 'f'] })],
    ['its size', exclude({ minBytes: 1 })],
    ['inclusions', include({ globs: ['a.txt'] })],
    ['metadata of a folder', exclude({ metadataKey: 'name', metadataValue: 'f' })],
  ])('by %s', async (_, rule) => {
    for (const tellsChanges of [false, true]) {
      const { copy, tree } = await copied({ tellsChanges });
      await copy.run(rule);
      expect(copy.destination.tree()).toEqual(tree);
      const { itemCount } = (await copy.store.locationPairs())[0]!;
      expect(itemCount).toBe(8);
      expect(await copy.run()).toEqual([]);
      expect(copy.destination.tree()).toEqual(tree);
    }
  });

  it('neither when it gets a name that is left out, nor a folder with all below it', async () => {
    const { copy, tree } = await copied();
    await copy.move('a.txt', 'a.tmp');
    await copy.move('f', 'f.old');
    const told = await copy.run(exclude({ globs: ['*.tmp', '*.old'] }));
    expect(told).toEqual([`${SKIPPED} a.tmp`, `${SKIPPED} b.tmp`, `${SKIPPED} f.old`]);
    expect(copy.destination.tree()).toEqual(tree);
    expect(copy.logged).toContain('left out by the filters of the job now; they are left at the destination');
  });

  it('nor when it is deleted at the source while it is left out', async () => {
    const { copy, tree } = await copied();
    for (const path of ['b.tmp', 'f']) copy.source.removeBehind(path);
    await copy.run(exclude({ globs: ['*.tmp', 'f/**'] }));
    expect(copy.destination.tree()).toEqual(tree);
  });

  it('but what is in and deleted is removed as ever', async () => {
    const { copy } = await copied();
    copy.source.removeBehind('h/e.txt');
    expect(await copy.run(exclude({ globs: ['*.tmp'] }))).toEqual([
      'DELETED DELETED_ON_OTHER_SIDE h/e.txt',
      `${SKIPPED} b.tmp`,
    ]);
  });
});

describe('filters and listings of changes', () => {
  const RULE = exclude({ globs: ['*.tmp', 'out'] });
  const started = async () => {
    const copy = new Copy({ tellsChanges: true }).put(
      'a.txt',
      'b.tmp',
      'f/c.tmp',
      'f/d.txt',
      'out/e.txt',
      'out/x/y.txt',
    );
    await copy.run(RULE);
    await copy.run(RULE);
    return copy;
  };
  const TOLD = ['b.tmp', 'f/c.tmp', 'out'].map((key) => `${SKIPPED} ${key}`);

  it('go on from one another as long as the filters are the same, with what is left out', async () => {
    const copy = await started();
    copy.put('f/new.txt', 'f/new.tmp', 'out/new.txt');
    expect(await copy.run(RULE)).toEqual([...TOLD.slice(0, 2), `${SKIPPED} f/new.tmp`, TOLD[2]]);
    expect(copy.kind).toBe('DELTA');
    expect(copy.destination.tree()).toEqual(['a.txt', 'f/', 'f/d.txt', 'f/new.txt']);
  });

  it('show what comes out of a folder that is left out', async () => {
    const copy = await started();
    await copy.move('out', 'in');
    expect(await copy.run(RULE)).toEqual(TOLD.slice(0, 2));
    expect(copy.kind).toBe('DELTA');
    expect(copy.destination.tree()).toEqual(['a.txt', 'f/', 'f/d.txt', 'in/', 'in/e.txt', 'in/x/', 'in/x/y.txt']);
  });

  it('are not used once the filters are others: everything is listed', async () => {
    const copy = await started();
    expect(await copy.run(exclude({ globs: ['out'] }))).toEqual([`${SKIPPED} out`]);
    expect(copy.kind).toBe('FULL');
    expect(copy.destination.tree()).toEqual(['a.txt', 'b.tmp', 'f/', 'f/c.tmp', 'f/d.txt']);
  });
});
