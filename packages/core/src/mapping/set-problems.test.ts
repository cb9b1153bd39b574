import { describe, expect, it } from 'vitest';
import { aRule, aSet, from } from './mapping.testing.js';
import { AUTOMATIC_MATCHES } from './mapping-set.js';
import type { MappingSet } from './mapping-set.js';
import { entryProblems, problemsOfSet } from './set-problems.js';

const found = (set: Partial<MappingSet> & Pick<MappingSet, 'kind'>) =>
  problemsOfSet(aSet(set)).map(({ code, field }) => `${code} ${field.join('.')}`);

const rule = aRule('text', from('owner'));
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

describe('problems of a mapping set', () => {
  it.each<[string, Parameters<typeof found>[0], string[]]>([
    [
      'a user name is of people only',
      { kind: 'GROUP', automaticMatches: ['EMAIL', 'USERNAME'] },
      ['INVALID automaticMatches.1'],
    ],
    ['a tag has no address', { kind: 'TAG', automaticMatches: ['EMAIL'] }, ['INVALID automaticMatches.0']],
    ['a match twice', { kind: 'ACCOUNT', automaticMatches: ['ID', 'ID'] }, ['INVALID automaticMatches.1']],
    ['an empty exclusion', { kind: 'TAG', exclusions: ['a', ' '] }, ['REQUIRED exclusions.1']],
    ['many exclusions', { kind: 'TAG', exclusions: many(1_001, String) }, ['TOO_LONG exclusions']],
    ['a default is missing', { kind: 'TAG', unmapped: 'USE_DEFAULT' }, ['REQUIRED defaultTarget']],
    ['a default is long', { kind: 'TAG', defaultTarget: 'x'.repeat(1_001) }, ['TOO_LONG defaultTarget']],
    ['rules of a set of tags', { kind: 'TAG', metadataRules: [rule] }, ['INVALID metadataRules']],
    ['many rules', { kind: 'METADATA', metadataRules: many(201, () => rule) }, ['TOO_LONG metadataRules']],
    [
      'a rule without field, and its origin',
      { kind: 'METADATA', metadataRules: [rule, aRule('', from(''), { defaultValue: '' })] },
      [
        'REQUIRED metadataRules.1.destinationField',
        'REQUIRED metadataRules.1.value.sourceField',
        'REQUIRED metadataRules.1.defaultValue',
      ],
    ],
    [
      'a template that cannot be read',
      { kind: 'METADATA', metadataRules: [aRule('a', { kind: 'TEMPLATE', template: '{' })] },
      ['INVALID metadataRules.0.value.template'],
    ],
    [
      'an empty template and constant',
      {
        kind: 'METADATA',
        metadataRules: [aRule('a', { kind: 'TEMPLATE', template: '' }), aRule('a', { kind: 'FIXED', value: '' })],
      },
      ['REQUIRED metadataRules.0.value.template', 'REQUIRED metadataRules.1.value.fixedValue'],
    ],
    [
      'a value translated twice, or to nothing',
      {
        kind: 'METADATA',
        metadataRules: [
          aRule('a', from('b'), {
            choices: [
              { from: 'x', to: '' },
              { from: 'x', to: 'y' },
            ],
          }),
        ],
      },
      ['REQUIRED metadataRules.0.choices.0.to', 'INVALID metadataRules.0.choices.1.from'],
    ],
    [
      'many translations',
      {
        kind: 'METADATA',
        metadataRules: [aRule('a', from('b'), { choices: many(501, (at) => ({ from: String(at), to: 'x' })) })],
      },
      ['TOO_LONG metadataRules.0.choices'],
    ],
    [
      'many translations in all',
      {
        kind: 'METADATA',
        metadataRules: many(5, () =>
          aRule('a', from('b'), { choices: many(401, (at) => ({ from: String(at), to: 'x' })) }),
        ),
      },
      ['TOO_LONG metadataRules'],
    ],
    [
      'nothing',
      { kind: 'ACCOUNT', automaticMatches: ['ID', 'FUZZY'], unmapped: 'USE_DEFAULT', defaultTarget: 'x' },
      [],
    ],
    ['nothing either', { kind: 'METADATA', automaticMatches: ['NAME'], metadataRules: [rule] }, []],
  ])('%s', (_, set, problems) => {
    expect(found(set)).toEqual(problems);
  });

  it('takes every match for people', () => {
    expect(found({ kind: 'ACCOUNT', automaticMatches: AUTOMATIC_MATCHES })).toEqual([]);
  });

  it('of an entry name the field', () => {
    expect(entryProblems({ sourceKey: ' ', destinationKey: 'x'.repeat(1_001) }).map(({ field }) => field)).toEqual([
      ['sourceKey'],
      ['destinationKey'],
    ]);
  });
});
