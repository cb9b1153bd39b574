import type { ItemKind, LimitKind, Limits } from '../platform/index.js';
import type { PolicyValue } from '../plan/policies.js';
import { inForm, nameKey, splitName } from './name-key.js';

type Policy = PolicyValue<'invalidCharacters'>;

/** What replaces a character that the platform cannot hold: the first that it can; the last if it can hold none. */
const SUBSTITUTES = ['_', '-', '~', '+', 'x'];

/** Whether what a destination cannot hold is percent-encoded; a name that needs any change is refused under FLAG. */
const IS_ENCODED: Readonly<Record<Policy, boolean>> = { REPLACE: false, PERCENT_ENCODE: true, FLAG: false };

/** Limits that concern what a name is made of. */
export type BrokenRule = Extract<LimitKind, 'FORBIDDEN_CHARACTERS' | 'RESERVED_NAMES' | 'WHITESPACE'>;

const rulesOf = new WeakMap<Limits, NameRules>();

/** The rules of a platform for names, made once for its limits. */
export function nameRules(limits: Limits): NameRules {
  const known = rulesOf.get(limits);
  if (known) return known;
  const made = new NameRules(limits);
  rulesOf.set(limits, made);
  return made;
}

/** Pure: which names a platform can hold, lengths aside, and the name that is nearest to one that it cannot. */
export class NameRules {
  private readonly forbidden: RegExp;
  private readonly substitute: string;
  private readonly canEncode: boolean;
  private readonly reserved: ReadonlySet<string>;
  private readonly reservedAtRoot: ReadonlySet<string>;

  constructor(private readonly limits: Limits) {
    const listed = new Set(limits.forbiddenCharacters.join(''));
    const controls = limits.whitespaceRule === null ? '' : '\\p{Cc}';
    this.forbidden = new RegExp(`[\\p{Surrogate}${controls}${[...listed].map(escaped).join('')}]`, 'gu');
    this.substitute = SUBSTITUTES.find((one) => !listed.has(one)) ?? SUBSTITUTES.at(-1)!;
    this.canEncode = !listed.has('%');
    this.reserved = new Set(limits.reservedNames.map((name) => this.reservedKey(name)));
    this.reservedAtRoot = new Set(limits.reservedRootNames?.map((name) => nameKey(name, limits)));
  }

  /** The name with the least change that the platform can hold. */
  legalise(name: string, policy: Policy, kind: ItemKind, isAtRoot: boolean): string {
    const replaced = this.replaceForbidden(this.formed(name), policy);
    const trimmed = this.limits.whitespaceRule === null ? replaced : this.trim(replaced, policy, kind);
    return this.avoidReserved(this.avoidDots(trimmed, policy) || this.substitute, kind, isAtRoot);
  }

  /** Whether the platform can hold the name as it is, but for its Unicode form. */
  isLegal(name: string, kind: ItemKind, isAtRoot: boolean): boolean {
    return name.search(this.forbidden) < 0 && this.legalise(name, 'REPLACE', kind, isAtRoot) === this.formed(name);
  }

  /** Rules that the name breaks, but for its Unicode form. */
  broken(name: string, kind: ItemKind, isAtRoot: boolean): BrokenRule[] {
    if (this.isLegal(name, kind, isAtRoot)) return [];
    const replaced = this.replaceForbidden(this.formed(name), 'REPLACE');
    const trimmed = this.limits.whitespaceRule === null ? replaced : this.trim(replaced, 'REPLACE', kind);
    const isReserved = this.avoidReserved(this.avoidDots(trimmed, 'REPLACE'), kind, isAtRoot) !== trimmed;
    return [
      ...(replaced === this.formed(name) ? [] : (['FORBIDDEN_CHARACTERS'] as const)),
      ...(trimmed === replaced ? [] : (['WHITESPACE'] as const)),
      ...(isReserved ? (['RESERVED_NAMES'] as const) : []),
    ];
  }

  /** The Unicode form in which the platform keeps it. */
  formed(name: string): string {
    return inForm(name, this.limits);
  }

  replaceForbidden(text: string, policy: Policy): string {
    return this.formed(text.replace(this.forbidden, (character) => this.replacementOf(character, policy)));
  }

  private replacementOf(character: string, policy: Policy): string {
    const isHalf = /\p{Surrogate}/u.test(character);
    return this.encodes(policy) && !isHalf ? percentEncoded(character) : this.substitute;
  }

  private encodes(policy: Policy): boolean {
    return IS_ENCODED[policy] && this.canEncode;
  }

  /** Takes white space off both ends, off the places before and behind the dot of an extension, and dots off the end. */
  private trim(name: string, policy: Policy, kind: ItemKind): string {
    const trimmed = trimBoth(name, this.encodes(policy));
    const { base, extension } = kind === 'FILE' ? splitName(trimmed) : { base: trimmed, extension: '' };
    if (extension === '') return trimmed;
    const type = trimStart(extension.slice(1), this.encodes(policy));
    return `${trimEnd(base, this.encodes(policy))}.${type}`;
  }

  /** `.` and `..` are ways in every file system and no names. */
  private avoidDots(name: string, policy: Policy): string {
    return name === '.' || name === '..' ? name.replaceAll('.', () => this.replacementOf('.', policy)) : name;
  }

  private avoidReserved(name: string, kind: ItemKind, isAtRoot: boolean): string {
    let free = name;
    while (this.isReserved(free, isAtRoot)) free = this.besideReserved(free, kind);
    return free;
  }

  private isReserved(name: string, isAtRoot: boolean): boolean {
    const isKept = this.reserved.size > 0 && (this.reserved.has(this.reservedKey(name)) || this.isDevice(name));
    return isKept || (isAtRoot && this.reservedAtRoot.has(nameKey(name, this.limits)));
  }

  private reservedKey(name: string): string {
    return this.limits.reservedNameRule === 'EXACT' ? nameKey(name, this.limits) : name.toLowerCase();
  }

  /** Windows takes what stands before the first dot for the device, white space behind it aside. */
  private isDevice(name: string): boolean {
    return this.limits.reservedNameRule === 'WINDOWS' && this.reserved.has(device(name).trimEnd().toLowerCase());
  }

  private besideReserved(name: string, kind: ItemKind): string {
    const base = this.isDevice(name) ? device(name) : kind === 'FILE' ? splitName(name).base : name;
    return base + this.substitute + name.slice(base.length);
  }
}

/** A character as it stands between the brackets of a regular expression. */
const escaped = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

const device = (name: string) => name.split('.', 1)[0]!;

const percentEncoded = (text: string) =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

const trimStart = (text: string, encodes: boolean) => {
  const rest = text.trimStart();
  return (encodes ? percentEncoded(text.slice(0, text.length - rest.length)) : '') + rest;
};

const trimEnd = (text: string, encodes: boolean) => {
  const rest = text.trimEnd();
  return rest + (encodes ? percentEncoded(text.slice(rest.length)) : '');
};

function trimBoth(text: string, encodes: boolean): string {
  const begun = trimStart(text, encodes);
  const rest = withoutEnd(begun);
  return rest + (encodes ? percentEncoded(begun.slice(rest.length)) : '');
}

/** Without the white space and the dots at its end. */
export function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '.' || text[end - 1]!.trim() === '')) end--;
  return text.slice(0, end);
}
