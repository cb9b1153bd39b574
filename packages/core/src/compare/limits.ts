import type { LimitKind, Limits } from '../platform/index.js';
import type { Policies } from '../plan/policies.js';

export type LimitPolicies = Pick<Policies, 'truncateLongNames' | 'largeItem' | 'invalidCharacters' | 'duplicateNames'>;

/** Names and types that a sentence tells. */
const MAX_NAMED = 20;

/** How the engine treats what is beyond a limit of the destination. */
interface LimitRule<Way extends string> {
  /** What the destination does not take and the source may have, for a sentence; null where it takes everything. */
  refused: (source: Limits, destination: Limits) => string | null;
  /** What it does about it, by the policies of the job. */
  way: (policies: LimitPolicies) => Way;
  /** With what is refused. */
  told: Readonly<Record<Way, (refused: string) => string>>;
}

const rule = <Way extends string>(given: LimitRule<Way>) => given;

/** The ways of a limit where everything fits. */
export const FITS = 'FITS' as const;

const lengthRule = (of: 'Path' | 'Segment', what: string): LimitRule<'CUT' | 'FLAGGED'> => ({
  refused: (source, destination) => shorterBound(source, destination, of),
  way: ({ truncateLongNames }) => (truncateLongNames ? 'CUT' : 'FLAGGED'),
  told: {
    CUT: (bound) => `${what} of more than ${bound} do not fit: names are cut before their extension.`,
    FLAGGED: (bound) => `${what} of more than ${bound} do not fit: they are flagged.`,
  },
});

const byPolicy = ({ invalidCharacters }: LimitPolicies) => invalidCharacters;

/** What the engine does about each limit; `naming` and `plan` do it, and `test/comparison` proves each sentence. */
export const LIMIT_RULES = {
  MAX_PATH_LENGTH: lengthRule('Path', 'Paths'),
  MAX_SEGMENT_LENGTH: lengthRule('Segment', 'Names'),
  MAX_FILE_BYTES: rule({
    refused: ({ maxFileBytes: from }, { maxFileBytes: to }) => (isStricter(from, to) ? String(to) : null),
    way: ({ largeItem }) => largeItem,
    told: {
      FLAG: (bytes) => `Files of more than ${bytes} bytes do not fit: they are flagged.`,
      SKIP: (bytes) => `Files of more than ${bytes} bytes do not fit: they are left out.`,
    },
  }),
  FORBIDDEN_CHARACTERS: rule({
    refused: (source, destination) =>
      listed(without(destination.forbiddenCharacters, source.forbiddenCharacters).map(printable), ' '),
    way: byPolicy,
    told: {
      REPLACE: (characters) => `Characters that names must not contain (${characters}) are replaced by “_”.`,
      PERCENT_ENCODE: (characters) => `Characters that names must not contain (${characters}) are percent-encoded.`,
      FLAG: (characters) => `Items whose names contain one of ${characters} are flagged.`,
    },
  }),
  RESERVED_NAMES: rule({
    refused: (source, destination) => listed(without(namesKept(destination), namesKept(source)), ', '),
    way: ({ invalidCharacters }) => (invalidCharacters === 'FLAG' ? 'FLAGGED' : 'ADAPTED'),
    told: {
      ADAPTED: (names) => `Names that the destination keeps for itself (${names}) get a “_”.`,
      FLAGGED: (names) => `Items with names that the destination keeps for itself (${names}) are flagged.`,
    },
  }),
  WHITESPACE: rule({
    refused: (source, { whitespaceRule }) => (source.whitespaceRule === null ? whitespaceRule : null),
    way: byPolicy,
    told: {
      REPLACE: (rule) => `${rule} What a name has of it is taken off.`,
      PERCENT_ENCODE: (rule) => `${rule} What a name has of it is percent-encoded.`,
      FLAG: (rule) => `${rule} Items with such names are flagged.`,
    },
  }),
  RESTRICTED_TYPES: rule({
    refused: (source, destination) => listed(without(destination.restrictedTypes, source.restrictedTypes), ', '),
    way: () => 'FLAGGED',
    told: {
      FLAGGED: (types) => `Files of the types ${types} are refused by the destination: they are flagged.`,
    },
  }),
  CASE_SENSITIVITY: rule({
    refused: (source, destination) => (source.isCaseSensitive && !destination.isCaseSensitive ? 'case' : null),
    way: ({ duplicateNames }) => duplicateNames,
    told: {
      RENAME: (what) =>
        `Names that differ only by ${what} are one name at the destination: all but the first get a number.`,
      FLAG: (what) =>
        `Names that differ only by ${what} are one name at the destination: all but the first are flagged.`,
    },
  }),
} satisfies Record<LimitKind, unknown>;
export type LimitWay<Limit extends LimitKind> = keyof (typeof LIMIT_RULES)[Limit]['told'] | typeof FITS;

/** What the engine does about a limit of the destination: the way and its sentence, null where everything fits. */
export function limitWay(
  limit: LimitKind,
  { source, destination }: { source: Limits; destination: Limits },
  policies: LimitPolicies,
): { way: string; told: string } | null {
  const { refused, way, told }: LimitRule<string> = LIMIT_RULES[limit];
  const what = refused(source, destination);
  if (what === null) return null;
  const chosen = way(policies);
  return { way: chosen, told: told[chosen]!(what) };
}

const isStricter = (source: number | null, destination: number | null): destination is number =>
  destination !== null && (source === null || source > destination);

/** A character that is one unit of UTF-16 takes up to three bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3;

/** The destination's bound for names or paths where the source holds longer ones, as people read it. */
function shorterBound(source: Limits, destination: Limits, of: 'Path' | 'Segment'): string | null {
  const unit = `${of === 'Path' ? 'path' : 'segment'}LengthUnit` as const;
  const grows = source[unit] === 'UTF16' && destination[unit] === 'UTF8';
  const [from, to] = [source[`max${of}Length`], destination[`max${of}Length`]];
  return isStricter(from === null ? null : from * (grows ? MOST_BYTES_PER_UNIT : 1), to)
    ? lengthTold(to, destination[unit])
    : null;
}

export const lengthTold = (length: number, unit: Limits['pathLengthUnit']): string =>
  `${length} ${unit === 'UTF8' ? 'bytes' : 'characters'}`;

export const namesKept = ({ reservedNames, reservedRootNames = [] }: Limits): readonly string[] => [
  ...reservedNames,
  ...reservedRootNames,
];

const without = (all: readonly string[], some: readonly string[]) => all.filter((one) => !some.includes(one));

/** At most `MAX_NAMED` of them; null for none. */
export function listed(texts: readonly string[], separator: string): string | null {
  if (texts.length === 0) return null;
  return [...texts.slice(0, MAX_NAMED), ...(texts.length > MAX_NAMED ? ['…'] : [])].join(separator);
}

export const printable = (character: string): string =>
  /\p{Cc}/u.test(character) ? `U+${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character;
