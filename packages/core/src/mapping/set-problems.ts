import type { DirectoryKind } from '../platform/index.js';
import type { AutomaticMatch, MappingEntry, MappingSet, MetadataRule } from './mapping-set.js';
import { readTemplate } from './template.js';

export const MAX_SETS = 20;
export const MAX_EXCLUSIONS = 1_000;
export const MAX_METADATA_RULES = 200;
export const MAX_CHOICES = 500;
/** Translations of all rules of a set. */
export const MAX_CHOICES_IN_ALL = 2_000;
/** Characters of a key, name or value. */
export const MAX_TEXT = 1_000;

/** What is wrong with a set: where, and in a sentence that says what would be right. */
export interface SetProblem {
  code: 'INVALID' | 'TOO_LONG' | 'REQUIRED';
  field: readonly string[];
  message: string;
}

/** Matches that can find something: only people have user names, and only people and groups have addresses. */
export const MATCHES_OF_KIND: Readonly<Record<DirectoryKind, readonly AutomaticMatch[]>> = {
  ACCOUNT: ['ID', 'NAME', 'EMAIL', 'USERNAME', 'FUZZY'],
  GROUP: ['ID', 'NAME', 'EMAIL', 'FUZZY'],
  METADATA: ['ID', 'NAME', 'FUZZY'],
  TAG: ['ID', 'NAME', 'FUZZY'],
};

/** All problems of a set but those of its entries. */
export function problemsOfSet(set: Omit<MappingSet, 'id' | 'entries'>): SetProblem[] {
  return [
    ...matchProblems(set),
    ...exclusionProblems(set.exclusions),
    ...defaultProblems(set),
    ...(set.metadataRules.length > 0 && set.kind !== 'METADATA'
      ? [at('INVALID', ['metadataRules'], 'Only a set of metadata has rules; give entries to this one.')]
      : rulesProblems(set.metadataRules)),
  ];
}

function matchProblems({ kind, automaticMatches }: Pick<MappingSet, 'kind' | 'automaticMatches'>): SetProblem[] {
  const fitting = MATCHES_OF_KIND[kind];
  return automaticMatches.flatMap((match, index) => {
    const field = ['automaticMatches', String(index)];
    if (!fitting.includes(match)) return [at('INVALID', field, `A set of this kind matches by ${fitting.join(', ')}.`)];
    if (automaticMatches.indexOf(match) < index) return [at('INVALID', field, 'Name each match once.')];
    return [];
  });
}

function exclusionProblems(exclusions: readonly string[]): SetProblem[] {
  if (exclusions.length > MAX_EXCLUSIONS)
    return [at('TOO_LONG', ['exclusions'], `Give at most ${MAX_EXCLUSIONS} names.`)];
  return exclusions.flatMap((name, index) => textProblems(['exclusions', String(index)], name));
}

function defaultProblems({ unmapped, defaultTarget }: Pick<MappingSet, 'unmapped' | 'defaultTarget'>): SetProblem[] {
  if (defaultTarget !== null) return textProblems(['defaultTarget'], defaultTarget);
  if (unmapped !== 'USE_DEFAULT') return [];
  return [at('REQUIRED', ['defaultTarget'], 'Give the target that names without target get.')];
}

function rulesProblems(rules: readonly MetadataRule[]): SetProblem[] {
  if (rules.length > MAX_METADATA_RULES)
    return [at('TOO_LONG', ['metadataRules'], `Give at most ${MAX_METADATA_RULES} rules.`)];
  if (rules.reduce((sum, { choices }) => sum + choices.length, 0) > MAX_CHOICES_IN_ALL)
    return [at('TOO_LONG', ['metadataRules'], `All rules together have at most ${MAX_CHOICES_IN_ALL} translations.`)];
  return rules.flatMap((rule, index) =>
    ruleProblems(rule).map((problem) => ({ ...problem, field: ['metadataRules', String(index), ...problem.field] })),
  );
}

/** Problems of one rule; fields count from the rule. */
export function ruleProblems(rule: MetadataRule): SetProblem[] {
  return [
    ...textProblems(['destinationField'], rule.destinationField),
    ...originProblems(rule.origin),
    ...(rule.defaultValue === null ? [] : textProblems(['defaultValue'], rule.defaultValue)),
    ...choicesProblems(rule.choices),
  ];
}

function originProblems(origin: MetadataRule['origin']): SetProblem[] {
  if (origin.kind === 'FIELD') return textProblems(['value', 'sourceField'], origin.field);
  if (origin.kind === 'FIXED') return textProblems(['value', 'fixedValue'], origin.value);
  const field = ['value', 'template'];
  const read = readTemplate(origin.template);
  return typeof read === 'string' ? [at('INVALID', field, read)] : textProblems(field, origin.template);
}

function choicesProblems(choices: MetadataRule['choices']): SetProblem[] {
  if (choices.length > MAX_CHOICES) return [at('TOO_LONG', ['choices'], `Give at most ${MAX_CHOICES} translations.`)];
  const seen = new Set<string>();
  return choices.flatMap(({ from, to }, index) => {
    const field = ['choices', String(index)];
    const isDouble = seen.has(from.normalize('NFC'));
    seen.add(from.normalize('NFC'));
    return [
      ...textProblems([...field, 'from'], from),
      ...textProblems([...field, 'to'], to),
      ...(isDouble ? [at('INVALID', [...field, 'from'], 'Translate each value once.')] : []),
    ];
  });
}

/** Problems of one entry; fields count from the entry. */
export function entryProblems({ sourceKey, destinationKey }: MappingEntry): SetProblem[] {
  return [...textProblems(['sourceKey'], sourceKey), ...textProblems(['destinationKey'], destinationKey)];
}

function textProblems(field: readonly string[], text: string): SetProblem[] {
  if (text.trim() === '') return [at('REQUIRED', field, 'Give a text that is not empty.')];
  return text.length > MAX_TEXT ? [at('TOO_LONG', field, `Give at most ${MAX_TEXT} characters.`)] : [];
}

const at = (code: SetProblem['code'], field: readonly string[], message: string): SetProblem => ({
  code,
  field,
  message,
});
