import type { Base, Expected, Rules } from './oracle/bases.js';
import type { MemoryOperation } from '@sluice/core/testing';
import { copied } from './oracle/copied.js';
import { published } from './oracle/published.js';
import type { Model, Thing } from './oracle/model.js';
import { Person, type Act } from './people.js';
import type { Trouble } from './trouble.js';
import { World, type Lived, type Spoil } from './world.js';

/** What people do, and the run that follows. */
export interface Round {
  acts: readonly Act[];
  trouble: Trouble;
  /** How far the time of day is set before the run, ms. */
  clockJump: number;
}

export interface History {
  rules: Rules;
  /** Whether both platforms tell what changed since the last listing. */
  tellsChanges: boolean;
  /** Of the times that replies take. */
  seed: number;
  rounds: readonly Round[];
}

/** A run that repeats an item is followed by one that finds nothing to do; more are too many. */
const MOST_RUNS = 6;

/** Plays a history and tells the first thing that is wrong; null: nothing is. */
export async function violationIn(history: History, spoil: Spoil | null = null): Promise<string | null> {
  const world = new World(history.rules, history.seed, history.tellsChanges, spoil);
  let bases: Base[] = [];
  for (const [index, round] of history.rounds.entries()) {
    for (const act of round.acts) await new Person(world[act.side]).do(act);
    world.clock.jump(round.clockJump);
    // What was moved to where nothing may be listed is gone from where it was, by all that can be seen.
    if (isHiding(round.trouble) && history.rounds.slice(0, index + 1).some(hasMoves)) return null;
    const played = await new PlayedRound(world, history.rules, bases).play(round.trouble);
    if (typeof played === 'string') return `round ${index + 1}: ${played}`;
    if (played === null) return null;
    bases = played;
  }
  return null;
}

const isHiding = (trouble: Trouble): boolean => trouble.kind === 'LISTING' && trouble.fault === 'FOLDER_DENIED';

const hasMoves = ({ acts }: Round): boolean => acts.some(({ what }) => what === 'move' || what === 'rename');

interface Sides {
  source: Model;
  destination: Model;
}

/** One round on trial: what the tables say of it, and what came of it. */
class PlayedRound {
  private readonly before: Sides;
  private readonly expected: Expected;

  constructor(
    private readonly world: World,
    private readonly rules: Rules,
    private readonly bases: readonly Base[],
  ) {
    this.before = world.models();
    const { source, destination } = world.models();
    this.expected =
      rules.type === 'PUBLISH' ? published(source, destination) : atRest(source, destination, bases, rules);
  }

  /** The pairs for the next round, null where the tables leave open what they are, or what is wrong. */
  async play(trouble: Trouble): Promise<Base[] | null | string> {
    const first = await this.world.next(trouble);
    const wrong = this.wrongWith(first, trouble) ?? (await this.untilIdle(first, trouble));
    if (wrong !== null) return wrong;
    if (this.expected.isContested) return null;
    const { source, destination } = this.world.models();
    const difference =
      differenceOf(this.expected.destination.shown(), destination.shown()) ??
      differenceOf(this.expected.source.shown(), source.shown(), ' at the source');
    return difference ?? resolved(this.expected, destination);
  }

  /** Runs until one changes nothing, and tells what that one did beside listing. */
  private async untilIdle(first: Lived, trouble: Trouble): Promise<string | null> {
    let last = first;
    for (let run = 1; run <= MOST_RUNS; run++) {
      const isAnswered = last.end === 'ASKING';
      const isTakenUp = last.end === 'DIED' && trouble.kind === 'CRASH' && trouble.isTakenUp;
      const before = this.world.models();
      last = isAnswered || isTakenUp ? await this.world.takeUp() : await this.world.next({ kind: 'NONE' });
      const wrong = this.wrongWith(last, { kind: 'NONE' });
      if (wrong !== null) return wrong;
      if (areEqual(before, this.world.models()) && !isTakenUp && last.end === 'DONE') return idleFault(last);
    }
    return `it is not at rest after ${MOST_RUNS} runs: ${last.end}, ${last.effects.join(', ')}`;
  }

  /** What no run may do, whatever happens to it. */
  private wrongWith({ end, effects }: Lived, trouble: Trouble): string | null {
    const { source, destination } = this.world.models();
    if (trouble.kind === 'NONE' && end !== 'DONE' && end !== 'ASKING') return `a run without trouble ended ${end}`;
    const changed = this.changeOf(source, destination);
    if (changed !== null) return changed;
    const lost = this.before.destination.all().find(({ id }) => !destination.get(id) && !this.mayRemove(id));
    return lost ? `removed without evidence: ${lost.name} (${effects.join(', ')})` : null;
  }

  /** The source stays as it is; what is moved goes from there once the destination has its content. */
  private changeOf(source: Model, destination: Model): string | null {
    const [before, now] = [exactly(this.before.source), exactly(source)];
    if (this.rules.type !== 'MOVE') return differenceOf(before, now, ' at the source, which is not to change');
    // A later version that people of the destination made holds what came over.
    const moved = this.bases.filter(({ destination: { id } }) => destination.get(id));
    const texts = new Set([...destination.all(), ...moved].map(({ text }) => text));
    const lost = this.before.source.all().find(({ id, kind, text }) => {
      return kind === 'FILE' && !source.get(id) && !texts.has(text);
    });
    if (lost) return `lost from both sides: ${lost.name}`;
    const added = now.filter((line) => !before.includes(line));
    return added.length === 0 ? null : `changed at the source: ${added.join('; ')}`;
  }

  /** Only what the source had and does not have any more, or never had, and only where that is asked for. */
  private mayRemove(id: string): boolean {
    const { type, deletions } = this.rules;
    const base = this.bases.find(({ destination }) => destination.id === id);
    if (base) return deletions === 'MIRROR' && this.before.source.get(base.source.id) === null;
    return type === 'PUBLISH';
  }
}

/** The tables applied until they change nothing any more. */
function atRest(source: Model, destination: Model, bases: readonly Base[], rules: Rules): Expected {
  let expected = copied(source, destination, bases, rules);
  for (let run = 1; run < MOST_RUNS; run++) {
    const shown = expected.destination.shown().join('\n');
    const next = copied(expected.source, expected.destination, expected.bases, rules);
    expected = { ...next, isContested: next.isContested || expected.isContested };
    if (shown === expected.destination.shown().join('\n')) break;
  }
  return expected;
}

/** The pairs with the identifiers and versions that things really have. */
function resolved({ destination: model, bases }: Expected, real: Model): Base[] {
  const byPath = new Map(real.all().map((thing) => [shownPath(real, thing), thing]));
  return bases.map((base) => {
    const thought = model.get(base.destination.id);
    const there = thought ? byPath.get(shownPath(model, thought)) : undefined;
    if (!there || !base.isNew) return base;
    const { id, kind, parent, name, version } = there;
    return { ...base, destination: { id, kind, parent, name, version }, at: real.pathOf(there), isNew: false };
  });
}

const shownPath = (model: Model, thing: Thing): string =>
  model.pathOf(thing).replace(/ \(conflict [^)]*\)/g, ' (conflict)');

const exactly = (model: Model): string[] =>
  model
    .all()
    .map((thing) => `${model.pathOf(thing)} ${thing.id} ${thing.version} ${thing.text}`)
    .sort();

function differenceOf(expected: readonly string[], found: readonly string[], where = ''): string | null {
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
