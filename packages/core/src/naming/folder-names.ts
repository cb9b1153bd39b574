import type { ItemKind, Limits } from '../platform/index.js';
import type { PolicyValue } from '../plan/policies.js';
import {
  cleanName,
  fitted,
  invalid,
  isLegalName,
  joined,
  type NameParts,
  type NameProblem,
  type NameVerdict,
  type NamingRules,
} from './clean-name.js';
import { nameKey } from './name-key.js';
import type { NameContext } from './name-length.js';
import { nameRules } from './name-rules.js';

export interface Sibling {
  name: string;
  kind: ItemKind;
  /** Name that an earlier run gave it; it keeps it. */
  earlierName: string | null;
  /** The name is made for the destination: that of another file with this before its extension. */
  beside?: { name: string; suffix: string };
}

export type AssignedName =
  | { name: string; isRevised: boolean }
  | NameProblem
  | { reason: 'DUPLICATE_NAME'; message: string };

export interface AssignmentRules extends NamingRules {
  duplicateNames: PolicyValue<'duplicateNames'>;
}

/** A folder at the destination, and what decides about the names in it. */
export interface NamedFolder {
  limits: Limits;
  rules: AssignmentRules;
  /** See `NameContext`. */
  parentPathLength: number;
  /** Names that stand in it already: numbers and conflict names avoid them. */
  occupied: Iterable<string>;
}

/** A legal name and what is put before its extension to set it apart. */
interface Wanted {
  name: string;
  kind: ItemKind;
  suffix: string;
  rules: NamingRules;
}

/** A sibling, by its position, that cannot have its own name. */
type Cleaned = [number, NameVerdict];

/** Conflict names are adapted and cut whatever the job says, so that both contents are kept. */
const ADAPTED: NamingRules = { invalidCharacters: 'REPLACE', truncateLongNames: true };
const IS_NUMBERED: Readonly<Record<PolicyValue<'duplicateNames'>, boolean>> = { RENAME: true, FLAG: false };
const DIGITS = '0123456789';

/** Gives the names of one folder at the destination: legal ones, each once, with work that is linear in their number. */
export class FolderNames {
  private readonly standing: ReadonlySet<string>;
  private readonly claimed = new Set<string>();
  /** The next number to try, by the name with a zero for each of its digits. */
  private readonly nextNumbers = new Map<string, number>();

  /** Names that are made for the destination keep what sets them apart, also where they are cut. */
  private readonly besides = new Map<Sibling, Wanted>();

  constructor(private readonly folder: NamedFolder) {
    this.standing = new Set(Array.from(folder.occupied, (name) => this.keyOf(name)));
  }

  /**
   * Gives every item its name, in the order of the input. Earlier names stay, then names that need no change come before
   * adapted ones, and numbers come last, so that adding a file later never renames another.
   */
  assign(siblings: readonly Sibling[]): AssignedName[] {
    const names: AssignedName[] = [];
    const natural: number[] = [];
    const [adapted, twins]: [Cleaned[], [number, string][]] = [[], []];
    for (const index of inOrder(siblings)) {
      const sibling = siblings[index]!;
      const kept = this.keep(sibling);
      if (kept) {
        names[index] = kept;
        continue;
      }
      const verdict = this.clean(sibling);
      if ('name' in verdict && verdict.name === sibling.name && !sibling.beside) natural.push(index);
      else adapted.push([index, verdict]);
    }
    const claim = (index: number, name: string) => {
      if (this.claim(name)) names[index] = assigned(siblings[index]!, name);
      else twins.push([index, name]);
    };
    for (const index of natural) claim(index, siblings[index]!.name);
    for (const [index, verdict] of adapted)
      if ('name' in verdict) claim(index, verdict.name);
      else names[index] = verdict;
    for (const [index, name] of twins) names[index] = this.nameTwin(siblings[index]!, name);
    return names;
  }

  /**
   * `name (conflict 2026-11-21 14-05-09).ext`, in UTC, by the rules of this folder; with a number where that is taken.
   * Each call takes its name.
   */
  conflictName(name: string, kind: ItemKind, at: Date): NameVerdict {
    const time = at.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
    return this.nameBeside(name, kind, ` (conflict ${time})`);
  }

  /** A name like `name (moving).ext` for an item that is to get its name as soon as another one has left it. */
  temporaryName(name: string, kind: ItemKind): NameVerdict {
    return this.nameBeside(name, kind, ' (moving)');
  }

  /** That name, or with a number, for an item that stays in the folder while others have what it was called. */
  freeName(name: string, kind: ItemKind): NameVerdict {
    return this.nameBeside(name, kind, '');
  }

  private nameBeside(name: string, kind: ItemKind, suffix: string): NameVerdict {
    const clean = cleanName(name, this.folder.limits, ADAPTED, this.contextOf(kind));
    if (!('name' in clean)) return clean;
    const wanted = { name: clean.name, kind, suffix, rules: ADAPTED };
    const verdict = joined(this.fit(wanted, ''), this.legalSuffix(wanted, ''));
    return !('name' in verdict) || this.claimFree(verdict.name, kind) ? verdict : this.number(wanted);
  }

  /** The name of an earlier run, unless it can stand there no more. */
  private keep(sibling: Sibling): AssignedName | null {
    const { earlierName, kind } = sibling;
    if (earlierName === null || !(this.isStanding(earlierName) || this.isLegal(earlierName, kind))) return null;
    return this.claim(earlierName) ? assigned(sibling, earlierName) : null;
  }

  private clean(sibling: Sibling): NameVerdict {
    const { name, kind, beside } = sibling;
    const clean = cleanName(beside?.name ?? name, this.folder.limits, this.folder.rules, this.contextOf(kind));
    if (!beside || !('name' in clean)) return clean;
    const wanted = { name: clean.name, kind, suffix: beside.suffix, rules: ADAPTED };
    this.besides.set(sibling, wanted);
    return joined(this.fit(wanted, ''), this.legalSuffix(wanted, ''));
  }

  /** A name for an item beside another one that has its name already, such as `name (1).ext`. Each call takes its name. */
  nameOfTwin(name: string, kind: ItemKind): AssignedName {
    return this.nameTwin({ name, kind, earlierName: null }, name);
  }

  private nameTwin(sibling: Sibling, name: string): AssignedName {
    const { rules } = this.folder;
    if (!IS_NUMBERED[rules.duplicateNames]) return duplicate(sibling.name, name);
    const wanted = this.besides.get(sibling) ?? { name, kind: sibling.kind, suffix: '', rules };
    const verdict = this.number(wanted);
    return 'name' in verdict ? assigned(sibling, verdict.name) : verdict;
  }

  /** Adds the lowest number that is free. Names that are cut to the same text share a count: none is tried twice. */
  private number(wanted: Wanted): NameVerdict {
    if (nameRules(this.folder.limits).replaceForbidden(DIGITS, 'REPLACE') !== DIGITS) return invalid(wanted.name);
    for (let digits = 1; ; digits++) {
      const parts = this.fit(wanted, '0'.repeat(digits));
      if (!('base' in parts)) return parts;
      const name = this.firstFree(wanted, parts, digits);
      if (name !== null) return { name };
    }
  }

  private firstFree(wanted: Wanted, { base, extension }: NameParts, digits: number): string | null {
    const nameOf = (number: string) => base + this.legalSuffix(wanted, number) + extension;
    const shape = this.keyOf(nameOf('0'.repeat(digits)));
    for (let n = this.nextNumbers.get(shape) ?? 10 ** (digits - 1); n < 10 ** digits; n++) {
      this.nextNumbers.set(shape, n + 1);
      const name = nameOf(String(n));
      if (this.claimFree(name, wanted.kind)) return name;
    }
    return null;
  }

  private fit(wanted: Wanted, number: string): NameParts | NameProblem {
    const { limits } = this.folder;
    return fitted(wanted.name, this.legalSuffix(wanted, number), limits, wanted.rules, this.contextOf(wanted.kind));
  }

  private legalSuffix({ suffix }: Wanted, number: string): string {
    const whole = number === '' ? suffix : `${suffix} (${number})`;
    return nameRules(this.folder.limits).replaceForbidden(whole, 'REPLACE');
  }

  private claimFree(name: string, kind: ItemKind): boolean {
    return !this.isStanding(name) && this.isLegal(name, kind) && this.claim(name);
  }

  /** False where another item has it. */
  private claim(name: string): boolean {
    const before = this.claimed.size;
    return this.claimed.add(this.keyOf(name)).size > before;
  }

  private isStanding(name: string): boolean {
    return this.standing.has(this.keyOf(name));
  }

  private isLegal(name: string, kind: ItemKind): boolean {
    return isLegalName(name, this.folder.limits, this.contextOf(kind));
  }

  private contextOf(kind: ItemKind): NameContext {
    return { parentPathLength: this.folder.parentPathLength, kind };
  }

  private keyOf(name: string): string {
    return nameKey(name, this.folder.limits);
  }
}

/** Positions by name; of a folder and a file of one name the folder comes first: what is in it hangs on its name. */
function inOrder(siblings: readonly Sibling[]): number[] {
  return siblings.map((_, index) => index).sort((a, b) => byName(siblings[a]!, siblings[b]!));
}

function byName(a: Sibling, b: Sibling): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return Number(a.kind === 'FILE') - Number(b.kind === 'FILE');
}

function assigned({ name: from }: Sibling, name: string): AssignedName {
  // A change of the Unicode form alone is invisible and no revision.
  return { name, isRevised: from !== name && from.normalize('NFC') !== name.normalize('NFC') };
}

function duplicate(name: string, taken: string): AssignedName {
  return {
    reason: 'DUPLICATE_NAME',
    message: `"${name}" would get the name "${taken}", which another item of the same folder has.`,
  };
}
