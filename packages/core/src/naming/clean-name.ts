import type { ItemKind, Limits } from '../platform/index.js';
import type { Policies, PolicyValue } from '../plan/policies.js';
import { nameKey, splitName } from './name-key.js';

export type NamingRules = Pick<Policies, 'invalidCharacters' | 'truncateLongNames'>;

export type NameProblem = { reason: 'NAME_INVALID' | 'PATH_TOO_LONG' | 'FILE_TYPE_RESTRICTED'; message: string };
export type NameVerdict = { name: string } | NameProblem;

/** Where a name will stand: the length of the path of its folder below the connection's root, in UTF-16 units. */
export interface NameContext {
  parentPathLength: number;
  kind: ItemKind;
}

/** Gives the name that an item gets under a platform's limits, or says why it cannot have one. */
export function cleanName(name: string, limits: Limits, rules: NamingRules, context: NameContext): NameVerdict {
  const legal = legalise(name, limits, rules, context.parentPathLength === 0);
  if (typeof legal !== 'string') return legal;
  const type = context.kind === 'FILE' ? splitName(legal).extension.slice(1).toLowerCase() : '';
  if (type !== '' && limits.restrictedTypes.includes(type)) {
    return { reason: 'FILE_TYPE_RESTRICTED', message: `The destination refuses files of type .${type}.` };
  }
  return fitLength(legal, '', limits, rules, context);
}

/** Puts ` (n)` before the extension and keeps the result within the limits. */
export function numberedName(
  name: string,
  n: number,
  limits: Limits,
  rules: NamingRules,
  context: NameContext,
): NameVerdict {
  return fitLength(name, ` (${n})`, limits, rules, context);
}

/** `name (conflict 2026-11-21 14-05-09).ext`, in UTC, within the limits; long names are always cut for it. */
export function conflictName(name: string, at: Date, limits: Limits, context: NameContext): NameVerdict {
  const time = at.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return fitLength(
    name,
    ` (conflict ${time})`,
    limits,
    { invalidCharacters: 'REPLACE', truncateLongNames: true },
    context,
  );
}

function legalise(name: string, limits: Limits, rules: NamingRules, isAtRoot: boolean): string | NameProblem {
  const formed = limits.isUnicodeFormSensitive ? name : name.normalize('NFC');
  const replaced = replaceForbidden(formed, limits, rules.invalidCharacters);
  const trimmed = limits.whitespaceRule === null ? replaced : trimWhitespace(replaced, rules.invalidCharacters);
  const free =
    isReserved(trimmed, limits) || (isAtRoot && isReservedAtRoot(trimmed, limits)) ? avoidReserved(trimmed) : trimmed;
  if (free === formed) return free;
  if (rules.invalidCharacters === 'FLAG') return invalid(name);
  return free === '' ? '_' : free;
}

function invalid(name: string): NameProblem {
  return { reason: 'NAME_INVALID', message: `The destination cannot hold the name "${printable(name)}".` };
}

const printable = (name: string) => name.replace(/\p{Cc}|\p{Surrogate}/gu, '\ufffd');

const isLoneSurrogate = (character: string) => /\p{Surrogate}/u.test(character);

function replaceForbidden(name: string, limits: Limits, policy: PolicyValue<'invalidCharacters'>): string {
  const forbidden = new Set(limits.forbiddenCharacters);
  let result = '';
  for (const character of name) {
    const isBad =
      forbidden.has(character) ||
      isLoneSurrogate(character) ||
      (limits.whitespaceRule !== null && /\p{Cc}/u.test(character));
    result += isBad ? substitute(character, policy) : character;
  }
  return result;
}

/** Whether what a destination cannot hold is percent-encoded; a name that needs any change is refused under FLAG. */
const IS_ENCODED: Readonly<Record<PolicyValue<'invalidCharacters'>, boolean>> = {
  REPLACE: false,
  PERCENT_ENCODE: true,
  FLAG: false,
};

function substitute(character: string, policy: PolicyValue<'invalidCharacters'>): string {
  if (!IS_ENCODED[policy] || isLoneSurrogate(character)) return '_';
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Removes white space at the ends and around the extension, and dots at the end; encoded where the policy asks. */
function trimWhitespace(name: string, policy: PolicyValue<'invalidCharacters'>): string {
  const encode = (part: string) => (IS_ENCODED[policy] ? [...part].map((c) => substitute(c, policy)).join('') : '');
  const ended = name.replace(/^\s+|[\s.]+$/gu, (part) => encode(part));
  const { base, extension } = splitName(ended);
  if (extension === '') return ended;
  return (
    base.replace(/\s+$/u, (part) => encode(part)) + extension.replace(/(?<=^\.)\s+|\s+$/gu, (part) => encode(part))
  );
}

function isReserved(name: string, limits: Limits): boolean {
  if (name === '.' || name === '..') return true;
  if (limits.reservedNameRule === 'EXACT') {
    return limits.reservedNames.some((reserved) => nameKey(reserved, limits) === nameKey(name, limits));
  }
  const whole = name.toLowerCase();
  const base = splitName(whole).base;
  return limits.reservedNames.some((reserved) => [whole, base].includes(reserved.toLowerCase()));
}

function isReservedAtRoot(name: string, limits: Limits): boolean {
  return (limits.reservedRootNames ?? []).some((reserved) => nameKey(reserved, limits) === nameKey(name, limits));
}

function avoidReserved(name: string): string {
  const { base, extension } = splitName(name);
  return `${base}_${extension}`;
}

function fitLength(
  name: string,
  suffix: string,
  limits: Limits,
  rules: NamingRules,
  context: NameContext,
): NameVerdict {
  const { base, extension } = splitName(name);
  const whole = base + suffix + extension;
  if (fits(whole, limits, context)) return { name: whole };
  if (!rules.truncateLongNames) return tooLong(name, limits);
  return cutToFit(base, suffix + extension, limits, context) ?? tooLong(name, limits);
}

function cutToFit(base: string, end: string, limits: Limits, context: NameContext): NameVerdict | null {
  const characters = [...base];
  while (characters.length > 1) {
    characters.pop();
    const candidate = characters.join('').trimEnd() + end;
    if (fits(candidate, limits, context)) return { name: candidate };
  }
  return null;
}

function fits(name: string, limits: Limits, context: NameContext): boolean {
  const length = limits.segmentLengthUnit === 'UTF8' ? new TextEncoder().encode(name).length : name.length;
  if (limits.maxSegmentLength !== null && length > limits.maxSegmentLength) return false;
  const separator = context.parentPathLength === 0 ? 0 : 1;
  return limits.maxPathLength === null || context.parentPathLength + separator + name.length <= limits.maxPathLength;
}

function tooLong(name: string, limits: Limits): NameProblem {
  const limit = [
    limits.maxSegmentLength === null ? null : `names up to ${limits.maxSegmentLength}`,
    limits.maxPathLength === null ? null : `paths up to ${limits.maxPathLength}`,
  ].filter((text) => text !== null);
  return {
    reason: 'PATH_TOO_LONG',
    message: `The name "${printable(name).slice(0, 60)}${name.length > 60 ? '…' : ''}" is too long in its place; the destination holds ${limit.join(' and ')}.`,
  };
}
