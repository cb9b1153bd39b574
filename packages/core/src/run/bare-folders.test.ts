import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import { defaultPolicies, type TransferType } from '../plan/index.js';
import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, quietRun, type MemoryPlatformOptions } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { listAgain, mayStayBare, recordRest, rulesOfListing } from './bare-folders.js';
import type { RunContext } from './context.js';
import { partsOf } from './list.js';
import type { NameRules } from './ports/index.js';

/** A platform in memory that lists many items at once. */
function packing(options: MemoryPlatformOptions = {}) {
  const platform = createMemoryPlatform(options);
  const source = platform.source!;
  const plain = { list: source.list.bind(source), open: source.open.bind(source) };
  const listPacked = (...given: Parameters<typeof plain.list>) => partsOf(plain, ...given);
  return Object.assign(platform, { source: Object.assign(source, { listPacked }) });
}

const plainContext = (given: Partial<RunContext> = {}) =>
  activeContext({ source: packing(), destination: packing(), ...given });
const asFiles = { ...defaultPolicies('COPY'), versionsAsFiles: true };
const versionless = () => packing({ capabilities: { VERSION_PRESERVATION: { level: 'NONE' } } });

/** A store that notes what is recorded at the end of a run, in so many portions. */
class RecordingStore extends MemoryEngineStore {
  readonly recorded: NameRules[] = [];
  portions = 0;

  override async *recordRest(rules?: NameRules) {
    if (rules) this.recorded.push(rules);
    for (let n = 0; n < 3; n++) {
      this.portions += 1;
      yield;
    }
  }
}

describe('folders that are as they were', () => {
  it.each<[string, Partial<RunContext>, boolean]>([
    ['where both sides list many items at once', {}, true],
    ['but not where the source does not', { source: createMemoryPlatform() }, false],
    ['but not where the destination does not', { destination: createMemoryPlatform() }, false],
    ['but not where the source tells what changed', { source: packing({ tellsChanges: true }) }, false],
    ['but not where the destination tells what changed', { destination: packing({ tellsChanges: true }) }, false],
    ['but not where the plan is about some items only', { only: ['a'] }, false],
    ['but not where both sides are changed', { transferType: 'SYNC' }, false],
    [
      'but not where empty folders are left out',
      { policies: { ...defaultPolicies('COPY'), emptyFolders: 'SKIP' } },
      false,
    ],
    [
      'but not where mappings are applied',
      { mapping: { details: { fields: [], tags: false }, map: () => ({ fields: {}, tags: null, problems: [] }) } },
      false,
    ],
    [
      'but not where former contents come as files',
      { policies: asFiles, source: packing({ tellsVersions: true }), destination: versionless() },
      false,
    ],
  ])('may be kept without their files %s', (_, given, isBare) => {
    expect(mayStayBare(plainContext(given))).toBe(isBare);
  });

  it('are as they were by the same rules for names and the same filters', () => {
    const of = (given: Partial<RunContext>) => rulesOfListing(plainContext(given));
    const other = packing({ limits: { isCaseSensitive: false } });
    const form = packing({ limits: { isUnicodeFormSensitive: false } });
    const rules = [exclude({ globs: ['*.tmp'] })];
    expect(of({})).toBe(of({}));
    expect(new Set([of({}), of({ destination: other }), of({ destination: form }), of({ rules })]).size).toBe(4);
  });
});

describe('a run at its end', () => {
  it('leaves what the next one needs, by the names of the destination', async () => {
    const store = new RecordingStore();
    const context = plainContext({ store, destination: packing({ limits: { isCaseSensitive: false } }) });
    await recordRest(context);
    expect(store.recorded.map(({ text }) => text)).toEqual([rulesOfListing(context)]);
    const [rules] = store.recorded;
    expect(rules?.nameKeyOf('Plan')).toBe(rules?.nameKeyOf('PLAN'));
    expect(store.portions).toBe(3);
  });

  it('leaves it also where its plan was about some items only', async () => {
    const store = new RecordingStore();
    await recordRest(plainContext({ store, only: ['a'] }));
    expect(store.recorded).toHaveLength(1);
  });

  it('leaves nothing where the next one looks at all files', async () => {
    const store = new RecordingStore();
    await recordRest(plainContext({ store, transferType: 'SYNC' satisfies TransferType }));
    expect(store.recorded).toEqual([]);
  });

  it('does not keep a person waiting who stops it', async () => {
    const store = new RecordingStore();
    await recordRest(plainContext({ store, control: { ...quietRun().control, isStopping: true } }));
    expect(store.portions).toBe(1);
  });
});

describe('a folder that is listed again', () => {
  function house(given: Partial<RunContext> = {}) {
    const [source, destination, store] = [packing(), packing(), new MemoryEngineStore()];
    source.seed(['job/f/a', 'job/f/b.tmp', 'job/f/s/c'].map((path) => ({ path, bytes: path })));
    destination.seed(['there/g/a', 'there/g/b.tmp'].map((path) => ({ path, bytes: path })));
    const roots = { sourceRoot: ['job'], destinationRoot: ['there'] };
    const context = plainContext({ source, destination, store, ...roots, ...given });
    const again = () => listAgain({ SOURCE: 'f', DESTINATION: 'g' }, context);
    const staged = async () => {
      const names = async (key: string, side: 'SOURCE' | 'DESTINATION') => [
        ...(await store.destinationChildren(key, side)).names(),
      ];
      return { source: await names('f', 'SOURCE'), destination: await names('g', 'DESTINATION') };
    };
    return { source, destination, store, again, staged };
  }

  it('shows both halves as they are, without what is deeper', async () => {
    const { again, staged } = house();
    await again();
    expect(await staged()).toEqual({ source: ['a', 'b.tmp', 's'], destination: ['a', 'b.tmp'] });
  });

  it('leaves out what the filters leave out of the source', async () => {
    const { again, staged } = house({ rules: [exclude({ globs: ['*.tmp'] })] });
    await again();
    expect(await staged()).toEqual({ source: ['a', 's'], destination: ['a', 'b.tmp'] });
  });

  it('that cannot be listed any more is a problem, and what was known of it is not', async () => {
    const { again, staged, source, store } = house();
    await again();
    source.failNext('list', new PlatformError('ACCESS_DENIED', 'No right.'));
    await again();
    expect(await staged()).toEqual({ source: [], destination: ['a', 'b.tmp'] });
    const problems = [];
    for await (const problem of store.sourceProblems()) problems.push(problem);
    expect(problems).toMatchObject([
      { key: 'f', problem: { path: ['job', 'f'], kind: 'FOLDER', error: { message: 'No right.' } } },
    ]);
  });

  it.each<PlatformErrorKind>(['UNREACHABLE', 'SIGN_IN_REQUIRED', 'ABORTED'])(
    'ends the run where the platform itself has trouble (%s)',
    async (kind) => {
      const { again, destination } = house();
      const error = new PlatformError(kind, 'No.');
      destination.failNext('list', error);
      await expect(again()).rejects.toBe(error);
    },
  );
});
