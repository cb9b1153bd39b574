import { describe, expect, it } from 'vitest';
import type { DirectoryEntry } from '../platform/index.js';
import { anItem, aRule, aSet, field, from } from './mapping.testing.js';
import type { MappableItem } from './item-values.js';
import type { MappingSet, MetadataRule } from './mapping-set.js';
import { MetadataMapper } from './metadata-mapper.js';
import { planMetadata } from './metadata-plan.js';

const DESTINATION = [
  field('description'),
  field('text'),
  field('number', 'NUMBER'),
  field('date', 'DATE'),
  field('status', 'CHOICE', { choices: ['Draft', 'Approved'] }),
  field('trades', 'CHOICES', { choices: ['Civil', 'Marine'] }),
  field('size', 'NUMBER', { isReadOnly: true }),
];

type Sets = readonly (Partial<MappingSet> & { rules?: MetadataRule[] })[];

function outcomesOf(
  sets: Sets,
  item: Partial<MappableItem>,
  source: readonly DirectoryEntry[] = [],
  more: DirectoryEntry[] = [],
) {
  const ready = sets.map(({ rules = [], ...set }) => aSet({ kind: 'METADATA', metadataRules: rules, ...set }));
  const plan = planMetadata(ready, { source, destination: [...DESTINATION, ...more] });
  return new MetadataMapper(plan).outcomes(anItem(item));
}

const outcomeOf = (rule: MetadataRule, fields: Record<string, string>, set: Partial<MappingSet> = {}) =>
  outcomesOf([{ rules: [rule], ...set }], { fields })[0] ?? null;

const choices = [
  { from: 'A', to: 'Approved' },
  { from: 'C', to: 'Civil' },
];

describe('where the value of a field comes from', () => {
  it.each([
    ['a source field', aRule('text', from('owner')), 'ann'],
    ['the path', aRule('text', from('path')), '/Drawings/A-101.pdf'],
    ['the name', aRule('text', from('name')), 'A-101.pdf'],
    ['the extension', aRule('text', from('extension')), 'pdf'],
    ['the size', aRule('number', from('size')), '1234'],
    ['the time', aRule('date', from('modifiedAt')), '2019-03-04T05:06:07.008Z'],
    ['a constant', aRule('text', { kind: 'FIXED', value: 'Imported' }), 'Imported'],
    ['a template', aRule('text', { kind: 'TEMPLATE', template: '{owner}: {path}' }), 'ann: /Drawings/A-101.pdf'],
    ['a translation', aRule('status', from('code'), { choices }), 'Approved'],
    ['the default of the rule', aRule('text', from('none'), { defaultValue: 'Unknown' }), 'Unknown'],
    ['a field of another family', aRule('xattr:user.owner', from('owner')), 'ann'],
    ['a translation of one', aRule('status', from('kept'), { choices }), 'Draft'],
    ['a list', aRule('trades', from('list')), 'Civil;Marine'],
    ['a list of translations', aRule('trades', from('codes'), { choices }), 'Civil;Marine'],
  ])('%s', (_, rule, value) => {
    const fields = { owner: 'ann', code: 'a', list: 'civil; Marine', codes: 'C;Marine', kept: 'Draft', spaces: '  ' };
    expect(outcomeOf(rule, fields)).toMatchObject({ destinationValue: value, problem: null });
  });

  it('writes nothing where there is no value, and leaves alone what stands there', () => {
    expect(outcomeOf(aRule('text', from('none')), {})).toBeNull();
    expect(outcomeOf(aRule('text', from('spaces')), { spaces: '  ' })).toBeNull();
  });

  it('takes the first of several rules for a field that gives a value, across the sets', () => {
    const sets = [
      { rules: [aRule('text', from('one')), aRule('number', from('bad'))] },
      { rules: [aRule('text', from('other')), aRule('number', { kind: 'FIXED', value: '1' })] },
    ];
    const values = outcomesOf(sets, { fields: { other: 'b', bad: 'x' } }).map((outcome) => outcome.destinationValue);
    expect(values).toEqual(['b', '1']);
  });
});

describe('a value that the field cannot take', () => {
  const asIs = aRule('number', from('n'));
  const withDefault = aRule('number', from('n'), { defaultValue: '7' });
  const translated = aRule('text', from('n'), { choices });

  it.each([
    ['SKIP', asIs, null, { destinationValue: null, match: 'NONE' }, { isFlagged: false }],
    ['SKIP', withDefault, null, { destinationValue: null, match: 'NONE' }, { isFlagged: false }],
    ['SKIP', translated, null, { destinationValue: null, match: 'NONE' }, { isFlagged: false }],
    ['KEEP_NAME', asIs, null, { destinationValue: null, match: 'NONE' }, { isFlagged: false }],
    ['KEEP_NAME', translated, null, { destinationValue: 'many', match: 'NONE' }, null],
    ['USE_DEFAULT', asIs, '9', { destinationValue: '9', match: 'DEFAULT' }, null],
    ['USE_DEFAULT', withDefault, '9', { destinationValue: '7', match: 'DEFAULT' }, null],
    ['USE_DEFAULT', translated, '9', { destinationValue: '9', match: 'DEFAULT' }, null],
    ['USE_DEFAULT', asIs, 'none', { destinationValue: null, match: 'NONE' }, { isFlagged: false }],
    ['FLAG', asIs, null, { destinationValue: null, match: 'NONE' }, { isFlagged: true }],
    ['FLAG', translated, null, { destinationValue: null, match: 'NONE' }, { isFlagged: true }],
  ] as const)('%s', (unmapped, rule, defaultTarget, expected, problem) => {
    const outcome = outcomeOf(rule, { n: 'many' }, { unmapped, defaultTarget });
    expect(outcome).toMatchObject(expected);
    expect(outcome?.problem).toEqual(
      problem &&
        expect.objectContaining({ reason: 'UNMAPPED', field: rule.destinationField, value: 'many', ...problem }),
    );
  });

  it('says which field and why', () => {
    expect(outcomeOf(asIs, { n: 'x' })?.problem?.message).toBe(
      'The value for “number” is no number such as 12.5 with at most 15 digits.',
    );
    expect(outcomeOf(translated, { n: 'x' })?.problem?.message).toBe('The value for “text” has no translation.');
    expect(outcomeOf(aRule('number', from('none'), { defaultValue: 'y' }), {})?.problem?.value).toBe('y');
    expect(outcomeOf(aRule('gone', from('n')), { n: 'x' })?.problem?.message).toBe(
      'The destination has no field “gone”.',
    );
    expect(outcomeOf(aRule('size', from('n')), { n: '1' })?.problem?.message).toBe(
      'The destination fills the field “size” itself.',
    );
  });

  it('finds a choice by the matches of the set', () => {
    const rule = aRule('status', from('n'));
    expect(outcomeOf(rule, { n: 'Aproved' })?.destinationValue).toBeNull();
    expect(outcomeOf(rule, { n: 'Aproved' }, { automaticMatches: ['FUZZY'] })?.destinationValue).toBe('Approved');
    const both = outcomesOf([{ rules: [aRule('trades', from('n'))], automaticMatches: ['FUZZY'] }], {
      fields: { n: 'Civill;Marinee' },
    });
    expect(both[0]?.destinationValue).toBe('Civil;Marine');
    expect(outcomeOf(rule, { n: '“draft”' }, { automaticMatches: ['NAME'] })?.destinationValue).toBe('Draft');
  });
});

describe('required fields', () => {
  const missing = { reason: 'METADATA_MISSING', field: 'text', isFlagged: true };

  it('flag an item without value', () => {
    const rule = aRule('text', from('none'), { isRequired: true });
    expect(outcomeOf(rule, {})?.problem).toMatchObject(missing);
    expect(outcomeOf({ ...rule, defaultValue: 'x' }, {})?.problem).toBeNull();
  });

  it('flag an item whose value does not fit', () => {
    const rule = aRule('number', from('n'), { isRequired: true });
    expect(outcomeOf(rule, { n: 'x' })?.problem).toMatchObject({ reason: 'METADATA_MISSING', field: 'number' });
    expect(outcomeOf(rule, { n: 'x' }, { unmapped: 'FLAG' })?.problem).toMatchObject({ reason: 'UNMAPPED' });
  });

  it('are also those that the destination cannot do without, whether a rule fills them or not', () => {
    const needed = [field('needed', 'TEXT', { isRequired: true })];
    const problems = outcomesOf([{}], {}, [], needed).map(({ problem }) => problem);
    expect(problems).toEqual([expect.objectContaining({ reason: 'METADATA_MISSING', field: 'needed' })]);
    const filled = outcomesOf([{ rules: [aRule('needed', from('name'))] }], {}, [], needed);
    expect(filled[0]?.problem).toBeNull();
  });
});

describe('fields that automatic matches link', () => {
  const source = [
    field('status', 'TEXT', { label: 'Status' }),
    field('notes', 'TEXT', { label: 'Text' }),
    field('phase', 'TEXT', { label: 'Phase' }),
    field('path'),
  ];
  const fields = { status: 'Draft', notes: 'n', phase: '2' };
  const linked = (set: Sets[number]) =>
    outcomesOf([set], { fields }, source).map((outcome) => [
      outcome.destinationField,
      outcome.destinationValue,
      outcome.match,
      outcome.problem?.field ?? null,
    ]);

  it('by key and by name; what belongs to none is told with its field', () => {
    expect(linked({ automaticMatches: ['ID'] })).toEqual([
      ['status', 'Draft', 'ID', null],
      [null, null, 'NONE', 'notes'],
      [null, null, 'NONE', 'phase'],
    ]);
    expect(linked({ automaticMatches: ['NAME'] })).toContainEqual(['text', 'n', 'NAME', null]);
  });

  it('not where a set has no matches, only rules', () => {
    expect(linked({ rules: [aRule('text', from('phase'))] })).toEqual([['text', '2', 'ENTRY', null]]);
  });

  it('keeps the key under KEEP_NAME, flags under FLAG, and leaves out what is excluded', () => {
    expect(linked({ automaticMatches: ['NAME'], unmapped: 'KEEP_NAME' })).toContainEqual([
      'status',
      'Draft',
      'NAME',
      null,
    ]);
    const only = { automaticMatches: ['FUZZY'], exclusions: ['Phase', 'status'] } as const;
    expect(linked(only)).toEqual([['text', 'n', 'FUZZY', null]]);
    const flagged = outcomesOf([{ automaticMatches: ['ID'], unmapped: 'FLAG' }], { fields: { phase: '2' } }, source);
    expect(flagged).toMatchObject([{ sourceValue: '2', problem: { field: 'phase', isFlagged: true } }]);
  });

  it('fills no field that a rule fills, and reads none that a rule reads', () => {
    const rules = [aRule('status', { kind: 'FIXED', value: 'Approved' }), aRule('number', from('phase'))];
    expect(linked({ automaticMatches: ['ID'], rules })).toEqual([
      ['status', 'Approved', 'ENTRY', null],
      ['number', '2', 'ENTRY', null],
      [null, null, 'NONE', 'status'],
      [null, null, 'NONE', 'notes'],
    ]);
  });
});
