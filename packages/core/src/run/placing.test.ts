import { describe, expect, it } from 'vitest';
import { COPY, PUBLISH, SYNC, type TransferTable } from '../decide/index.js';
import { adopt, defaultPolicies, refuse, skip, update } from '../plan/index.js';
import type { Decision, LedgerEntry, PolicyValue } from '../plan/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import type { Triple } from '../pair/index.js';
import { at, placeAt } from './active-room.testing.js';
import {
  AWAITED,
  givesWay,
  INTO_ITSELF,
  isAnother,
  newKeyOf,
  NO_WAY_OUT,
  OCCUPIED,
  OF_UNSEEN,
  PLACED_FIRST,
  placementOf,
  UNDECIDED,
  YIELDS,
  type Placement,
  type TargetFolder,
} from './placing.js';

interface Scene {
  table: TransferTable;
  /** Where the item stands on each side now. */
  from: string;
  to: string | null;
  base: LedgerEntry | null;
  target: Partial<TargetFolder>;
  /** What stands at the new place. */
  named: Triple['destination'];
  conflict: PolicyValue<'conflict'>;
  winsTies: boolean;
  id: string;
  there: 'here' | 'moved' | null;
}

const parentOf = (key: string) => key.split('/').slice(0, -1).join('/');

/** The item was `f/a` on both sides; at the source it is `from`, and at the destination `to`, which it is to follow or not. */
function placement(scene: Partial<Scene>): Placement {
  const { table = COPY, from = 'f/a', to = 'f/a', base = ledgerEntry('f/a'), id = 'd:f/a' } = scene;
  const { named = 'ABSENT', conflict = 'KEEP_BOTH', winsTies = false, there = null } = scene;
  const key = parentOf(from);
  const target = { key, listedKey: key, formerKey: key, movingId: null, ...scene.target };
  return placementOf(
    { source: at(from), base, destination: to === null ? 'ABSENT' : at(to, { id }) },
    table,
    target,
    placeAt(target.key, from.split('/').at(-1)!),
    named,
    { policies: { ...defaultPolicies('COPY'), conflict }, winsTies },
    there,
  );
}

const LEARNED = ledgerEntry('g/a', { destinationId: 'd:f/a' });
const occupant = at('f/b', { id: 'another' });

describe('the place of an item', () => {
  it.each<[string, Partial<Scene>, Placement]>([
    ['that stands as known stays', {}, 'STAY'],
    ['that the ledger does not know stays', { from: 'f/b', base: null }, 'STAY'],
    ['that the destination does not have stays', { from: 'f/b', to: null }, 'STAY'],
    ['that was renamed is followed', { from: 'f/b' }, 'MOVE'],
    ['that was moved to another folder is followed', { from: 'g/a' }, 'MOVE'],
    ['that is taken by another is refused', { from: 'f/b', named: occupant }, 'OCCUPIED'],
    ['that it has itself by another spelling is followed', { from: 'f/b', named: at('f/b', { id: 'd:f/a' }) }, 'MOVE'],
    ['of what took the place of a known item stays in a copy', { from: 'f/b', id: 'other' }, 'STAY'],
    ['of what took the place of a known item is followed in a sync', { table: SYNC, from: 'f/b', id: 'other' }, 'MOVE'],
    ['to which people moved it already is learned', { from: 'f/b', to: 'f/b' }, 'LEARN'],
    ['that people of the destination chose is followed there', { to: 'f/c' }, 'STAY'],
    ['that both sides changed is learned in a copy', { from: 'f/b', to: 'f/c' }, 'LEARN'],
    ['that people of the destination chose is undone in a publication', { table: PUBLISH, to: 'f/c' }, 'MOVE'],
    [
      'that people of the destination chose stays, in the very folder to which it was moved and renamed at the source',
      { from: 'g/b', to: 'g/a' },
      'LEARN',
    ],
    ['that people of the destination chose is for the other planning of a sync', { table: SYNC, to: 'f/c' }, 'STAY'],
  ])('%s', (_, scene, expected) => {
    expect(placement(scene)).toBe(expected);
  });
});

describe('an item that both sides of a sync moved to different places', () => {
  it.each<[PolicyValue<'conflict'>, boolean, Placement]>([
    ['KEEP_BOTH', false, 'MOVE'],
    ['LATEST', false, 'MOVE'],
    ['SOURCE', false, 'MOVE'],
    ['DESTINATION', false, 'STAY'],
    ['FLAG', false, 'UNDECIDED'],
    ['KEEP_BOTH', true, 'STAY'],
    ['LATEST', true, 'STAY'],
    ['SOURCE', true, 'MOVE'],
    ['DESTINATION', true, 'STAY'],
    ['FLAG', true, 'STAY'],
  ])('%s, in the planning of the source: %s', (conflict, winsTies, expected) => {
    expect(placement({ table: SYNC, from: 'f/b', to: 'f/c', conflict, winsTies })).toBe(expected);
  });

  it('is told as taken where another one has the place', () => {
    expect(placement({ table: SYNC, from: 'f/b', to: 'f/c', named: occupant })).toBe('OCCUPIED');
  });

  it.each(['KEEP_BOTH', 'DESTINATION', 'FLAG'] as const)('is moved on where only one side moved it: %s', (conflict) => {
    for (const winsTies of [false, true])
      expect(placement({ table: SYNC, from: 'f/b', conflict, winsTies })).toBe('MOVE');
  });
});

describe('an item whose folder was moved', () => {
  const moved = { key: 'f', listedKey: 'f', formerKey: 'f' };

  it.each<[string, Partial<Scene>, Placement]>([
    [
      'at the source only came along, and is still to come along at the destination',
      { from: 'g/a', target: { ...moved, key: 'g' } },
      'STAY',
    ],
    ['and that was renamed too is renamed there', { from: 'g/b', target: { ...moved, key: 'g' } }, 'MOVE'],
    ['at the destination only came along', { table: PUBLISH, to: 'h/a', target: { ...moved, listedKey: 'h' } }, 'STAY'],
    ['and that is known to be where it was stays', { table: SYNC, to: 'h/a', there: 'here' }, 'STAY'],
    ['and that people took out of it goes back', { table: PUBLISH, to: 'x/a' }, 'MOVE'],
    [
      'goes after it where it stayed behind, in another folder of the former key',
      { table: PUBLISH, target: { listedKey: 'h' } },
      'MOVE',
    ],
    [
      'stays where it stayed behind, in another folder of the former key, in a sync',
      { table: SYNC, target: { listedKey: 'h' } },
      'STAY',
    ],
    [
      'and that a step before learned already stays',
      { from: 'g/a', to: 'g/a', base: LEARNED, target: { formerKey: 'f' } },
      'STAY',
    ],
    [
      'is learned where a step before learned only its place at the source',
      { from: 'g/a', to: 'g/a', base: { ...LEARNED, destinationKey: 'f/a' }, target: { formerKey: 'f' } },
      'LEARN',
    ],
    [
      'is learned where a step before learned only its place at the destination',
      { from: 'g/a', to: 'g/a', base: { ...LEARNED, sourceKey: 'f/a' }, target: { formerKey: 'x' } },
      'LEARN',
    ],
  ])('%s', (_, scene, expected) => {
    expect(placement(scene)).toBe(expected);
  });
});

describe('a place is taken by another item', () => {
  it.each([
    ['where nothing stands', null, at('a'), false],
    ['where the item itself stands', at('b', { id: 'x' }), at('a', { id: 'x' }), false],
    ['where another one stands', at('b', { id: 'y' }), at('a', { id: 'x' }), true],
    ['where one stands and the item is new', at('b'), null, true],
  ])('%s', (_, there, own, expected) => {
    expect(isAnother(there, own)).toBe(expected);
  });
});

describe('an item is moved before its content has its turn', () => {
  it.each<[string, Decision | null, boolean]>([
    ['where the content is as it was', null, true],
    ['where it is adopted', adopt(item('a'), 'It is there.'), true],
    ['where it is replaced', update(item('a'), 'CONTENT_CHANGED', 'It changed.'), true],
    ['where it was edited there', skip('EDITED_AT_DESTINATION', 'It was edited.'), true],
    ['where the destination wins a conflict', skip('CONFLICT', 'The destination wins.'), true],
    ['but not where it is left out', skip('FILE_TOO_LARGE', 'It is too large.'), false],
    ['but not where it is refused', refuse('CONFLICT', 'Both sides changed.', 'Decide.'), false],
    ['but not where it is new', { action: 'CREATE', reason: 'NEW', message: 'It is new.' }, false],
  ])('%s', (_, decision, expected) => {
    expect(givesWay(decision)).toBe(expected);
  });
});

it('the key of a new place is that of its folder and its name', () => {
  expect(newKeyOf(placeAt('f/g', 'a/b'))).toBe('f/g/a\u2215b');
  expect(newKeyOf(placeAt('', 'a'))).toBe('a');
});

describe('an item that does not get its place is told', () => {
  it.each<[Decision, string, string, string?]>([
    [
      OCCUPIED,
      'REFUSE NAME_TAKEN',
      'It was renamed or moved at the source, and another item stands at its new place at the destination.',
      'Rename one of them.',
    ],
    [
      AWAITED,
      'SKIP NAME_TAKEN',
      'It was renamed or moved to the place of an item that is removed: it follows with the next run, once the place is free.',
    ],
    [
      OF_UNSEEN,
      'SKIP LISTING_FAILED',
      'What has its name at the destination belongs to an item that the source does not show, and nothing proves that this one is gone: nothing is done about either.',
    ],
    [
      YIELDS,
      'SKIP NAME_TAKEN',
      'What has its name at the destination is another item, which keeps it: this one comes over with the next run, under a name of its own.',
    ],
    [
      NO_WAY_OUT.AWAITED,
      'SKIP NAME_TAKEN',
      'What has its name at the destination goes to the place of an item that is removed: both follow with the next run.',
    ],
    [
      NO_WAY_OUT.TAKEN,
      'REFUSE NAME_TAKEN',
      'What has its name at the destination was renamed or moved at the source, and another item stands at its new place there.',
      'Rename what stands at that place.',
    ],
    [
      PLACED_FIRST,
      'SKIP CONFLICT',
      'Both sides changed it, and it was renamed or moved: it comes to one place first, and the next run keeps both versions there.',
    ],
    [
      INTO_ITSELF,
      'REFUSE CONFLICT',
      'It was moved at the source into a folder that people at the destination put into this one: both cannot be so.',
      'Move one of the two folders at the destination to where the source has it.',
    ],
    [
      UNDECIDED,
      'REFUSE CONFLICT',
      'Both sides moved or renamed it, to different places.',
      'Decide which place is right.',
    ],
  ])('why, and what people can do: %#', (decision, told, message, remedy) => {
    expect(`${decision.action} ${decision.reason}`).toBe(told);
    expect([decision.message, decision.remedy]).toEqual([message, remedy]);
  });
});
