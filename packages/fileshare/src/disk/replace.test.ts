import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemError } from '../testing/hooked-disk.js';
import type { DiskCall } from '../testing/hooked-disk.js';
import type { Entry } from './held-folder.js';
import { fail, HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';
import { changedMeanwhile, deleteFile, giveBack, isAt, moveFile, removeFolder, replaceFile } from './replace.js';

let place: HeldPlace;
afterEach(() => place.dispose());

/** Contents that tell by their size which file they are of. */
const [OLD, OURS, THEIRS] = ['old', 'ours!', 'of somebody else'];
const holds = (text: string) => (stats: BigIntStats) => stats.size === BigInt(text.length);

const CHANGED = { kind: 'CONFLICT', message: '“/plan.pdf” has changed meanwhile and was left alone.' };
const BESIDE = {
  kind: 'CONFLICT',
  message:
    '“/plan.pdf” has changed meanwhile and was left alone. Both are kept, one of them as “plan (changed meanwhile).pdf”.',
};

function open(...lacking: DiskCall[]): void {
  place = new HeldPlace({ lacking });
  place.put('plan.pdf', OLD);
}

function diskError(): never {
  throw systemError('EIO');
}

let taken: string[];
function replace(): void {
  place.put('new', OURS);
  taken = [];
  replaceFile({
    ...{ from: place.entry('new'), aside: 'aside', to: place.entry('plan.pdf') },
    ...{ isOurs: holds(OURS), isReplaced: holds(OLD) },
    take: ({ folder, name }: Entry) => {
      taken.push([...folder.path, name].join('/'));
      folder.disk.unlink(folder.at(name));
    },
  });
}

describe('a file that takes the place of another, where names can change places', () => {
  test('has its name in one step, and the other one is taken away where the new one was', () => {
    open();
    replace();
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': OURS }, ['new']]);
  });

  test('gives the name back to what somebody saved at the last moment, and goes', () => {
    open();
    place.before('exchange', 1, () => place.save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': THEIRS }, []]);
  });

  test('stays out where somebody changed both: the newest has the name, and the other one stays beside it', () => {
    open();
    place.before('exchange', 1, () => {
      place.save('plan.pdf', THEIRS);
      place.before('exchange', 1, () => place.save('plan.pdf', `${THEIRS}, newer`));
    });
    expect(thrownBy(replace)).toMatchObject(BESIDE);
    expect(place.texts()).toEqual({ 'plan.pdf': `${THEIRS}, newer`, 'plan (changed meanwhile).pdf': THEIRS });
  });

  test('lets what it put aside have its name back where somebody removed the new file', () => {
    open();
    place.before('exchange', 1, () => {
      place.save('plan.pdf', THEIRS);
      place.before('exchange', 1, () => rmSync(place.at('plan.pdf')));
    });
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  });

  test('has nothing to give back where both were removed', () => {
    open();
    place.before('exchange', 1, () => {
      place.save('plan.pdf', THEIRS);
      place.before('exchange', 1, () => ['plan.pdf', 'new'].forEach((name) => rmSync(place.at(name))));
    });
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({});
  });
});

describe('a file that takes the place of another by steps', () => {
  test('waits until that has left its name, and the other one is taken away from aside', () => {
    open('exchange');
    replace();
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': OURS }, ['aside/plan.pdf']]);
  });

  test('gives the name back to what somebody saved before it left, and is not put there', () => {
    open('exchange');
    place.before('rename', 1, () => place.save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': THEIRS }, []]);
  });

  test('leaves the name to a file that somebody made in the moment without one, which replaces the old one', () => {
    open('exchange');
    place.before('renameToFree', 1, () => place.save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': THEIRS }, ['aside/plan.pdf']]);
  });

  test('lets the old one have its name back where it cannot have it itself', () => {
    open('exchange');
    place.before('renameToFree', 1, diskError);
    expect(thrownBy(replace)).toMatchObject({ code: 'EIO' });
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': OLD }, []]);
  });

  test('leaves aside what somebody wrote into there, so that nothing is lost', () => {
    open('exchange');
    place.before('renameToFree', 1, () => {
      writeFileSync(place.at('aside/plan.pdf'), THEIRS);
    });
    replace();
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': OURS, aside: null, 'aside/plan.pdf': THEIRS }, []]);
  });

  test('is a conflict where the old one is gone, and no other error of the disk is taken for that', () => {
    open('exchange');
    place.before('rename', 1, () => rmSync(place.at('plan.pdf')));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ new: OURS });
    place.put('plan.pdf', OLD);
    place.before('rename', 1, diskError);
    expect(thrownBy(replace)).toMatchObject({ code: 'EIO' });
    expect(place.texts()).toEqual({ new: OURS, 'plan.pdf': OLD });
  });

  test('waits in a folder that nobody else can look into', () => {
    open('exchange');
    const modes: unknown[] = [];
    place.hooks.before = (call, args) => {
      if (call === 'mkdir') modes.push(args[1]);
    };
    replace();
    expect(modes).toEqual([0o700]);
  });
});

const SYSTEMS: [string, DiskCall[]][] = [
  ['in one step', []],
  ['by steps', ['renameToFree']],
];

describe.each(SYSTEMS)('a file that is moved %s', (_, lacking) => {
  const move = () => moveFile(place.entry('plan.pdf'), place.entry('moved'), 'aside', holds(OLD));
  const moving = lacking.length === 0 ? 'renameToFree' : 'rename';

  test('has its new name and nothing of it is left', () => {
    open(...lacking);
    move();
    expect(place.texts()).toEqual({ moved: OLD });
  });

  test('never takes a name that another has', () => {
    open(...lacking);
    place.put('moved', THEIRS);
    expect(thrownBy(move)).toMatchObject({ kind: 'NAME_TAKEN', message: '“/moved” exists already.' });
    expect(place.texts()).toEqual({ moved: THEIRS, 'plan.pdf': OLD });
  });

  test('has its name back where somebody changed it at the last moment', () => {
    open(...lacking);
    place.before(moving, 1, () => place.save('plan.pdf', THEIRS));
    expect(thrownBy(move)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  });
});

test('a file that is moved by steps has its name back where the new one cannot be given', () => {
  open('renameToFree');
  place.before('link', 1, diskError);
  const move = () => moveFile(place.entry('plan.pdf'), place.entry('moved'), 'aside', holds(OLD));
  expect(thrownBy(move)).toMatchObject({ code: 'EIO' });
  expect(place.texts()).toEqual({ 'plan.pdf': OLD });
});

test('a file is deleted unless somebody changed it at the last moment', () => {
  open();
  const remove = () => deleteFile(place.entry('plan.pdf'), 'aside', holds(OLD));
  place.before('rename', 1, () => place.save('plan.pdf', THEIRS));
  expect(thrownBy(remove)).toMatchObject(CHANGED);
  expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  place.save('plan.pdf', OLD);
  remove();
  expect(place.texts()).toEqual({});
});

test('the folder in which a file waits does not stay open', () => {
  open();
  const remove = () =>
    place.share.within([], (folder) => deleteFile({ folder, name: 'plan.pdf' }, 'aside', holds(OLD)));
  expect(leftOpen(place, remove)).toBe(0);
});

test('what waited aside gets its name back, or one beside what has taken it', () => {
  open();
  place.put('waiting', THEIRS);
  expect(giveBack(place.entry('waiting'), place.entry('plan.pdf'))).toMatchObject(BESIDE);
  expect(place.texts()).toEqual({ 'plan.pdf': OLD, 'plan (changed meanwhile).pdf': THEIRS });
  rmSync(place.at('plan.pdf'));
  expect(giveBack(place.entry('plan (changed meanwhile).pdf'), place.entry('plan.pdf'))).toMatchObject(CHANGED);
  expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
});

test('a folder goes when it is empty, stays when it is not, and every other error is told', () => {
  open();
  mkdirSync(place.at('empty'));
  place.put('full/file', 'x');
  for (const name of ['empty', 'full']) removeFolder(place.hold(), name);
  expect(place.texts()).toEqual({ full: null, 'full/file': 'x', 'plan.pdf': OLD });
  fail(place, 'rmdir', 'EEXIST');
  removeFolder(place.hold(), 'full');
  place.hooks.before = () => {};
  expect(thrownBy(() => removeFolder(place.hold(), 'none'))).toMatchObject({ code: 'ENOENT' });
});

test('a file is at its name when there is one that matches, and a conflict names it by its whole path', () => {
  open();
  place.put('a/b/plan.pdf', OLD);
  const entry = { folder: place.hold(['a', 'b']), name: 'plan.pdf' };
  expect([isAt(entry, holds(OLD)), isAt(entry, holds(OURS))]).toEqual([true, false]);
  expect(isAt({ ...entry, name: 'none' }, () => true)).toBe(false);
  expect(changedMeanwhile(entry).message).toBe('“/a/b/plan.pdf” has changed meanwhile and was left alone.');
});
