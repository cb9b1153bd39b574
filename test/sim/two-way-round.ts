import {
  differenceOf,
  EMPTIED_UNASKED,
  isEmptiedUnasked,
  leftOutOf,
  touchedOf,
  untilIdle,
  type Sides,
} from './at-rest.js';
import { Disturbed } from './disturbed.js';
import type { Round } from './round.js';
import { memoryOf, type Base, type Rules } from './oracle/bases.js';
import { KnownSide } from './oracle/known-side.js';
import { isUnclearBeside } from './oracle/left-out.js';
import type { Model, Thing } from './oracle/model.js';
import { synced, type Merged, type SideName } from './oracle/synced.js';
import { removedThoughHeld } from './removed-though-held.js';
import type { Trouble } from './trouble.js';
import type { Lived, World } from './world.js';

const SIDES: readonly SideName[] = ['source', 'destination'];
const other = (side: SideName): SideName => (side === 'source' ? 'destination' : 'source');

/** What was compared with the oracle, for the long form to tell. */
export const compared = { wholly: 0, byContents: 0, disturbed: 0 };

/** One round of two-way synchronization on trial: what the tables say of it, and what came of it. */
export class TwoWayRound {
  private readonly before: Sides;
  private readonly leftOut: Record<SideName, Thing[]>;
  /** Whether what filters leave out leaves open what becomes of the rest. */
  private readonly isUnclear: boolean;
  private readonly expected: Merged;
  private isUndisturbed = true;
  /** A run that came to half of its work left a side empty of which more is known: that is asked about, and proves nothing. */
  private isEmptiedByHalf = false;

  constructor(
    private readonly world: World,
    private readonly rules: Rules,
    private readonly bases: readonly Base[],
  ) {
    world.meanwhile = null;
    this.before = world.models();
    this.leftOut = leftOutOf(this.before, rules);
    this.isUnclear = isUnclearBeside(this.leftOut, this.before, bases, rules);
    this.expected = synced(this.before.source, this.before.destination, bases, rules);
  }

  /** The pairs for the next round, null where the tables leave open what they are, or what is wrong. */
  async play({ trouble, meanwhile }: Round): Promise<Base[] | null | string> {
    this.isUndisturbed = trouble.kind === 'NONE' && meanwhile === null;
    const first = await this.world.next(trouble, meanwhile);
    if (trouble.kind === 'NONE' && !this.isUnclear && isEmptiedUnasked(this.before, this.bases, first, SIDES))
      return EMPTIED_UNASKED;
    const wrongWith = (lived: Lived, then: Trouble) => this.wrongWith(lived, then);
    const wrong = wrongWith(first, trouble) ?? (await untilIdle(this.world, { first, trouble }, wrongWith));
    if (wrong !== null || this.isUnclear || this.areOthersLeftOut()) return wrong;
    return this.difference(trouble) ?? this.next();
  }

  /** What no run may do, whatever happens to it. */
  private wrongWith({ end, effects }: Lived, trouble: Trouble): string | null {
    if (trouble.kind === 'NONE' && end !== 'DONE' && end !== 'ASKING') return `a run without trouble ended ${end}`;
    const now = this.world.models();
    const isAsked = end === 'ASKING' && SIDES.some((side) => now[side].all().length === 0);
    this.isEmptiedByHalf ||= isAsked && !this.isUndisturbed;
    const touched = this.disturbed ? null : touchedOf(this.leftOut, now);
    if (touched !== null) return touched;
    for (const side of SIDES) {
      const lost = this.before[side].all().find(({ id }) => !now[side].get(id) && !this.mayRemove(side, id));
      if (lost) return `removed at the ${side} without evidence: ${lost.name} (${effects.join(', ')})`;
      const { before, bases } = this;
      const held = this.disturbed ? null : removedThoughHeld({ side, before, now: now[side], bases, comesAgain: true });
      if (held) return `removed at the ${side} though the ${other(side)} has it: ${held.name} (${effects.join(', ')})`;
    }
    return null;
  }

  /** Only what people removed on either side. */
  private mayRemove(side: SideName, id: string): boolean {
    const { disturbed } = this;
    if (disturbed?.side === side && disturbed.isRemoved(id)) return true;
    const base = this.bases.find((one) => one[side].id === id);
    // What took a thing's place is that thing, and goes with it unless its content is another one.
    const thing = this.before[side].get(id)!;
    const known = base ?? new KnownSide(this.before[side], this.bases, side).baseOf(thing);
    const half = known && (base || thing.text === known.text) ? known[other(side)].id : undefined;
    const isGoneMeanwhile = (id: string) => disturbed?.side === other(side) && disturbed.isRemoved(id);
    if (this.leftOut[other(side)].some(({ id }) => id === half && !isGoneMeanwhile(id))) return false;
    if (half !== undefined && !this.before[other(side)].get(half)) return true;
    if (disturbed?.side !== other(side)) return false;
    if ((known && isGoneMeanwhile(known[other(side)].id)) || disturbed.isRemovedBeside(thing)) return true;
    // What the run wrote in the place of a half that it renamed for a conflict is the half from then on.
    const there = half === undefined ? null : this.before[other(side)].get(half);
    const isAnother = !base || (there !== null && disturbed.isRenamedBefore(there));
    return isAnother && disturbed.isRemovedAt(this.before[side], id);
  }

  private get disturbed(): Disturbed | null {
    const { meanwhile } = this.world;
    return meanwhile && new Disturbed(meanwhile);
  }

  /** People who work during the run may give names that are left out, or others. */
  private areOthersLeftOut(): boolean {
    const now = leftOutOf(this.world.models(), this.rules);
    const idsOf = (side: SideName, of: Record<SideName, Thing[]>) => of[side].map(({ id }) => id).sort();
    return SIDES.some((side) => idsOf(side, now).join() !== idsOf(side, this.leftOut).join());
  }

  /** Both sides now, without what filters leave out. */
  private now(): Sides {
    const now = this.world.models();
    leftOutOf(now, this.rules);
    return now;
  }

  private difference(trouble: Trouble): string | null {
    const { source, destination } = this.now();
    if (this.disturbed)
      return this.differenceAfter(this.disturbed.texts(this.bases, this.before, { source, destination }));
    const { isContested, shown, texts } = this.expected;
    // A listing that hides what people moved tells that another thing took its place.
    if (this.isOpen || (trouble.kind === 'LISTING' && (isContested || this.isPlaceTaken(trouble.side)))) return null;
    compared[isContested ? 'byContents' : 'wholly'] += 1;
    if (isContested)
      return (
        differenceOfAll(texts.source, textsOf(source), ' among the contents of the source') ??
        differenceOfAll(texts.destination, textsOf(destination), ' among the contents of the destination')
      );
    return (
      differenceOf(shown.source, source.shown(), ' at the source') ??
      differenceOf(shown.destination, destination.shown(), ' at the destination')
    );
  }

  /** Whether people put something new where a thing of that side was which they moved. */
  private isPlaceTaken(side: SideName): boolean {
    const model = this.before[side];
    return this.bases.some(({ [side]: { id, kind, parent, name } }) => {
      const taker = model.get(id) && model.at(parent, name);
      return taker?.kind === kind && !this.bases.some((base) => base[side].id === taker.id);
    });
  }

  /** What people did meanwhile came before or after what the run did about it; all else is as if they had not. */
  private differenceAfter(touched: readonly string[]): string | null {
    compared.disturbed += 1;
    const [now, all] = [this.now(), this.world.models()];
    const lost = this.disturbed!.written(this.bases).find(
      (text) => this.keepsAll && !SIDES.some((side) => holds(all[side], text)),
    );
    if (lost !== undefined) return `“${lost}”, which people wrote during the run, is lost from both sides`;
    if (this.isOpen || haveKindsApart(now.source, now.destination)) return null;
    for (const side of SIDES) {
      const [found, told] = [countsOf(textsOf(now[side])), countsOf(this.expected.texts[side])];
      const free = countsOf(touched);
      for (const text of new Set([...found.keys(), ...told.keys()])) {
        const [count, due, slack] = [found.get(text) ?? 0, told.get(text) ?? 0, free.get(text) ?? 0];
        if (Math.abs(count - due) > slack)
          return `${count} times “${text}” at the ${side} instead of ${due} (± ${slack})`;
      }
    }
    return null;
  }

  /** Where both sides changed a file, no policy lets one content win. */
  private get keepsAll(): boolean {
    return this.rules.conflict === 'KEEP_BOTH' || this.rules.conflict === 'FLAG';
  }

  /** Whether the tables do not say which of the things stay. */
  private get isOpen(): boolean {
    return this.expected.isOpen || this.isEmptiedByHalf;
  }

  private next(): Base[] | null | string {
    const { source, destination } = this.now();
    const mayDiffer = this.rules.conflict === 'FLAG' || this.rules.deletions !== 'MIRROR';
    const isSure = !this.disturbed && !this.expected.isContested;
    // A side that became empty proves nothing.
    if (source.all().length === 0 || destination.all().length === 0) return null;
    const difference = differenceOf(source.exactlyShown(), destination.exactlyShown(), ' at the destination');
    if (difference !== null && !mayDiffer)
      return this.isOpen || haveKindsApart(source, destination) ? null : `both sides differ: ${difference}`;
    if (difference !== null && !isSure) return null;
    const { openIds, open } = this.expected;
    const isLeft = (base: Base) => SIDES.some((side) => openIds[side].has(base[side].id));
    const pairs = pairsOf(source, destination);
    // Whether they are one still, or again, is not sure beside what people did meanwhile.
    if (!isSure && pairs.some(isLeft)) return null;
    return [...pairs.filter((base) => !isLeft(base)), ...(isSure ? open : [])];
  }
}

/** What has one place on both sides is one. */
function pairsOf(source: Model, destination: Model): Base[] {
  const there = new Map(destination.all().map((thing) => [destination.pathOf(thing), thing]));
  return source.all().flatMap((thing) => {
    const partner = there.get(source.pathOf(thing));
    if (partner?.kind !== thing.kind) return [];
    return [
      {
        source: memoryOf(thing),
        destination: memoryOf(partner),
        at: destination.pathOf(partner),
        text: thing.text,
        isNew: false,
      },
    ];
  });
}

/** A file on one side has the name of a folder on the other, which is refused. */
const haveKindsApart = (source: Model, destination: Model): boolean =>
  source.all().some((thing) => {
    const there = destination.find(source.pathOf(thing));
    return there !== null && there.kind !== thing.kind;
  });

const holds = (model: Model, wanted: string): boolean => model.all().some(({ text }) => text === wanted);

const textsOf = (model: Model): string[] =>
  model
    .all()
    .filter(({ kind }) => kind === 'FILE')
    .map(({ text }) => text)
    .sort();

const countsOf = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

const differenceOfAll = (expected: readonly string[], found: readonly string[], where: string): string | null =>
  expected.join('\n') === found.join('\n')
    ? null
    : `expected [${expected.join('; ')}], found [${found.join('; ')}]${where}`;
