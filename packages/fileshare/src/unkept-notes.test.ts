import { expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { Unkept } from './disk/attributes.js';
import { assertGiven, UnkeptNotes } from './unkept-notes.js';

const KEPT_OWNER =
  'The server’s account may not keep the owner of the replaced file; so it may be with the files after it.';
const KEPT_GROUP = KEPT_OWNER.replace('owner', 'group');
const GIVEN_OWNER =
  'The server’s account may not give the owner of the mapping; so it may be with the items around it.';
const GIVEN_TAGS = 'The file system does not hold all tags of the mapping.';
const MANIFEST =
  'The manifest .sluice.json of its folder is damaged or full, or cannot be written: what only it keeps stays behind.';

test.each<[Unkept[], string]>([
  [['owner'], KEPT_OWNER],
  [['owner', 'group', 'mode'], KEPT_OWNER.replace('owner', 'owner, group, mode')],
  [['mapped:owner'], GIVEN_OWNER],
  [['mapped:owner', 'mapped:mode'], GIVEN_OWNER.replace('owner', 'owner, mode')],
  [['mapped:tags'], GIVEN_TAGS],
  [['mapped:tags', 'mapped:attributes'], GIVEN_TAGS.replace('tags', 'tags, attributes')],
  [['manifest'], MANIFEST],
  [['manifest', 'mapped:tags', 'mapped:owner', 'owner'], [KEPT_OWNER, GIVEN_OWNER, GIVEN_TAGS, MANIFEST].join(' ')],
])('a file that lacks %j says so', (unkept, note) => {
  expect(new UnkeptNotes().noteOf(unkept, 'run')).toEqual({ note });
});

test('a file that lacks nothing has no note', () => {
  expect(new UnkeptNotes().noteOf([], 'run')).toEqual({});
});

test('what is the same for all items of the account is told once in a run', () => {
  const notes = new UnkeptNotes();
  expect(notes.noteOf(['owner', 'owner'], 'run')).toEqual({ note: KEPT_OWNER });
  expect(notes.noteOf(['owner', 'group'], 'run')).toEqual({ note: KEPT_GROUP });
  expect(notes.noteOf(['owner', 'group'], 'run')).toEqual({});
  expect(notes.noteOf(['owner'], 'another run')).toEqual({ note: KEPT_OWNER });
});

test.each<[Unkept, string]>([
  ['mapped:tags', GIVEN_TAGS],
  ['mapped:attributes', GIVEN_TAGS.replace('tags', 'attributes')],
  ['manifest', MANIFEST],
])('what depends on the item is told of each: %s', (unkept, note) => {
  const notes = new UnkeptNotes();
  for (const _ of [1, 2]) expect(notes.noteOf([unkept], 'run')).toEqual({ note });
});

test('what a folder lacks is told with the next file of its run, once', () => {
  const notes = new UnkeptNotes();
  notes.keepForNext(['mapped:tags'], 'run');
  expect(notes.noteOf([], 'another run')).toEqual({});
  expect(notes.noteOf(['owner'], 'run')).toEqual({ note: `${KEPT_OWNER} ${GIVEN_TAGS}` });
  expect(notes.noteOf([], 'run')).toEqual({});
});

test('64 runs are remembered, those that were heard of last', () => {
  const notes = new UnkeptNotes();
  for (let run = 0; run < 64; run += 1) notes.noteOf(['owner'], `run ${run}`);
  expect(notes.noteOf(['owner'], 'run 0')).toEqual({});
  notes.noteOf(['owner'], 'one more');
  expect(notes.noteOf(['owner'], 'run 0')).toEqual({});
  expect(notes.noteOf(['owner'], 'run 2')).toEqual({});
  expect(notes.noteOf(['owner'], 'run 1')).toEqual({ note: KEPT_OWNER });
});

function failureOf(unkept: readonly Unkept[]): PlatformError | null {
  try {
    assertGiven(unkept, ['a', 'plan.pdf']);
    return null;
  } catch (cause) {
    if (cause instanceof PlatformError) return cause;
    throw cause;
  }
}

test('an item that only gets something and gets all of it is no failure', () => {
  expect(failureOf([])).toBeNull();
});

test.each<[Unkept[], string, string]>([
  [['mapped:owner'], 'ACCESS_DENIED', GIVEN_OWNER],
  [['mapped:owner', 'mapped:tags'], 'REJECTED', `${GIVEN_OWNER} ${GIVEN_TAGS}`],
  [['manifest'], 'REJECTED', MANIFEST],
])('an item that only gets something fails without %j', (unkept, kind, note) => {
  expect(failureOf(unkept)).toMatchObject({
    kind,
    message: `“/a/plan.pdf”: ${note}`,
    remedy:
      'Leave it out of the mapping, or let the server run as an account that may give it; put a damaged manifest right or take it away.',
  });
});
