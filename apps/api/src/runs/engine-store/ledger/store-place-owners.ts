import { placeOwner } from '@sluice/core/pair';
import { OTHER_SIDE, type LedgerEntry, type Side } from '@sluice/core/plan';
import { groupBy, type ItemKind } from '@sluice/core/platform';
import type { StagedItem } from '@sluice/core/run';
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { chunks } from '../../../db/batch.js';
import type { Database } from '../../../db/database.js';
import type { BatchStore } from '../store-batches.js';
import type { IdentityStore } from '../store-identities.js';
import { halfOf, idOn, ledgerEntryOfRow, placesAt } from './store-ledger-row.js';
import type { LocationPairStore } from './store-pairs.js';

type StoredEntry = LedgerEntry & { id: string };

/** Entries of the ledger by what they know of a side, and which of them own the places there, see `placeOwner`. */
export class PlaceOwnerStore {
  constructor(
    private readonly db: Database,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
    private readonly identities: IdentityStore,
  ) {}

  /** See `EngineStore.placeOwner`. */
  async of(side: Side, key: string, kind: ItemKind): Promise<StoredEntry | null> {
    const there = (await this.entriesAt(side, [key])).filter((entry) => entry.kind === kind);
    const owners = await this.among(side, [there]);
    return owners[0] ?? null;
  }

  /** See `EngineStore.isPlaceLeft`. */
  async isLeft(side: Side, key: string, kind: ItemKind): Promise<boolean> {
    const entries = (await this.entriesAt(side, [key])).filter((entry) => entry.kind === kind);
    const ids = entries.map((entry) => halfOf(entry, side).id);
    const seen = await this.identities.find(side, ids);
    return ids.some((id) => (seen.get(id) ?? key) !== key);
  }

  /** Entries that know one of these keys of a side. */
  entriesAt(side: Side, keys: readonly string[]): Promise<StoredEntry[]> {
    return this.entriesWith(keys, (part) => placesAt(side, this.db.tables.ledgerEntries, part));
  }

  /** Entries of items that have one of these identities on a side. */
  entriesOf(side: Side, identities: readonly string[]): Promise<StoredEntry[]> {
    return this.entriesWith(identities, (part) => [inArray(idOn(side, this.db.tables.ledgerEntries), part)]);
  }

  /** The owners of places, each given as the entries of one kind that know it. */
  async among(side: Side, places: readonly (readonly StoredEntry[])[]): Promise<StoredEntry[]> {
    const ids = places.flatMap((entries) => entries.map((entry) => halfOf(entry, side).id));
    const seen = await this.identities.find(side, ids);
    const owners: StoredEntry[] = [];
    for (const entries of places) {
      const missing = entries.filter((entry) => !seen.has(halfOf(entry, side).id));
      const isContested = missing.length > 1;
      const claims = missing.map(async (entry) => ({
        entry,
        isSeen: false,
        isOtherInPlace: isContested && (await this.isInPlace(OTHER_SIDE[side], entry)),
      }));
      const owner = placeOwner(await Promise.all(claims));
      if (owner) owners.push(owner);
    }
    return owners;
  }

  /** Owners of the places of these items of a side, none of which an entry knows by its identity; by kind and key. */
  async ownersOf(side: Side, items: readonly StagedItem[], entries: readonly StoredEntry[]) {
    const placeOf = (entry: StoredEntry) => `${entry.kind} ${halfOf(entry, side).key}`;
    const wanted = new Set(items.map(({ key, item }) => `${item.kind} ${key}`));
    const byPlace = groupBy(
      entries.filter((entry) => wanted.has(placeOf(entry))),
      placeOf,
    );
    const owners = await this.among(side, [...byPlace.values()]);
    return new Map(owners.map((entry) => [placeOf(entry), entry]));
  }

  private isInPlace(side: Side, entry: StoredEntry): Promise<boolean> {
    const { key, id } = halfOf(entry, side);
    return this.batches.hasAt(side, key, ({ identity }) => identity === id);
  }

  private async entriesWith(values: readonly string[], isOne: (part: string[]) => SQL[]): Promise<StoredEntry[]> {
    const { ledgerEntries: table } = this.db.tables;
    const isOfPair = eq(table.pair, await this.pairs.current());
    const found: StoredEntry[] = [];
    for (const part of chunks(values))
      for (const condition of isOne(part)) {
        const rows = await this.db.reader.select().from(table).where(and(isOfPair, condition));
        found.push(...rows.map(ledgerEntryOfRow));
      }
    return found;
  }
}
