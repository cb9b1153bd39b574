import { beforeAll, expect, it } from 'vitest';
import type { FullSet } from './data.js';
import { changesOf, namesIn, NEW_SET, setChecks, setInput, setValues, toggled } from './set-form.js';
import { t } from './words.js';

beforeAll(() => t.load());

const SET = {
  name: 'People',
  unmapped: 'USE_DEFAULT',
  defaultTarget: 'ada@example.com',
  automaticMatches: ['EMAIL', 'NAME'],
  exclusions: ['root', 'backup'],
} as const;

it('gives a set as it was read', () => {
  expect(setInput(setValues({ ...SET, automaticMatches: [...SET.automaticMatches] } as never))).toEqual(SET);
});

it('has no default target where none is used', () => {
  expect(setInput({ ...NEW_SET, defaultTarget: 'x', unmapped: 'FLAG' }).defaultTarget).toBeNull();
});

it('reads each name of a text once', () => {
  expect(namesIn(' a \n\nb\r\na')).toEqual(['a', 'b']);
  const many = Array.from({ length: 1_001 }, (_, at) => `n${at}`).join('\n');
  expect([setChecks.exclusions(many) === null, setChecks.exclusions('a\n'.repeat(2_000)) === null]).toEqual([
    false,
    true,
  ]);
});

it('takes a match out, and adds one at the end', () => {
  expect(toggled(['ID', 'NAME'], 'ID')).toEqual(['NAME']);
  expect(toggled(['NAME'], 'ID')).toEqual(['NAME', 'ID']);
});

it('tells what somebody else has made of a set, its rules too, and nothing where only its entries are others', () => {
  const before = { ...SET, version: 1, metadataRules: [] } as unknown as FullSet;
  const now = { ...before, version: 2, name: 'Staff', metadataRules: [{}, {}] } as unknown as FullSet;
  expect(changesOf(before, now).map(({ mine, theirs }) => [mine, theirs])).toEqual([
    ['People', 'Staff'],
    ['0', '2'],
  ]);
  expect(changesOf(before, { ...before, version: 3 })).toEqual([]);
});
