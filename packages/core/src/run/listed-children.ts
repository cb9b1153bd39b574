import type { Seen } from '../pair/index.js';
import { childKey, pathKey } from '../plan/index.js';
import { openItems, type ItemKind, type OpenedItems, type PackedItems } from '../platform/index.js';

/**
 * What stands in one folder, by key, then identity; of an item that was listed twice the later one. A folder may have hundreds
 * of thousands of children: what is compared of each is held, and a child is made when it is asked for.
 */
export class ListedChildren {
  private readonly parts: readonly OpenedItems[];
  private readonly partOf: Uint32Array;
  private readonly indexOf: Uint32Array;
  private readonly order: readonly number[];

  /** `packed`: the parts of the folder of that key, in the order in which they were listed. */
  constructor(
    private readonly folder: string,
    packed: readonly Pick<PackedItems, 'folder' | 'fingerprints' | 'rest'>[],
  ) {
    this.parts = packed.map(openItems);
    const count = this.parts.reduce((sum, { names }) => sum + names.length, 0);
    this.partOf = new Uint32Array(count);
    this.indexOf = new Uint32Array(count);
    this.order = this.sorted();
  }

  private sorted(): number[] {
    const keys: string[] = [];
    const ids: string[] = [];
    for (const [part, opened] of this.parts.entries())
      for (const [index, name] of opened.names.entries()) {
        this.partOf[keys.length] = part;
        this.indexOf[keys.length] = index;
        keys.push(pathKey([name]));
        ids.push(opened.ids[index]!);
      }
    const order = keys.map((_, place) => place);
    order.sort((a, b) => compare(keys[a]!, keys[b]!) || compare(ids[a]!, ids[b]!) || a - b);
    return order.filter((place, at) => {
      const next = order[at + 1];
      return next === undefined || keys[next] !== keys[place] || ids[next] !== ids[place];
    });
  }

  get length(): number {
    return this.order.length;
  }

  *names(): Iterable<string> {
    for (let at = 0; at < this.length; at++) yield this.nameAt(at);
  }

  nameAt(at: number): string {
    return this.valueAt(at, ({ names }, index) => names[index]!);
  }

  /** See `identityOf`. */
  identityAt(at: number): string {
    return this.valueAt(at, ({ ids }, index) => ids[index]!);
  }

  kindAt(at: number): ItemKind {
    return this.valueAt(at, ({ isFolder }, index) => (isFolder[index] ? 'FOLDER' : 'FILE'));
  }

  at(at: number): Seen {
    return { key: childKey(this.folder, this.nameAt(at)), item: this.valueAt(at, (part, index) => part.at(index)) };
  }

  /** Those that somebody has locked. */
  *locked(): Iterable<Seen> {
    if (!this.parts.some(({ hasLocks }) => hasLocks)) return;
    for (let at = 0; at < this.length; at++) {
      const child = this.at(at);
      if (child.item.lock) yield child;
    }
  }

  /** Those from one position up to another, which is left out. */
  slice(from: number, to: number): Seen[] {
    return Array.from({ length: Math.max(Math.min(to, this.length) - from, 0) }, (_, index) => this.at(from + index));
  }

  private valueAt<T>(at: number, of: (part: OpenedItems, index: number) => T): T {
    const place = this.order[at];
    if (place === undefined) throw new Error('The folder has no such child.');
    return of(this.parts[this.partOf[place]!]!, this.indexOf[place]!);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
