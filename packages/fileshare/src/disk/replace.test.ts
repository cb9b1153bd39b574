import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemError } from '../testing/hooked-disk.js';
import type { DiskCall } from '../testing/hooked-disk.js';
import type { Entry } from './held-folder.js';
import { HeldPlace, thrownBy } from './held-place.testing.js';
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

/** Lets something happen before the call of that name and number, counted from 1. */
function before(call: DiskCall, number: number, work: () => void): void {
  let count = 0;
  place.hooks.before = (name) => {
    if (name === call && (count += 1) === number) work();
  };
}

/** Somebody saves a new file in the place of another. */
function save(path: string, text: string): void {
  writeFileSync(place.at('saved'), text);
  renameSync(place.at('saved'), place.at(path));
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
    before('exchange', 1, () => save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': THEIRS }, []]);
  });

  test('stays out where somebody changed both: the newest has the name, and the other one stays beside it', () => {
    open();
    before('exchange', 1, () => {
      save('plan.pdf', THEIRS);
      before('exchange', 1, () => save('plan.pdf', `${THEIRS}, newer`));
    });
    expect(thrownBy(replace)).toMatchObject(BESIDE);
    expect(place.texts()).toEqual({ 'plan.pdf': `${THEIRS}, newer`, 'plan (changed meanwhile).pdf': THEIRS });
  });

  test('lets what it put aside have its name back where somebody removed the new file', () => {
    open();
    before('exchange', 1, () => {
      save('plan.pdf', THEIRS);
      before('exchange', 1, () => rmSync(place.at('plan.pdf')));
    });
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  });

  test('has nothing to give back where both were removed', () => {
    open();
    before('exchange', 1, () => {
      save('plan.pdf', THEIRS);
      before('exchange', 1, () => ['plan.pdf', 'new'].forEach((name) => rmSync(place.at(name))));
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
    before('rename', 1, () => save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': THEIRS }, []]);
  });

  test('leaves the name to a file that somebody made in the moment without one, which replaces the old one', () => {
    open('exchange');
    before('renameToFree', 1, () => save('plan.pdf', THEIRS));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': THEIRS }, ['aside/plan.pdf']]);
  });

  test('lets the old one have its name back where it cannot have it itself', () => {
    open('exchange');
    before('renameToFree', 1, () => {
      throw systemError('EIO');
    });
    expect(thrownBy(replace)).toMatchObject({ code: 'EIO' });
    expect([place.texts(), taken]).toEqual([{ new: OURS, 'plan.pdf': OLD }, []]);
  });

  test('leaves aside what somebody wrote into there, so that nothing is lost', () => {
    open('exchange');
    before('renameToFree', 1, () => {
      writeFileSync(place.at('aside/plan.pdf'), THEIRS);
    });
    replace();
    expect([place.texts(), taken]).toEqual([{ 'plan.pdf': OURS, aside: null, 'aside/plan.pdf': THEIRS }, []]);
  });

  test('is a conflict where the old one is gone, and no other error of the disk is taken for that', () => {
    open('exchange');
    before('rename', 1, () => rmSync(place.at('plan.pdf')));
    expect(thrownBy(replace)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ new: OURS });
    place.put('plan.pdf', OLD);
    before('rename', 1, () => {
      throw systemError('EIO');
    });
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
    before(moving, 1, () => save('plan.pdf', THEIRS));
    expect(thrownBy(move)).toMatchObject(CHANGED);
    expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  });
});

test('a file that is moved by steps has its name back where the new one cannot be given', () => {
  open('renameToFree');
  before('link', 1, () => {
    throw systemError('EIO');
  });
  const move = () => moveFile(place.entry('plan.pdf'), place.entry('moved'), 'aside', holds(OLD));
  expect(thrownBy(move)).toMatchObject({ code: 'EIO' });
  expect(place.texts()).toEqual({ 'plan.pdf': OLD });
});

test('a file is deleted unless somebody changed it at the last moment', () => {
  open();
  const remove = () => deleteFile(place.entry('plan.pdf'), 'aside', holds(OLD));
  before('rename', 1, () => save('plan.pdf', THEIRS));
  expect(thrownBy(remove)).toMatchObject(CHANGED);
  expect(place.texts()).toEqual({ 'plan.pdf': THEIRS });
  save('plan.pdf', OLD);
  remove();
  expect(place.texts()).toEqual({});
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
  before('rmdir', 1, () => {
    throw systemError('EEXIST');
  });
  removeFolder(place.hold(), 'full');
  expect(thrownBy(() => removeFolder(place.hold(), 'none'))).toMatchObject({ code: 'ENOENT' });
});

test('a file is at its name when there is one that matches', () => {
  open();
  expect(isAt(place.entry('plan.pdf'), holds(OLD))).toBe(true);
  expect(isAt(place.entry('plan.pdf'), holds(OURS))).toBe(false);
  expect(isAt(place.entry('none'), () => true)).toBe(false);
});

test('a conflict names the file by its whole path', () => {
  open();
  place.put('a/b/plan.pdf', OLD);
  expect(changedMeanwhile({ folder: place.hold(['a', 'b']), name: 'plan.pdf' }).message).toBe(
    '“/a/b/plan.pdf” has changed meanwhile and was left alone.',
  );
});
