import type { Base, Rules } from './bases.js';
import type { Model, Thing } from './model.js';

type SideName = 'source' | 'destination';

/** Takes away what the filters leave out, folders with all that is in them, and tells what that is. */
export function takeLeftOut(model: Model, { leavesOut }: Rules): Thing[] {
  const isOut = (thing: Thing) =>
    model
      .pathOf(thing)
      .split('/')
      .some((name) => leavesOut.includes(name));
  const out = model.all().filter(isOut);
  for (const { id } of out) model.remove(id);
  return out;
}

/** What filters leave out is no business of a job: it stays as it is. Those of a job of one direction are about the source. */
export const sidesOfFilters = ({ type }: Rules): readonly SideName[] =>
  type === 'SYNC' ? ['source', 'destination'] : ['source'];

/**
 * Whether what is left out leaves open what becomes of the rest: it has a half that is known, or stands in a folder that may go or is
 * all that a side has.
 */
export function isUnclearBeside(
  out: Readonly<Record<SideName, readonly Thing[]>>,
  left: Readonly<Record<SideName, Model>>,
  bases: readonly Base[],
  rules: Rules,
): boolean {
  return sidesOfFilters(rules).some((side) => {
    const ids = new Set(out[side].map(({ id }) => id));
    const isKnown = (base: Base) => ids.has(base[side].id) || ids.has(base[side].parent ?? '');
    const isInFolder = ({ parent }: Thing) => parent !== null && !ids.has(parent);
    const mayFoldersGo = rules.type !== 'COPY' || rules.deletions === 'MIRROR';
    const isAll = ids.size > 0 && left[side].all().length === 0;
    return isAll || bases.some(isKnown) || (mayFoldersGo && out[side].some(isInFolder));
  });
}
