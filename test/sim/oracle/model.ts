import type { ItemKind } from '@sluice/core/platform';
import type { MemoryPlatform } from '@sluice/core/testing';

/** A file or folder as the oracle knows it. */
export interface Thing {
  id: string;
  kind: ItemKind;
  /** Identifier of its folder; null: the root. */
  parent: string | null;
  name: string;
  /** Of a file, else empty. */
  text: string;
  version: string | null;
  /** Epoch ms. */
  time: number;
}

/** A tree of things by identifier, for the oracle to play with. */
export class Model {
  private readonly things = new Map<string, Thing>();
  private made = 0;

  static of(platform: MemoryPlatform): Model {
    const model = new Model();
    for (const { item, bytes } of platform.all())
      model.things.set(item.id, {
        id: item.id,
        kind: item.kind,
        parent: item.path.length > 1 ? item.parentId : null,
        name: item.path.at(-1)!,
        text: item.kind === 'FILE' ? Buffer.from(bytes).toString() : '',
        version: item.version,
        time: item.modifiedAt!.getTime(),
      });
    return model;
  }

  get(id: string): Thing | null {
    return this.things.get(id) ?? null;
  }

  all(): Thing[] {
    return [...this.things.values()];
  }

  /** In the order of their names. */
  children(parent: string | null): Thing[] {
    return this.all()
      .filter((thing) => thing.parent === parent)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  at(parent: string | null, name: string): Thing | null {
    return this.all().find((thing) => thing.parent === parent && thing.name === name) ?? null;
  }

  add(thing: Omit<Thing, 'id' | 'version'>): Thing {
    const made = { ...thing, id: `made ${(this.made += 1)}`, version: null };
    this.things.set(made.id, made);
    return made;
  }

  remove(id: string): void {
    this.things.delete(id);
  }

  pathOf(thing: Thing): string {
    const parent = thing.parent === null ? null : this.get(thing.parent);
    return parent ? `${this.pathOf(parent)}/${thing.name}` : thing.name;
  }

  /** Whether the folder, null for the root, is that thing or stands below it. */
  isWithin(folder: string | null, id: string): boolean {
    const thing = folder === null ? null : this.get(folder);
    return thing !== null && (thing.id === id || this.isWithin(thing.parent, id));
  }

  /** Whether two things have one place. */
  get hasTwins(): boolean {
    const places = this.all().map(({ parent, name }) => `${parent}/${name}`);
    return new Set(places).size < places.length;
  }

  /** Those of the folders that hold nothing, those below first. Tells which stay. */
  removeEmpty(folders: readonly Thing[]): Thing[] {
    const deepestFirst = [...folders].sort((one, other) => this.pathOf(other).length - this.pathOf(one).length);
    const staying = [];
    for (const folder of deepestFirst)
      if (this.children(folder.id).length === 0) this.remove(folder.id);
      else staying.push(folder);
    return staying;
  }

  /** The thing at a path, joined by `/`. */
  find(path: string): Thing | null {
    return this.all().find((thing) => this.pathOf(thing) === path) ?? null;
  }

  /** Texts by path, folders with a slash behind them; the time in the name of a conflict's copy is left out. */
  shown(): string[] {
    return this.exactlyShown().map(shownName).sort();
  }

  /** With the times in the names of conflicts' copies. */
  exactlyShown(): string[] {
    const lines = this.all().map((thing) => {
      const path = this.pathOf(thing);
      return thing.kind === 'FOLDER' ? `${path}/` : `${path}: ${thing.text}`;
    });
    return lines.sort();
  }
}

/** Without the times in the names of conflicts' copies. */
export const shownName = (path: string): string => path.replace(/ \(conflict [^)]*\)/g, ' (conflict)');
