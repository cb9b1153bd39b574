import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemError } from '../testing/hooked-disk.js';
import type { DiskCall } from '../testing/hooked-disk.js';
import { HeldPlace, thrownBy } from './held-place.testing.js';
import { keepBeside, renamed, renameFolderToFree, renameToFree } from './naming.js';

let place: HeldPlace;
afterEach(() => place.dispose());

function open(...lacking: DiskCall[]): void {
  place = new HeldPlace({ lacking });
  place.put('a', 'mine');
}

/** Lets calls of that name fail. */
function failing(...codes: [call: DiskCall, code: string][]): void {
  place.hooks.before = (name) => {
    for (const [call, code] of codes) if (name === call) throw systemError(code);
  };
}

const LINKLESS = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EXDEV'];

describe('a file gets a free name', () => {
  test.each<[string, DiskCall[]]>([
    ['in one step', []],
    ['by a second name', ['renameToFree']],
  ])('%s, and another file of that name stays', (_, lacking) => {
    open(...lacking);
    renameToFree(place.entry('a'), place.entry('b'));
    expect(place.texts()).toEqual({ b: 'mine' });
    place.put('c', 'theirs');
    expect(thrownBy(() => renameToFree(place.entry('b'), place.entry('c')))).toMatchObject({ code: 'EEXIST' });
    expect(place.texts()).toEqual({ b: 'mine', c: 'theirs' });
  });

  test.each(LINKLESS)('after a look where second names are answered by %s', (code) => {
    open('renameToFree');
    failing(['link', code]);
    renameToFree(place.entry('a'), place.entry('b'));
    expect(place.texts()).toEqual({ b: 'mine' });
    place.put('c', 'theirs');
    expect(thrownBy(() => renameToFree(place.entry('b'), place.entry('c')))).toMatchObject({
      kind: 'NAME_TAKEN',
      message: '“/c” exists already.',
    });
    expect(place.texts()).toEqual({ b: 'mine', c: 'theirs' });
  });

  test('unless the disk has another trouble, which is told', () => {
    open('renameToFree');
    failing(['link', 'EIO']);
    expect(thrownBy(() => renameToFree(place.entry('a'), place.entry('b')))).toMatchObject({ code: 'EIO' });
    expect(place.texts()).toEqual({ a: 'mine' });
  });

  test('with the path of the name that is taken', () => {
    open('renameToFree');
    failing(['link', 'EPERM']);
    place.put('inner/c', 'theirs');
    const to = { folder: place.hold(['inner']), name: 'c' };
    expect(thrownBy(() => renameToFree(place.entry('a'), to))).toMatchObject({ message: '“/inner/c” exists already.' });
  });
});

describe('a folder gets a free name', () => {
  test.each<[string, DiskCall[]]>([
    ['in one step', []],
    ['by an empty folder that it replaces', ['renameToFree']],
  ])('%s, and what has the name stays', (_, lacking) => {
    open(...lacking);
    place.put('folder/file', 'x');
    renameFolderToFree(place.entry('folder'), place.entry('other'));
    expect(place.texts()).toEqual({ a: 'mine', other: null, 'other/file': 'x' });
    mkdirSync(place.at('empty'));
    expect(thrownBy(() => renameFolderToFree(place.entry('other'), place.entry('empty')))).toMatchObject({
      code: 'EEXIST',
    });
    expect(place.texts()).toEqual({ a: 'mine', empty: null, other: null, 'other/file': 'x' });
  });

  test('and leaves no empty folder where it cannot be renamed', () => {
    open('renameToFree');
    mkdirSync(place.at('folder'));
    failing(['rename', 'EACCES']);
    expect(thrownBy(() => renameFolderToFree(place.entry('folder'), place.entry('other')))).toMatchObject({
      code: 'EACCES',
    });
    expect(place.texts()).toEqual({ a: 'mine', folder: null });
  });
});

describe('whether a file got its name', () => {
  test('is told: it did where the name was free, and not where another has it', () => {
    open();
    expect(renamed(place.entry('a'), place.entry('b'))).toBe(true);
    place.put('c', 'theirs');
    expect(renamed(place.entry('b'), place.entry('c'))).toBe(false);
    expect(place.texts()).toEqual({ b: 'mine', c: 'theirs' });
  });

  test('is told likewise where there are no second names', () => {
    open('renameToFree');
    failing(['link', 'EPERM']);
    place.put('c', 'theirs');
    expect(renamed(place.entry('a'), place.entry('c'))).toBe(false);
  });

  test('is not guessed where anything else goes wrong', () => {
    open();
    expect(thrownBy(() => renamed(place.entry('none'), place.entry('b')))).toMatchObject({ code: 'ENOENT' });
  });
});

test('what lost its name is kept beside it before its extension, by a number where that is taken too', () => {
  open();
  const keep = () => {
    writeFileSync(place.at('left'), 'theirs');
    return keepBeside(place.entry('left'), place.hold(), 'plan.v2.pdf');
  };
  expect([keep(), keep(), keep()]).toEqual([
    'plan.v2 (changed meanwhile).pdf',
    'plan.v2 (changed meanwhile 2).pdf',
    'plan.v2 (changed meanwhile 3).pdf',
  ]);
  expect(Object.keys(place.texts())).toHaveLength(4);
});
