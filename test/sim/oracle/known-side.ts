import type { Base, Memory } from './bases.js';
import type { Model, Thing } from './model.js';

/** The things of one side and what is remembered of them: which one is which. */
export class KnownSide {
  /** Folders that took the place of another one, with that one. */
  private readonly former = new Map<string, string>();
  isContested = false;

  constructor(
    private readonly model: Model,
    private readonly bases: readonly Base[],
    private readonly side: 'source' | 'destination' = 'source',
  ) {}

  /** By its identity; what replaced a thing under its name is that thing's next version, as programs save files so. */
  baseOf(thing: Thing): Base | null {
    const own = this.bases.find((base) => base[this.side].id === thing.id);
    const base = own ?? this.bases.find((one) => this.isOfPlace(thing, one[this.side]));
    // Beside a move of its folder on both sides the tables do not say whether it is found.
    if (base && !own && this.isInMovedFolder(thing)) this.isContested = true;
    const memory = base?.[this.side];
    if (memory && thing.kind === 'FOLDER' && thing.id !== memory.id) this.former.set(thing.id, memory.id);
    return base ?? null;
  }

  private isOfPlace(thing: Thing, then: Memory): boolean {
    return then.kind === thing.kind && !this.isMoved(thing, then) && this.model.get(then.id) === null;
  }

  /** Whether it stands elsewhere than then; in a folder that took the place of the former one it is where it was. */
  isMoved({ parent, name }: Thing, then: Memory): boolean {
    return name !== then.name || (this.former.get(parent ?? '') ?? parent) !== then.parent;
  }

  /** The folder that took the place of a former one. */
  now(former: string | null): string | null {
    return [...this.former].find(([, one]) => one === former)?.[0] ?? former;
  }

  private isInMovedFolder({ parent }: Thing): boolean {
    const folder = parent === null ? null : this.model.get(parent);
    if (!folder) return false;
    const base = this.bases.find((one) => one[this.side].id === folder.id);
    return (base !== undefined && this.isMoved(folder, base[this.side])) || this.isInMovedFolder(folder);
  }

  private atPlaceOf(base: Base): Thing | null {
    const { parent, name } = base[this.side];
    return this.model.at(this.now(parent), name);
  }

  /** By itself, or by what took its place; what is known as another thing came from elsewhere. */
  isShown(base: Base): boolean {
    const { id, kind } = base[this.side];
    if (this.model.get(id) !== null) return true;
    const there = this.atPlaceOf(base);
    return there?.kind === kind && !this.bases.some((one) => one[this.side].id === there.id);
  }

  /** Whether the source has what a thing of the destination belongs to. */
  isOwned(there: Thing): boolean {
    const base = this.baseAt(there);
    return base !== undefined && this.isShown(base);
  }

  /** Whether the source has that, or anything else in its place, also of another kind. */
  isPlaceHeld(there: Thing): boolean {
    const base = this.baseAt(there);
    return base !== undefined && (this.model.get(base.source.id) ?? this.atPlaceOf(base)) !== null;
  }

  private baseAt(there: Thing): Base | undefined {
    return this.bases.find(({ destination }) => destination.id === there.id);
  }
}
