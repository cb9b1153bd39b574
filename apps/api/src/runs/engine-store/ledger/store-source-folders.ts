import { setImmediate } from 'node:timers/promises';
import type { SettledFolder } from '@sluice/core/pair';
import { identityOf } from '@sluice/core/platform';
import { childKey, type LedgerEntry, type Side } from '@sluice/core/plan';
import {
  PORTION_CHILDREN,
  type ListedChildren,
  type SourceChild,
  type SourceChildren,
  type SourceFolder,
  type StagedItem,
} from '@sluice/core/run';
import { and, eq, type SQL } from 'drizzle-orm';
import type { Database } from '../../../db/database.js';
import { joinedFingerprints, type BatchStore } from '../store-batches.js';
import { halfOf, ledgerEntryOfRow } from './store-ledger-row.js';
import type { PlaceOwnerStore } from './store-place-owners.js';
import type { LocationPairStore } from './store-pairs.js';
import type { Group, SettledFolderStore } from './store-settled-folders.js';

/** Source folders as they were listed, compared with the ledger. */
export class SourceFolderStore {
  constructor(
    private readonly db: Database,
    private readonly pairs: LocationPairStore,
    private readonly batches: BatchStore,
    private readonly owners: PlaceOwnerStore,
    private readonly settled: SettledFolderStore,
  ) {}

  /** Read page by page, so that steps can be written in between. The fingerprints of a folder's children are held at once. */
  async *all(nameKeyOf: (name: string) => string, side: Side = 'SOURCE'): AsyncIterable<SourceFolder> {
    const pair = await this.pairs.current();
    const hasLedger = (await this.entriesWhere(pair, undefined, 1)).length > 0;
    for await (const groups of this.groups(side)) {
      const known = hasLedger ? pair : null;
      if (side === 'SOURCE') yield* await this.compared(groups, known, nameKeyOf);
      else yield* groups.map((group) => this.folderOf(side, group, null, known));
      // On SQLite nothing of this waits for anything: others get their turn.
      await setImmediate();
    }
  }

  private async *groups(side: Side): AsyncIterable<Group[]> {
    let open: Group[] = [];
    for await (const page of this.batches.pages(side)) {
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
    return groups.map((group) => this.folderOf('SOURCE', group, settled?.get(group.key) ?? null, pair));
  }

  private folderOf(side: Side, group: Group, settled: SettledFolder | null, pair: number | null): SourceFolder {
    const { key, batches } = group;
    const otherHalf = otherHalfOf(group);
    return {
      key,
      count: batches.reduce((sum, { itemCount }) => sum + itemCount, 0),
      bytes: batches.reduce((sum, { byteCount }) => sum + byteCount, 0),
      settled: otherHalf === null ? settled : bareFolder(group, otherHalf),
      isBare: otherHalf !== null,
      children: () => this.childrenOf(side, key, pair),
    };
  }

  private async childrenOf(side: Side, folder: string, pair: number | null): Promise<SourceChildren> {
    const listed = await this.batches.childrenOf(side, folder);
    return { portions: () => this.portionsOf(side, listed, pair) };
  }

  private async *portionsOf(side: Side, listed: ListedChildren, pair: number | null): AsyncIterable<SourceChild[]> {
    for (let from = 0; from < listed.length; from += PORTION_CHILDREN) {
      const staged = listed.slice(from, from + PORTION_CHILDREN);
      const ledgerOf = pair === null ? () => null : await this.ledgersOf(side, staged);
      yield staged.map((child) => ({ ...child, ledger: ledgerOf(child) }));
    }
  }

  /** The entry of each item: its own, or the one that owns its place. */
  private async ledgersOf(side: Side, staged: readonly StagedItem[]) {
    const idOf = (entry: LedgerEntry) => halfOf(entry, side).id;
    const atPlace = await this.owners.entriesAt(
      side,
      staged.map(({ key }) => key),
    );
    const byIdentity = new Map(atPlace.map((entry) => [idOf(entry), entry]));
    const others = staged.map(({ item }) => identityOf(item)).filter((id) => !byIdentity.has(id));
    for (const entry of await this.owners.entriesOf(side, others)) byIdentity.set(idOf(entry), entry);
    const unsure = staged.filter(({ item }) => !byIdentity.has(identityOf(item)));
    const owners = await this.owners.ownersOf(side, unsure, atPlace);
    return ({ key, item }: StagedItem): LedgerEntry | null =>
      byIdentity.get(identityOf(item)) ?? owners.get(`${item.kind} ${key}`) ?? null;
  }

  private async entriesWhere(pair: number, condition: SQL | undefined, limit?: number): Promise<LedgerEntry[]> {
    const { ledgerEntries: table } = this.db.tables;
    const rows = this.db.reader
      .select()
      .from(table)
      .where(and(eq(table.pair, pair), condition));
    return (await (limit === undefined ? rows : rows.limit(limit))).map(ledgerEntryOfRow);
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
