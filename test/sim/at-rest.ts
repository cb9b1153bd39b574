import type { MemoryOperation } from '@sluice/core/testing';
import type { Base, Rules } from './oracle/bases.js';
import { sidesOfFilters, takeLeftOut } from './oracle/left-out.js';
import type { Model, Thing } from './oracle/model.js';
import type { Trouble } from './trouble.js';
import type { Lived, World } from './world.js';

export interface Sides {
  source: Model;
  destination: Model;
}

/** A run that repeats an item is followed by one that finds nothing to do; more are too many. */
export const MOST_RUNS = 6;

/** Runs until one neither changes nor learns anything, and tells what that one did beside listing, or what `wrongWith` says of a run. */
export async function untilIdle(
  world: World,
  { first, trouble }: { first: Lived; trouble: Trouble },
  wrongWith: (lived: Lived, trouble: Trouble) => string | null,
): Promise<string | null> {
  let last = first;
  for (let run = 1; run <= MOST_RUNS; run++) {
    const isAnswered = last.end === 'ASKING';
    const isTakenUp = last.end === 'DIED' && trouble.kind === 'CRASH' && trouble.isTakenUp;
    const before = world.models();
    last = isAnswered || isTakenUp ? await world.takeUp() : await world.next({ kind: 'NONE' });
    const wrong = wrongWith(last, { kind: 'NONE' });
    if (wrong !== null) return wrong;
    const isAtRest = areEqual(before, world.models()) && !last.hasLearned;
    if (isAtRest && !isTakenUp && last.end === 'DONE') return idleFault(last);
  }
  return `it is not at rest after ${MOST_RUNS} runs: ${last.end}, ${last.effects.join(', ')}`;
}

/** Whether a run began with a side that became empty, and asked nobody; `asked` are the sides that are asked about. */
export function isEmptiedUnasked(before: Sides, bases: readonly Base[], first: Lived, asked: readonly (keyof Sides)[]) {
  return bases.length > 0 && asked.some((side) => before[side].all().length === 0) && first.end !== 'ASKING';
}

export const EMPTIED_UNASKED = 'a side became empty, and nobody was asked whether that is right';

export function leftOutOf(sides: Sides, rules: Rules): Record<keyof Sides, Thing[]> {
  const taken: Record<keyof Sides, Thing[]> = { source: [], destination: [] };
  for (const side of sidesOfFilters(rules)) taken[side] = takeLeftOut(sides[side], rules);
  return taken;
}

/** What filters leave out is touched by no run. */
export function touchedOf(before: Record<keyof Sides, readonly Thing[]>, now: Sides): string | null {
  for (const side of ['source', 'destination'] as const) {
    const isOther = ({ id, version, name }: Thing) => {
      const there = now[side].get(id);
      return there?.version !== version || there.name !== name;
    };
    const touched = before[side].find(isOther);
    if (touched) return `left out by the filters, and touched at the ${side}: ${touched.name}`;
  }
  return null;
}

export const exactly = (model: Model): string[] =>
  model
    .all()
    .map((thing) => `${model.pathOf(thing)} ${thing.id} ${thing.version} ${thing.text}`)
    .sort();

export function differenceOf(expected: readonly string[], found: readonly string[], where = ''): string | null {
  const missing = expected.filter((line) => !found.includes(line));
  const extra = found.filter((line) => !expected.includes(line));
  if (missing.length === 0 && extra.length === 0 && expected.length === found.length) return null;
  return `missing [${missing.join('; ')}], too many [${extra.join('; ')}]${where}`;
}

const areEqual = (one: Sides, other: Sides): boolean =>
  (['source', 'destination'] as const).every((side) => differenceOf(exactly(one[side]), exactly(other[side])) === null);

const LISTING: ReadonlySet<MemoryOperation> = new Set(['list', 'changes', 'find']);

function idleFault({ calls }: Lived): string | null {
  const others = calls.filter((operation) => !LISTING.has(operation));
  return others.length === 0 ? null : `a run that changed nothing asked for ${others.join(', ')}`;
}
