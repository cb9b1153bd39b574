import { describe, expect, it } from 'vitest';
import { exclude, include, NOW } from '../filter/filter.testing.js';
import { nameOf } from '../plan/index.js';
import { packItems, PlatformError, unpackItems, type Item, type ItemKind, type ItemRule } from '../platform/index.js';
import { item } from '../testing/index.js';
import type { StagedFolder } from './ports/index.js';
import { Sifter, type Sifted } from './sifter.js';

/** An item below the job's location `job`; a path that ends with `/` is a folder. */
const at = (path: string): Item =>
  item(`job/${path.replace(/\/$/, '')}`, path.endsWith('/') ? { kind: 'FOLDER', size: null } : {});

/** What was listed in the folder of that key. */
const listed = (key: string, ...names: string[]): StagedFolder => ({
  key,
  items: packItems(
    key === '' ? ['job'] : ['job', ...key.split('/')],
    names.map((name) => at(key === '' ? name : `${key}/${name}`)),
  ),
});

const sifter = (rules: readonly ItemRule[], kinds: readonly ItemKind[] = ['FILE', 'FOLDER']) =>
  new Sifter(rules, ['job'], NOW, kinds);
const noTmp = [exclude({ globs: ['*.tmp'] })];
const noOld = [exclude({ globs: ['old'] })];

/** Names by the key of their folder. */
const namesOf = (folders: Sifted['kept']) =>
  Object.fromEntries(folders.map(({ key, items }) => [key, unpackItems(items).map(nameOf)]));
const told = (of: Sifter) => [...of.steps()].map(({ sourceKey, message }) => `${sourceKey}: ${message}`);

describe('a listing', () => {
  it('is parted into what is in and what is left out', () => {
    const { kept, out } = sifter(noTmp).sift([
      listed('', 'a.txt', 'b.tmp'),
      listed('f', 'c.txt'),
      listed('g', 'd.tmp'),
    ]);
    expect(namesOf(kept)).toEqual({ '': ['a.txt'], f: ['c.txt'] });
    expect(namesOf(out)).toEqual({ '': ['b.tmp'], g: ['d.tmp'] });
  });

  it('passes on folders as they are of which nothing is left out', () => {
    const folders = [listed('f', 'a.txt')];
    expect(sifter(noTmp).sift(folders)).toEqual({ kept: folders, out: [] });
  });

  it.each([true, false])('stays whole or in part when something is left out of it (%s)', (isWhole) => {
    const folder = listed('f', 'a.txt', 'b.tmp');
    const { kept, out } = sifter(noTmp).sift([{ ...folder, items: { ...folder.items, isWhole } }]);
    expect([...kept, ...out].map(({ items }) => [items.isWhole, items.folder])).toEqual([
      [isWhole, ['job', 'f']],
      [isWhole, ['job', 'f']],
    ]);
  });

  it('tells which folders hold what is left out', () => {
    const one = sifter(noTmp);
    one.sift([listed('f', 'a.tmp'), listed('g', 'a.txt')]);
    expect([one.holdsOut('f'), one.holdsOut('g')]).toEqual([true, false]);
  });

  it('tells which folders hold a file that is in, at any depth', () => {
    const one = sifter(noTmp);
    one.sift([listed('', 'f/', 'g/'), listed('f', 's/'), listed('f/s', 'a.txt'), listed('g', 'a.tmp')]);
    expect([one.hasFileBelow('f'), one.hasFileBelow('f/s'), one.hasFileBelow('g')]).toEqual([true, true, false]);
  });

  it('that is made again keeps what is in, and is the same where all of it is', () => {
    const { items } = listed('f', 'a.txt', 'b.tmp');
    const kept = sifter(noTmp).keepOf(items);
    expect(unpackItems(kept).map(nameOf)).toEqual(['a.txt']);
    expect(sifter(noOld).keepOf(items)).toBe(items);
  });
});

describe('what is left out', () => {
  it('is told with the filter that decided, a folder with all that is in it', () => {
    const one = sifter([...noTmp, ...noOld]);
    one.sift([listed('', 'a.tmp', 'old/'), listed('old', 'b.txt')]);
    expect(told(one)).toEqual([
      'a.tmp: Filter 1 of the job excludes it.',
      'old: Filter 2 of the job excludes the folder and everything in it.',
    ]);
    expect(one.untold).toBe(0);
  });

  it('is told likewise where no filter includes it', () => {
    const one = sifter([include({ globs: ['*.pdf'], minBytes: null })]);
    one.sift([listed('f', 'a.pdf', 'b.txt')]);
    expect(told(one)).toEqual(['f/b.txt: No filter of the job includes it.']);
  });

  it('has a step that skips it', () => {
    const one = sifter(noTmp);
    one.sift([listed('', 'a.tmp')]);
    expect([...one.steps()]).toMatchObject([
      { action: 'SKIP', reason: 'EXCLUDED_BY_RULE', sourceKey: 'a.tmp', source: { id: 'id:job/a.tmp' } },
    ]);
  });

  it('with its other half is told so', () => {
    const one = sifter(noTmp);
    one.tell({ key: 'a', item: at('a'), standing: 'OUT', rule: 0, isOfOtherHalf: true });
    expect(told(one)).toEqual([
      'a: The filters of the job leave out what belongs to it on the other side: it is left as it is on both sides.',
    ]);
  });

  it('is not told where it is of a kind that the job is not about', () => {
    const one = sifter([...noTmp, ...noOld], ['FOLDER']);
    one.sift([listed('', 'a.tmp', 'old/')]);
    expect(told(one)).toHaveLength(1);
    expect(one.untold).toBe(0);
  });

  it('is counted beyond ten thousand items', () => {
    const one = sifter(noTmp);
    for (let n = 0; n < 10_003; n++) one.tell({ key: `${n}`, item: at('a'), standing: 'OUT', rule: 0 });
    expect([told(one).length, one.untold]).toEqual([10_000, 3]);
  });

  it('is forgotten when another listing begins', () => {
    const one = sifter([...noTmp, ...noOld]);
    one.sift([listed('', 'a.tmp', 'old/')]);
    one.begin();
    expect([told(one), one.untold, one.holdsOut('')]).toEqual([[], 0, false]);
  });
});

describe('an item', () => {
  it('is left out by itself, or with a folder above it that was noted', () => {
    const one = sifter([...noTmp, ...noOld]);
    one.noteFolders([at('old/')]);
    expect(['a.txt', 'a.tmp', 'old/a.txt'].map((path) => one.leavesOut(at(path)))).toEqual([false, true, true]);
  });

  it.each<[string, ItemKind, boolean]>([
    ['f/a.txt', 'FILE', false],
    ['f/a.tmp', 'FILE', true],
    ['old/s/a.txt', 'FILE', true],
    ['old', 'FOLDER', true],
  ])('at the place %s (%s) is left out whatever it is: %s', (key, kind, isOut) => {
    const one = sifter([...noTmp, ...noOld]);
    one.noteFolders([at('f/'), at('old/')]);
    expect(one.leavesOutPlace(key, kind)).toBe(isOut);
  });

  it('at a place is left out with a folder that was left out by what it is, until another listing begins', () => {
    const one = sifter([exclude({ metadataKey: 'private' })]);
    one.noteFolders([{ ...at('f/'), isPrivate: true }]);
    const isOut = () => [one.leavesOutPlace('f', 'FOLDER'), one.leavesOutPlace('f/s/a.txt', 'FILE')];
    expect(isOut()).toEqual([false, true]);
    one.begin();
    expect(isOut()).toEqual([false, false]);
  });
});

describe('a folder that no filter takes by itself', () => {
  const rules = [include({ globs: ['f/*/plans/**'] })];

  it('is there only for what may be below it', () => {
    const one = sifter(rules);
    expect(one.isOnlyOnTheWay(at('f/'))).toBe(true);
    expect(one.isOnlyOnTheWay(at('f'))).toBe(false);
    expect(one.isOnlyOnTheWay(at('f/1/plans/a/'))).toBe(false);
  });

  it('is there for good once a folder below it is in', () => {
    const one = sifter(rules);
    one.sift([listed('', 'f/', 'g/'), listed('f', '1/'), listed('f/1', 'plans/'), listed('f/1/plans', 'a/')]);
    expect(one.isOnlyOnTheWay(at('f/'))).toBe(false);
  });
});

describe('a place that could not be listed', () => {
  const error = new PlatformError('ACCESS_DENIED', 'No.');
  const problem = (key: string, kind: 'FILE' | 'FOLDER' | 'SPECIAL' | 'PART') => ({
    key,
    problem: { path: key.split('/'), kind, error },
  });

  it('is a problem where something there may be in', () => {
    const one = sifter([include({ globs: ['f/*.pdf'] })]);
    const problems = [
      ...[problem('f', 'FOLDER'), problem('g', 'FOLDER'), problem('g', 'PART')],
      ...[problem('f/a.pdf', 'FILE'), problem('f', 'FILE'), problem('f', 'SPECIAL'), problem('f/b.pdf', 'SPECIAL')],
    ];
    expect(one.problemsIn(problems).map(({ key, problem: { kind } }) => `${key} ${kind}`)).toEqual([
      'f FOLDER',
      'g PART',
      'f/a.pdf FILE',
      'f/b.pdf SPECIAL',
    ]);
  });
});

describe('a job without filters', () => {
  const none = sifter([]);

  it('leaves nothing out', () => {
    none.noteFolders([at('old/')]);
    expect(none.isEmpty).toBe(true);
    expect([none.leavesOut(at('a.tmp')), none.leavesOutPlace('a.tmp', 'FILE')]).toEqual([false, false]);
    expect([none.isOnlyOnTheWay(at('f/')), none.mayBeIn('a.tmp', 'FILE')]).toEqual([false, true]);
  });

  it('has no print of them, and any other job has that of its own', () => {
    const [one, same, other] = [
      sifter(noTmp).digest,
      sifter([exclude({ globs: ['*.tmp'] })]).digest,
      sifter(noOld).digest,
    ];
    expect(none.digest).toBe('');
    expect(one).toBe(same);
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(sifter(noTmp).isEmpty).toBe(false);
  });
});
