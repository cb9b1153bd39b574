import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Item } from '@sluice/core/platform';
import { MANIFEST } from '../paths.js';
import { present } from '../testing/share-fixture.js';
import { versionsOf } from './former-files.js';
import { HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';

let place: HeldPlace;
afterEach(() => place.dispose());

const ITEMS = {
  'plan (v2).pdf': { version: 2 },
  'plan (v1).pdf': { version: 1, note: 'The first' },
  'plan.pdf': { version: 3, note: 'The newest', description: 'A plan' },
};

function open(hasManifest = true): void {
  place = new HeldPlace({ hasManifest });
  place.put(`job/folder/${MANIFEST}`, JSON.stringify({ sluice: 1, items: ITEMS }));
  for (const [name, text] of [
    ['plan.pdf', 'newest'],
    ['plan (v1).pdf', 'one'],
    ['plan (v2).pdf', 'second'],
  ] as const)
    place.put(`job/folder/${name}`, text);
  utimesSync(place.at('job/folder/plan (v1).pdf'), 1_000, 1_000.5);
}
beforeEach(() => open());

const item = (): Item =>
  present(place.share.find(['job', 'folder', 'plan.pdf'], { fields: ['versionNotes', 'owner'], tags: false }));

test('former contents come oldest first, each as a file of the item that it was, and the item itself at the end', () => {
  const newest = item();
  const [first, second, last, ...more] = versionsOf(place.share, newest);
  expect(more).toEqual([]);
  expect(last).toBe(newest);
  expect(first).toMatchObject({
    ...{ path: ['job', 'folder', 'plan.pdf'], id: newest.id, identity: newest.identity, description: 'A plan' },
    ...{ size: 3, handle: 'plan (v1).pdf', isFormer: true, modifiedNanoseconds: 0 },
    modifiedAt: new Date(1_000_500),
    fields: { versionNotes: 'The first' },
  });
  expect(second).toMatchObject({ size: 6, handle: 'plan (v2).pdf', isFormer: true });
  expect([first, second].map((one) => one?.version)).toEqual(
    ['plan (v1).pdf', 'plan (v2).pdf'].map((name) => place.share.find(['job', 'folder', name])?.version),
  );
});

test('a former content has neither the fields of the newest nor its former contents', () => {
  const [, second] = versionsOf(place.share, { ...item(), formerVersions: 2, formerSizes: [3, 6] });
  for (const key of ['fields', 'formerVersions', 'formerSizes']) expect(second).not.toHaveProperty(key);
});

test('a former content that is no file any more is left out', () => {
  const newest = item();
  rmSync(place.at('job/folder/plan (v1).pdf'));
  rmSync(place.at('job/folder/plan (v2).pdf'));
  mkdirSync(place.at('job/folder/plan (v2).pdf'));
  expect(versionsOf(place.share, newest)).toEqual([newest]);
});

test('a share that reads no manifests knows the newest only, and keeps nothing open', () => {
  place.dispose();
  open(false);
  const newest = item();
  expect(versionsOf(place.share, newest)).toEqual([newest]);
  expect(leftOpen(place, () => versionsOf(place.share, newest))).toBe(0);
});

test('an item that is another version by now, or gone, has changed', () => {
  const newest = item();
  const changed = { kind: 'CHANGED_DURING_READ', message: '“/job/folder/plan.pdf” has changed since it was listed.' };
  place.put('job/folder/plan.pdf', 'another');
  expect(thrownBy(() => versionsOf(place.share, newest))).toMatchObject(changed);
  rmSync(place.at('job/folder/plan.pdf'));
  expect(thrownBy(() => versionsOf(place.share, newest))).toMatchObject(changed);
});

test.each([
  ['goes', () => {}],
  ['becomes a folder', (path: string) => mkdirSync(path)],
])('a former content that %s while versions are told is left out, and the others are told', (_, become) => {
  const newest = item();
  place.hooks.before = (call, [path]) => {
    if (call !== 'look' || !String(path).endsWith('plan (v1).pdf')) return;
    rmSync(place.at('job/folder/plan (v1).pdf'));
    become(place.at('job/folder/plan (v1).pdf'));
  };
  expect(versionsOf(place.share, newest).map(({ handle }) => handle)).toEqual(['plan (v2).pdf', null]);
});
