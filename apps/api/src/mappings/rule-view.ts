import type { MetadataRule, ValueOrigin } from '@sluice/core/mapping';
import type { MetadataRuleInput, MetadataRuleType, MetadataValueInput } from './mapping.types.js';

/** A rule as the API shows it: of its three origins one is given. */
export function ruleView({ origin, ...rule }: MetadataRule): MetadataRuleType {
  return {
    ...rule,
    sourceField: origin.kind === 'FIELD' ? origin.field : null,
    fixedValue: origin.kind === 'FIXED' ? origin.value : null,
    template: origin.kind === 'TEMPLATE' ? origin.template : null,
  };
}

export function ruleOf({ value, defaultValue, choices, ...rule }: MetadataRuleInput): MetadataRule {
  return {
    destinationField: rule.destinationField,
    origin: originOf(value),
    defaultValue: defaultValue ?? null,
    choices: (choices ?? []).map(({ from, to }) => ({ from, to })),
    isRequired: rule.isRequired,
  };
}

/** Of the input exactly one field is given. */
function originOf({ sourceField, fixedValue, template }: MetadataValueInput): ValueOrigin {
  if (sourceField !== undefined) return { kind: 'FIELD', field: sourceField };
  if (fixedValue !== undefined) return { kind: 'FIXED', value: fixedValue };
  return { kind: 'TEMPLATE', template: template ?? '' };
}
