import { nameKey } from '../naming/index.js';
import { nameOf, type LedgerEntry } from '../plan/index.js';
import { identityOf, type ItemKind, type Limits } from '../platform/index.js';
import type { StagedItem } from './ports.js';

/**
 * What stands in a folder of the destination, by name. A platform may hold several items of one name: a file beside a folder,
 * or names that differ only by case or Unicode form. Each stays itself.
 */
export class NamedItems {
  private readonly byKey = new Map<string, StagedItem[]>();

  constructor(
    children: readonly StagedItem[],
    private readonly limits: Limits,
  ) {
    for (const child of children) {
      const key = nameKey(nameOf(child.item), limits);
      const alike = this.byKey.get(key);
      if (alike) alike.push(child);
      else this.byKey.set(key, [child]);
    }
  }

  /** Names that several items have, as one of them spells it. */
  get shared(): string[] {
    return [...this.byKey.values()].flatMap(([first, ...others]) => (first && others.length > 0 ? [first.key] : []));
  }

  /** The item that the ledger knows, else one of the same kind, spelled so if there is one, else what has the name. */
  find(name: string, kind: ItemKind, ledger: LedgerEntry | null): StagedItem | null {
    const alike = this.byKey.get(nameKey(name, this.limits)) ?? [];
    const known = alike.find(({ item }) => identityOf(item) === ledger?.destinationId);
    if (known) return known;
    const ofKind = alike.filter(({ item }) => item.kind === kind);
    return ofKind.find(({ item }) => nameOf(item) === name) ?? ofKind[0] ?? alike[0] ?? null;
  }
}
