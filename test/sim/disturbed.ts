import type { Sides } from './at-rest.js';
import { copyName, type Base } from './oracle/bases.js';
import { KnownSide } from './oracle/known-side.js';
import { shownName, type Model, type Thing } from './oracle/model.js';
import type { Meanwhile } from './world.js';

/** What people did to one side while a run was at work. */
export class Disturbed {
  readonly side: Meanwhile['side'];
  private readonly before: Model;
  private readonly after: Model;

  constructor({ side, before, after }: Meanwhile) {
    [this.side, this.before, this.after] = [side, before, after];
  }

  isRemoved(id: string): boolean {
    return this.before.get(id) !== null && this.after.get(id) === null;
  }

  /** Whether the run had given it another name before, as in a conflict. */
  isRenamedBefore({ id, name }: Thing): boolean {
    const thing = this.before.get(id);
    return thing !== null && thing.name !== name;
  }

  /** Whether what stood at the place of a thing of the other side, or came from there to where its folder is now, is removed. */
  isRemovedAt(model: Model, id: string): boolean {
    const thing = model.get(id)!;
    const path = model.pathOf(thing);
    const isLike = ({ kind, name, text }: Thing) => kind === thing.kind && name === thing.name && text === thing.text;
    return this.before
      .all()
      .some((there) => this.isRemoved(there.id) && (isLike(there) || this.before.pathOf(there) === path));
  }

  /** Whether what the run wrote from a thing of the other side, beside a conflict, is removed. */
  isRemovedBeside({ name, text }: Thing): boolean {
    const isBeside = (there: Thing) => shownName(there.name) === copyName(name) && there.text === text;
    return this.before.all().some((there) => this.isRemoved(there.id) && isBeside(there));
  }

  /** Contents that they put into files; what an item had when it was remembered is no change. */
  written(bases: readonly Base[]): string[] {
    const isWritten = ({ id, kind, version }: Thing) => kind === 'FILE' && this.before.get(id)?.version !== version;
    return this.after
      .all()
      .filter(isWritten)
      .map(({ text }) => text)
      .filter((text) => !bases.some((base) => base.text === text));
  }

  /** Contents of which there may be one more or less: of all that people touched, and of the same things on the other side. */
  texts(bases: readonly Base[], start: Sides, end: Sides): string[] {
    const touched = this.before.all().filter((thing) => this.isTouched(thing));
    const added = this.after.all().filter(({ id, kind }) => kind === 'FILE' && !this.before.get(id));
    const beside = added.flatMap((thing) => [
      ...standing(start[this.otherSide], this.after.pathOf(thing)),
      ...this.besideAtEnd(thing, start, end),
    ]);
    return [
      ...[...touched, ...added].flatMap((thing) => this.textsOf(thing, bases, start)),
      ...beside.flatMap((thing) => [thing.text, ...this.textsOfHalf(thing, bases, start)]),
    ];
  }

  /** What belongs to a thing of the other side and does not get to its place, where people made something. */
  private textsOfHalf(thing: Thing, bases: readonly Base[], start: Sides): string[] {
    const base = new KnownSide(start[this.otherSide], bases, this.otherSide).baseOf(thing);
    const half = base && this.standingFor(base, start, this.side);
    return [base, half].flatMap((one) => (one ? [one.text] : []));
  }

  private standingFor(base: Base, start: Sides, side: Meanwhile['side']): Thing | null {
    return start[side].get(base[side].id) ?? start[side].at(base[side].parent, base[side].name);
  }

  /** What has its place on the other side once its folder is where it belongs, with what that had before. */
  private besideAtEnd({ id }: Thing, start: Sides, end: Sides): Thing[] {
    const there = end[this.side].get(id);
    const beside = there ? standing(end[this.otherSide], end[this.side].pathOf(there)) : [];
    return beside.flatMap((thing) => [thing, start[this.otherSide].get(thing.id) ?? []].flat());
  }

  private get otherSide(): Meanwhile['side'] {
    return this.side === 'source' ? 'destination' : 'source';
  }

  private isTouched(thing: Thing): boolean {
    if (thing.kind !== 'FILE') return false;
    const now = this.after.get(thing.id);
    return !now || now.version !== thing.version || this.after.pathOf(now) !== this.before.pathOf(thing);
  }

  private textsOf(thing: Thing, bases: readonly Base[], start: Sides): string[] {
    const other = this.otherSide;
    const base = this.baseOf(thing, bases, start[this.side]);
    const known = base && this.standingFor(base, start, other);
    const partner = known ?? start[other].find(this.before.pathOf(thing));
    return [thing, this.after.get(thing.id), base, partner].flatMap((one) => (one ? [one.text] : []));
  }

  /** By its identity, or by where it stands: what replaced a thing there, or came after it was gone, is that thing's next version. */
  private baseOf(thing: Thing, bases: readonly Base[], start: Model): Base | null {
    return new KnownSide(start, bases, this.side).baseOf(start.get(thing.id) ?? thing);
  }
}

function standing(model: Model, path: string): Thing[] {
  const there = model.find(path);
  return there ? [there] : [];
}
