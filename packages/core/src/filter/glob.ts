/*
 * Patterns for paths: `*` stands for any characters of a name, `**` between slashes for any folders, also none. Every other
 * character stands for itself, so that "Plans [old]" is a pattern like any other. A pattern without a slash is about names at
 * any depth. Matching takes no longer than characters of the pattern times characters of the path.
 */
export const MAX_GLOB_CHARACTERS = 500;
const MAX_GLOB_NAMES = 50;

/** Equal for names that differ only by case or Unicode form. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** A pattern for one name, cut at its asterisks; null for any number of names. */
type NamePattern = readonly string[] | null;

/** What a pattern says of a path: of the item, or a folder above it, or, if of neither, whether it may be of something below. */
export interface GlobFinding {
  matches: boolean;
  mayMatchBelow: boolean;
}

export class Glob {
  private readonly names: readonly NamePattern[];
  private readonly isOfAnyDepth: boolean;

  /** The pattern must have no problem, see `globProblem`. */
  constructor(pattern: string) {
    const names = fold(pattern).split('/');
    this.names = names.map((name) => (name === '**' ? null : name.split('*')));
    this.isOfAnyDepth = names.length === 1;
  }

  /** `path` is folded. */
  find(path: readonly string[]): GlobFinding {
    const [first] = this.names;
    if (this.isOfAnyDepth && first)
      return { matches: path.some((name) => matchesName(first, name)), mayMatchBelow: true };
    let reached = this.withSkips([0]);
    for (const name of path) {
      reached = this.withSkips(this.after(reached, name));
      if (reached.includes(this.names.length)) return { matches: true, mayMatchBelow: true };
    }
    return { matches: false, mayMatchBelow: reached.length > 0 };
  }

  /** Places in the pattern that are reached by one more name. */
  private after(places: readonly number[], name: string): number[] {
    return places.flatMap((place) => {
      const pattern = this.names[place];
      if (pattern === null) return place;
      return pattern && matchesName(pattern, name) ? place + 1 : [];
    });
  }

  /** `**` may stand for nothing. */
  private withSkips(places: readonly number[]): number[] {
    const all = new Set(places);
    for (const place of all) if (this.names[place] === null) all.add(place + 1);
    return [...all];
  }
}

/** The parts in their order, the first at the beginning and the last at the end of the name. */
function matchesName(parts: readonly string[], name: string): boolean {
  const first = parts[0]!;
  if (parts.length === 1) return name === first;
  const last = parts.at(-1)!;
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** What is wrong with a pattern and what would be right, in a sentence; null when it can be used. */
export function globProblem(pattern: string): string | null {
  const names = pattern.split('/');
  if (pattern === '') return 'A pattern must not be empty.';
  if (pattern.length > MAX_GLOB_CHARACTERS) return `A pattern has at most ${MAX_GLOB_CHARACTERS} characters.`;
  if (pattern.includes('\\')) return 'Write / between folders instead of \\.';
  if (pattern.startsWith('/'))
    return 'Leave out the slash at the beginning: patterns count from the folder of the job.';
  if (pattern.endsWith('/')) return 'End with /** to mean a folder and all that is in it.';
  if (names.includes('')) return 'Write one slash between two names.';
  if (names.some((name) => name === '.' || name === '..')) return 'Write folders out instead of "." or "..".';
  if (names.some((name) => name !== '**' && name.includes('**')))
    return '** stands alone between slashes; within a name write *.';
  if (names.length > MAX_GLOB_NAMES) return `A pattern has at most ${MAX_GLOB_NAMES} names.`;
  return null;
}
