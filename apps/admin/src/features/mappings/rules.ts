import type { VariablesOf } from '@sluice/client/graphql';
import type { Problem } from '../../graphql/problems.js';
import type { SetUpdate } from './changes.js';
import type { Rule } from './data.js';

export type RuleInput = NonNullable<VariablesOf<typeof SetUpdate>['input']['metadataRules']>[number];

export const ORIGINS = ['sourceField', 'fixedValue', 'template'] as const;
export type Origin = (typeof ORIGINS)[number];

/** A rule as a form holds it. */
export interface RuleValues extends Record<string, unknown> {
  destinationField: string;
  origin: Origin;
  value: string;
  defaultValue: string;
  choices: { from: string; to: string }[];
  isRequired: boolean;
}

export const NEW_RULE: RuleValues = {
  destinationField: '',
  origin: 'sourceField',
  value: '',
  defaultValue: '',
  choices: [],
  isRequired: false,
};

export const originOf = (rule: Pick<Rule, Origin>): Origin =>
  ORIGINS.find((origin) => rule[origin] !== null) ?? 'sourceField';

export function valuesOf(rule: Rule): RuleValues {
  const { destinationField, defaultValue, choices, isRequired } = rule;
  const origin = originOf(rule);
  return {
    destinationField,
    origin,
    value: rule[origin] ?? '',
    defaultValue: defaultValue ?? '',
    choices: choices.map(({ from, to }) => ({ from, to })),
    isRequired,
  };
}

/** Translations without any text are left out; an empty default is none. */
export function inputOf({ destinationField, origin, value, defaultValue, choices, isRequired }: RuleValues): RuleInput {
  return {
    destinationField: destinationField.trim(),
    value: originInput(origin, value),
    defaultValue: defaultValue === '' ? null : defaultValue,
    choices: choices.filter(({ from, to }) => from !== '' || to !== ''),
    isRequired,
  };
}

function originInput(origin: Origin, value: string): RuleInput['value'] {
  if (origin === 'sourceField') return { sourceField: value.trim() };
  return origin === 'fixedValue' ? { fixedValue: value } : { template: value };
}

/** The list with `rule` in this place, at its end for a place of null. */
export const withRule = <T>(rules: readonly T[], place: number | null, rule: T): T[] =>
  place === null ? [...rules, rule] : rules.map((one, index) => (index === place ? rule : one));

/** The list with the entry of this place `step` places further on; as it is where there is no such place. */
export function moved<T>(list: readonly T[], place: number, step: -1 | 1): T[] {
  const [one, other] = [list[place], list[place + step]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((entry, index) => (index === place ? other : index === place + step ? one : entry));
}

/** Problems of the rule in this place, named as the form names its fields; those of other rules stay as they are. */
export function problemsAt(problems: readonly Problem[], place: number): Pick<Problem, 'field' | 'message'>[] {
  return problems.map(({ field, message }) => {
    const [, list, index, ...rest] = field ?? [];
    if (list !== 'metadataRules' || index !== String(place)) return { field, message };
    return { field: rest[0] === 'value' ? ['value'] : rest, message };
  });
}

/** Whether the form of a rule has a field of this name. */
export const isRuleField = (path: string): boolean =>
  ['destinationField', 'value', 'defaultValue'].includes(path) || /^choices\.\d+\.(from|to)$/.test(path);
