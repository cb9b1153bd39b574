import { isNotNull } from 'drizzle-orm';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/** Number of the location pair, with which the row is removed. */
const ofPair = (kit: Kit, pair: Owner) => kit.bigint().notNull().references(pair, { onDelete: 'cascade' });

/**
 * The pairs of places that a job has had, each with a ledger of its own: a job whose folder is changed begins a new one, and
 * has the old one again when it is changed back.
 */
export function locationPairTable(kit: Kit, job: Owner) {
  return kit.table(
    'location_pairs',
    {
      /** Counts over all jobs. */
      number: kit.serial(),
      jobId: ownedBy(kit, job),
      /** Connections of both sides, and their folders as the job names them: by identifier, else by path. */
      sourceConnectionId: kit.text().notNull(),
      sourcePlace: kit.text().notNull(),
      destinationConnectionId: kit.text().notNull(),
      destinationPlace: kit.text().notNull(),
      /** Identities of the folders that stood there; null as long as they are not known. */
      sourceRoot: kit.text(),
      destinationRoot: kit.text(),
      itemCount: kit.bigint().notNull(),
      usedAt: kit.ts().notNull(),
      /** Start of the machine in which what the ledger tells of last was written; null where that is not known. */
      machineStart: kit.text(),
      /** Entries with a higher mark may be lost with the power of the machine. */
      settledMark: kit.int().notNull().default(0),
      /** Of a job that is only about what its first listing showed; null while that is open. */
      scope: kit.text().$type<'LISTED' | 'FROZEN'>(),
    },
    (table) => [kit.index('location_pairs_job').on(table.jobId)],
  );
}

/**
 * What is remembered of an item that both places of a pair have. There are as many rows as items, so a row and its indexes
 * are short.
 */
export function ledgerEntryTable(kit: Kit, pair: Owner) {
  return kit.table(
    'ledger_entries',
    {
      id: kit.serial(),
      pair: ofPair(kit, pair),
      isFolder: kit.bool().notNull(),
      /** Key of the folder with a slash behind it, empty for the root; the key of the item begins with it. */
      sourceFolder: kit.text().notNull(),
      /** The rest of the key. */
      sourceName: kit.text().notNull(),
      sourceId: kit.packed().notNull(),
      sourceVersion: kit.packed(),
      sourceMetaVersion: kit.packed(),
      sourceSize: kit.bigint(),
      sourceModifiedAt: kit.bigint(),
      /** Null, as the name, where the key at the destination is that at the source. */
      destinationFolder: kit.text(),
      destinationName: kit.text(),
      destinationId: kit.packed().notNull(),
      destinationVersion: kit.packed(),
      destinationMetaVersion: kit.packed(),
      destinationSize: kit.bigint(),
      destinationModifiedAt: kit.bigint(),
      sha256: kit.hex(),
      judged: kit.text(),
      /** Fingerprint of what mappings gave the item at the destination; null where they gave it nothing. */
      mapped: kit.text(),
      /** Of the destination's file system, see `settledMark`; null for what was durable when it was told. */
      mark: kit.int(),
      /** Version at the destination that the file took the place of, should that come back. */
      replaced: kit.packed(),
    },
    (table) => [
      kit.uniqueIndex('ledger_entries_source').on(table.pair, table.sourceId),
      kit.uniqueIndex('ledger_entries_destination').on(table.pair, table.destinationId),
      kit.index('ledger_entries_source_place').on(table.pair, table.sourceFolder, table.sourceName),
      kit
        .index('ledger_entries_destination_place')
        .on(table.pair, table.destinationFolder, table.destinationName)
        .where(isNotNull(table.destinationFolder)),
    ],
  );
}

/**
 * Folders that were found to be as the ledger knows them, on both sides and with nothing else in them: what the listings of
 * them were, as fingerprints. Whatever is written to the ledger of a folder's children removes its row.
 */
export function restingFolderTable(kit: Kit, pair: Owner) {
  return kit.table(
    'resting_folders',
    {
      pair: ofPair(kit, pair),
      sourceKey: kit.text().notNull(),
      destinationKey: kit.text().notNull(),
      sourcePrint: kit.text().notNull(),
      destinationPrint: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.pair, table.sourceKey] }),
      kit.index('resting_folders_destination').on(table.pair, table.destinationKey),
    ],
  );
}

/** What the first whole listing of the source showed, for a job that is about nothing else: numbers that stand for its items. */
export function scopeMarkTable(kit: Kit, pair: Owner) {
  return kit.table('scope_marks', { pair: ofPair(kit, pair), mark: kit.bigint().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.pair, table.mark] }),
  ]);
}
