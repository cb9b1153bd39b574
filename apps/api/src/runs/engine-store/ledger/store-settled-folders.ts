import { ChildFingerprints, FolderComparison, type SettledFolder } from '@sluice/core/pair';
import type { Database } from '../../../db/database.js';
import { joinedFingerprints, type BatchStore, type FingerprintBatch } from '../store-batches.js';
import { KnownChildStore, PORTION_ENTRIES, type ChildOfFolder } from './store-known-children.js';

/** All rows of one source folder. */
export interface Group {
  key: string;
  batches: FingerprintBatch[];
}

/** Compares source folders with the ledger and the destination. */
export class SettledFolderStore {
  private readonly known: KnownChildStore;

  constructor(
    db: Database,
    private readonly batches: BatchStore,
  ) {
    this.known = new KnownChildStore(db);
  }

  /** The settled ones among the folders, by key. What the ledger knows of them is read in portions. */
  async among(
    pair: number,
    groups: readonly Group[],
    nameKeyOf: (name: string) => string,
  ): Promise<Map<string, SettledFolder>> {
    const settled = new Map<string, SettledFolder>();
    for (const some of inPortions(groups))
      for (const [key, comparison] of await this.compared(pair, some, nameKeyOf)) {
        const found = comparison.settled;
        if (found) settled.set(key, found);
      }
    return settled;
  }

  private async compared(pair: number, groups: readonly Group[], nameKeyOf: (name: string) => string) {
    const comparisons = new Map(
      groups.map(({ key, batches }) => [key, new FolderComparison(key, joinedFingerprints(batches))]),
    );
    const there = new Map<string, ChildFingerprints | undefined>();
    for await (const portion of this.known.in(pair, [...comparisons.keys()])) {
      await this.look(there, otherHalvesOf(portion, comparisons), nameKeyOf);
      for (const child of portion) {
        const comparison = comparisons.get(child.folder);
        const otherHalf = comparison?.otherHalfOf(child) ?? null;
        if (otherHalf !== null) comparison?.compare(child, there.get(otherHalf));
      }
    }
    return comparisons;
  }

  /** Adds what was listed in folders of the destination. */
  private async look(
    there: Map<string, ChildFingerprints | undefined>,
    folders: ReadonlySet<string>,
    nameKeyOf: (name: string) => string,
  ): Promise<void> {
    const unknown = [...folders].filter((key) => !there.has(key));
    const listed = await this.batches.fingerprintsIn('DESTINATION', unknown);
    for (const key of unknown) {
      const fingerprints = listed.get(key);
      there.set(key, fingerprints && new ChildFingerprints(fingerprints, nameKeyOf));
    }
  }
}

function otherHalvesOf(
  portion: readonly ChildOfFolder[],
  comparisons: ReadonlyMap<string, FolderComparison>,
): Set<string> {
  const folders = new Set<string>();
  for (const child of portion) {
    const otherHalf = comparisons.get(child.folder)?.otherHalfOf(child) ?? null;
    if (otherHalf !== null) folders.add(otherHalf);
  }
  return folders;
}

/** As many folders at a time as have no more children together than are in hand at a time; a larger one alone. */
function* inPortions(groups: readonly Group[]): Iterable<Group[]> {
  let [some, count]: [Group[], number] = [[], 0];
  for (const group of groups) {
    const children = group.batches.reduce((sum, { itemCount }) => sum + itemCount, 0);
    if (some.length > 0 && count + children > PORTION_ENTRIES) {
      yield some;
      [some, count] = [[], 0];
    }
    some.push(group);
    count += children;
  }
  if (some.length > 0) yield some;
}
