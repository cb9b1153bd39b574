import type { RuleInput, SavedRule } from './data.js';

/** The filters of a job as the form shows them: patterns, one a line, and filters that it keeps as they are. */
export interface RuleValues {
  only: string;
  without: string;
  others: readonly RuleInput[];
}

/** A stored filter as it is given to the server again, without what the cache keeps with it. */
export function ruleInput(saved: SavedRule): RuleInput {
  const { isExclusion, globs, extensions, minBytes, maxBytes, minAge, maxAge, isHidden } = saved;
  const { createdFrom, createdTo, modifiedFrom, modifiedTo, metadataKey, metadataValue } = saved;
  const range = (from: string | null, to: string | null) => (from === null && to === null ? null : { from, to });
  return {
    ...{ isExclusion, globs, extensions, minBytes, maxBytes, minAge, maxAge, isHidden, metadataKey, metadataValue },
    created: range(createdFrom, createdTo),
    modified: range(modifiedFrom, modifiedTo),
  };
}

/** The first filter of each kind that has patterns only is shown as lines; all others stay as they are. */
export function ruleValues(saved: readonly SavedRule[]): RuleValues {
  const rules = saved.map(ruleInput);
  const only = rules.find((rule) => !rule.isExclusion && hasPatternsOnly(rule));
  const without = rules.find((rule) => rule.isExclusion && hasPatternsOnly(rule));
  return {
    only: linesOf(only),
    without: linesOf(without),
    others: rules.filter((rule) => rule !== only && rule !== without),
  };
}

function hasPatternsOnly({ isExclusion: _, globs, ...others }: RuleInput): boolean {
  const isGiven = (value: unknown) => value !== null && !(Array.isArray(value) && value.length === 0);
  return (globs ?? []).length > 0 && !Object.values(others).some(isGiven);
}

const linesOf = (rule: RuleInput | undefined) => (rule?.globs ?? []).join('\n');

const patternsOf = (lines: string): string[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function ruleInputs({ only, without, others }: RuleValues): RuleInput[] {
  const shown = [
    { isExclusion: false, globs: patternsOf(only) },
    { isExclusion: true, globs: patternsOf(without) },
  ];
  return [...shown.filter(({ globs }) => globs.length > 0), ...others];
}

/** Adds patterns as lines of their own, each once. */
export function withPatterns(lines: string, patterns: readonly string[]): string {
  return [...new Set([...patternsOf(lines), ...patterns])].join('\n');
}
