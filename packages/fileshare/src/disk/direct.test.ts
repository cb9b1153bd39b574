import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { arrivedIn, DirectPlaces, sha256 } from './direct-places.testing.js';
import { fail, leftOpen } from './held-place.testing.js';
import type { Wish } from './messages.js';

let places: DirectPlaces;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  places = new DirectPlaces();
});
afterEach(() => {
  places.dispose();
  vi.useRealTimers();
});

const CHUNK = 256 * 1024;
const MIB = 1024 * 1024;

function seed(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `file ${String(index).padStart(3, '0')}`);
  for (const name of names) places.from.put(name, `bytes of ${name}`);
  return names;
}

/** Whatever the size: files up to a part of a file are carried over at once, larger ones by parts. */
const SIZES: [string, number][] = [
  ['at once', CHUNK],
  ['by parts', CHUNK + 1],
];

test('files arrive as they were, and are told in one report at the end', () => {
  const names = seed(3);
  const reports = places.reports(places.pack(names));
  expect(places.to.texts()).toEqual(places.from.texts());
  expect(reports).toHaveLength(1);
  expect(arrivedIn(reports)).toEqual(names.map((name, at) => [10 + at, sha256(`bytes of ${name}`)]));
  expect(reports[0]).toMatchObject({ results: [], progress: null });
});

test('where nothing is carried over there is nothing to report', () => {
  expect(places.reports(places.pack([]))).toEqual([]);
});

test.each(SIZES)('a file that is carried over %s tells what it is by its bytes', (_, size) => {
  const text = 'xyz'.repeat(size).slice(0, size);
  places.from.put('plan', text);
  expect(arrivedIn(places.reports(places.pack(['plan'])))).toEqual([[10, sha256(text)]]);
  expect(places.to.texts()).toEqual({ plan: text });
});

describe.each(SIZES)('a failure of a file that is carried over %s', (_, size) => {
  const seeded = () => {
    const names = seed(3);
    places.from.put('file 001', 'x'.repeat(size));
    return places.pack(names);
  };
  const results = (files = seeded()) => places.reports(files).flatMap((report) => report.results);

  test('is told of the source where that has none or another by now, and of it alone', () => {
    const files = seeded();
    rmSync(places.from.at('file 001'));
    expect(results(files)).toMatchObject([{ index: 11, side: 'SOURCE', fault: { kind: 'NOT_FOUND' } }]);
    expect(Object.keys(places.to.texts())).toEqual(['file 000', 'file 002']);
  });

  test('is told of the destination where the name is taken, and of it alone', () => {
    places.to.put('file 001', 'theirs');
    expect(results()).toMatchObject([{ index: 11, side: 'DESTINATION', fault: { kind: 'NAME_TAKEN' } }]);
    expect(places.to.texts()).toMatchObject({ 'file 001': 'theirs', 'file 002': 'bytes of file 002' });
  });

  test('is told of the destination where its disk is full, and leaves nothing there', () => {
    const files = seeded();
    fail(places.to, 'write', 'ENOSPC');
    expect(results(files)).toMatchObject(
      [10, 11, 12].map((index) => ({ index, side: 'DESTINATION', fault: { kind: 'DESTINATION_FULL' } })),
    );
    expect(places.to.texts()).toEqual({});
  });

  test('leaves nothing open at either side', () => {
    const files = seeded();
    fail(places.to, 'write', 'ENOSPC');
    expect(leftOpen(places.to, () => expect(leftOpen(places.from, () => places.reports(files))).toBe(0))).toBe(0);
  });
});

describe('a large file', () => {
  test('is told of while it is under way, each time that 8 MiB are read', () => {
    places.from.put('plan', 'x'.repeat(17 * MIB));
    const reports = places.reports(places.pack(['plan']));
    expect(reports.map(({ progress }) => progress)).toEqual([
      { index: 10, bytesDone: 8 * MIB },
      { index: 10, bytesDone: 16 * MIB },
      null,
    ]);
  });

  test('is not there when its run is stopped meanwhile, and the ones before it are', () => {
    const names = [...seed(2), 'plan'];
    places.from.put('plan', 'x'.repeat(9 * MIB));
    const reports = places.reports(places.pack(names), ['STOP']);
    expect(reports).toHaveLength(1);
    expect(arrivedIn(reports).map(([index]) => index)).toEqual([10, 11]);
    expect(Object.keys(places.to.texts())).toEqual(['file 000', 'file 001']);
  });

  test('arrives when only what is begun is wished for, and none after it', () => {
    places.from.put('plan', 'x'.repeat(9 * MIB));
    const reports = places.reports(places.pack(['plan', ...seed(1)]), ['FINISH']);
    expect(arrivedIn(reports).map(([index]) => index)).toEqual([10]);
    expect(Object.keys(places.to.texts())).toEqual(['plan']);
  });
});

describe('a run that is asked to end', () => {
  test.each<[Wish, string[]]>([
    ['STOP', []],
    ['FINISH', ['file 000', 'file 001', 'file 002']],
  ])('by %s gives names only to %j of what has none yet', (wish, expected) => {
    const files = places.pack(seed(5), 'file');
    let begun = 0;
    places.to.hooks.before = (call) => {
      if (call === 'write' && (begun += 1) === 3) vi.advanceTimersByTime(100);
    };
    const reports = places.reports(files, [wish]);
    expect(Object.keys(places.to.texts())).toEqual(expected);
    expect(arrivedIn(reports)).toHaveLength(expected.length);
    expect(reports).toHaveLength(wish === 'STOP' ? 1 : 2);
  });

  test('tells of all that have names, which are durable by then', () => {
    const files = places.pack(seed(300), 'file');
    const calls: string[] = [];
    places.to.hooks.before = (call) => {
      if (['renameToFree', 'syncFileSystem'].includes(call) && calls.at(-1) !== call) calls.push(call);
    };
    const reports = places.reports(files, ['STOP']);
    expect(arrivedIn(reports)).toHaveLength(256);
    expect(Object.keys(places.to.texts())).toHaveLength(256);
    expect(calls).toEqual(['syncFileSystem', 'renameToFree', 'syncFileSystem']);
  });
});

test('what is reported once is not told again, and 256 files are begun between two reports', () => {
  const reports = places.reports(places.pack(seed(300)));
  expect(reports.map((report) => arrivedIn([report]).length)).toEqual([256, 44]);
});

test('no more folders are held than have files under way', () => {
  const names = Array.from({ length: 300 }, (_, index) => `folder ${index}/file`);
  for (const name of names) places.from.put(name, 'x');
  const files = places.pack(names);
  let [open, most] = [0, 0];
  places.from.hooks.before = (call) => {
    open += Number(call === 'open') - Number(call === 'close');
    most = Math.max(most, open);
  };
  expect(arrivedIn(places.reports(files))).toHaveLength(300);
  expect(open).toBe(0);
  expect(most).toBeLessThan(140);
});
