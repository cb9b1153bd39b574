import { memoryOf, type Base, type Expected } from './bases.js';
import type { Model, Thing } from './model.js';

/**
 * What PUBLISH leaves behind: exactly the source, whatever was at the destination. A source that is empty proves nothing, and
 * a file that has the name of a folder, or the other way round, is refused.
 */
export function published(source: Model, listed: Model, known: readonly Base[]): Expected {
  const bases = source.all().map((thing): Base => ({
    source: memoryOf(thing),
    destination: memoryOf(thing),
    at: source.pathOf(thing),
    text: thing.text,
    isNew: true,
  }));
  const hasOtherKinds = source.all().some((thing) => {
    const there = listed.find(source.pathOf(thing)) ?? inItsFolder(thing, listed, known);
    return there !== null && there.kind !== thing.kind;
  });
  return { source, destination: source, bases, isContested: bases.length === 0 || hasOtherKinds };
}

/** What has its name at the destination in the folder that is known as its own, wherever that is. */
function inItsFolder({ parent, name }: Thing, listed: Model, known: readonly Base[]): Thing | null {
  const base = known.find(({ source }) => source.id === parent);
  return base ? listed.at(base.destination.id, name) : null;
}
