import type { LedgerEntry, Side } from '@sluice/core/plan';
import { OTHER_SIDE } from '@sluice/core/plan';
import { groupBy } from '@sluice/core/platform';
import type { KnownSourceItem } from '@sluice/core/run';
import { and, desc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { chunks } from '../../../db/batch.js';
import type { Database } from '../../../db/database.js';
import type { BatchStore, Place } from '../store-batches.js';
import type { IdentityStore } from '../store-identities.js';
import { halfOf, idOn, ledgerEntryOfRow, type LedgerRow } from './store-ledger-row.js';
import type { PlaceOwnerStore } from './store-place-owners.js';
import type { LocationPairStore } from './store-pairs.js';

const PAGE_ENTRIES = 1_000;

/** Entries of the ledger whose item is not where the ledger knows it. */
export class LostEntryStore {
  constructor(
    private readonly db: Database,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
    private readonly identities: IdentityStore,
    private readonly owners: PlaceOwnerStore,
  ) {}

  /** Entries whose item a side does not show any more, what is below before what holds it, by the keys on the other side. */
  async *all(side: Side = 'SOURCE'): AsyncIterable<LedgerEntry> {
    for await (const page of side === 'SOURCE' ? this.fromDestination() : this.fromSource())
      yield* await this.unseen(side, page.map(ledgerEntryOfRow));
  }

  /** All entries, from the last key at the destination to the first. */
  private async *fromDestination(): AsyncIterable<LedgerRow[]> {
    const { sourceFolder, sourceName, destinationFolder, destinationName } = this.db.tables.ledgerEntries;
    for (let last: LastPlace | null = null; ;) {
      const own = await this.before(last, [destinationFolder, destinationName], isNotNull(destinationFolder));
      const alike = await this.before(last, [sourceFolder, sourceName], isNull(destinationFolder));
      const rows = [...own, ...alike].sort((one, other) => compare(lastPlace(other), lastPlace(one)));
      const page = rows.slice(0, PAGE_ENTRIES);
      yield page;
      const end = page.at(-1);
      if (end === undefined || page.length < PAGE_ENTRIES) return;
      last = lastPlace(end);
    }
  }

  /** All entries, from the last key at the source to the first. */
  private async *fromSource(): AsyncIterable<LedgerRow[]> {
    const { sourceFolder, sourceName } = this.db.tables.ledgerEntries;
    for (let last: LastPlace | null = null; ;) {
      const page = await this.before(last, [sourceFolder, sourceName], undefined);
      yield page;
      const end = page.at(-1);
      if (end === undefined || page.length < PAGE_ENTRIES) return;
      last = [end.sourceFolder, end.sourceName, end.id];
    }
  }

  /** Entries that come before one in the order of their places, which are in these columns, from the last to the first. */
  private async before(last: LastPlace | null, places: SQLiteColumn[], isMeant: SQL | undefined): Promise<LedgerRow[]> {
    const { ledgerEntries: table } = this.db.tables;
    const order = [...places, table.id];
    const isBefore = last && sql`(${sql.join(order, sql`, `)}) < (${sql.join(literals(last), sql`, `)})`;
    return this.db.reader
      .select()
      .from(table)
      .where(and(eq(table.pair, await this.pairs.current()), isMeant, isBefore ?? undefined))
      .orderBy(...order.map((column) => desc(column)))
      .limit(PAGE_ENTRIES);
  }

  private async unseen(side: Side, entries: readonly (LedgerEntry & { id: string })[]): Promise<LedgerEntry[]> {
    const open: { entry: LedgerEntry & { id: string }; there: string[] }[] = [];
    for (const entry of entries) {
      const { key, id } = halfOf(entry, side);
      const there = await this.batches.identitiesAt(side, key, entry.kind === 'FOLDER');
      if (there !== null && !there.includes(id)) open.push({ entry, there });
    }
    // What one knows has come from elsewhere; what no entry knows took the place of the item that owned it.
    const known = await this.knownOf(
      side,
      open.flatMap(({ there }) => there),
    );
    const taken = open.filter(({ there }) => !there.every((id) => known.has(id))).map(({ entry }) => entry);
    const replaced = await this.owningTheirPlaces(side, taken);
    const lost = open.map(({ entry }) => entry).filter(({ id }) => !replaced.has(id));
    const elsewhere = await this.identities.find(
      side,
      lost.map((entry) => halfOf(entry, side).id),
    );
    return lost.filter((entry) => !elsewhere.has(halfOf(entry, side).id));
  }

  private async owningTheirPlaces(side: Side, entries: readonly LedgerEntry[]): Promise<Set<string>> {
    const placeOf = (entry: LedgerEntry) => `${entry.kind} ${halfOf(entry, side).key}`;
    const keys = [...new Set(entries.map((entry) => halfOf(entry, side).key))];
    const places = groupBy(await this.owners.entriesAt(side, keys), placeOf);
    const owners = await this.owners.among(side, [...places.values()]);
    return new Set(owners.map(({ id }) => id));
  }

  /** Those of the identities that an entry has. */
  private async knownOf(side: Side, identities: readonly string[]): Promise<Set<string>> {
    const column = idOn(side, this.db.tables.ledgerEntries);
    const known = new Set<string>();
    for (const part of chunks(identities)) {
      const isOne = and(eq(this.db.tables.ledgerEntries.pair, await this.pairs.current()), inArray(column, part));
      const rows = await this.db.reader.select({ id: column }).from(this.db.tables.ledgerEntries).where(isOne);
      for (const { id } of rows) known.add(id);
    }
    return known;
  }

  /** See `EngineStore.leaving`: `id` is of an item on that side, and the other side is asked. */
  async leaving(id: string, side: Side = 'DESTINATION'): Promise<KnownSourceItem | null> {
    const { ledgerEntries: table } = this.db.tables;
    const isIt = and(eq(table.pair, await this.pairs.current()), eq(idOn(side, table), id));
    const [row] = await this.db.reader.select().from(table).where(isIt).limit(1);
    if (row === undefined) return null;
    const ledger = ledgerEntryOfRow(row);
    const from = OTHER_SIDE[side];
    const half = halfOf(ledger, from);
    const isHalf = ({ identity }: Place) => identity === half.id;
    if (await this.batches.hasAt(from, half.key, isHalf)) return null;
    const key = (await this.identities.find(from, [half.id])).get(half.id);
    const found = key === undefined ? null : await this.batches.itemAt(from, key, isHalf);
    return found && { ...found, ledger };
  }
}

/** Folder and name of an entry, and its own number, by which its order is total. */
type LastPlace = [folder: string, name: string, id: number];

const literals = (values: readonly unknown[]) => values.map((value) => sql`${value}`);

function lastPlace({ id, sourceFolder, sourceName, destinationFolder, destinationName }: LedgerRow): LastPlace {
  return [destinationFolder ?? sourceFolder, destinationName ?? sourceName, id];
}

/** As the database compares them: texts by bytes. */
function compare([folder, name, id]: LastPlace, [otherFolder, otherName, otherId]: LastPlace): number {
  const byText = (one: string, other: string) =>
    one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
  return byText(folder, otherFolder) || byText(name, otherName) || id - otherId;
}
