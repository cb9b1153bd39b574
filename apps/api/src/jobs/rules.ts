import { problemsOfRules } from '@sluice/core/filter';
import type { ItemRule } from '@sluice/core/platform';
import type { Problems } from '../problems.js';
import type { ItemRuleInput, ItemRuleType } from './rules.types.js';

/** Filters as they are stored; what is wrong with them is added, each at its field. */
export function readRules(inputs: readonly ItemRuleInput[], problems: Problems, path: readonly string[]): ItemRule[] {
  const rules = inputs.map(ruleOf);
  for (const { code, field, message } of problemsOfRules(rules)) problems.add(code, [...path, ...field], message);
  return rules;
}

function ruleOf(input: ItemRuleInput): ItemRule {
  return {
    isExclusion: input.isExclusion,
    globs: input.globs ?? [],
    extensions: input.extensions ?? [],
    minBytes: input.minBytes ?? null,
    maxBytes: input.maxBytes ?? null,
    createdFrom: timeOf(input.created?.from),
    createdTo: timeOf(input.created?.to),
    modifiedFrom: timeOf(input.modified?.from),
    modifiedTo: timeOf(input.modified?.to),
    minAgeMs: input.minAge ?? null,
    maxAgeMs: input.maxAge ?? null,
    isHidden: input.isHidden ?? null,
    metadataKey: input.metadataKey ?? null,
    metadataValue: input.metadataValue ?? null,
  };
}

const timeOf = (time: Date | null | undefined) => time?.getTime() ?? null;

/** A stored rule as the schema shows it. */
export const ruleView = ({ minAgeMs, maxAgeMs, ...rule }: ItemRule): ItemRuleType => ({
  ...rule,
  minAge: minAgeMs,
  maxAge: maxAgeMs,
});
