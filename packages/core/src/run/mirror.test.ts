import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import {
  PlatformError,
  type Call,
  type ItemRule,
  type ListRequest,
  type PlatformErrorKind,
} from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

const silent = () => {};

class Mirror {
  source: MemoryPlatform = createMemoryPlatform();
  readonly destination = createMemoryPlatform();
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  only: string[] | null = null;
  deletions: 'IGNORE' | 'MIRROR' = 'MIRROR';
  rules: ItemRule[] = [];

  async copied(...paths: string[]): Promise<this> {
    this.source.seed(paths.map((path) => ({ path, bytes: `bytes of ${path}` })));
    await this.run();
    return this;
  }

  begin(): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    return executeRun({
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: { ...defaultPolicies('COPY'), deletions: this.deletions },
      rules: this.rules,
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
      only: this.only,
    });
  }

  async run(): Promise<string[]> {
    expect(await this.begin()).toEqual({ kind: 'DONE' });
    return this.store.steps().map(({ step, outcome, result }) => {
      return `${outcome} ${result?.reason ?? step.reason} ${step.destinationKey}`;
    });
  }

  logged(): string {
    return this.store.logged.map(({ message }) => message).join('\n');
  }
}

async function move(platform: MemoryPlatform, from: string, to: string): Promise<void> {
  const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' };
  const parent = (await platform.find({ path: to.split('/').slice(0, -1) }, call))!;
  await platform.destination!.move!(platform.item(from)!, { parent, name: to.split('/').at(-1)! }, call);
}

const GONE = 'DELETED DELETED_ON_OTHER_SIDE';

it.each(['IGNORE', 'MIRROR'] as const)(
  'what is gone on both sides is forgotten, with deletions %s',
  async (deletions) => {
    const mirror = await new Mirror().copied('a.txt', 'f/b.txt', 'kept.txt');
    mirror.deletions = deletions;
    for (const side of [mirror.source, mirror.destination]) side.removeBehind('a.txt');
    expect(await mirror.run()).toEqual([]);
    expect((await mirror.store.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([3]);
    mirror.source.seed([{ path: 'a.txt', bytes: 'bytes of a.txt' }]);
    expect(await mirror.run()).toEqual(['CREATED NEW a.txt']);
  },
);

it('what is gone on both sides is forgotten also where as much is new, or left out by the filters', async () => {
  for (const rules of [[], [{ ...NO_CONDITION, isExclusion: true, globs: ['new.*'] }]]) {
    const mirror = await new Mirror().copied('a.txt', 'kept.txt');
    [mirror.deletions, mirror.rules] = ['IGNORE', rules];
    for (const side of [mirror.source, mirror.destination]) side.removeBehind('a.txt');
    mirror.source.seed([{ path: 'new.txt', bytes: 'new' }]);
    await mirror.run();
    const isKept = rules.length === 0;
    expect((await mirror.store.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([isKept ? 2 : 1]);
  }
});

it('a copy that removes nothing looks for what is gone only where something went', async () => {
  const mirror = await new Mirror().copied('a.txt', 'f/b.txt', 'kept.txt');
  mirror.deletions = 'IGNORE';
  mirror.source.seed([{ path: 'a.txt', bytes: 'edited' }]);
  const looked = vi.spyOn(MemoryEngineStore.prototype, 'lostEntries');
  onTestFinished(() => looked.mockRestore());
  await mirror.run();
  mirror.source.seed([{ path: 'f/new.txt', bytes: 'new' }]);
  await mirror.run();
  expect(looked).not.toHaveBeenCalled();
  mirror.source.removeBehind('a.txt');
  await mirror.run();
  expect(looked).toHaveBeenCalledOnce();
});

it('what may only be hidden on either side is not forgotten', async () => {
  const mirror = await new Mirror().copied('f/a.txt', 'kept.txt');
  for (const side of [mirror.source, mirror.destination]) side.removeBehind('f/a.txt');
  mirror.destination.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
  await mirror.run();
  expect((await mirror.store.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([3]);
});

describe('a copy with MIRROR removes at the destination what was deleted at the source', () => {
  it('files, and folders after all that was in them', async () => {
    const mirror = await new Mirror().copied('a.txt', 'f/b.txt', 'f/sub/c.txt', 'f/sub/deep/d.txt', 'kept.txt');
    mirror.source.removeBehind('f');
    mirror.source.removeBehind('a.txt');
    expect((await mirror.run()).sort()).toEqual(
      ['a.txt', 'f', 'f/b.txt', 'f/sub', 'f/sub/c.txt', 'f/sub/deep', 'f/sub/deep/d.txt'].map(
        (key) => `${GONE} ${key}`,
      ),
    );
    expect(mirror.destination.tree()).toEqual(['kept.txt']);
    expect(mirror.store.steps()[0]?.result?.message).toContain('recycle bin');
    expect(await mirror.run()).toEqual([]);
  });

  it('but leaves what was edited there, and tells it', async () => {
    const mirror = await new Mirror().copied('a.txt', 'kept.txt');
    mirror.source.removeBehind('a.txt');
    mirror.destination.seed([{ path: 'a.txt', bytes: 'edited' }]);
    expect(await mirror.run()).toEqual(['SKIPPED EDITED_AT_DESTINATION a.txt']);
    expect(mirror.destination.tree()).toEqual(['a.txt', 'kept.txt']);
  });

  it('and what was renamed or moved there, itself or with a folder above it', async () => {
    const mirror = await new Mirror().copied('a.txt', 'f/sub/b.txt', 'g/c.txt', 'kept.txt');
    await move(mirror.destination, 'a.txt', 'ours.txt');
    await move(mirror.destination, 'f', 'g/ours');
    for (const path of ['a.txt', 'f', 'g']) mirror.source.removeBehind(path);
    expect((await mirror.run()).sort()).toEqual([
      `${GONE} g/c.txt`,
      ...['g', 'g/ours', 'g/ours/sub', 'g/ours/sub/b.txt', 'ours.txt'].map(
        (key) => `SKIPPED EDITED_AT_DESTINATION ${key}`,
      ),
    ]);
    expect(mirror.destination.tree()).toEqual([
      'g/',
      'g/ours/',
      'g/ours/sub/',
      'g/ours/sub/b.txt',
      'kept.txt',
      'ours.txt',
    ]);
  });

  it('but where it was moved to the place of another item, that one does not wait for it', async () => {
    const mirror = await new Mirror().copied('a.txt', 'b.txt', 'kept.txt');
    await move(mirror.destination, 'a.txt', 'c.txt');
    mirror.destination.removeBehind('b.txt');
    mirror.source.removeBehind('a.txt');
    await move(mirror.source, 'b.txt', 'c.txt');
    for (const bytes of ['of b', 'edited']) {
      mirror.source.seed([{ path: 'c.txt', bytes }]);
      for (let run = 0; run < 2; run++) await mirror.run();
    }
    expect(mirror.destination.tree()).toEqual(['c (conflict 2026-11-21 12-00-00).txt', 'c.txt', 'kept.txt']);
    expect(Buffer.from(mirror.destination.bytes('c.txt')!).toString()).toBe('edited');
  });

  it('but not what came along with a folder that both sides renamed', async () => {
    const mirror = await new Mirror().copied('f/a.txt', 'f/kept.txt');
    await move(mirror.source, 'f', 'g');
    await move(mirror.destination, 'f', 'ours');
    mirror.source.removeBehind('g/a.txt');
    expect(await mirror.run()).toEqual(['UNCHANGED IDENTICAL ours', `${GONE} ours/a.txt`]);
    expect(await mirror.run()).toEqual([]);
  });

  it('and what others put into a folder, with the folder', async () => {
    const mirror = await new Mirror().copied('f/a.txt', 'kept.txt');
    mirror.source.removeBehind('f');
    mirror.destination.seed([{ path: 'f/theirs.txt', bytes: 'x' }]);
    expect((await mirror.run()).sort()).toEqual([`${GONE} f/a.txt`, 'SKIPPED EDITED_AT_DESTINATION f']);
    expect(mirror.destination.tree()).toEqual(['f/', 'f/theirs.txt', 'kept.txt']);
    const removals: string[] = [];
    mirror.destination.onOperation(({ operation }) => void (operation === 'remove' && removals.push(operation)));
    expect(await mirror.run()).toEqual(['SKIPPED EDITED_AT_DESTINATION f']);
    expect(removals).toEqual([]);
    mirror.destination.removeBehind('f/theirs.txt');
    expect(await mirror.run()).toEqual([`${GONE} f`]);
  });

  it('and a folder from which the rest was moved elsewhere in the same run', async () => {
    const mirror = await new Mirror().copied('f/a.txt', 'f/b.txt', 'f/sub/c.txt', 'kept/d.txt');
    await move(mirror.source, 'f/a.txt', 'kept/a.txt');
    await move(mirror.source, 'f/sub', 'kept/sub');
    mirror.source.removeBehind('f');
    expect((await mirror.run()).sort()).toEqual([
      `${GONE} f`,
      `${GONE} f/b.txt`,
      'MOVED PLACE_CHANGED kept/a.txt',
      'MOVED PLACE_CHANGED kept/sub',
    ]);
    expect(mirror.destination.tree()).toEqual(mirror.source.tree());
  });

  it('but not a folder of which the destination does not show what is in it', async () => {
    const mirror = await new Mirror().copied('f/sub/a.txt', 'kept.txt');
    mirror.source.removeBehind('f');
    mirror.destination.denyListing('f/sub', new PlatformError('ACCESS_DENIED', 'No.'));
    expect((await mirror.run()).sort()).toEqual([
      'SKIPPED EDITED_AT_DESTINATION f',
      'SKIPPED EDITED_AT_DESTINATION f/sub',
    ]);
  });

  it('and what changed between the plan and its removal', async () => {
    const mirror = await new Mirror().copied('a.txt', 'kept.txt');
    mirror.source.removeBehind('a.txt');
    mirror.destination.onOperation(({ operation, moment }) => {
      if (operation !== 'remove' || moment !== 'before') return;
      mirror.destination.onOperation(null);
      mirror.destination.seed([{ path: 'a.txt', bytes: 'of the last moment' }]);
    });
    expect(await mirror.run()).toEqual(['SKIPPED EDITED_AT_DESTINATION a.txt']);
    expect(mirror.destination.tree()).toContain('a.txt');
  });

  it('not what only the destination has, nor what a restricted run does not look at', async () => {
    const mirror = await new Mirror().copied('a.txt', 'b.txt');
    mirror.destination.seed([{ path: 'theirs.txt', bytes: 'x' }]);
    mirror.source.removeBehind('a.txt');
    mirror.only = ['b.txt'];
    expect(await mirror.run()).toEqual([]);
    mirror.only = null;
    await mirror.run();
    expect(mirror.destination.tree()).toEqual(['b.txt', 'theirs.txt']);
  });

  it('and knows on what took its name in the same run, and is elsewhere at the destination', async () => {
    const mirror = await new Mirror().copied('a.txt', 'b.txt', 'x/c.txt');
    await move(mirror.destination, 'b.txt', 'x/b.txt');
    mirror.source.removeBehind('a.txt');
    await move(mirror.source, 'b.txt', 'a.txt');
    for (let run = 0; run < 2; run++) await mirror.run();
    expect(mirror.destination.tree()).toEqual(['x/', 'x/b.txt', 'x/c.txt']);
  });

  it('again after a removal whose answer was lost, as done', async () => {
    const mirror = await new Mirror().copied('a.txt', 'kept.txt');
    mirror.source.removeBehind('a.txt');
    mirror.destination.failNext('remove', new PlatformError('UNREACHABLE', 'No answer.'), 1, 'after');
    expect(await mirror.run()).toEqual([`${GONE} a.txt`]);
    expect(await mirror.run()).toEqual([]);
  });
});

it.each<[string, (mirror: Mirror) => void, string]>([
  [
    'an unlistable folder',
    ({ source }) => source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.')),
    'nothing proves',
  ],
  ['an unlistable root', ({ source }) => source.denyListing('', new PlatformError('UNREACHABLE', 'No.')), ''],
])('nothing is removed for %s', async (_, breaks, words) => {
  const mirror = await new Mirror().copied('f/a.txt', 'f/sub/b.txt', 'kept.txt');
  const before = mirror.destination.tree();
  breaks(mirror);
  for (const end of [await mirror.begin(), await mirror.begin()]) expect(['DONE', 'ASKING']).toContain(end.kind);
  expect(mirror.logged()).toContain(words);
  expect(mirror.destination.tree()).toEqual(before);
});

describe('a listing whose proof fails removes nothing and counts nothing as missing', () => {
  const claims: [string, object][] = [
    ['that showed fewer items than the platform counts', { total: 99 }],
    ['that showed more than what arrived', { seen: 99 }],
    ['at whose end another folder stands there', { root: 'another' }],
  ];
  it.each(claims)('%s', async (_, claimed) => {
    const mirror = await new Mirror().copied('f/a.txt', 'f/b.txt', 'kept.txt');
    mirror.source.removeBehind('f/a.txt');
    Object.assign(mirror.source.source!, { claimed });
    expect(await mirror.run()).toEqual(['FLAGGED LISTING_FAILED null']);
    expect(mirror.logged()).toContain('nothing proves');
    Object.assign(mirror.source.source!, { claimed: {} });
    expect(await mirror.run()).toEqual([`${GONE} f/a.txt`]);
  });

  it.each(claims)('%s, at the destination: what is seen goes on, what is not is left alone', async (_, claimed) => {
    const mirror = await new Mirror().copied('f/a.txt', 'g/b.txt', 'kept.txt');
    mirror.destination.removeBehind('f/a.txt');
    mirror.source.seed([
      { path: 'g/b.txt', bytes: 'changed' },
      { path: 'g/new/c.txt', bytes: 'new' },
    ]);
    Object.assign(mirror.destination.source!, { claimed });
    expect((await mirror.run()).sort()).toEqual([
      'CREATED NEW g/new',
      'CREATED NEW g/new/c.txt',
      'SKIPPED LISTING_FAILED null',
      'UPDATED CONTENT_CHANGED g/b.txt',
    ]);
    Object.assign(mirror.destination.source!, { claimed: {} });
    expect(await mirror.run()).toEqual(['CREATED NEW f/a.txt']);
  });
});

it('a new folder is not merged with that of another one, which people renamed and the listing did not show', async () => {
  const mirror = await new Mirror().copied('d/a.txt', 'kept.txt');
  await move(mirror.destination, 'd', 'e');
  mirror.source.seed([{ path: 'e/new.txt', bytes: 'new' }]);
  const source = mirror.destination.source!;
  const list = source.list.bind(source);
  Object.assign(source, {
    async *list(request: ListRequest, call: Call) {
      for await (const entry of list(request, call)) {
        if (entry.type === 'end') yield { ...entry, proof: { ...entry.proof, seen: 1, total: 3 } };
        else if (entry.type !== 'item' || entry.item.path[0] !== 'e') yield entry;
      }
    },
  });
  expect(await mirror.run()).toContain('RETRYING EDITED_AT_DESTINATION e');
  expect(mirror.destination.tree()).toEqual(['e/', 'e/a.txt', 'kept.txt']);
  Object.assign(source, { list });
  await mirror.run();
  expect(mirror.destination.tree()).toEqual(['e (1)/', 'e (1)/new.txt', 'e/', 'e/a.txt', 'kept.txt']);
  expect(await mirror.run()).toEqual([]);
});

describe('where only the recycle bin proves a deletion', () => {
  const binned = async (...identities: string[]) => {
    const mirror = await new Mirror().copied('f/a.txt', 'f/b.txt', 'kept.txt');
    const { source } = mirror.source;
    const list = source!.list.bind(source);
    const ids = new Map(['f', 'f/a.txt', 'f/b.txt'].map((path) => [path, mirror.source.item(path)!.id]));
    mirror.source.removeBehind('f');
    Object.assign(source!, {
      absence: 'BIN',
      async *list(request: ListRequest, call: Call) {
        expect(request.withDeleted).toBe(true);
        for (const path of identities) yield { type: 'deleted', identity: ids.get(path)! };
        yield* list(request, call);
      },
    });
    return mirror;
  };

  it('an item that was seen there is removed, one that is only not listed is left and told', async () => {
    const mirror = await binned('f/a.txt');
    expect(await mirror.run()).toEqual([`${GONE} f/a.txt`]);
    expect(mirror.logged()).toContain('2 items are not seen at the source any more');
    expect(mirror.destination.tree()).toEqual(['f/', 'f/b.txt', 'kept.txt']);
  });

  it('a folder that was seen there takes what was in it along', async () => {
    const mirror = await binned('f');
    expect((await mirror.run()).sort()).toEqual([`${GONE} f`, `${GONE} f/a.txt`, `${GONE} f/b.txt`]);
  });
});

it('nothing is removed where the source does not prove that it is gone, and the run tells it', async () => {
  const mirror = await new Mirror().copied('a.txt', 'kept.txt');
  mirror.source.removeBehind('a.txt');
  Object.assign(mirror.source.source!, { absence: undefined });
  expect(await mirror.run()).toEqual([]);
  expect(mirror.logged()).toContain('does not tell what was deleted');
  expect(mirror.destination.tree()).toContain('a.txt');
});

/** Numbers that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const KINDS: readonly PlatformErrorKind[] = [
  'SIGN_IN_REQUIRED',
  'ACCESS_DENIED',
  'NOT_FOUND',
  'UNREACHABLE',
  'PLATFORM_ERROR',
  'BUDGET_EXHAUSTED',
];

/** Something goes wrong with the listing of the source, while nothing was deleted there. */
function fault(mirror: Mirror, random: (below: number) => number, folders: readonly string[]): () => void {
  const error = new PlatformError(KINDS[random(KINDS.length)]!, 'A fault of the test.');
  const { source } = mirror;
  const folder = folders[random(folders.length)]!;
  switch (random(5)) {
    case 0: {
      source.denyListing(folder, error);
      return () => source.denyListing(folder, null);
    }
    case 1:
      source.failNext('list', error, 1, random(2) === 0 ? 'before' : 'after');
      return silent;
    case 2:
      source.failNext('find', error);
      return silent;
    case 3: {
      source.denyListing('', error);
      return () => source.denyListing('', null);
    }
    default: {
      mirror.source = createMemoryPlatform({ rootId: `another root ${random(1e9)}` });
      if (random(2) === 0) mirror.source.seed([{ path: 'other.txt', bytes: 'x' }]);
      return () => (mirror.source = source);
    }
  }
}

it('of 500 listing faults before a mirror none removes anything', async () => {
  const folders = ['f', 'f/sub', 'g', 'g/deep', 'g/deep/er'];
  const files = folders.flatMap((folder) => [`${folder}/a.txt`, `${folder}/b.txt`]);
  const mirror = await new Mirror().copied(...files, 'top.txt');
  const before = mirror.destination.tree();
  const random = seeded(Number(process.env['SLUICE_TEST_SEED'] ?? 500));
  let removals = 0;
  mirror.destination.onOperation(({ operation }) => void (removals += Number(operation === 'remove')));
  for (let count = 0; count < 500; count++) {
    const mend = fault(mirror, random, folders);
    await mirror.begin();
    mend();
  }
  expect(removals).toBe(0);
  expect(mirror.destination.tree()).toEqual(before);
  mirror.source.removeBehind('f/a.txt');
  await mirror.run();
  expect(removals).toBeGreaterThan(0);
});
