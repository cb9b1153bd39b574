import type { Sides } from './at-rest.js';
import type { Base } from './oracle/bases.js';
import { KnownSide } from './oracle/known-side.js';
import type { Model, Thing } from './oracle/model.js';

interface Given {
  side: keyof Sides;
  /** When people were done. */
  before: Sides;
  /** What a run left there. */
  now: Model;
  bases: readonly Base[];
  /** Whether what people removed on one side and moved on the other comes again to where it is now, be it with the next run. */
  comesAgain?: boolean;
}

/**
 * A file that a run removed from a side although the other one has that content under that name, so that nobody removed it. What
 * comes to the place from elsewhere on the same side may wait for the next run.
 */
export function removedThoughHeld({ side, before, now, bases, comesAgain = false }: Given): Thing | undefined {
  const other = side === 'source' ? 'destination' : 'source';
  const [here, there] = [before[side], before[other]];
  return here.all().find((thing) => {
    if (thing.kind !== 'FILE' || now.get(thing.id)) return false;
    const path = here.pathOf(thing);
    const held = there.find(path);
    if (held?.kind !== 'FILE' || held.text !== thing.text || now.find(path)?.text === thing.text) return false;
    const half = new KnownSide(there, bases, other).baseOf(held)?.[side].id;
    if (half === undefined || half === thing.id || now.get(half)) return half === undefined || half === thing.id;
    const own = new KnownSide(here, bases, side).baseOf(thing)?.[other].id;
    const isOneOfTwo = own !== undefined && !there.get(own) && !here.get(half);
    return !(comesAgain && isOneOfTwo);
  });
}
