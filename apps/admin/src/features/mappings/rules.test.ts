import { describe, expect, it } from 'vitest';
import { sortProblems } from '../../graphql/problems.js';
import {
  inputOf,
  isRuleField,
  moved,
  NEW_RULE,
  originOf,
  placeAmong,
  problemsAt,
  valuesOf,
  withRule,
} from './rules.js';

const rule = {
  destinationField: 'custom_field_7',
  sourceField: null,
  fixedValue: null,
  template: 'Was {path}',
  defaultValue: null,
  choices: [{ from: 'x', to: 'y' }],
  isRequired: true,
};

it('is found again in a list that somebody else has changed, by what it says and else by its field', () => {
  const other = { ...rule, destinationField: 'private' };
  const [edited, twin] = [
    { ...rule, template: 'Old {path}' },
    { ...rule, template: 'Else {name}' },
  ];
  expect(placeAmong([other, twin, rule], rule, 1)).toBe(2);
  expect(placeAmong([edited, twin], rule, 1)).toBe(1);
  expect(placeAmong([other, edited], rule, 0)).toBe(1);
  expect(placeAmong([other], rule, 0)).toBeNull();
});

describe('a rule in a form', () => {
  it('comes back as it was', () => {
    expect(inputOf(valuesOf(rule))).toEqual({
      destinationField: 'custom_field_7',
      value: { template: 'Was {path}' },
      defaultValue: null,
      choices: [{ from: 'x', to: 'y' }],
      isRequired: true,
    });
  });

  it.each(['sourceField', 'fixedValue', 'template'] as const)('has its value from %s alone', (origin) => {
    const { value } = inputOf({ ...NEW_RULE, origin, value: 'a' });
    expect(value).toEqual({ [origin]: 'a' });
    expect(originOf({ sourceField: null, fixedValue: null, template: null, ...value })).toBe(origin);
  });

  it('leaves out translations that nobody filled in, but not half ones', () => {
    const choices = [
      { from: '', to: '' },
      { from: 'a', to: '' },
    ];
    expect(inputOf({ ...NEW_RULE, choices }).choices).toEqual([{ from: 'a', to: '' }]);
  });

  it('stands in its place of the list, or at the end', () => {
    expect(withRule(['a', 'b'], 0, 'c')).toEqual(['c', 'b']);
    expect(withRule(['a', 'b'], null, 'c')).toEqual(['a', 'b', 'c']);
  });

  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ] as const)('moves from place %i by %i', (place, step, list) => {
    expect(moved(['a', 'b', 'c'], place, step)).toEqual(list);
  });

  it('has the problems of its own place at its fields, and all others as sentences', () => {
    const problem = (message: string, ...field: string[]) => ({ message, field: ['input', ...field] }) as never;
    const problems = [
      problem('Template.', 'metadataRules', '2', 'value', 'template'),
      problem('Twice.', 'metadataRules', '2', 'choices', '1', 'from'),
      problem('Another rule.', 'metadataRules', '0', 'destinationField'),
    ];
    expect(sortProblems(problemsAt(problems, 2), isRuleField)).toEqual({
      byField: { value: 'Template.', 'choices.1.from': 'Twice.' },
      general: ['Another rule.'],
    });
  });
});
