import type { Limits } from '../platform/index.js';
import type { Policies } from '../plan/policies.js';
import { splitEnding, splitName } from './name-key.js';
import {
  beginningInPlace,
  beginningOf,
  fitsInPlace,
  withoutLastCharacter,
  type LengthUnit,
  type NameContext,
} from './name-length.js';
import { nameRules, withoutEnd } from './name-rules.js';

export type NamingRules = Pick<Policies, 'invalidCharacters' | 'truncateLongNames'>;

export type NameProblem = { reason: 'NAME_INVALID' | 'PATH_TOO_LONG' | 'FILE_TYPE_RESTRICTED'; message: string };
export type NameVerdict = { name: string } | NameProblem;

/** Gives the name that an item gets under a platform's limits, or says why it cannot have one. */
export function cleanName(name: string, limits: Limits, rules: NamingRules, context: NameContext): NameVerdict {
  const legal = legalName(name, limits, rules, context);
  if (legal === null) return invalid(name);
  return restricted(legal, limits, context) ?? joined(fitted(legal, '', limits, rules, context), '');
}

/** Null where the platform can hold no name like it, or the rules say that none is to be changed. */
function legalName(name: string, limits: Limits, rules: NamingRules, context: NameContext): string | null {
  const names = nameRules(limits);
  const legal = names.legalise(name, rules.invalidCharacters, context.kind, isAtRoot(context));
  if (legal === names.formed(name)) return legal;
  const isRefused = rules.invalidCharacters === 'FLAG' || !names.isLegal(legal, context.kind, isAtRoot(context));
  return isRefused ? null : legal;
}

/** Whether an item may be called so in its place, lengths counted. */
export function isLegalName(name: string, limits: Limits, context: NameContext): boolean {
  return fitsInPlace(name, limits, context) && nameRules(limits).isLegal(name, context.kind, isAtRoot(context));
}

const isAtRoot = ({ parentPathLength }: NameContext) => parentPathLength === 0;

function restricted(name: string, limits: Limits, { kind }: NameContext): NameProblem | null {
  const type = splitName(name).extension.slice(1).toLowerCase();
  if (kind === 'FOLDER' || !limits.restrictedTypes.includes(type)) return null;
  return { reason: 'FILE_TYPE_RESTRICTED', message: `The destination refuses files of type .${type}.` };
}

/** A name around the suffix that sets it apart from others. */
export interface NameParts {
  base: string;
  extension: string;
}

export function joined(parts: NameParts | NameProblem, suffix: string): NameVerdict {
  return 'base' in parts ? { name: parts.base + suffix + parts.extension } : parts;
}

/** What stands around the suffix: the name's parts, cut where the rules allow it and the place asks for it. */
export function fitted(
  name: string,
  suffix: string,
  limits: Limits,
  rules: NamingRules,
  context: NameContext,
): NameParts | NameProblem {
  const { base, extension } = splitEnding(name, context.kind);
  if (fitsInPlace(base + suffix + extension, limits, context)) return { base, extension };
  const cut = rules.truncateLongNames ? cutToFit(base, suffix + extension, limits, context) : null;
  return cut === null ? tooLong(name, limits) : { base: cut, extension };
}

function cutToFit(base: string, ending: string, limits: Limits, context: NameContext): string | null {
  const endsAtCut = ending === '' && limits.whitespaceRule !== null;
  let rest = beginningInPlace(base, ending, limits, context);
  while (rest !== '') {
    const stem = endsAtCut ? withoutEnd(rest) : rest.trimEnd();
    if (stem !== '' && isLegalName(stem + ending, limits, context)) return stem;
    // What is left may be a reserved name by chance, or nothing but white space.
    rest = withoutLastCharacter(stem);
  }
  return null;
}

export function invalid(name: string): NameProblem {
  return { reason: 'NAME_INVALID', message: `The destination cannot hold the name "${shown(name)}".` };
}

function tooLong(name: string, limits: Limits): NameProblem {
  const bounds = [
    boundOf('names', limits.maxSegmentLength, limits.segmentLengthUnit),
    boundOf('paths', limits.maxPathLength, limits.pathLengthUnit),
  ].filter((bound) => bound !== null);
  return {
    reason: 'PATH_TOO_LONG',
    message: `The name "${shown(name)}" is too long in its place; the destination holds ${bounds.join(' and ')}.`,
  };
}

function boundOf(what: string, bound: number | null, unit: LengthUnit): string | null {
  return bound === null ? null : `${what} up to ${bound} ${unit === 'UTF8' ? 'bytes' : 'characters'}`;
}

const SHOWN_UNITS = 60;

/** A name as a sentence can hold it. */
function shown(name: string): string {
  const begun = beginningOf(name, SHOWN_UNITS, 'UTF16');
  return begun.replace(/\p{Cc}|\p{Surrogate}/gu, '\ufffd') + (begun === name ? '' : '…');
}
