import { copyName, stateOf, type Base, type Rules } from './bases.js';
import { KnownSide } from './known-side.js';
import { shownName, type Model, type Thing } from './model.js';

export type SideName = 'source' | 'destination';
const SIDES: readonly SideName[] = ['source', 'destination'];
const other = (side: SideName): SideName => (side === 'source' ? 'destination' : 'source');

/** What two-way synchronization has to leave behind. */
export interface Merged {
  /** As shown, see `Model.shown`. */
  shown: Record<SideName, string[]>;
  /** Contents of all files. */
  texts: Record<SideName, string[]>;
  /** The pairs of what is left as it is, since a person has to decide or since its removal is ignored. */
  open: Base[];
  /** Identifiers of their things. */
  openIds: Record<SideName, ReadonlySet<string>>;
  /** Two things want one place, or the sides cannot be told apart: the tables do not say where things end up. */
  isContested: boolean;
  /** Nor do they say which of the things stay. */
  isOpen: boolean;
}

/** One thing on both sides, as it is there now. */
interface Item {
  base: Base | null;
  /** What goes on to be remembered of a half that met a new thing, until a person has decided between the two. */
  former?: Base | null;
  source: Thing | null;
  destination: Thing | null;
}

/** What becomes of an item: it stays on both sides, on the one that still has it, or on none. */
type Fate = 'BOTH' | 'KEPT' | 'GONE';

/**
 * What SYNC does, written from the tables of the design alone: which things of both sides are one, which of them stay, where they
 * stand then, and what is in them. Names are legal everywhere, and every listing is whole.
 */
export function synced(source: Model, destination: Model, bases: readonly Base[], rules: Rules): Merged {
  return new Merge({ source, destination }, bases, rules).carryOut();
}

class Merge {
  private readonly known: Record<SideName, KnownSide>;
  private readonly items: Item[];
  private readonly byId: Record<SideName, Map<string, Item>> = { source: new Map(), destination: new Map() };
  private readonly fates = new Map<Item, Fate>();
  private isContested = false;
  private isOpen = false;

  constructor(
    private readonly models: Record<SideName, Model>,
    private readonly bases: readonly Base[],
    private readonly rules: Rules,
  ) {
    const { source, destination } = models;
    this.known = {
      source: new KnownSide(source, bases, 'source'),
      destination: new KnownSide(destination, bases, 'destination'),
    };
    this.items = bases.map((base) => ({ base, source: null, destination: null }));
    for (const side of SIDES) this.find(side, null);
    this.pairNew(null, null);
  }

  carryOut(): Merged {
    for (const item of this.items) this.decide(item);
    for (const item of this.items) if (this.fates.get(item) === 'BOTH') this.reviveAbove(item);
    const merged = { source: this.shownAt('source'), destination: this.shownAt('destination') };
    const isEmptied = SIDES.some((side) => this.bases.length > 0 && this.models[side].all().length === 0);
    // Where something took the place of an item that is wanted elsewhere, they do not say what is one with what.
    const isUnclear = (item: Item) => this.fates.get(item) === 'KEPT' || SIDES.some((side) => isReplaced(item, side));
    this.isOpen ||= this.isContested && this.items.some(isUnclear);
    const left = this.items.filter((item) => this.isLeft(item));
    this.isOpen ||= isEmptied || this.haveKindsApart() || SIDES.some((side) => this.known[side].isContested);
    return {
      shown: { source: merged.source.lines, destination: merged.destination.lines },
      texts: { source: merged.source.texts, destination: merged.destination.texts },
      open: left.flatMap(({ base, former }) => [base ?? former ?? []].flat().map((one) => this.now(one))),
      openIds: {
        source: new Set(left.flatMap(({ source }) => source?.id ?? [])),
        destination: new Set(left.flatMap(({ destination }) => destination?.id ?? [])),
      },
      isContested: this.isContested || this.isOpen,
      isOpen: this.isOpen,
    };
  }

  /** A file has the place of a folder of the other side. */
  private haveKindsApart(): boolean {
    const { source, destination } = this.models;
    return source.all().some((thing) => {
      const there = destination.find(source.pathOf(thing));
      return there !== null && there.kind !== thing.kind;
    });
  }

  /** Which things of a side are known, those above first. */
  private find(side: SideName, parent: string | null): void {
    for (const thing of this.models[side].children(parent)) {
      const base = this.known[side].baseOf(thing);
      const item = this.items.find((one) => base !== null && one.base === base) ?? this.added();
      item[side] = thing;
      this.byId[side].set(thing.id, item);
      if (thing.kind === 'FOLDER') this.find(side, thing.id);
    }
  }

  private added(): Item {
    const item: Item = { base: null, source: null, destination: null };
    this.items.push(item);
    return item;
  }

  /** New things of one kind at one place are one; so is a known one that lost its other half with a new one at its new place. */
  private pairNew(source: string | null, destination: string | null): void {
    for (const thing of this.models.source.children(source)) {
      const item = this.byId.source.get(thing.id)!;
      const there = this.models.destination.at(destination, thing.name);
      const partner = there && this.byId.destination.get(there.id)!;
      const areHalves = partner && !item.destination && !partner.source && !(item.base && partner.base);
      if (areHalves && there.kind === thing.kind) this.unite(item, partner);
      if (thing.kind === 'FOLDER' && item.destination) this.pairNew(thing.id, item.destination.id);
    }
  }

  private unite(item: Item, partner: Item): void {
    item.destination = partner.destination;
    item.former = item.base ?? partner.base;
    item.base = null;
    this.byId.destination.set(partner.destination!.id, item);
    this.items.splice(this.items.indexOf(partner), 1);
  }

  private decide(item: Item): Fate {
    const decided = this.fates.get(item) ?? this.fateOf(item);
    this.fates.set(item, decided);
    return decided;
  }

  private fateOf({ base, source, destination }: Item): Fate {
    if (source && destination) return 'BOTH';
    const side = source ? 'source' : 'destination';
    const thing = source ?? destination;
    if (!thing) return 'GONE';
    // What took its place was put there by somebody: that is as good as a change.
    const isOther = isReplaced({ base, source, destination }, side);
    if (base === null || this.isChanged(thing, base, side)) return 'BOTH';
    if (this.ignores(other(side))) return 'KEPT';
    return isOther || this.survives(thing, side) ? 'BOTH' : 'GONE';
  }

  private isChanged(thing: Thing, base: Base, side: SideName): boolean {
    return stateOf(thing, base[side], base.text) === 'changed';
  }

  /** It was moved where it is left, or the folder that it is in was, with all that is in it. */
  private survives(thing: Thing, side: SideName): boolean {
    const { base } = this.byId[side].get(thing.id)!;
    if (base && this.known[side].isMoved(thing, base[side])) return true;
    const folder = thing.parent === null ? null : this.byId[side].get(thing.parent)!;
    return folder !== null && folder[other(side)] === null && this.survives(folder[side]!, side);
  }

  private ignores(side: SideName): boolean {
    const { deletions } = this.rules;
    return deletions === 'IGNORE_BOTH' || deletions === `IGNORE_${side.toUpperCase()}`;
  }

  /** A folder is made again for what stays in it. */
  private reviveAbove(item: Item): void {
    for (let above = this.placeOf(item).parent, steps = 0; above; above = this.placeOf(above).parent, steps++) {
      if (steps > this.items.length) return this.areInEachOther();
      this.fates.set(above, 'BOTH');
    }
  }

  /** Each side moved one of two folders into the other: both are left to people. */
  private areInEachOther(): void {
    this.isContested = this.isOpen = true;
  }

  private placeOf({ base, source, destination }: Item): { parent: Item | null; name: string } {
    if (!source || !destination || !base)
      return this.placeAt(source ? 'source' : 'destination', source ?? destination!);
    const isMoved = (side: SideName, thing: Thing) => this.known[side].isMoved(thing, base[side]);
    const [here, there] = [this.placeAt('source', source), this.placeAt('destination', destination)];
    if (!isMoved('destination', destination)) return here;
    if (!isMoved('source', source)) return there;
    const isApart = here.parent !== there.parent || here.name !== there.name;
    // Where a person has to decide, each side keeps its place.
    if (isApart && this.rules.conflict === 'FLAG') this.isOpen = true;
    return this.rules.conflict === 'DESTINATION' ? there : here;
  }

  private placeAt(side: SideName, { parent, name }: Thing) {
    return { parent: parent === null ? null : this.byId[side].get(parent)!, name };
  }

  private pathOf(item: Item, depth = 0): string {
    const { parent, name } = this.placeOf(item);
    if (depth > this.items.length) this.areInEachOther();
    return parent === null || depth > this.items.length ? name : `${this.pathOf(parent, depth + 1)}/${name}`;
  }

  private shownAt(side: SideName): { lines: string[]; texts: string[] } {
    const staying = this.items.filter((item) => this.isAt(item, side));
    const files = staying.filter((item) => kindOf(item) === 'FILE').flatMap((item) => this.filesOf(item, side));
    const folders = staying.filter((item) => kindOf(item) === 'FOLDER').map((item) => this.pathOf(item));
    const paths = [...folders, ...files.map(({ path }) => path)];
    if (new Set(paths).size < paths.length) this.isContested = true;
    // What becomes of a file and a folder of one name is refused.
    if (files.some(({ path }) => folders.includes(path))) this.isOpen = true;
    const lines = [...folders.map((path) => `${path}/`), ...files.map(({ path, text }) => `${path}: ${text}`)];
    return { lines: lines.map(shownName).sort(), texts: files.map(({ text }) => text).sort() };
  }

  private isAt(item: Item, side: SideName): boolean {
    const fate = this.fates.get(item);
    return fate === 'BOTH' || (fate === 'KEPT' && item[side] !== null);
  }

  /** The file under its name, and a second version beside it where both are kept. */
  private filesOf(item: Item, side: SideName): { path: string; text: string }[] {
    const path = this.pathOf(item);
    const { source, destination } = item;
    if (!this.isConflict(item)) return [{ path, text: this.textOf(item) }];
    const isNewer = source!.time > destination!.time;
    const [newer, older] = isNewer ? [source!, destination!] : [destination!, source!];
    switch (this.rules.conflict) {
      case 'FLAG':
        if (this.isMovedOnce(item)) this.isContested = true;
        return [{ path, text: item[side]!.text }];
      case 'KEEP_BOTH':
        return [
          { path, text: newer.text },
          { path: copyPath(path), text: older.text },
        ];
      case 'LATEST':
        return [{ path, text: newer.text }];
      case 'SOURCE':
        return [{ path, text: source!.text }];
      case 'DESTINATION':
        return [{ path, text: destination!.text }];
    }
  }

  private isConflict({ base, source, destination }: Item): boolean {
    if (!source || !destination || source.text === destination.text) return false;
    return base === null || SIDES.every((side) => this.isChanged({ source, destination }[side], base, side));
  }

  private isMovedOnce({ base, source, destination }: Item): boolean {
    if (!base || !source || !destination) return false;
    return SIDES.some((side) => this.known[side].isMoved({ source, destination }[side], base[side]));
  }

  /** Of what one side changed, or none. */
  private textOf({ base, source, destination }: Item): string {
    if (!source || !destination) return (source ?? destination)!.text;
    return base !== null && this.isChanged(source, base, 'source') ? source.text : destination.text;
  }

  private isLeft(item: Item): boolean {
    const isFlagged = this.rules.conflict === 'FLAG' && kindOf(item) === 'FILE' && this.isConflict(item);
    return this.fates.get(item) === 'KEPT' || (this.fates.get(item) === 'BOTH' && isFlagged);
  }

  /** A pair of which nothing is learned, in the folders that stand there now. */
  private now(base: Base): Base {
    const { source, destination } = this.known;
    return {
      ...base,
      source: { ...base.source, parent: source.now(base.source.parent) },
      destination: { ...base.destination, parent: destination.now(base.destination.parent) },
    };
  }
}

const isReplaced = (item: Item, side: SideName): boolean =>
  item.base !== null && item[side] !== null && item[side].id !== item.base[side].id;

const kindOf = ({ base, source, destination }: Item) => (source ?? destination ?? base!.source).kind;

const copyPath = (path: string): string => {
  const names = path.split('/');
  return [...names.slice(0, -1), copyName(names.at(-1)!)].join('/');
};
