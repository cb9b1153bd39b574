import type { Side } from '../../plan/index.js';
import { identityOf, packItems, type ListingProof } from '../../platform/index.js';
import type { KnownListing } from '../../prove/index.js';
import type { ListingHow, StagedFolder } from '../../run/index.js';
import type { KeptListings } from './job.js';
import { groupByParent, MemoryListings, topDown } from './listings.js';

/** The ends of listings, and those from which a later run goes on. */
export class MemoryKnownListings extends MemoryListings {
  readonly proofs: Partial<Record<Side, ListingProof | null>> = {};
  readonly listed: Partial<Record<Side, ListingHow>> = {};
  private kept: KeptListings = {};

  protected override forgetListings(): void {
    super.forgetListings();
    this.kept = {};
  }

  async stageProof(side: Side, proof: ListingProof | null, how: ListingHow, kept: KnownListing | null): Promise<void> {
    this.proofs[side] = proof;
    this.listed[side] = how;
    if (!kept) return;
    const items = [...this.staged[side].values()].filter(({ key }) => key !== '');
    this.kept[side] = { listing: { ...kept }, items, out: side === 'SOURCE' ? [...this.keptOut] : [] };
  }

  /** The run came to its end: what it listed takes the place of what was known, without what it removed. */
  protected takeListings(removed: ReadonlySet<string>): void {
    const { DESTINATION } = this.kept;
    if (DESTINATION) DESTINATION.items = DESTINATION.items.filter(({ item }) => !removed.has(identityOf(item)));
    if (this.pair) this.pair.known = this.kept;
  }

  async knownListing(side: Side): Promise<KnownListing | null> {
    return this.place.known[side]?.listing ?? null;
  }

  async *knownFolders(side: Side): AsyncIterable<StagedFolder> {
    const known = this.place.known[side];
    for (const part of [known?.items ?? [], known?.out ?? []]) {
      const groups = groupByParent(part);
      for (const key of [...groups.keys()].sort(topDown)) {
        const items = groups.get(key)!.map(({ item }) => item);
        yield { key, items: packItems(items[0]!.path.slice(0, -1), items) };
      }
    }
  }
}
