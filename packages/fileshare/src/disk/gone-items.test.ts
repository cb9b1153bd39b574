import { rmSync, statSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MANIFEST, workingName } from '../paths.js';
import { present } from '../testing/share-fixture.js';
import { forgetGone } from './gone-items.js';
import { HeldManifest } from './held-manifest.js';
import { HeldPlace } from './held-place.testing.js';
import type { Kept } from './manifest.js';

let place: HeldPlace;
beforeEach(() => {
  place = new HeldPlace({ hasManifest: true });
  const items = Object.fromEntries(['here', 'gone', 'changed'].map((name) => [name, { description: name }]));
  place.put(MANIFEST, JSON.stringify({ sluice: 1, items }));
  place.put('here', 'x');
});
afterEach(() => place.dispose());

const [HOUR, DAY] = [60 * 60 * 1000, 24 * 60 * 60 * 1000];
const WRITTEN_AT = Date.UTC(2026, 10, 21, 12);
const UNFINISHED = workingName({ machine: '00000000', pid: 1, start: '1', run: '00000000' }, 'a', 'part');

/** Names that stay in a manifest of that time. */
function namesAfter(now: number, writtenAt = WRITTEN_AT): string[] {
  utimesSync(place.at(MANIFEST), writtenAt / 1000, writtenAt / 1000);
  const folder = place.hold();
  const held = present(HeldManifest.take(folder, true));
  try {
    const after = new Map<string, Kept>(held.manifest);
    forgetGone(folder, after, held, now, new Set(['changed']));
    return [...after.keys()];
  } finally {
    held.release();
  }
}

test('what was kept a day ago of an item that is gone is forgotten, unless it is changed just now', () => {
  expect(namesAfter(WRITTEN_AT + DAY)).toEqual(['here', 'changed']);
});

test('what was kept less than a day ago may be of a file that is on its way, and stays', () => {
  expect(namesAfter(WRITTEN_AT + DAY - 1)).toEqual(['here', 'gone', 'changed']);
});

test('a manifest that was not there before has nothing to forget', () => {
  rmSync(place.at(MANIFEST));
  const folder = place.hold();
  const held = present(HeldManifest.take(folder, true));
  const after = new Map<string, Kept>([['gone', {}]]);
  forgetGone(folder, after, held, WRITTEN_AT, new Set());
  held.release();
  expect([...after.keys()]).toEqual(['gone']);
});

/** The second in which a file came that is on its way, as the file system tells. */
function unfinishedSince(): number {
  place.put(UNFINISHED, 'half');
  return Math.floor(statSync(place.at(UNFINISHED)).birthtimeMs / 1000) * 1000;
}

test('all stays while a file is on its way that may have been so when the manifest was written', () => {
  const since = unfinishedSince();
  expect(namesAfter(since + 2 * DAY, since + 1000 - 12 * HOUR)).toEqual(['here', 'gone', 'changed']);
});

test('a file that is on its way only since half a day after the manifest was written keeps nothing', () => {
  const since = unfinishedSince();
  expect(namesAfter(since + 2 * DAY, since - 12 * HOUR)).toEqual(['here', 'changed']);
});

test('all stays where it cannot be told since when a file is on its way', () => {
  const since = unfinishedSince();
  place.hooks.before = (call, [path]) => {
    if (call === 'look' && String(path).endsWith(UNFINISHED)) rmSync(place.at(UNFINISHED), { force: true });
  };
  expect(namesAfter(since + 2 * DAY, since - 12 * HOUR)).toEqual(['here', 'gone', 'changed']);
});

test('a folder is not looked through for files on their way where no item is gone', () => {
  place.put('gone', 'back');
  let looks = 0;
  place.hooks.before = (call) => {
    if (call === 'opendir') looks += 1;
  };
  expect(namesAfter(WRITTEN_AT + DAY)).toEqual(['here', 'gone', 'changed']);
  expect(looks).toBe(0);
});
