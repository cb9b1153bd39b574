import { nameKey } from '../naming/index.js';
import type { Seen } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import type { ItemKind, Limits } from '../platform/index.js';
import type { ListedChildren } from './listed-children.js';

/**
 * What stands in a folder of the destination, by name. A platform may hold several items of one name: a file beside a folder,
 * or names that differ only by case or Unicode form. Each stays itself.
 */
export class NamedItems {
  /** Positions of the first child of each name, and of all where there are several. */
  private readonly first = new Map<string, number>();
  private readonly several = new Map<string, number[]>();

  constructor(
    private readonly children: ListedChildren,
    private readonly limits: Limits,
  ) {
    for (let at = 0; at < children.length; at++) {
      const key = nameKey(children.nameAt(at), limits);
      const first = this.first.get(key);
      if (first === undefined) this.first.set(key, at);
      else this.several.set(key, [...(this.several.get(key) ?? [first]), at]);
    }
  }

  /** Names that several items have, as one of them spells it. */
  get shared(): string[] {
    return [...this.several.values()].map(([first]) => this.children.at(first!).key);
  }

  /** The item that the ledger knows, else one of the same kind, spelled so if there is one, else what has the name. */
  find(name: string, kind: ItemKind, ledger: LedgerEntry | null): Seen | null {
    const { children } = this;
    const alike = this.alike(nameKey(name, this.limits));
    const ofKind = alike.filter((at) => children.kindAt(at) === kind);
    const found =
      alike.find((at) => children.identityAt(at) === ledger?.destinationId) ??
      ofKind.find((at) => children.nameAt(at) === name) ??
      ofKind[0] ??
      alike[0];
    return found === undefined ? null : children.at(found);
  }

  private alike(key: string): readonly number[] {
    const first = this.first.get(key);
    return this.several.get(key) ?? (first === undefined ? [] : [first]);
  }
}
