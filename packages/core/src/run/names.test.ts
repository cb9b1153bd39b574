import { beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from '../platform/index.js';
import { defaultPolicies, pathKey, type Policies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, type MemoryPlatform, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} };
const EARLY = new Date('2026-01-05');
const LATE = new Date('2026-01-06');

/** As Procore: no character of Windows' paths, letters of either case alike, 255 units a path. */
const STRICT: Partial<Limits> = {
  forbiddenCharacters: [...'/\\?:*<>|'],
  isCaseSensitive: false,
  isUnicodeFormSensitive: false,
  maxSegmentLength: 255,
  maxPathLength: 255,
  whitespaceRule: 'No white space at the ends.',
};

let source: MemoryPlatform;
let destination: MemoryPlatform;
let job: MemoryJob;
beforeEach(() => {
  source = createMemoryPlatform({ limits: { forbiddenCharacters: [] } });
  destination = createMemoryPlatform({ limits: STRICT });
  job = new MemoryJob();
});

interface Setup {
  policies?: Partial<Policies>;
  destinationRoot?: string[];
}

/** One run; what became of each item, by its key. */
async function run({ policies = {}, destinationRoot = [] }: Setup = {}): Promise<Record<string, string>> {
  const store = new MemoryEngineStore(job);
  const end = await executeRun({
    source,
    destination,
    sourceRoot: [],
    destinationRoot,
    policies: { ...defaultPolicies('COPY'), ...policies },
    store,
    clock,
    ...quietRun(),
  });
  expect(end).toEqual({ kind: 'DONE' });
  return store.outcomes();
}

const textAt = (path: string) => Buffer.from(destination.bytes(path)!).toString();

describe('a name that cannot be made is flagged alone, and the plan goes on', () => {
  it('a conflict that has no room for the name of its copy', async () => {
    const folder = ['x'.repeat(80), 'y'.repeat(80), 'z'.repeat(70)].join('/');
    source.seed([
      { path: `${folder}/a.txt`, bytes: 'one' },
      { path: 'other.txt', bytes: 'one' },
    ]);
    await run();
    destination.seed([{ path: `${folder}/a.txt`, bytes: 'theirs', modifiedAt: EARLY }]);
    source.seed([
      { path: `${folder}/a.txt`, bytes: 'ours', modifiedAt: LATE },
      { path: 'other.txt', bytes: 'two', modifiedAt: LATE },
      { path: 'new.txt', bytes: 'new' },
    ]);
    expect(await run()).toEqual({
      [`${folder}/a.txt`]: 'FLAGGED PATH_TOO_LONG',
      'other.txt': 'UPDATED CONTENT_CHANGED',
      'new.txt': 'CREATED NEW',
    });
    expect(textAt(`${folder}/a.txt`)).toBe('theirs');
  });

  it('the same when the source is the older one', async () => {
    const folder = ['x'.repeat(80), 'y'.repeat(80), 'z'.repeat(70)].join('/');
    source.seed([{ path: `${folder}/a.txt`, bytes: 'one' }]);
    await run();
    destination.seed([{ path: `${folder}/a.txt`, bytes: 'theirs', modifiedAt: LATE }]);
    source.seed([{ path: `${folder}/a.txt`, bytes: 'ours', modifiedAt: EARLY }]);
    expect(await run()).toEqual({ [`${folder}/a.txt`]: 'FLAGGED PATH_TOO_LONG' });
  });

  it.each<[string, Partial<Policies>, Record<string, string>]>([
    ['cleaned', {}, { _: 'CREATED NEW', '_ (1)': 'CREATED NEW', a_b: 'CREATED NEW', 'half _.txt': 'CREATED NEW' }],
    ['flagged', { invalidCharacters: 'FLAG' }, {}],
  ])(
    'NUL, only dots, white space, half a character, a path that is too long already: %s',
    async (_, policies, made) => {
      const deep = Array.from({ length: 5 }, (_none, n) => String(n).repeat(60)).join('/');
      const names = ['a\0b', '...', '   ', 'half \ud800.txt', deep, 'fine.txt'];
      source.seed(names.map((path) => ({ path, bytes: path })));
      const outcomes = await run({ policies });
      expect(outcomes['fine.txt']).toBe('CREATED NEW');
      expect(outcomes[deep]).toBe('FLAGGED PATH_TOO_LONG');
      const files = destination.tree().filter((path) => !path.endsWith('/'));
      expect(files.filter((path) => path !== 'fine.txt').sort()).toEqual(Object.keys(made).sort());
      for (const name of names.slice(0, 4)) expect(outcomes[pathKey([name])]).toBe(made['_'] ?? 'FLAGGED NAME_INVALID');
    },
  );
});

describe('conflict names follow the rules and the place of the destination', () => {
  const conflict = async (modified: { ours: Date; theirs: Date }, setup: Setup = {}) => {
    const path = [...(setup.destinationRoot ?? []), 'f', 'a_ b.txt'].join('/');
    source.seed([{ path: 'f/a: b.txt', bytes: 'one' }]);
    await run(setup);
    destination.seed([{ path, bytes: 'theirs', modifiedAt: modified.theirs }]);
    source.seed([{ path: 'f/a: b.txt', bytes: 'ours', modifiedAt: modified.ours }]);
    return run(setup);
  };

  it.each([
    ['older at the destination', { ours: LATE, theirs: EARLY }, 'ours', 'theirs'],
    ['older at the source', { ours: EARLY, theirs: LATE }, 'theirs', 'ours'],
  ])('the %s one is kept beside the newer', async (_, modified, newer, older) => {
    expect(await conflict(modified)).toEqual({ 'f/a: b.txt': 'CREATED CONFLICT' });
    expect(textAt('f/a_ b.txt')).toBe(newer);
    expect(textAt('f/a_ b (conflict 2026-11-21 12-00-00).txt')).toBe(older);
  });

  it.each([
    ['destination', { ours: LATE, theirs: EARLY }, 'theirs'],
    ['source', { ours: EARLY, theirs: LATE }, 'ours'],
  ])('a name that a conflict of the same second has gets a number, older at the %s', async (_, modified, older) => {
    destination.seed([{ path: 'f/A_ b (CONFLICT 2026-11-21 12-00-00).txt', bytes: 'of the same second' }]);
    await conflict(modified);
    expect(textAt('f/a_ b (conflict 2026-11-21 12-00-00) (1).txt')).toBe(older);
    expect(textAt('f/A_ b (CONFLICT 2026-11-21 12-00-00).txt')).toBe('of the same second');
  });

  it('is cut by the length of the path at the destination, not at the source', async () => {
    const root = ['r'.repeat(100), 's'.repeat(100)];
    destination.seed([{ path: root.join('/') }]);
    await conflict({ ours: EARLY, theirs: LATE }, { destinationRoot: root });
    expect(textAt([...root, 'f', 'a_ b (conflict 2026-11-21 12-00-00).txt'].join('/'))).toBe('ours');
  });

  it('stands beside the newer one, also when the older one was moved elsewhere', async () => {
    source.seed([{ path: 'f/a.txt', bytes: 'one' }, { path: 'g' }]);
    await run();
    const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 't' };
    const place = { parent: destination.item('g')!, name: 'b.txt' };
    await destination.destination!.move!(destination.item('f/a.txt')!, place, call);
    destination.seed([
      { path: 'g/b.txt', bytes: 'theirs', modifiedAt: EARLY },
      { path: 'f/a (conflict 2026-11-21 12-00-00).txt', bytes: 'foreign' },
    ]);
    source.seed([{ path: 'f/a.txt', bytes: 'ours', modifiedAt: LATE }]);
    expect(await run()).toEqual({ 'f/a.txt': 'CREATED CONFLICT' });
    expect(textAt('f/a (conflict 2026-11-21 12-00-00) (1).txt')).toBe('theirs');
    expect(textAt('f/a (conflict 2026-11-21 12-00-00).txt')).toBe('foreign');
    expect(textAt('f/a.txt')).toBe('ours');
  });
});

describe('folders that stand in another spelling', () => {
  it('are adopted with what is in them, in the first run', async () => {
    destination.seed([
      { path: 'DRAWINGS/a.pdf', bytes: 'same' },
      { path: 'DRAWINGS/b.pdf', bytes: 'older' },
      { path: 'DRAWINGS/Level 1/x.pdf', bytes: 'same' },
      { path: 'Pla\u0308ne/p.pdf', bytes: 'same' },
    ]);
    source.seed([
      { path: 'Drawings/a.pdf', bytes: 'same' },
      { path: 'Drawings/b.pdf', bytes: 'newer' },
      { path: 'Drawings/c.pdf', bytes: 'new' },
      { path: 'Drawings/Level 1/x.pdf', bytes: 'same' },
      { path: 'Pl\u00e4ne/p.pdf', bytes: 'same' },
    ]);
    expect(await run()).toEqual({
      Drawings: 'ADOPTED IDENTICAL',
      'Drawings/Level 1': 'ADOPTED IDENTICAL',
      'Drawings/Level 1/x.pdf': 'ADOPTED IDENTICAL',
      'Drawings/a.pdf': 'ADOPTED IDENTICAL',
      'Drawings/b.pdf': 'UPDATED CONTENT_CHANGED',
      'Drawings/c.pdf': 'CREATED NEW',
      'Pl\u00e4ne': 'ADOPTED IDENTICAL',
      'Pl\u00e4ne/p.pdf': 'ADOPTED IDENTICAL',
    });
    expect(await run()).toEqual({});
  });
});

describe('numbers of folders', () => {
  it('stand at the end of the whole name', async () => {
    source.seed([
      { path: '1.2 Drawings/a.txt', bytes: 'a' },
      { path: '1.2 drawings/b.txt', bytes: 'b' },
    ]);
    await run();
    expect(destination.tree()).toEqual(
      expect.arrayContaining(['1.2 Drawings/a.txt', '1.2 drawings (1)/b.txt']) as string[],
    );
  });
});

describe('names of office programs and systems', () => {
  const NAMES = ['~$lock.docx', '.DS_Store', 'Thumbs.db', 'x.tmp', 'run.exe', '._side', 'desktop.ini'];

  it('are kept, where the destination can hold them', async () => {
    source.seed(NAMES.map((path) => ({ path, bytes: path })));
    await run();
    expect(destination.tree().sort()).toEqual(NAMES.toSorted());
  });

  it('are refused one by one where it refuses their type', async () => {
    destination = createMemoryPlatform({ limits: { ...STRICT, restrictedTypes: ['exe', 'tmp'] } });
    source.seed(NAMES.map((path) => ({ path, bytes: path })));
    const outcomes = await run();
    const refused = Object.keys(outcomes).filter((name) => outcomes[name] === 'FLAGGED FILE_TYPE_RESTRICTED');
    expect(refused.sort()).toEqual(['run.exe', 'x.tmp']);
    expect(destination.tree()).toHaveLength(NAMES.length - 2);
  });
});

describe('a name that changed its kind at the source', () => {
  it.each([
    ['a folder that became a file', 'pkg.numbers/inner.xml', 'pkg.numbers'],
    ['an empty folder that became a file', 'empty/', 'empty'],
    ['a file that became a folder', 'notes', 'notes/a.txt'],
  ])('%s is flagged, and nothing is written over the other kind', async (_, before, after) => {
    const seedOf = (path: string) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: path });
    source.seed([seedOf(before)]);
    await run();
    const standing = destination.tree();
    source.removeBehind(after.split('/')[0]!);
    source.seed([seedOf(after)]);
    expect((await run())[after.split('/')[0]!]).toBe('FLAGGED NAME_TAKEN');
    expect(destination.tree()).toEqual(standing);
  });
});
