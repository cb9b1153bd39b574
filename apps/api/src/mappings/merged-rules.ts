import { isDeepStrictEqual } from 'node:util';
import type { MetadataRule } from '@sluice/core/mapping';
import type { ImportCounts } from './csv-tables.js';

/**
 * The rules of a set after others came in: those take the place of all rules for the same fields. Other rules stay unless all are
 * replaced.
 */
export function mergedRules(
  before: readonly MetadataRule[],
  given: readonly MetadataRule[],
  replaceAll: boolean,
): { metadataRules: MetadataRule[]; counts: ImportCounts } {
  const fields = new Set(given.map(({ destinationField }) => destinationField));
  const stays = ({ destinationField }: MetadataRule) => !replaceAll && !fields.has(destinationField);
  const metadataRules = replaceAll ? [...given] : [...before.filter(stays), ...given];
  return { metadataRules, counts: countsOf(byPlace(before.filter((rule) => !stays(rule))), byPlace(given)) };
}

/** A rule is the same one as before when it is for the same field, and as many rules for that field come before it. */
function byPlace(rules: readonly MetadataRule[]): Map<string, MetadataRule> {
  const counts = new Map<string, number>();
  return new Map(
    rules.map((rule) => {
      const count = counts.get(rule.destinationField) ?? 0;
      counts.set(rule.destinationField, count + 1);
      return [JSON.stringify([rule.destinationField, count]), rule];
    }),
  );
}

function countsOf(before: ReadonlyMap<string, MetadataRule>, after: ReadonlyMap<string, MetadataRule>): ImportCounts {
  const added = [...after.keys()].filter((key) => !before.has(key));
  const deleted = [...before.keys()].filter((key) => !after.has(key));
  const replaced = [...after].filter(([key, rule]) => before.has(key) && !isDeepStrictEqual(before.get(key), rule));
  return { addedCount: added.length, replacedCount: replaced.length, deletedCount: deleted.length };
}
