import type { Side } from '@sluice/core/plan';
import type { ItemKind, ListProblem } from '@sluice/core/platform';
import type { KnownListing } from '@sluice/core/prove';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/** Items that are staged one by one, over what was listed at their keys: the destination's own folder, and folders that the run made. */
export function stagedItemTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_items',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      key: kit.text().notNull(),
      remoteId: kit.text().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      item: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.key, table.remoteId] })],
  );
}

/** A side, or what the filters of the job leave out of the source: kept for a later listing of changes. */
export type ListedPart = Side | 'LEFT_OUT';

/** Listed items, some hundred of one folder in a row. */
export function stagedBatchTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_batches',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<ListedPart>().notNull(),
      parentKey: kit.text().notNull(),
      /** Counts the rows of a plan; what comes later replaces items of the same key and identity. */
      part: kit.int().notNull(),
      /** Segments of the parent's key. */
      depth: kit.int().notNull(),
      /** Path of the parent from the connection's root, a JSON list. */
      folder: kit.text().notNull(),
      itemCount: kit.int().notNull(),
      fileCount: kit.int().notNull(),
      /** Of a row without files: key of the other half, see `restingFolders`. Null where the row has all of its items. */
      otherHalf: kit.text(),
      byteCount: kit.bigint().notNull(),
      /** See `PackedItems`. */
      fingerprints: kit.text('marks').notNull(),
      rest: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.planId, table.side, table.parentKey, table.part] }),
      kit.index('staged_batches_order').on(table.planId, table.side, table.depth, table.parentKey, table.part),
    ],
  );
}

/** Where listed items are by their identity; filled only where an item is not in its place. */
export function stagedIdentityTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_identities',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      remoteId: kit.text().notNull(),
      key: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.remoteId, table.key] })],
  );
}

export function stagedProblemTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_problems',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      key: kit.text().notNull(),
      kind: kit.text().$type<ListProblem['kind']>().notNull(),
      problem: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.key] })],
  );
}

/** What was seen in the recycle bin of a plan's source. */
export function stagedDeletionTable(kit: Kit, plan: Owner) {
  return kit.table('staged_deletions', { planId: ownedBy(kit, plan), remoteId: kit.text().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.planId, table.remoteId] }),
  ]);
}

/** Keys at the source of what is left out: of folders, and of what the ledger knows. */
export function stagedLeftOutTable(kit: Kit, plan: Owner) {
  return kit.table('staged_left_out', { planId: ownedBy(kit, plan), sourceKey: kit.text().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.planId, table.sourceKey] }),
  ]);
}

/**
 * Listings from which a later one may go on: their batches stay with the plan that made them. One that is not taken yet belongs
 * to a run that has not come to its end.
 */
export function knownListingTable(kit: Kit, plan: Owner) {
  return kit.table(
    'known_listings',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      jobId: kit.text().notNull(),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      isTaken: kit.bool().notNull(),
      listing: kit.json<KnownListing>().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.planId, table.side] }),
      kit.index('known_listings_pair').on(table.jobId, table.pair),
    ],
  );
}
