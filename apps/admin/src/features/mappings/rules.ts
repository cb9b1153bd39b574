import type { VariablesOf } from '@sluice/client/graphql';
import type { Problem } from '../../graphql/problems.js';
import type { ToldField } from '../../ui/merge.js';
import type { SetUpdate } from './changes.js';
import type { Rule } from './data.js';
import { t } from './words.js';

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

const translations = (choices: RuleValues['choices']) => choices.map(({ from, to }) => `${from} → ${to}`).join(', ');

/** The fields in words. */
export const ruleTold = (): ToldField<RuleValues>[] => [
  { label: t('field'), text: ({ destinationField }) => destinationField },
  { label: t('origin'), text: ({ origin }) => t(`originWord.${origin}`) },
  { label: t('value'), text: ({ value }) => value },
  { label: t('ruleDefault'), text: ({ defaultValue }) => defaultValue },
  { label: t('choices'), text: ({ choices }) => translations(choices) },
  { label: t('isRequired'), text: ({ isRequired }) => isRequired },
];

/**
 * Where a rule stands in a list that somebody else has changed: where its equal does, else the rule for its field, first of all in
 * its place; null where it is gone.
 */
export function placeAmong(rules: readonly Rule[], rule: Rule, place: number): number | null {
  const said = JSON.stringify(inputOf(valuesOf(rule)));
  const isFor = (one: Rule | undefined) => one?.destinationField === rule.destinationField;
  const equal = rules.findIndex((one) => JSON.stringify(inputOf(valuesOf(one))) === said);
  const found = equal >= 0 ? equal : isFor(rules[place]) ? place : rules.findIndex(isFor);
  return found < 0 ? null : found;
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
export function problemsAt<Told extends Pick<Problem, 'field'>>(problems: readonly Told[], place: number): Told[] {
  return problems.map((problem) => {
    const [, list, index, ...rest] = problem.field ?? [];
    if (list !== 'metadataRules' || index !== String(place)) return problem;
    return { ...problem, field: rest[0] === 'value' ? ['value'] : rest };
  });
}

/** Whether the form of a rule has a field of this name. */
export const isRuleField = (path: string): boolean =>
  ['destinationField', 'value', 'defaultValue'].includes(path) || /^choices\.\d+\.(from|to)$/.test(path);
