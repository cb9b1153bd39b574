import type { Base, Memory } from './bases.js';
import type { Model, Thing } from './model.js';

/** The source's things and what is remembered of them: which one is which. */
export class SourceSide {
  /** Folders that took the place of another one, with that one. */
  private readonly former = new Map<string, string>();
  isContested = false;

  constructor(
    private readonly source: Model,
    private readonly bases: readonly Base[],
  ) {}

  /** By its identity; what replaced a thing under its name is that thing's next version, as programs save files so. */
  baseOf(thing: Thing): Base | null {
    const own = this.bases.find(({ source }) => source.id === thing.id);
    const isOfPlace = ({ source }: Base) => !this.isMoved(thing, source) && this.source.get(source.id) === null;
    const base = own ?? this.bases.find((one) => one.source.kind === thing.kind && isOfPlace(one));
    // Beside a move of its folder on both sides the tables do not say whether it is found.
    if (base && !own && this.isInMovedFolder(thing)) this.isContested = true;
    if (base && thing.kind === 'FOLDER' && thing.id !== base.source.id) this.former.set(thing.id, base.source.id);
    return base ?? null;
  }

  /** Whether the source has it elsewhere than then; in a folder that took the place of the former one it is where it was. */
  isMoved({ parent, name }: Thing, then: Memory): boolean {
    return name !== then.name || (this.former.get(parent ?? '') ?? parent) !== then.parent;
  }

  /** The folder that took the place of a former one. */
  now(former: string | null): string | null {
    return [...this.former].find(([, one]) => one === former)?.[0] ?? former;
  }

  private isInMovedFolder({ parent }: Thing): boolean {
    const folder = parent === null ? null : this.source.get(parent);
    if (!folder) return false;
    const base = this.bases.find(({ source }) => source.id === folder.id);
    return (base !== undefined && this.isMoved(folder, base.source)) || this.isInMovedFolder(folder);
  }

  private atPlaceOf({ source }: Base): Thing | null {
    return this.source.at(this.now(source.parent), source.name);
  }

  isShown(base: Base): boolean {
    return this.source.get(base.source.id) !== null || this.atPlaceOf(base)?.kind === base.source.kind;
  }

  /** The thing of the source to which a thing of the destination belongs. */
  ownerOf(there: Thing): Thing | null {
    const base = this.bases.find(({ destination }) => destination.id === there.id);
    return base ? (this.source.get(base.source.id) ?? this.atPlaceOf(base)) : null;
  }
}
