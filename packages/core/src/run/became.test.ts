import { expect, it } from 'vitest';
import type { Item } from '../platform/index.js';
import { folderStep, item, ledgerEntry, step } from '../testing/index.js';
import { inertStep, type Move, type Remove } from '../plan/index.js';
import { becameOf, moveBecame, removalBecame, type Became } from './became.js';

const BEGUN_AT = new Date('2026-11-21T10:00:00.000Z');
const LATER = new Date('2026-11-21T11:00:00.000Z');
const intent = (of: Parameters<typeof becameOf>[0]['step'], sha256: string | null = null) => ({
  stepId: '1',
  isOfThisRun: true,
  step: of,
  begunAt: BEGUN_AT,
  sha256,
});
const created = step('a');
const updated = step('a', { action: 'UPDATE', existing: item('a', { id: 'there', version: '7' }) });
const beside = step('a', { existing: item('a', { id: 'there', version: '7' }), renameExistingTo: 'a (former)' });
const untold = step('a', { source: item('a', { size: null, modifiedAt: null }) });
const timed = { ...created, modifiedAt: BEGUN_AT.getTime() + 700 };
const there = (over: Partial<Item> = {}) => item('a', { id: 'there', version: '8', ...over });
/** As many ms after the time of the source. */
const after = (ms: number) => there({ modifiedAt: new Date(BEGUN_AT.getTime() + ms) });
const at = (modifiedAt: Date) => there({ modifiedAt });

it.each<[string, Parameters<typeof becameOf>[0], Item | null, boolean, Became]>([
  ['a new file of which nothing is there', intent(created), null, true, 'NOT_DONE'],
  ['a new file with its size and time', intent(created), there(), true, 'DONE'],
  ['a new file with another size', intent(created), there({ size: 11 }), true, 'CHANGED_SINCE'],
  ['a new file with another time', intent(created), there({ modifiedAt: LATER }), true, 'CHANGED_SINCE'],
  ['a new file where times are not kept and its bytes were never read', intent(created), there(), false, 'NOT_DONE'],
  ['a new file where times are not kept and its bytes were read', intent(created, 'ab'), there(), false, 'COMPARE'],
  ['a new file with its checksum', intent(created, 'ab'), there({ sha256: 'ab' }), false, 'DONE'],
  ['a new file with another checksum', intent(created, 'ab'), there({ sha256: 'cd' }), true, 'CHANGED_SINCE'],
  ['a new file whose size is not told yet', intent(created, 'ab'), there({ size: null }), false, 'NOT_DONE'],
  ['a new file in whose place a folder stands', intent(created), there({ kind: 'FOLDER' }), true, 'CHANGED_SINCE'],
  ['a new file with a time that is rounded', intent(created), after(-1), true, 'DONE'],
  ['a new file with a time that is cut to the second', intent(timed), after(0), true, 'DONE'],
  ['a new file with a time one second later', intent(created), after(1_999), true, 'NOT_DONE'],
  ['a new file with a time one second earlier', intent(created), after(-1_000), true, 'NOT_DONE'],
  ['a new file with such a time whose bytes were read', intent(created, 'ab'), after(1_000), true, 'COMPARE'],
  ['a new file with a time two seconds later', intent(created), after(2_000), true, 'CHANGED_SINCE'],
  [
    'a new file with the time that a mapping gave it',
    intent({ ...created, modifiedAt: LATER.getTime() }),
    at(LATER),
    true,
    'DONE',
  ],
  [
    'a new file with that of the source instead',
    intent({ ...created, modifiedAt: LATER.getTime() }),
    there(),
    true,
    'CHANGED_SINCE',
  ],
  ['a new file that tells no time', intent(created), there({ modifiedAt: null }), true, 'CHANGED_SINCE'],
  ['a checksum where the bytes were never read', intent(created), there({ sha256: 'ab' }), false, 'NOT_DONE'],
  ['a source that told neither size nor time', intent(untold, 'ab'), there({ size: 11 }), true, 'COMPARE'],
  ['a source that told nothing, never read', intent(untold), there({ size: 11 }), true, 'NOT_DONE'],
  ['a new file beside one that makes room, of which nothing is there', intent(beside), null, true, 'NOT_DONE'],
  ['a new file beside one that makes room', intent(beside), there({ version: '9' }), true, 'DONE'],
  ['one that is to make room and has not', intent(beside), there({ version: '7' }), true, 'NOT_DONE'],
  ['a version that was to be replaced and is there', intent(updated), there({ version: '7' }), true, 'NOT_DONE'],
  ['a version that was to be replaced and is gone', intent(updated), null, true, 'CHANGED_SINCE'],
  ['a new version with size and time of the source', intent(updated), there(), true, 'DONE'],
  ['a version of somebody else', intent(updated), there({ size: 99 }), true, 'CHANGED_SINCE'],
  ['a new version where times are not kept', intent(updated, 'ab'), there(), false, 'COMPARE'],
  ['a folder that is there', intent(folderStep('a')), there({ kind: 'FOLDER' }), false, 'DONE'],
  ['a folder that is not there', intent(folderStep('a')), null, false, 'NOT_DONE'],
  ['a folder in whose place a file stands', intent(folderStep('a')), there(), false, 'CHANGED_SINCE'],
])('%s', (_, given, found, keepsTimes, became) => {
  expect(becameOf(given, found, keepsTimes)).toBe(became);
});

const permanent = { value: 'it', strength: 'PERMANENT' } as const;
const other = { value: 'other', strength: 'PERMANENT' } as const;
const known = item('a', { id: 'a', identity: permanent });
const nameless = item('a', { id: 'a' });

const moveOf = (existing: Item): Move => ({
  ...inertStep('b', item('b')),
  type: 'MOVE',
  action: 'RENAME',
  sourceKey: 'b',
  destinationKey: 'b',
  parentKey: '',
  name: 'b',
  source: item('b'),
  existing,
  expects: { id: existing.id, version: null },
  base: ledgerEntry('a'),
});

it.each<[string, Move, Item | null, Item | null, Became]>([
  ['came to its new place', moveOf(known), item('b', { identity: permanent }), null, 'DONE'],
  ['came there with a new version', moveOf(known), item('b', { identity: permanent, version: '2' }), null, 'DONE'],
  ['is where it was', moveOf(known), null, known, 'NOT_DONE'],
  ['is only found under its former spelling', moveOf(known), item('B', { identity: permanent }), known, 'NOT_DONE'],
  [
    'is gone, and another stands at the new place',
    moveOf(known),
    item('b', { identity: other }),
    null,
    'CHANGED_SINCE',
  ],
  ['was replaced at its former place', moveOf(known), null, item('a', { identity: other }), 'CHANGED_SINCE'],
  [
    'is gone, and a folder with its identity stands there',
    moveOf(known),
    item('b', { identity: permanent, kind: 'FOLDER' }),
    null,
    'CHANGED_SINCE',
  ],
  [
    'is gone, and a folder stands there, where no identity is told',
    moveOf(nameless),
    item('b', { id: 'b', kind: 'FOLDER' }),
    null,
    'CHANGED_SINCE',
  ],
  [
    'is gone, and another of its version stands there, where one is told',
    moveOf(known),
    item('b', { identity: other, version: known.version }),
    null,
    'CHANGED_SINCE',
  ],
  ['became a folder at its former place', moveOf(known), null, { ...known, kind: 'FOLDER' }, 'CHANGED_SINCE'],
  ['is gone from both places', moveOf(known), null, null, 'CHANGED_SINCE'],
  ['came there, where no identity is told', moveOf(nameless), item('b', { id: 'b' }), null, 'DONE'],
  ['has left another version there', moveOf(nameless), item('b', { id: 'b', version: '2' }), null, 'CHANGED_SINCE'],
  ['is at both places, where no identity is told', moveOf(nameless), item('b', { id: 'b' }), nameless, 'NOT_DONE'],
])('an item that was to be moved and %s', (_, move, there, left, became) => {
  expect(moveBecame(move, there, left)).toBe(became);
});

const removal: Remove = {
  ...inertStep('a', null),
  type: 'REMOVE',
  action: 'DELETE',
  existing: known,
  expects: { id: 'a', version: '1' },
  trashedAt: 0,
};

it.each<[string, Item | null, Became]>([
  ['is gone', null, 'DONE'],
  ['is still there', known, 'NOT_DONE'],
  ['has another version now', { ...known, version: '2' }, 'CHANGED_SINCE'],
  ['was replaced by another one', { ...known, identity: other }, 'CHANGED_SINCE'],
])('an item that was to be removed and %s', (_, found, became) => {
  expect(removalBecame(removal, found)).toBe(became);
});
