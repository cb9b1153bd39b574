import { setImmediate } from 'node:timers/promises';
import type { SettledFolder } from '@sluice/core/pair';
import { identityOf } from '@sluice/core/platform';
import { childKey, type LedgerEntry } from '@sluice/core/plan';
import {
  PORTION_CHILDREN,
  type KnownSourceItem,
  type ListedChildren,
  type SourceChild,
  type SourceChildren,
  type SourceFolder,
  type StagedItem,
} from '@sluice/core/run';
import { and, desc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database.js';
import { joinedFingerprints, type BatchStore, type Place } from './store-batches.js';
import { isAtSource, ledgerEntryOfRow, type LedgerRow } from './store-ledger-row.js';
import { chunks } from './store-context.js';
import type { IdentityStore } from './store-identities.js';
import type { LocationPairStore } from './store-pairs.js';
import type { Group, SettledFolderStore } from './store-settled-folders.js';

const PAGE_ENTRIES = 1_000;

/** Source folders as they were listed, compared with the ledger. */
export class SourceFolderStore {
  constructor(
    private readonly db: Database,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
    private readonly identities: IdentityStore,
    private readonly settled: SettledFolderStore,
  ) {}

  /** Read page by page, so that steps can be written in between. The fingerprints of a folder's children are held at once. */
  async *all(nameKeyOf: (name: string) => string): AsyncIterable<SourceFolder> {
    const pair = await this.pairs.current();
    const hasLedger = (await this.entriesWhere(pair, undefined, 1)).length > 0;
    for await (const groups of this.groups()) {
      yield* await this.compared(groups, hasLedger ? pair : null, nameKeyOf);
      // On SQLite nothing of this waits for anything: others get their turn.
      await setImmediate();
    }
  }

  private async *groups(): AsyncIterable<Group[]> {
    let open: Group[] = [];
    for await (const page of this.batches.pages('SOURCE')) {
      for (const batch of page) {
        const last = open.at(-1);
        if (last?.key === batch.parentKey) last.batches.push(batch);
        else open.push({ key: batch.parentKey, batches: [batch] });
      }
      // The last folder may go on in the next page.
      const rest = open.splice(-1);
      if (open.length > 0) yield open;
      open = rest;
    }
    if (open.length > 0) yield open;
  }

  private async compared(
    groups: readonly Group[],
    pair: number | null,
    nameKeyOf: (name: string) => string,
  ): Promise<SourceFolder[]> {
    const whole = groups.filter((group) => otherHalfOf(group) === null);
    const settled = pair === null ? null : await this.settled.among(pair, whole, nameKeyOf);
    return groups.map((group) => this.folderOf(group, settled?.get(group.key) ?? null, pair));
  }

  private folderOf(group: Group, settled: SettledFolder | null, pair: number | null): SourceFolder {
    const { key, batches } = group;
    const otherHalf = otherHalfOf(group);
    return {
      key,
      count: batches.reduce((sum, { itemCount }) => sum + itemCount, 0),
      bytes: batches.reduce((sum, { byteCount }) => sum + byteCount, 0),
      settled: otherHalf === null ? settled : bareFolder(group, otherHalf),
      isBare: otherHalf !== null,
      children: () => this.childrenOf(key, pair),
    };
  }

  private async childrenOf(folder: string, pair: number | null): Promise<SourceChildren> {
    const listed = await this.batches.childrenOf('SOURCE', folder);
    return { portions: () => this.portionsOf(listed, pair) };
  }

  private async *portionsOf(listed: ListedChildren, pair: number | null): AsyncIterable<SourceChild[]> {
    for (let from = 0; from < listed.length; from += PORTION_CHILDREN) {
      const staged = listed.slice(from, from + PORTION_CHILDREN);
      const ledgerOf = pair === null ? () => null : await this.ledgersOf(staged, pair);
      yield staged.map((child) => ({ ...child, ledger: ledgerOf(child) }));
    }
  }

  /** The entry of an item's place belongs to another item where that one is seen with the entry's identity. */
  private async ledgersOf(staged: readonly StagedItem[], pair: number) {
    const { ledgerEntries: table } = this.db.tables;
    const keys = staged.map(({ key }) => key);
    const entries = await this.entriesWith(pair, keys, (part) => isAtSource(table, part));
    const atPlace = new Map(entries.map((entry) => [`${entry.kind} ${entry.sourceKey}`, entry]));
    const entryAt = ({ key, item }: StagedItem) => atPlace.get(`${item.kind} ${key}`) ?? null;
    const others = staged.filter((child) => entryAt(child)?.sourceId !== identityOf(child.item));
    const identities = others.map(({ item }) => identityOf(item));
    const owned = await this.entriesWith(pair, identities, (part) => inArray(table.sourceId, part));
    const byIdentity = new Map(owned.map((entry) => [entry.sourceId, entry]));
    const unsure = others.filter(({ item }) => !byIdentity.has(identityOf(item)));
    const held = await this.identities.find(
      'SOURCE',
      unsure.flatMap((child) => entryAt(child)?.sourceId ?? []),
    );
    return (child: StagedItem): LedgerEntry | null => {
      const there = entryAt(child);
      if (there?.sourceId === identityOf(child.item)) return there;
      const own = byIdentity.get(identityOf(child.item));
      return own ?? (there && !held.has(there.sourceId) ? there : null);
    };
  }

  private async entriesWith(
    pair: number,
    values: readonly string[],
    isOne: (part: string[]) => SQL,
  ): Promise<LedgerEntry[]> {
    const found: LedgerEntry[] = [];
    for (const part of chunks(values)) found.push(...(await this.entriesWhere(pair, isOne(part))));
    return found;
  }

  private async entriesWhere(pair: number, condition: SQL | undefined, limit?: number): Promise<LedgerEntry[]> {
    const { ledgerEntries: table } = this.db.tables;
    const rows = this.db.reader
      .select()
      .from(table)
      .where(and(eq(table.pair, pair), condition));
    return (await (limit === undefined ? rows : rows.limit(limit))).map(ledgerEntryOfRow);
  }

  /** Entries whose item is not seen any more, from the last key at the destination to the first. */
  async *lost(): AsyncIterable<LedgerEntry> {
    const { ledgerEntries: table } = this.db.tables;
    const { sourceFolder, sourceName, destinationFolder, destinationName } = table;
    for (let last: LastPlace | null = null; ;) {
      const own = await this.before(last, [destinationFolder, destinationName], isNotNull(destinationFolder));
      const alike = await this.before(last, [sourceFolder, sourceName], isNull(destinationFolder));
      const rows = [...own, ...alike].sort((one, other) => compare(lastPlace(other), lastPlace(one)));
      const page = rows.slice(0, PAGE_ENTRIES);
      yield* await this.unseen(page.map(ledgerEntryOfRow));
      const end = page.at(-1);
      if (end === undefined || page.length < PAGE_ENTRIES) return;
      last = lastPlace(end);
    }
  }

  /** Entries that come before one in the order of their places, which are in these columns, from the last to the first. */
  private async before(last: LastPlace | null, places: SQLiteColumn[], isMeant: SQL): Promise<LedgerRow[]> {
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

  private async unseen(entries: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
    const vacant: LedgerEntry[] = [];
    for (const entry of entries) {
      const isAlike = ({ isFolder }: Place) => isFolder === (entry.kind === 'FOLDER');
      if (!(await this.batches.hasAt('SOURCE', entry.sourceKey, isAlike))) vacant.push(entry);
    }
    const elsewhere = await this.identities.find(
      'SOURCE',
      vacant.map(({ sourceId }) => sourceId),
    );
    return vacant.filter(({ sourceId }) => !elsewhere.has(sourceId));
  }

  async leaving(destinationId: string): Promise<KnownSourceItem | null> {
    const pair = await this.pairs.current();
    const condition = eq(this.db.tables.ledgerEntries.destinationId, destinationId);
    const [ledger] = await this.entriesWhere(pair, condition, 1);
    if (!ledger) return null;
    const { sourceId, sourceKey } = ledger;
    const isIt = ({ identity }: Place) => identity === sourceId;
    if (await this.batches.hasAt('SOURCE', sourceKey, isIt)) return null;
    const key = (await this.identities.find('SOURCE', [sourceId])).get(sourceId);
    const found = key === undefined ? null : await this.batches.itemAt('SOURCE', key, isIt);
    return found && { ...found, ledger };
  }
}

/** A bare folder is one row. */
const otherHalfOf = ({ batches }: Group) => batches[0]?.otherHalf ?? null;

function bareFolder({ key, batches }: Group, destinationKey: string): SettledFolder {
  const { names } = joinedFingerprints(batches);
  const folders = names.map((name) => ({
    sourceKey: childKey(key, name),
    destinationKey: childKey(destinationKey, name),
  }));
  return { destinationKey, folders };
}

/** Folder and name of an entry at the destination, and its own number, by which its order is total. */
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
