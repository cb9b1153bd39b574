import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemError } from '../testing/hooked-disk.js';
import type { DiskCall } from '../testing/hooked-disk.js';
import { fail, HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';
import { PublishingBatch } from './publishing-batch.js';
import type { Published } from './publishing-batch.js';
import type { ShareTraits } from './traits.js';
import { appendBytes, beginFile } from './write.js';
import type { FileToWrite } from './write.js';

let place: HeldPlace;
let batch: PublishingBatch<string>;
let calls: string[];
afterEach(() => place.dispose());

const TRAITS: ShareTraits = {
  ...{ foldsCase: false, hasStableInodes: true, nameUnit: 'UTF8', attributes: 'ALL' },
  syncsAsWhole: true,
};

/** `calls` are those that make something durable or give names, from now on. */
function open({ isDurable = true, syncsAsWhole = true, lacking = [] as DiskCall[] } = {}): void {
  place = new HeldPlace({ lacking, traits: { ...TRAITS, syncsAsWhole } });
  batch = new PublishingBatch(place.holding, isDurable);
  calls = [];
  failing(() => {});
}

/** Notes the calls, of which some may fail. */
function failing(before: (call: DiskCall, number: number) => void): void {
  const counts: Partial<Record<DiskCall, number>> = {};
  place.hooks.before = (call) => {
    if (!['sync', 'syncFileSystem', 'renameToFree'].includes(call)) return;
    calls.push(call);
    before(call, (counts[call] = (counts[call] ?? 0) + 1));
  };
}

function add(path: string, text = 'text', size = text.length): void {
  const how = { replaces: null, trash: null, given: null, run: 'run', fsync: 'file' as const };
  const request: FileToWrite = { ...how, path: path.split('/'), suffix: path.replaceAll(/\W/g, '') };
  const begun = beginFile(place.holding, request);
  appendBytes(place.holding, begun.descriptor, Buffer.from(text));
  if (size > text.length) truncateSync(place.at(begun.name ?? ''), size);
  batch.add(begun, request, { size, time: null }, path);
}

const told = (published: readonly Published<string>[]) =>
  published.map(({ about, outcome }) => ('error' in outcome ? `${about}: ${outcome.error.kind}` : about));

describe('a batch of files that need not be durable', () => {
  test('is full with each, tells of it as soon as it has its name, and syncs nothing', () => {
    open({ isDurable: false });
    expect(batch.isFull).toBe(true);
    add('a');
    expect(place.texts()).not.toHaveProperty('a');
    expect(told(batch.publish())).toEqual(['a']);
    expect([place.texts(), calls, told(batch.settle())]).toEqual([{ a: 'text' }, ['renameToFree'], []]);
  });

  test('tells what failed with the rest', () => {
    open({ isDurable: false });
    for (const name of ['a', 'b']) add(name);
    writeFileSync(place.at('a'), 'theirs');
    expect(told(batch.publish())).toEqual(['a: NAME_TAKEN', 'b']);
    expect(place.texts()).toEqual({ a: 'theirs', b: 'text' });
  });
});

describe('a batch of files that have to be durable', () => {
  test('syncs bytes before names and names before anybody is told, all at once', () => {
    open();
    mkdirSync(place.at('folder'));
    for (const path of ['a', 'b', 'folder/c']) add(path);
    expect(calls).toEqual([]);
    expect(told(batch.publish())).toEqual([]);
    const names = ['renameToFree', 'renameToFree', 'renameToFree'];
    expect(calls).toEqual(['syncFileSystem', ...names]);
    expect(told(batch.settle())).toEqual(['a', 'b', 'folder/c']);
    expect(calls).toEqual(['syncFileSystem', ...names, 'syncFileSystem']);
    expect(told(batch.settle())).toEqual([]);
    expect(calls).toHaveLength(5);
  });

  test('makes the names of the files before durable together with the bytes of the next', () => {
    open();
    add('a');
    batch.publish();
    add('b');
    expect(told(batch.publish())).toEqual(['a']);
    expect(calls).toEqual(['syncFileSystem', 'renameToFree', 'syncFileSystem', 'renameToFree']);
  });

  test.each([
    ['is not known to do so', { syncsAsWhole: false }, []],
    ['refuses to', { lacking: ['syncFileSystem' as const] }, ['syncFileSystem']],
  ])('syncs file by file where a file system %s as a whole', (_, how, whole) => {
    open(how);
    mkdirSync(place.at('folder'));
    for (const path of ['a', 'folder/b']) add(path);
    batch.publish();
    expect(told(batch.settle())).toEqual(['a', 'folder/b']);
    expect(calls).toEqual([...whole, 'sync', 'sync', 'renameToFree', 'renameToFree', ...whole, 'sync', 'sync']);
  });

  test('syncs file by file where the whole fails, so that the file concerned tells', () => {
    open();
    for (const name of ['a', 'b', 'c']) add(name);
    failing((call, number) => {
      if (call === 'syncFileSystem' || (call === 'sync' && number === 2)) throw systemError('EIO');
    });
    expect(told(batch.publish())).toEqual(['b: PLATFORM_ERROR']);
    expect(place.texts()).toEqual({ a: 'text', c: 'text' });
    expect(told(batch.settle())).toEqual(['a', 'c']);
  });

  test('tells of a name that does not become durable as failed', () => {
    open({ syncsAsWhole: false });
    for (const name of ['a', 'b']) add(name);
    batch.publish();
    failing((call, number) => {
      if (call === 'sync' && number === 1) throw systemError('ENOSPC');
    });
    const settled = batch.settle();
    expect(told(settled)).toEqual(['a: DESTINATION_FULL', 'b']);
    expect(settled[0]?.outcome).toMatchObject({ error: { message: '“/a” does not fit: the disk is full.' } });
  });

  test('tells of a file that cannot be opened to be made durable, which goes', () => {
    open({ syncsAsWhole: false });
    add('a');
    fail(place, 'open', 'EACCES', '.part');
    expect(told(batch.publish())).toEqual(['a: ACCESS_DENIED']);
    expect(place.texts()).toEqual({});
  });

  test('tells of a name that was taken meanwhile, by the path of the file', () => {
    open();
    add('a');
    place.put('a', 'theirs');
    batch.publish();
    expect(batch.settle()).toMatchObject([{ about: 'a', outcome: { error: { message: '“/a” exists already.' } } }]);
  });

  test('leaves no file open', () => {
    open({ syncsAsWhole: false });
    place.holding.hold([]);
    const work = () => {
      for (const name of ['a', 'b']) add(name);
      batch.publish();
      batch.settle();
    };
    expect(leftOpen(place, work)).toBe(0);
  });
});

describe('a batch is full', () => {
  test('with 256 files, until they have their names', () => {
    open();
    for (let index = 0; index < 255; index += 1) add(`file ${index}`);
    expect(batch.isFull).toBe(false);
    add('one more');
    expect(batch.isFull).toBe(true);
    batch.publish();
    expect(batch.isFull).toBe(false);
  });

  test('with 64 MiB, until they have their names', () => {
    open();
    add('large', '', 64 * 1024 * 1024 - 1);
    expect(batch.isFull).toBe(false);
    add('small', 'x');
    expect(batch.isFull).toBe(true);
    batch.publish();
    expect(batch.isFull).toBe(false);
  });

  test('when as many folders are held as may be', () => {
    open();
    for (let index = 0; index < 128; index += 1) {
      expect(batch.isFull).toBe(false);
      mkdirSync(place.at(`${index}`));
      place.holding.hold([`${index}`]);
    }
    expect(batch.isFull).toBe(true);
  });
});

test('a batch that is discarded takes away what has no name yet, and nothing else', () => {
  open();
  add('a');
  batch.publish();
  add('b');
  batch.discard();
  expect(place.texts()).toEqual({ a: 'text' });
  expect(told(batch.publish())).toEqual(['a']);
  expect(told(batch.settle())).toEqual([]);
});

test('a file of another size than what was written is refused, and goes', () => {
  open();
  const work = () => {
    const request: FileToWrite = {
      ...{ path: ['a'], replaces: null, trash: null, given: null, run: 'run', suffix: 'a' },
      fsync: 'file',
    };
    batch.add(beginFile(place.holding, request), request, { size: 5, time: null }, 'a');
  };
  expect(thrownBy(work)).toMatchObject({ kind: 'VERIFICATION_FAILED' });
  expect([place.texts(), told(batch.publish())]).toEqual([{}, []]);
});
