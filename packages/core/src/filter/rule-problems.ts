import type { ItemRule } from '../platform/index.js';
import { METADATA_KEYS } from './conditions.js';
import { globProblem } from './glob.js';

export const MAX_RULES = 100;
/** Patterns and extensions of one filter, and of all filters of a job. */
export const MAX_PATTERNS = 100;
export const MAX_PATTERNS_IN_ALL = 1_000;
const MAX_EXTENSION_CHARACTERS = 50;
const MAX_VALUE_CHARACTERS = 1_000;

/** What is wrong with filters: where, below the list of them, and in a sentence that says what would be right. */
export interface RuleProblem {
  code: 'INVALID' | 'OUT_OF_RANGE' | 'TOO_LONG' | 'REQUIRED';
  field: readonly string[];
  message: string;
}

/** The public name of the field that holds both ends of a range. */
const RANGES = [
  ['maxBytes', 'minBytes', 'maxBytes', 'The largest size must not be below the smallest.'],
  ['created', 'createdFrom', 'createdTo', 'The end must be after the beginning.'],
  ['modified', 'modifiedFrom', 'modifiedTo', 'The end must be after the beginning.'],
  ['maxAge', 'minAgeMs', 'maxAgeMs', 'The most time must not be below the least.'],
] as const;

export function problemsOfRules(rules: readonly ItemRule[]): RuleProblem[] {
  if (rules.length > MAX_RULES) return [{ code: 'TOO_LONG', field: [], message: `Give at most ${MAX_RULES} filters.` }];
  const patterns = rules.reduce((sum, { globs, extensions }) => sum + globs.length + extensions.length, 0);
  const many = `All filters together have at most ${MAX_PATTERNS_IN_ALL} patterns and extensions.`;
  if (patterns > MAX_PATTERNS_IN_ALL) return [{ code: 'TOO_LONG', field: [], message: many }];
  return rules.flatMap((rule, index) =>
    problemsOf(rule).map((problem) => ({ ...problem, field: [String(index), ...problem.field] })),
  );
}

function problemsOf(rule: ItemRule): RuleProblem[] {
  if (!hasCondition(rule))
    return [
      { code: 'REQUIRED', field: [], message: 'Give at least one condition, such as a pattern or an extension.' },
    ];
  return [
    ...textProblems('globs', rule.globs, globProblem),
    ...textProblems('extensions', rule.extensions, extensionProblem),
    ...rangeProblems(rule),
    ...metadataProblems(rule),
  ];
}

function hasCondition({ isExclusion: _, globs, extensions, ...others }: ItemRule): boolean {
  return globs.length + extensions.length > 0 || Object.values(others).some((value) => value !== null);
}

function textProblems(
  field: string,
  texts: readonly string[],
  problemOf: (text: string) => string | null,
): RuleProblem[] {
  if (texts.length > MAX_PATTERNS)
    return [{ code: 'TOO_LONG', field: [field], message: `Give at most ${MAX_PATTERNS} of them in one filter.` }];
  return texts.flatMap((text, index) => {
    const message = problemOf(text);
    return message === null ? [] : { code: 'INVALID' as const, field: [field, String(index)], message };
  });
}

function extensionProblem(extension: string): string | null {
  const bare = extension.replace(/^\./, '');
  if (bare === '') return 'Write an extension such as pdf.';
  if (bare.length > MAX_EXTENSION_CHARACTERS) return `An extension has at most ${MAX_EXTENSION_CHARACTERS} characters.`;
  return /[*/\\]/.test(bare) ? 'Write the extension alone, such as pdf; patterns belong to globs.' : null;
}

function rangeProblems(rule: ItemRule): RuleProblem[] {
  const negative = (['minBytes', 'maxBytes'] as const).filter((name) => (rule[name] ?? 0) < 0);
  const sizes = negative.map((name) => at('OUT_OF_RANGE', name, 'A size must be at least 0 bytes.'));
  const empty = RANGES.filter(([, from, to]) => isEmpty(rule[from], rule[to], from.endsWith('From')));
  return [...sizes, ...empty.map(([field, , , message]) => at('OUT_OF_RANGE', field, message))];
}

function isEmpty(from: number | null, to: number | null, isExclusive: boolean): boolean {
  if (from === null || to === null) return false;
  return isExclusive ? to <= from : to < from;
}

function metadataProblems({ metadataKey, metadataValue }: ItemRule): RuleProblem[] {
  if (metadataKey === null)
    return metadataValue === null ? [] : [at('REQUIRED', 'metadataKey', 'Name the field that is to have the value.')];
  const isKnown = METADATA_KEYS.some((key) => key === metadataKey);
  const unknown = `Listings do not show the field “${metadataKey}”; use ${METADATA_KEYS.join(', ')}.`;
  const long = `A value has at most ${MAX_VALUE_CHARACTERS} characters.`;
  return [
    ...(isKnown ? [] : [at('INVALID', 'metadataKey', unknown)]),
    ...((metadataValue ?? '').length > MAX_VALUE_CHARACTERS ? [at('TOO_LONG', 'metadataValue', long)] : []),
  ];
}

const at = (code: RuleProblem['code'], field: string, message: string): RuleProblem => ({
  code,
  field: [field],
  message,
});
