import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workingName } from '../paths.js';
import type { WorkingKind } from '../paths.js';
import { present } from '../testing/share-fixture.js';
import { fail, HeldPlace, leftOpen } from './held-place.testing.js';
import { clearLeftovers } from './leftovers.js';
import { ownerOf, versionTag } from './working-files.js';

let place: HeldPlace;
beforeEach(() => {
  place = new HeldPlace();
});
afterEach(() => place.dispose());

const self = () => ownerOf(place.share.disk, 'run 1');
/** Of the same run on a machine that was started again. */
const left = (kind: WorkingKind, versions: string[] = [], suffix = 'a') =>
  workingName({ ...self(), machine: '00000000' }, suffix, kind, versions);
const clear = (hasStableInodes = true) => clearLeftovers(place.hold(), self(), hasStableInodes);
const tagOf = (path: string, hasStableInodes = true) => versionTag(present(place.hold().stats(path)), hasStableInodes);
const UNKNOWN = '11111111';

test('files that were not whole go, and what lives or belongs to people stays', () => {
  const living = workingName(self(), 'b', 'part');
  for (const name of [left('part'), living, 'plan.pdf', '.hidden']) place.put(name, 'x');
  clear();
  expect(place.texts()).toEqual({ [living]: 'x', 'plan.pdf': 'x', '.hidden': 'x' });
});

test('an empty folder under such a name goes, and one with something in it stays with all else cleared', () => {
  mkdirSync(place.at(left('part', [], 'empty')));
  const full = left('part', [], 'full');
  place.put(`${full}/theirs`, 'x');
  place.put(left('part', [], 'zz'), 'x');
  clear();
  expect(place.texts()).toEqual({ [full]: null, [`${full}/theirs`]: 'x' });
});

test('what cannot be taken away stays, and is no error', () => {
  place.put(left('part'), 'x');
  fail(place, 'unlink', 'EACCES');
  clear();
  expect(place.texts()).toEqual({ [left('part')]: 'x' });
});

test.each([
  ['the new one', (tag: string) => [tag, UNKNOWN]],
  ['the replaced one', (tag: string) => [UNKNOWN, tag]],
])('a file that changed places goes where it is %s', (_, tags) => {
  for (const hasStableInodes of [true, false]) {
    place.put('file', 'x');
    const name = left('swap', tags(tagOf('file', hasStableInodes)));
    place.share.disk.rename(place.at('file'), place.at(name));
    clear(hasStableInodes);
    expect(place.texts()).toEqual({});
  }
});

test('a file that changed places and is another by now is what somebody saved, and becomes visible', () => {
  place.put(left('swap', [UNKNOWN, UNKNOWN]), 'theirs');
  place.put(left('swap', [UNKNOWN, UNKNOWN], 'b'), 'theirs too');
  clear();
  expect(Object.keys(place.texts())).toEqual([
    'Recovered by Sluice (changed meanwhile 2)',
    'Recovered by Sluice (changed meanwhile)',
  ]);
});

test('a file that waits aside gets its name back, and its folder goes', () => {
  place.put(`${left('aside', [UNKNOWN])}/plan.pdf`, 'old');
  clear();
  expect(place.texts()).toEqual({ 'plan.pdf': 'old' });
});

test('a file that waits aside goes where its name is taken and it is the replaced one', () => {
  place.put('file', 'old');
  const aside = left('aside', [tagOf('file')]);
  mkdirSync(place.at(aside));
  place.share.disk.rename(place.at('file'), place.at(`${aside}/plan.pdf`));
  place.put('plan.pdf', 'new');
  clear();
  expect(place.texts()).toEqual({ 'plan.pdf': 'new' });
});

test('a file that waits aside stays beside the one that has its name where it is another', () => {
  place.put(`${left('aside', [UNKNOWN])}/plan.pdf`, 'theirs');
  place.put('plan.pdf', 'new');
  clear();
  expect(place.texts()).toEqual({ 'plan.pdf': 'new', 'plan (changed meanwhile).pdf': 'theirs' });
});

test('nothing stays open where a file cannot have its name back, and it waits for another look', () => {
  const aside = left('aside', [UNKNOWN]);
  place.put(`${aside}/plan.pdf`, 'old');
  const folder = place.hold();
  fail(place, 'renameToFree', 'EIO');
  expect(leftOpen(place, () => clearLeftovers(folder, self(), true))).toBe(0);
  expect(place.texts()).toEqual({ [aside]: null, [`${aside}/plan.pdf`]: 'old' });
});
