import { copyName, memoryOf, stateOf, type Base, type Expected, type Memory, type Rules, type State } from './bases.js';
import type { Model, Thing } from './model.js';
import { KnownSide } from './known-side.js';

/**
 * What a copy does, written from the tables of the design alone: it decides about each thing of the source, puts it where it
 * belongs, and mirrors deletions last. Names are legal everywhere, and every listing is whole.
 */
export function copied(source: Model, listed: Model, bases: readonly Base[], rules: Rules): Expected {
  return new Copy(source, listed, bases, rules).carryOut();
}

class Copy {
  private readonly next: Base[] = [];
  private readonly claimed = new Set<string>();
  private readonly moved = new Set<string>();
  /** Of the source: what the destination is known to hold. */
  private readonly held = new Set<string>();
  private readonly kept: KnownSide;
  private isContested = false;

  constructor(
    private readonly source: Model,
    private readonly destination: Model,
    bases: readonly Base[],
    private readonly rules: Rules,
  ) {
    this.bases = bases.map((base) => ({ ...base }));
    this.kept = new KnownSide(source, this.bases);
  }

  private readonly bases: readonly Base[];

  private pathOf({ id }: Pick<Thing, 'id'>): string {
    return this.destination.pathOf(this.destination.get(id)!);
  }

  carryOut(): Expected {
    const places = new Map(this.destination.all().map((thing) => [`${thing.parent}/${thing.name}`, thing]));
    this.folder(null, null, places);
    for (const base of this.bases) if (!this.kept.isShown(base)) this.gone(base);
    this.removeFolders();
    this.isContested ||= this.destination.hasTwins || this.kept.isContested;
    const bases = this.next.map((base) => ({
      ...base,
      source: { ...base.source, parent: this.kept.now(base.source.parent) },
      destination: memoryOf(base.destination),
      at: base.isNew ? this.pathOf(base.destination) : base.at,
    }));
    if (this.rules.type === 'MOVE') this.removeHeld();
    return { source: this.source, destination: this.destination, bases, isContested: this.isContested };
  }

  /** `target`: folder at the destination; undefined: nothing goes below. `places`: as the destination was listed. */
  private folder(of: string | null, target: string | null | undefined, places: ReadonlyMap<string, Thing>): void {
    for (const thing of this.source.children(of)) {
      if (this.rules.type === 'STRUCTURE' && thing.kind === 'FILE') continue;
      const base = this.kept.baseOf(thing);
      const there = target === undefined ? undefined : this.item(thing, base, target, places);
      if (there === undefined && base) this.next.push(base);
      if (thing.kind === 'FOLDER') this.folder(thing.id, there?.id, places);
    }
  }

  /** What the thing has at the destination afterwards; undefined: it is left alone. */
  private item(
    thing: Thing,
    base: Base | null,
    target: string | null,
    places: ReadonlyMap<string, Thing>,
  ): Thing | undefined {
    const known = base && this.destination.get(base.destination.id);
    const name = this.nameAt(thing, base, target);
    const named = places.get(`${target}/${name}`) ?? null;
    if (known) return this.known(thing, base, known, target);
    const occupant = named && (this.isLeaving(named) || this.moved.has(named.id)) ? null : named;
    if (!occupant) return this.create(thing, target, name);
    if (this.isAnothers(occupant, base, thing)) return this.create(thing, target, this.numbered(target, name, thing));
    if (base && occupant.text !== thing.text && this.isMirrored(occupant)) {
      this.destination.remove(occupant.id);
      return this.create(thing, target, name);
    }
    const isOfOtherKind = occupant.kind !== thing.kind;
    const isWanted = this.kept.isPlaceHeld(occupant) || this.isReplacement(occupant);
    if (this.claimed.has(occupant.id) || (isOfOtherKind && isWanted)) this.isContested = true;
    if (isOfOtherKind) return undefined;
    this.claimed.add(occupant.id);
    return base ? this.replaced(thing, base, occupant) : this.first(thing, occupant);
  }

  /** It came over as a file that is gone from the source, and nobody touched it since: it goes too. */
  private isMirrored(there: Thing): boolean {
    const base = this.bases.find(({ destination }) => destination.id === there.id);
    if (!base || this.rules.deletions === 'IGNORE' || there.kind === 'FOLDER' || this.kept.isShown(base)) return false;
    return base.at === this.pathOf(there) && stateOf(there, base.destination, base.text) !== 'changed';
  }

  /** It took the place of what came over, and the source still has that. */
  private isReplacement({ kind, parent, name }: Thing): boolean {
    const isOfPlace = ({ destination }: Base) =>
      destination.kind === kind && destination.parent === parent && destination.name === name;
    return this.bases.some(
      (base) => isOfPlace(base) && this.kept.isShown(base) && !this.destination.get(base.destination.id),
    );
  }

  /** What came over as another thing is none that happens to stand there, unless that one is gone and this one is equal or wanted. */
  private isAnothers(occupant: Thing, own: Base | null, { kind, text }: Thing): boolean {
    const base = this.bases.find(({ destination }) => destination.id === occupant.id);
    if (!base || base === own || occupant.kind !== kind) return false;
    if (this.kept.isOwned(occupant)) return true;
    return this.rules.deletions === 'IGNORE' && kind === 'FILE' && text !== occupant.text;
  }

  /** A thing that keeps its place keeps the name that it has in that folder of the destination, also when it is made again there. */
  private nameAt(thing: Thing, base: Base | null, target: string | null): string {
    const isKept = base !== null && base.destination.parent === target && !this.kept.isMoved(thing, base.source);
    return isKept ? base.destination.name : thing.name;
  }

  private numbered(parent: string | null, name: string, { kind }: Thing): string {
    for (let number = 1; ; number++) {
      const dot = kind === 'FILE' ? name.lastIndexOf('.') : 0;
      const numbered = dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`;
      if (!this.destination.at(parent, numbered)) return numbered;
    }
  }

  private known(thing: Thing, base: Base, known: Thing, target: string | null): Thing {
    const isMovedHere = isElsewhere(known, base.destination);
    const isMovedThere = this.kept.isMoved(thing, base.source);
    const isFollowed = isMovedThere && !isMovedHere && this.rules.type !== 'STRUCTURE';
    if (isMovedThere && isMovedHere) this.bringAlong(base.at, this.pathOf(known));
    // Taken along by people of the destination and moved at the source: the tables do not say who is followed.
    if (isFollowed && base.at !== this.pathOf(known)) this.isContested = true;
    if (isFollowed) this.move(known, target, thing.name);
    this.claimed.add(known.id);
    const state = stateOf(known, base.destination, base.text);
    const isAsItWas =
      state === 'same' && stateOf(thing, base.source, base.text) === 'same' && thing.id === base.source.id;
    if (isMovedThere || !isAsItWas) return this.content(thing, base, known, state);
    // Where only people of the destination moved it, nothing is to be done, and nothing is learned.
    this.next.push(base);
    this.held.add(thing.id);
    return known;
  }

  private move(known: Thing, parent: string | null, name: string): void {
    // A file does not get the place of a folder, nor the other way round, whatever becomes of what stands there.
    const there = this.destination.at(parent, name);
    if (this.destination.isWithin(parent, known.id) || (there && there.kind !== known.kind)) this.isContested = true;
    else this.place(known, parent, name);
  }

  /** What is remembered of what is below comes along. */
  private place(known: Thing, parent: string | null, name: string): void {
    const before = this.pathOf(known);
    Object.assign(known, { parent, name });
    this.bringAlong(before, this.pathOf(known));
    this.moved.add(known.id);
  }

  private bringAlong(from: string, to: string): void {
    for (const base of [...this.bases, ...this.next])
      if (base.at.startsWith(`${from}/`)) base.at = `${to}/${base.at.slice(from.length + 1)}`;
  }

  /** Somebody put another thing to the place of the known one. */
  private replaced(thing: Thing, base: Base, there: Thing): Thing {
    return this.content(thing, base, there, there.text === base.text ? 'touched' : 'changed');
  }

  private content(thing: Thing, base: Base, there: Thing, state: State): Thing {
    const from = stateOf(thing, base.source, base.text);
    if (thing.kind === 'FOLDER') return this.pair(thing, there, there);
    if (from !== 'changed' && state !== 'changed') return this.pair(thing, there, there);
    if (from !== 'changed') return this.left(thing, base, there);
    if (state !== 'changed') return this.update(thing, there);
    if (thing.text === there.text) return this.pair(thing, there, there);
    return this.conflict(thing, base, there);
  }

  /** People of the destination changed it; a version that they made from what came over holds that. */
  private left(thing: Thing, base: Base, there: Thing): Thing {
    if (there.id === base.destination.id) this.held.add(thing.id);
    return this.keep(thing, base, there);
  }

  private conflict(thing: Thing, base: Base, there: Thing): Thing {
    const isNewer = thing.time > there.time;
    const { conflict } = this.rules;
    // The tables do not say in which of two places a conflict is settled.
    const isFollowed = there.id === base.destination.id && isElsewhere(there, base.destination);
    const isMoved = this.moved.has(there.id) || isFollowed || there.name !== thing.name;
    if (isMoved && (conflict === 'KEEP_BOTH' || conflict === 'FLAG')) this.isContested = true;
    if (conflict === 'SOURCE' || (conflict === 'LATEST' && isNewer)) return this.update(thing, there);
    if (conflict !== 'KEEP_BOTH') return this.keep(thing, base, there);
    const copy = { ...thing, parent: there.parent, name: copyName(isNewer ? there.name : thing.name) };
    if (!isNewer) return this.pair(thing, this.destination.add(copy), thing);
    const made = this.destination.add({ ...thing, parent: there.parent, name: there.name });
    Object.assign(there, { name: copy.name });
    return this.pair(thing, made, thing);
  }

  private first(thing: Thing, there: Thing): Thing | undefined {
    if (thing.kind === 'FOLDER' || thing.text === there.text) return this.pair(thing, there, there);
    return this.rules.existing === 'OVERWRITE_IF_DIFFERENT' ? this.update(thing, there) : undefined;
  }

  private create(thing: Thing, parent: string | null, name: string): Thing {
    this.isContested ||= this.isKeptForAnother(thing, parent, name);
    const made = this.destination.add({ ...thing, parent, name });
    this.claimed.add(made.id);
    return this.pair(thing, made, thing);
  }

  /** The name is that of a thing which people of the destination put elsewhere, and which gets it again where it is lost. */
  private isKeptForAnother(thing: Thing, parent: string | null, name: string): boolean {
    const isAnother = ({ source, destination }: Base) =>
      source.id !== thing.id && destination.parent === parent && destination.name === name;
    const keepsName = (base: Base) =>
      this.kept.isShown(base) && (this.source.get(base.source.id) ?? base.source).name === base.source.name;
    return this.bases.some((base) => isAnother(base) && keepsName(base));
  }

  private update(thing: Thing, there: Thing): Thing {
    Object.assign(there, { text: thing.text, version: null });
    return this.pair(thing, there, thing);
  }

  private pair(source: Thing, destination: Thing, { text }: Thing): Thing {
    this.next.push({ source: { ...source }, destination, at: '', text, isNew: true });
    this.held.add(source.id);
    return destination;
  }

  /** Its content is left as it is, and remembered as it was; a place that it was moved to is learned. */
  private keep(thing: Thing, base: Base, there: Thing): Thing {
    const isMoved = this.moved.has(there.id);
    const source = isMoved ? { ...thing, version: base.source.version } : base.source;
    const { id, version } = base.destination;
    const destination = isMoved ? { ...memoryOf(there), id, version } : base.destination;
    this.next.push({ ...base, source, destination, at: isMoved ? this.pathOf(there) : base.at });
    return there;
  }

  /** A thing of the destination whose source is elsewhere now, and which goes there. */
  private isLeaving(there: Thing): boolean {
    const base = this.bases.find(({ destination }) => destination.id === there.id);
    const thing = base && this.source.get(base.source.id);
    if (!base || !thing) return false;
    return !isElsewhere(there, base.destination) && this.kept.isMoved(thing, base.source);
  }

  /** The source does not have it any more. */
  private gone(base: Base): void {
    const there = this.destination.get(base.destination.id);
    // What stands there is one with another thing of the source now, or keeps that one from its place.
    if (there && this.claimed.has(there.id)) return void (this.isPaired(there) || this.next.push(base));
    if (!this.areGoneLookedFor()) return void this.next.push(base);
    if (!there) return;
    const isMoved = base.at !== this.pathOf(there);
    const isKept = isMoved || (there.kind === 'FILE' && stateOf(there, base.destination, base.text) === 'changed');
    if (this.rules.deletions === 'IGNORE' || isKept) return void this.next.push(base);
    if (there.kind === 'FOLDER') this.emptied.push({ base, there });
    else this.destination.remove(there.id);
  }

  private isPaired({ id }: Thing): boolean {
    return this.next.some(({ destination }) => destination.id === id);
  }

  /** A side that became empty proves nothing. */
  private areGoneLookedFor(): boolean {
    return this.source.all().length > 0;
  }

  private readonly emptied: { base: Base; there: Thing }[] = [];

  /** Folders go once nothing is left in them, whatever it is. */
  private removeFolders(): void {
    const staying = new Set(this.destination.removeEmpty(this.emptied.map(({ there }) => there)));
    for (const { base, there } of this.emptied) if (staying.has(there)) this.next.push(base);
  }

  /** What was moved goes from the source, and the folders in which nothing is left. */
  private removeHeld(): void {
    const held = this.source.all().filter(({ id }) => this.held.has(id));
    for (const { id, kind } of held) if (kind === 'FILE') this.source.remove(id);
    this.source.removeEmpty(held.filter(({ kind }) => kind === 'FOLDER'));
  }
}

const isElsewhere = ({ parent, name }: Thing, then: Memory): boolean => parent !== then.parent || name !== then.name;
