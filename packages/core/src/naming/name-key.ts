import type { Limits } from '../platform/index.js';

export type ComparisonRules = Pick<Limits, 'isCaseSensitive' | 'isUnicodeFormSensitive'>;

/** Two names are the same name on a platform exactly when their keys are equal. */
export function nameKey(name: string, rules: ComparisonRules): string {
  const formed = rules.isUnicodeFormSensitive ? name : name.normalize('NFC');
  return rules.isCaseSensitive ? formed : formed.toLowerCase().normalize('NFC');
}

/** A name's parts; `.bashrc` and `README` have no extension, the dot belongs to the extension. */
export function splitName(name: string): { base: string; extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { base: name, extension: '' } : { base: name.slice(0, dot), extension: name.slice(dot) };
}
