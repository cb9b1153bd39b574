import { describe, expect, it } from 'vitest';
import type { Item } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/store-contract/samples.js';
import {
  compareContents,
  isEqualOnContact,
  isSameByPlace,
  pair,
  placeOf,
  stateOf,
  type Sighting,
  type Triple,
} from './index.js';

const at = (key: string, over: Partial<Item> = {}) => ({ key, item: item(key, over) });
const folder = { kind: 'FOLDER', size: null, version: null } as const;
const base = ledgerEntry('a', { destinationKey: 'a' });
const permanent = { value: 'x', strength: 'PERMANENT' } as const;
const none = { known: null, named: null, isUnknown: false };

describe('pairing', () => {
  const moved = at('moved/a', { id: 'd:a' });
  const stranger = at('a', { id: 'x' });

  it.each<[string, Triple['base'], Parameters<typeof pair>[2], Sighting]>([
    [
      'the item that the ledger knows, wherever it is',
      base,
      { known: moved, named: stranger, isUnknown: false },
      moved,
    ],
    ['the item at its place, when the known one is gone', base, { ...none, named: stranger }, stranger],
    ['the item at its place, when the ledger knows none', null, { ...none, known: moved, named: stranger }, stranger],
    [
      'no item of another kind by its identifier',
      base,
      { ...none, known: at('m', { ...folder, id: 'd:a' }) },
      'ABSENT',
    ],
    ['nothing, where the place was listed', base, none, 'ABSENT'],
    ['nothing known, where the place could not be listed', base, { ...none, isUnknown: true }, 'UNKNOWN'],
  ])('finds %s', (_, known, candidates, expected) => {
    expect(pair(at('a'), known, candidates).destination).toBe(expected);
  });

  it('forgets the ledger of an item of another kind', () => {
    expect(pair(at('a', folder), base, none).base).toBeNull();
    expect(pair(at('a'), base, none).base).toBe(base);
  });
});

describe('contents', () => {
  it.each([
    [{ size: 1, sha256: null }, { size: 2, sha256: null }, 'DIFFERENT'],
    [{ size: 1, sha256: 'a' }, { size: 1, sha256: 'b' }, 'DIFFERENT'],
    [{ size: null, sha256: 'a' }, { size: 1, sha256: 'a' }, 'EQUAL'],
    [{ size: 1, sha256: 'a' }, { size: 1, sha256: null }, 'OPEN'],
    [{ size: 1, sha256: null }, { size: null, sha256: 'b' }, 'OPEN'],
  ] as const)('%j and %j are %s', (one, other, expected) => expect(compareContents(one, other)).toBe(expected));

  const time = (text: string) => ({ modifiedAt: new Date(text) });
  it.each<[string, Partial<Item>, Partial<Item>, boolean]>([
    ['size and second', time('2026-01-01T00:00:00.100Z'), time('2026-01-01T00:00:00.900Z'), true],
    ['checksum whatever the time', { sha256: 'a', ...time('2020-01-01') }, { sha256: 'a' }, true],
    ['another checksum', { sha256: 'a' }, { sha256: 'b' }, false],
    ['another second', time('2026-01-01T00:00:00Z'), time('2026-01-01T00:00:01Z'), false],
    ['no time', { modifiedAt: null }, {}, false],
    ['no time at the destination', {}, { modifiedAt: null }, false],
    ['no size', { size: null }, { size: null }, false],
    ['no size at the destination', {}, { size: null }, false],
    ['no size at the source', { size: null }, {}, false],
  ])('on first contact: %s', (_, one, other, expected) => {
    expect(isEqualOnContact(item('a', one), item('a', other))).toBe(expected);
  });
});

describe('states', () => {
  const destination = (over: Partial<Item> = {}) => at('a', { id: 'd:a', version: '7', ...over });
  const known = (source: Sighting, to: Sighting, entry = base) => {
    const state = stateOf({ source, base: entry, destination: to });
    return state.base === 'KNOWN' ? [state.source, state.destination] : state;
  };

  it.each<[string, Sighting, string]>([
    ['the version of then', at('a'), 'same'],
    ['no version, and the size of then', at('a', { version: null }), 'same'],
    ['no version, and another size', at('a', { version: null, size: 11 }), 'changed'],
    ['another version, and the checksum of then', at('a', { version: '2', sha256: 'ab' }), 'touched'],
    ['another version, and another checksum', at('a', { version: '2', sha256: 'cd' }), 'changed'],
    ['another version, and nothing that tells more', at('a', { version: '2' }), 'changed'],
    ['the version of then under a new identity', at('a', { id: 'x' }), 'touched'],
    ['no item', 'ABSENT', 'absent'],
    ['an unlisted place', 'UNKNOWN', 'unknown'],
  ])('of a source with %s', (_, source, expected) => expect(known(source, 'ABSENT')).toEqual([expected, 'absent']));

  it.each<[string, Sighting, string]>([
    ['the version of then', destination(), 'same'],
    ['no version', destination({ version: null }), 'same'],
    ['another version, and the checksum of then', destination({ version: '8', sha256: 'ab' }), 'touched'],
    ['another version', destination({ version: '8' }), 'changed'],
    ['another item of equal content', destination({ id: 'x', sha256: 'ab' }), 'touched'],
    ['another item', destination({ id: 'x', version: '9' }), 'changed'],
    ['another item that tells no version', destination({ id: 'x', version: null }), 'changed'],
    ['the version of then under a new identity, as after a restore', destination({ id: 'x' }), 'touched'],
    ['the version of then and another permanent identity', destination({ identity: permanent }), 'changed'],
    ['no item', 'ABSENT', 'absent'],
    ['an unlisted place', 'UNKNOWN', 'unknown'],
  ])('of a destination with %s', (_, to, expected) => expect(known(at('a'), to)).toEqual(['same', expected]));

  it.each<[string, Partial<Item>, string]>([
    ['a version for the first time, and the size of then', { version: '2' }, 'same'],
    ['no version again, and the size of then', { version: null }, 'same'],
    ['no version again, and another size', { version: null, size: 11 }, 'changed'],
  ])('of a source without a version that tells %s', (_, over, expected) => {
    const entry = { ...base, sourceVersion: null };
    expect(known(at('a', over), 'ABSENT', entry)).toEqual([expected, 'absent']);
  });

  it('of folders: only which folder it is counts', () => {
    const entry = ledgerEntry('a', { kind: 'FOLDER', sourceVersion: null, destinationVersion: null });
    expect(known(at('a', folder), at('a', { ...folder, id: 'd:a' }), entry)).toEqual(['same', 'same']);
    expect(known(at('a', { ...folder, id: 'x' }), at('a', { ...folder, id: 'x' }), entry)).toEqual([
      'touched',
      'touched',
    ]);
  });

  it.each<[Sighting, Sighting, string, string]>([
    [at('a'), 'ABSENT', 'there', 'absent'],
    [at('a'), 'UNKNOWN', 'there', 'unknown'],
    [at('a'), at('a'), 'there', 'equal'],
    [at('a'), at('a', { size: 11 }), 'there', 'different'],
    [at('a', folder), at('a', folder), 'there', 'equal'],
    ['ABSENT', at('a'), 'absent', 'different'],
    ['UNKNOWN', at('a'), 'unknown', 'different'],
  ])('on first contact %#', (source, to, expectedSource, expectedDestination) => {
    const expected = { base: 'NONE', source: expectedSource, destination: expectedDestination };
    expect(stateOf({ source, base: null, destination: to })).toEqual(expected);
  });

  it('of a file and a folder', () => {
    expect(stateOf({ source: at('a'), base, destination: at('a', folder) })).toEqual({ base: 'KIND_CHANGED' });
  });
});

it.each([
  ['as known', 'f/a', 'f/a', { now: 'f', known: 'f' }, 'here'],
  ['under another name', 'f/b', 'f/a', { now: 'f', known: 'f' }, 'moved'],
  ['in another folder', 'g/a', 'f/a', { now: 'g', known: 'g' }, 'moved'],
  ['in its folder, which has another name', 'g/a', 'f/a', { now: 'g', known: 'f' }, 'here'],
  ['under another name in its folder, which has another name', 'g/b', 'f/a', { now: 'g', known: 'f' }, 'moved'],
  ['at its key in a folder that took the place of its own', 'g/a', 'g/a', { now: 'g', known: 'f' }, 'moved'],
  ['as known, beside the folder', 'g/a', 'g/a', { now: 'f', known: 'g' }, 'here'],
  ['at another key, beside the folder', 'h/a', 'g/a', { now: 'f', known: 'g' }, 'moved'],
  ['at the top', 'a', 'a', { now: '', known: '' }, 'here'],
  ['at the top, of a folder that is still to be made', 'a', 'f/a', { now: null, known: 'f' }, 'moved'],
] as const)('the place of an item %s', (_, key, known, folder, expected) => {
  expect(placeOf(key, known, folder)).toBe(expected);
});

it.each<[string, Partial<Item>, string | null, boolean]>([
  ['has no identity of its own any more, as one of several hard links', {}, 'v', true],
  ['has no identity, and another version', {}, 'w', false],
  ['had none, and has one by now', { identity: { value: 'x', strength: 'LASTING' }, id: 'known' }, 'v', true],
  ['had another identity', { identity: { value: 'x', strength: 'LASTING' } }, 'v', false],
  ['tells no version', { version: null }, null, false],
])('a file at its place that %s: whether it is the very one', (_, over, version, expected) => {
  const there = item('a', { id: 'a', identity: null, version: 'v', ...over });
  expect(isSameByPlace(there, { id: 'known', version })).toBe(expected);
});
