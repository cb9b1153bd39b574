import { describe, expect, it } from 'vitest';
import { aSet, person } from './mapping.testing.js';
import { UNMAPPED_POLICIES } from './mapping-set.js';
import type { MappingSet } from './mapping-set.js';
import { NameMapper } from './name-mapper.js';

const SOURCE = [
  person(String.raw`OFFICE\jsmith`, 'John Smith', 'john.smith@example.com'),
  person(String.raw`OFFICE\mjones`, 'Mary Jones'),
  person('77', 'Seventy Seven'),
];
const DESTINATION = [
  person('1', 'Smith, John', 'John.Smith@example.com'),
  person('2', 'M. Jones', 'mjones@example.com'),
  person('3', 'Mary  JONES'),
  person('4', 'Twin', 'twin@example.com'),
  person('5', 'Twin', 'twin@example.com'),
  person('77', 'Other'),
];

const mapperOf = (...sets: Partial<MappingSet>[]) =>
  new NameMapper(
    sets.map((set) => aSet({ kind: 'ACCOUNT', ...set })),
    { source: SOURCE, destination: DESTINATION },
  );

describe('how a target is found', () => {
  it.each([
    ['ID', '77', '77'],
    ['ID', '1', '1'],
    ['ID', String.raw`OFFICE\mjones`, null],
    ['NAME', String.raw`OFFICE\mjones`, '3'],
    ['NAME', 'mary jones', '3'],
    ['NAME', String.raw`OFFICE\jsmith`, null],
    ['NAME', 'Twin', null],
    ['EMAIL', String.raw`OFFICE\jsmith`, '1'],
    ['EMAIL', 'MJONES@example.com', '2'],
    ['EMAIL', 'twin@example.com', null],
    ['EMAIL', '77', null],
    ['USERNAME', String.raw`OFFICE\mjones`, '2'],
    ['USERNAME', 'mjones', '2'],
    ['USERNAME', String.raw`OFFICE\jsmith`, '1'],
    ['USERNAME', 'twin', null],
    ['FUZZY', String.raw`OFFICE\jsmith`, '1'],
    ['FUZZY', 'Jon Smith', '1'],
    ['FUZZY', 'Twin', null],
    ['FUZZY', 'Nobody', null],
  ] as const)('by %s: %j is %j', (match, name, target) => {
    const mapped = mapperOf({ automaticMatches: [match] }).map(name);
    expect(mapped).toMatchObject({ target, match: target === null ? 'NONE' : match, isUnmapped: target === null });
  });

  it('tries matches in the order of the set', () => {
    const first = (automaticMatches: MappingSet['automaticMatches']) =>
      mapperOf({ automaticMatches }).map(String.raw`OFFICE\mjones`);
    expect(first(['NAME', 'USERNAME'])).toMatchObject({ target: '3', match: 'NAME' });
    expect(first(['USERNAME', 'NAME'])).toMatchObject({ target: '2', match: 'USERNAME' });
  });

  it('takes an entry before an exclusion, and that before a match', () => {
    const set = {
      automaticMatches: ['ID'],
      exclusions: ['77', 'Mary Jones'],
      entries: [{ sourceKey: '77', destinationKey: '4' }],
    } as const;
    expect(mapperOf(set).map('77')).toMatchObject({ target: '4', match: 'ENTRY' });
    expect(mapperOf({ ...set, entries: [] }).map('77')).toMatchObject({
      target: null,
      match: 'EXCLUSION',
      isUnmapped: false,
    });
    expect(mapperOf(set).map(String.raw`OFFICE\mjones`)).toMatchObject({ match: 'EXCLUSION' });
  });

  it('finds an entry in another case of letters only where one is meant', () => {
    const entries = [
      { sourceKey: 'Civil', destinationKey: 'C' },
      { sourceKey: 'steel', destinationKey: 's' },
      { sourceKey: 'STEEL', destinationKey: 'S' },
    ];
    const targets = ['civil', 'Cívil'.normalize('NFD'), 'steel', 'STEEL', 'Steel'].map(
      (name) => mapperOf({ entries }).map(name).target,
    );
    expect(targets).toEqual(['C', null, 's', 'S', null]);
  });

  it('takes the first of two entries whose names are one in Unicode', () => {
    const entries = ['é', 'e\u0301'].map((sourceKey, at) => ({ sourceKey, destinationKey: String(at) }));
    expect(mapperOf({ entries }).map('e\u0301').target).toBe('0');
    expect(mapperOf({ entries }).map('É').target).toBe('0');
  });

  it('asks the next set of the job where one knows nothing; what one excludes stays excluded', () => {
    const one = { exclusions: ['b'], entries: [{ sourceKey: 'a', destinationKey: '1' }] };
    const other = {
      entries: ['a', 'b', 'c'].map((sourceKey) => ({ sourceKey, destinationKey: '2' })),
      unmapped: 'FLAG',
    } as const;
    const targets = ['a', 'b', 'c'].map((name) => mapperOf(one, other).map(name).target);
    expect(targets).toEqual(['1', null, '2']);
    expect(mapperOf(one, other).map('d').isFlagged).toBe(true);
    expect(mapperOf(other, one).map('d').isFlagged).toBe(false);
  });

  it('knows no names where a platform tells none', () => {
    const set = aSet({ kind: 'TAG', automaticMatches: ['ID', 'NAME', 'FUZZY'] });
    expect(new NameMapper([set], { source: null, destination: null }).map('a').match).toBe('NONE');
  });
});

const POLICIES = [
  ['SKIP', null, { target: null, match: 'NONE', isFlagged: false }],
  ['SKIP', 'x', { target: null, match: 'NONE', isFlagged: false }],
  ['KEEP_NAME', null, { target: 'nobody', match: 'NONE', isFlagged: false }],
  ['USE_DEFAULT', 'x', { target: 'x', match: 'DEFAULT', isFlagged: false }],
  ['FLAG', null, { target: null, match: 'NONE', isFlagged: true }],
] as const;

describe('what happens to a name without target', () => {
  it('has a row for every policy', () => {
    expect(new Set(POLICIES.map(([policy]) => policy))).toEqual(new Set(UNMAPPED_POLICIES));
  });

  it.each(POLICIES)('%s with default %j', (unmapped, defaultTarget, expected) => {
    expect(mapperOf({ unmapped, defaultTarget }).map('nobody')).toMatchObject({ ...expected, isUnmapped: true });
  });
});

it('stays within its memory for very many names, and answers the same after it forgot', () => {
  const mapper = mapperOf({ unmapped: 'KEEP_NAME' });
  for (let at = 0; at < 50_001; at++) mapper.map(`name ${at}`);
  expect(mapper.map('name 1').target).toBe('name 1');
});
