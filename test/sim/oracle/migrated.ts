import { memoryOf, type Base, type Expected, type Rules } from './bases.js';
import { copied } from './copied.js';
import { KnownSide } from './known-side.js';
import type { Model, Thing } from './model.js';

/** What the first complete listing showed: identifiers by places with their kinds. */
export type Scope = ReadonlyMap<string, string>;

export const scopeOf = (source: Model): Scope =>
  new Map(source.all().map((thing) => [placeOf(source, thing), thing.id]));

const placeOf = (source: Model, thing: Thing): string => `${thing.kind} ${source.pathOf(thing)}`;

interface Listed {
  source: Model;
  destination: Model;
  bases: readonly Base[];
  /** Null before the first complete listing: all is in. */
  scope: Scope | null;
}

/**
 * What MIGRATE leaves behind: what was in scope came over once, and nothing of it is touched again; of what is in scope and has
 * not come over yet, the tables say the same as of a copy at first contact.
 */
export function migrated({ source, destination, bases, scope }: Listed, rules: Rules): Expected {
  if (scope === null) return copied(source, destination, [], { ...rules, type: 'COPY', deletions: 'IGNORE' });
  const known = new KnownSide(source, bases);
  const next: Base[] = [];
  let isContested = false;
  const ids = new Set(scope.values());
  // What stood there came over and is elsewhere now: what came to its place is another one, and late.
  const isLeft = (id: string) => source.get(id) !== null && bases.some((base) => base.source.id === id);
  const isOpen = (thing: Thing) => {
    const stood = scope.get(placeOf(source, thing));
    return ids.has(thing.id) || (stood !== undefined && !isLeft(stood));
  };
  const visit = (parent: string | null) => {
    for (const thing of source.children(parent)) {
      const base = known.baseOf(thing);
      // What took a file's place is told of, and nothing is learned of it.
      const isLearned = base?.source.id === thing.id || thing.kind === 'FOLDER';
      if (base) next.push(isLearned ? { ...base, source: { ...memoryOf(thing), version: base.source.version } } : base);
      // What waits for its place, and what was replaced in it, may come over in ways that the tables leave open.
      else if (isOpen(thing)) isContested = true;
      if (thing.kind === 'FOLDER') visit(thing.id);
    }
  };
  visit(null);
  return { source, destination, bases: next, isContested: isContested || known.isContested };
}
