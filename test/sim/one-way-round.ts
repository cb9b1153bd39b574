import {
  differenceOf,
  EMPTIED_UNASKED,
  exactly,
  isEmptiedUnasked,
  leftOutOf,
  MOST_RUNS,
  touchedOf,
  untilIdle,
  type Sides,
} from './at-rest.js';
import type { Round } from './round.js';
import type { Base, Expected, Rules } from './oracle/bases.js';
import { copied } from './oracle/copied.js';
import { isUnclearBeside } from './oracle/left-out.js';
import { migrated, scopeOf } from './oracle/migrated.js';
import { shownName, type Model, type Thing } from './oracle/model.js';
import { published } from './oracle/published.js';
import { removedThoughHeld } from './removed-though-held.js';
import type { Trouble } from './trouble.js';
import type { Lived, World } from './world.js';

/** One round on trial: what the tables say of it, and what came of it. */
export class OneWayRound {
  private readonly before: Sides;
  private readonly leftOut: Record<keyof Sides, Thing[]>;
  private readonly expected: Expected;

  constructor(
    private readonly world: World,
    private readonly rules: Rules,
    private readonly bases: readonly Base[],
  ) {
    this.before = world.models();
    const listed = world.models();
    this.leftOut = leftOutOf(listed, rules);
    const isUnclear = isUnclearBeside(this.leftOut, listed, bases, rules) || this.holdsLeftOut(listed.destination);
    const expected = this.expectedOf(listed.source, listed.destination);
    this.expected = { ...expected, isContested: expected.isContested || isUnclear };
  }

  /** What only the destination has stays where its name is left out, and the folders around it. */
  private holdsLeftOut(destination: Model): boolean {
    const isOut = ({ name }: Thing) => this.rules.leavesOut.includes(name);
    return this.rules.type === 'PUBLISH' && destination.all().some(isOut);
  }

  private expectedOf(source: Model, destination: Model): Expected {
    const { bases, rules, world } = this;
    if (rules.type === 'PUBLISH') return published(source, destination, bases);
    if (rules.type === 'MIGRATE') return migrated({ source, destination, bases, scope: world.scope }, rules);
    return atRest(source, destination, bases, rules);
  }

  /** The pairs for the next round, null where the tables leave open what they are, or what is wrong. */
  async play({ trouble }: Pick<Round, 'trouble'>): Promise<Base[] | null | string> {
    const first = await this.world.next(trouble);
    const asked = this.rules.type === 'MOVE' ? (['destination'] as const) : (['source', 'destination'] as const);
    if (trouble.kind === 'NONE' && isEmptiedUnasked(this.before, this.bases, first, asked)) return EMPTIED_UNASKED;
    const wrongWith = (lived: Lived, then: Trouble) => this.wrongWith(lived, then);
    const wrong = wrongWith(first, trouble) ?? (await untilIdle(this.world, { first, trouble }, wrongWith));
    if (wrong !== null) return wrong;
    const aside = this.world.models().destination.all().find(isAside);
    if (aside) return `left under a temporary name: ${aside.name}`;
    this.world.scope ??= scopeOf(this.before.source);
    if (this.expected.isContested) return null;
    const sides = this.world.models();
    leftOutOf(sides, this.rules);
    const { source, destination } = sides;
    const difference =
      differenceOf(this.expected.destination.shown(), destination.shown()) ??
      differenceOf(this.expected.source.shown(), source.shown(), ' at the source');
    if (trouble.kind === 'LISTING' && (this.isHeldUnproved() || this.isNamedApart())) return null;
    if (difference === null && trouble.kind === 'LISTING' && this.isGoneUnproved(sides)) return null;
    return difference ?? resolved(this.expected, destination);
  }

  /** Where nothing proved that a thing is gone, its half keeps the name of something new that people gave it: that comes beside it. */
  private isHeldUnproved(): boolean {
    const { source, destination } = this.before;
    return this.bases.some((base) => {
      const there = source.get(base.source.id) ? null : destination.get(base.destination.id);
      return there !== null && source.find(destination.pathOf(there))?.kind === there.kind;
    });
  }

  /**
   * A folder that the destination lost is made again by a run that may not see yet what is in it: with the next one that comes
   * under the name which people of the destination gave it there.
   */
  private isNamedApart(): boolean {
    const { destination } = this.before;
    return this.bases.some(({ source, destination: { parent, name } }) => {
      return parent !== null && !destination.get(parent) && name !== source.name;
    });
  }

  /** A side that is empty since the listing which failed proves nothing: what is gone from both may be remembered still. */
  private isGoneUnproved({ source, destination }: Sides): boolean {
    const isGone = (base: Base) => !source.get(base.source.id) && !destination.get(base.destination.id);
    return source.all().length === 0 && this.bases.some(isGone);
  }

  /** What no run may do, whatever happens to it. */
  private wrongWith({ end, effects }: Lived, trouble: Trouble): string | null {
    const now = this.world.models();
    const { source, destination } = now;
    if (trouble.kind === 'NONE' && end !== 'DONE' && end !== 'ASKING') return `a run without trouble ended ${end}`;
    if (MOVES_NOTHING.has(this.rules.type) && effects.some(isMove)) return `renamed or moved: ${effects.join(', ')}`;
    const changed = touchedOf(this.leftOut, now) ?? this.changeOf(source, destination);
    if (changed !== null) return changed;
    const lost = this.before.destination.all().find(({ id }) => !destination.get(id) && !this.mayRemove(id));
    if (lost) return `removed without evidence: ${lost.name} (${effects.join(', ')})`;
    const held = removedThoughHeld({ side: 'destination', before: this.before, now: destination, bases: this.bases });
    return held ? `removed though the source has it: ${held.name} (${effects.join(', ')})` : null;
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

  /** A copy does not look into folders that filters leave out: what was moved there is gone from where it was. */
  private mayBeSeen(id: string): boolean {
    const thing = this.before.source.get(id);
    return thing !== null && !this.leftOut.source.some((out) => out.id === thing.parent);
  }

  /** Only what the source had and does not have any more, or never had, and only where that is asked for. */
  private mayRemove(id: string): boolean {
    const { type, deletions, leavesOut } = this.rules;
    const base = this.bases.find(({ destination }) => destination.id === id);
    if (base) return deletions === 'MIRROR' && !this.mayBeSeen(base.source.id);
    return type === 'PUBLISH' && !leavesOut.includes(this.before.destination.get(id)!.name);
  }
}

const MOVES_NOTHING: ReadonlySet<Rules['type']> = new Set(['MIGRATE', 'STRUCTURE']);
const isMove = (effect: string) => effect.startsWith('move ');
const isAside = ({ name }: Thing) => name.includes(' (moving');

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
  const realOf = (id: string | null): Thing | undefined => {
    const thought = id === null ? null : model.get(id);
    return thought ? byPath.get(shownPath(model, thought)) : undefined;
  };
  return bases.map((base) => {
    const there = realOf(base.destination.id);
    if (!there || !base.isNew) {
      const parent = realOf(base.destination.parent)?.id ?? base.destination.parent;
      return { ...base, destination: { ...base.destination, parent } };
    }
    const { id, kind, parent, name, version } = there;
    return { ...base, destination: { id, kind, parent, name, version }, at: real.pathOf(there), isNew: false };
  });
}

const shownPath = (model: Model, thing: Thing): string => shownName(model.pathOf(thing));
