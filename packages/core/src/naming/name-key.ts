import type { ItemKind, Limits } from '../platform/index.js';

export type ComparisonRules = Pick<Limits, 'isCaseSensitive' | 'isUnicodeFormSensitive'>;

/** Two names are the same name on a platform exactly when their keys are equal. */
export function nameKey(name: string, rules: ComparisonRules): string {
  const formed = inForm(name, rules);
  return rules.isCaseSensitive ? formed : inForm(withoutCase(formed), { isUnicodeFormSensitive: false });
}

const ASCII_ONLY = /^[\x20-\x7e]*$/;

/** The Unicode form in which a platform compares names: composed, where it does not tell the forms apart. */
export function inForm(name: string, { isUnicodeFormSensitive }: Pick<Limits, 'isUnicodeFormSensitive'>): string {
  return isUnicodeFormSensitive || ASCII_ONLY.test(name) ? name : name.normalize('NFC');
}

/** A capital sigma is another small letter at the end of a word than within it. */
const withoutCase = (name: string) => name.toLowerCase().replaceAll('ς', 'σ');

/** A name's parts; `.bashrc` and `README` have no extension, the dot belongs to the extension. */
export function splitName(name: string): { base: string; extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { base: name, extension: '' } : { base: name.slice(0, dot), extension: name.slice(dot) };
}

/** What follows the last dot of `3. Minutes of the meeting on site` tells no type of file. */
const LONGEST_EXTENSION_UNITS = 32;

/** The part of a name that may be cut or numbered, and the ending that stays behind it: folders have none. */
export function splitEnding(name: string, kind: ItemKind): { base: string; extension: string } {
  const parts = splitName(name);
  const hasEnding = kind === 'FILE' && parts.extension.length <= LONGEST_EXTENSION_UNITS;
  return hasEnding ? parts : { base: name, extension: '' };
}
