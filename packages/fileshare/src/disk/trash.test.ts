import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Item, Trash } from '@sluice/core/platform';
import { present } from '../testing/share-fixture.js';
import type { Entry } from './held-folder.js';
import { fail, HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';
import { isFormer, keptFile, nameOfRun, takeFile, takeFolder, trashPathOf } from './trash.js';

let place: HeldPlace;
beforeEach(() => {
  place = new HeldPlace();
});
afterEach(() => place.dispose());

const AT = new Date('2026-11-21T12:00:00.007Z');
const RUN = '2026-11-21T12-00-00-007Z';
const TRASH: Trash = { root: ['job'], at: AT };
const FOR_GOOD: Trash = { root: ['job'], at: null };

const item = (path: string): Item => present(place.share.find(path.split('/')));
const entry = (path: string): Entry => {
  const names = path.split('/');
  return { folder: place.hold(names.slice(0, -1)), name: names.at(-1) ?? '' };
};
const take = (path: string, trash = TRASH, isDurable = false) =>
  takeFile(place.share, { item: item(path), trash }, entry(path), {
    ...{ aside: 'aside', isExpected: () => true },
    isDurable,
  });

describe('the path in the trash', () => {
  test.each<[string[], string[], string[]]>([
    [['job', 'a', 'b'], ['job'], ['job', '.sluice-trash', RUN, 'a', 'b']],
    [['a'], [], ['.sluice-trash', RUN, 'a']],
    [
      ['x', 'y', 'a'],
      ['x', 'y'],
      ['x', 'y', '.sluice-trash', RUN, 'a'],
    ],
  ])('of %j for a job at %j is %j', (path, root, expected) => {
    expect(trashPathOf(path, { root, at: AT })).toEqual(expected);
    expect(trashPathOf(path, { root, at: null })).toBeNull();
  });

  test.each([
    [['other', 'a'], ['job']],
    [
      ['job', 'other', 'a'],
      ['job', 'inner'],
    ],
    [['job'], ['job']],
    [[], []],
  ])('is none for what is not below the job’s folder: %j', (path, root) => {
    expect(thrownBy(() => trashPathOf(path, { root, at: null }))).toMatchObject({
      kind: 'REJECTED',
      message: `“/${path.join('/')}” is not below the folder of the job and was not removed.`,
    });
  });

  test('names the run by its time, without what some systems refuse in names', () => {
    expect(nameOfRun(AT)).toBe(RUN);
  });
});

describe('a file that is taken away', () => {
  test('lies in the trash under its path, with a number from the second of that name on', () => {
    for (const text of ['one', 'two', 'three']) {
      place.put('job/a/plan.pdf', text);
      take('job/a/plan.pdf');
    }
    expect(place.texts(`job/.sluice-trash/${RUN}/a`)).toEqual({
      ...{ 'plan.pdf': 'one', 'plan.pdf~2': 'two', 'plan.pdf~3': 'three' },
    });
    expect(place.texts('job/a')).toEqual({});
  });

  test('is gone where nothing is kept', () => {
    place.put('job/plan.pdf', 'one');
    take('job/plan.pdf', FOR_GOOD);
    expect(place.texts()).toEqual({ job: null });
  });

  test('stays where it is not the expected one', () => {
    for (const trash of [TRASH, FOR_GOOD]) {
      place.put('job/plan.pdf', 'one');
      const leaving = { aside: 'aside', isExpected: () => false, isDurable: false };
      const work = () => takeFile(place.share, { item: item('job/plan.pdf'), trash }, entry('job/plan.pdf'), leaving);
      expect(thrownBy(work)).toMatchObject({ kind: 'CONFLICT' });
      expect(place.texts('job')['plan.pdf']).toBe('one');
    }
  });

  test('outlasts a loss of power where that is asked for, in the trash and on the way there', () => {
    const syncs: string[] = [];
    const taken = (isDurable: boolean) => {
      place.put('job/plan.pdf', 'one');
      place.hooks.before = (call) => {
        if (['sync', 'renameToFree'].includes(call)) syncs.push(call);
      };
      take('job/plan.pdf', TRASH, isDurable);
      return syncs.splice(0);
    };
    expect(taken(false)).toEqual(['renameToFree']);
    expect(taken(true)).toEqual(['sync', 'sync', 'renameToFree', 'sync']);
  });

  test('leaves no folder open', () => {
    place.put('job/plan.pdf', 'one');
    const [file, request] = [entry('job/plan.pdf'), { item: item('job/plan.pdf'), trash: TRASH }];
    const leaving = { aside: 'aside', isExpected: () => true, isDurable: false };
    expect(leftOpen(place, () => takeFile(place.share, request, file, leaving))).toBe(0);
  });
});

describe('a folder that is taken away', () => {
  const takeIt = (trash: Trash, isDurable = false) =>
    takeFolder(place.share, { item: item('job/a'), trash }, entry('job/a'), isDurable);

  test('keeps its place in the trash, or is gone for good', () => {
    mkdirSync(place.at('job/a'), { recursive: true });
    takeIt(FOR_GOOD);
    expect(place.texts()).toEqual({ job: null });
    mkdirSync(place.at('job/a'));
    takeIt(TRASH);
    expect(Object.keys(place.texts('job')).at(-1)).toBe(`.sluice-trash/${RUN}/a`);
    expect(place.texts('job')).not.toHaveProperty('a');
  });

  test.each([
    ['holds something', () => place.put('job/a/theirs', 'x')],
    ['answers so', () => fail(place, 'rmdir', 'EEXIST')],
  ])('stays with a conflict where it %s', (_, hinder) => {
    mkdirSync(place.at('job/a'), { recursive: true });
    hinder();
    expect(thrownBy(() => takeIt(TRASH))).toMatchObject({
      kind: 'CONFLICT',
      message: '“/job/a” is not empty and was not removed.',
    });
    expect(Object.keys(place.texts('job'))).not.toContain('.sluice-trash');
  });

  test('tells every other error as it is', () => {
    mkdirSync(place.at('job/a'), { recursive: true });
    fail(place, 'rmdir', 'EBUSY');
    expect(thrownBy(() => takeIt(TRASH))).toMatchObject({ code: 'EBUSY' });
  });
});

describe('a file that lies in the trash', () => {
  const parent = () => item('job');
  const kept = (former: Item, { replaces = null, trash = TRASH }: { replaces?: Item | null; trash?: Trash } = {}) => {
    const found = keptFile(place.share, { former, trash, parent: parent(), name: 'plan.pdf', replaces });
    found?.folder.close();
    return found && [...found.folder.path, found.name].join('/');
  };
  /** Files of that name that the run took away, one after the other. */
  function taken(count: number): Item[] {
    return Array.from({ length: count }, (_, index) => {
      place.put('job/plan.pdf', 'x'.repeat(index + 1));
      const former = item('job/plan.pdf');
      take('job/plan.pdf');
      return former;
    });
  }

  test('is found among all of its path, 16 at most', () => {
    const formers = taken(17);
    const found = formers.map((former) => kept(former)?.split('/').at(-1) ?? null);
    expect([found[0], found[1], found[15], found[16]]).toEqual(['plan.pdf', 'plan.pdf~2', 'plan.pdf~16', null]);
  });

  test('is looked for where a file was replaced that had been moved before', () => {
    const [former] = taken(1);
    const moved = { ...present(former), path: ['job', 'elsewhere', 'other.pdf'] };
    expect(kept(moved)).toBeNull();
    expect(kept(moved, { replaces: moved })).toBe(`job/.sluice-trash/${RUN}/plan.pdf`);
  });

  test('is none where nothing is kept, or another version lies there, and no folder stays open', () => {
    const former = present(taken(1)[0]);
    expect(kept(former, { trash: FOR_GOOD })).toBeNull();
    expect(leftOpen(place, () => kept({ ...former, version: 'another' }))).toBe(0);
    expect(kept({ ...former, version: 'another' })).toBeNull();
  });

  test('is the very file by its version and, where both have one, its identity', () => {
    place.put('job/plan.pdf', 'one');
    mkdirSync(place.at('job/folder'));
    const former = item('job/plan.pdf');
    const is = (known: Item, name = 'plan.pdf') =>
      isFormer(place.share, known, present(place.hold(['job']).stats(name)));
    expect(is(former)).toBe(true);
    expect(is({ ...former, identity: null })).toBe(true);
    expect(is({ ...former, identity: { value: 'another', strength: 'LASTING' } })).toBe(false);
    expect(is({ ...former, version: 'another' })).toBe(false);
    expect(is({ ...former, version: null, identity: null }, 'folder')).toBe(false);
    symlinkSync('plan.pdf', place.at('job/link'));
    expect(is(former, 'link')).toBe(false);
    linkSync(place.at('job/plan.pdf'), place.at('job/second name'));
    expect(is(former)).toBe(true);
  });
});
