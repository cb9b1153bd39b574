import type { ItemKind } from '@sluice/core/platform';
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/**
 * The pairs of places that a job has had, each with a ledger of its own: a job whose folder is changed begins a new one, and
 * has the old one again when it is changed back.
 */
export function locationPairTable(kit: Kit, job: Owner) {
  return kit.table(
    'location_pairs',
    {
      jobId: ownedBy(kit, job),
      /** Counts from 1 within the job. */
      number: kit.int().notNull(),
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
    },
    (table) => [kit.primaryKey({ columns: [table.jobId, table.number] })],
  );
}

/** Key of the folder at the source with a slash behind it, empty for the root: the key without its last segment. */
export const SOURCE_FOLDER = sql`rtrim(source_key, replace(source_key, '/', ''))`;

/** What is remembered of an item that both places of a pair have. */
export function ledgerEntryTable(kit: Kit, job: Owner) {
  return kit.table(
    'ledger_entries',
    {
      id: kit.text().primaryKey(),
      jobId: ownedBy(kit, job),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      sourceKey: kit.text().notNull(),
      sourceId: kit.text().notNull(),
      sourceVersion: kit.text(),
      sourceMetaVersion: kit.text(),
      sourceSize: kit.bigint(),
      sourceModifiedAt: kit.bigint(),
      destinationKey: kit.text().notNull(),
      destinationId: kit.text().notNull(),
      destinationVersion: kit.text(),
      destinationMetaVersion: kit.text(),
      destinationSize: kit.bigint(),
      destinationModifiedAt: kit.bigint(),
      sha256: kit.text(),
      judged: kit.text(),
      /** Of the destination's file system, see `settledMark`; null for what was durable when it was told. */
      mark: kit.int(),
      /** Version at the destination that the file took the place of, should that come back. */
      replaced: kit.text(),
    },
    (table) => [
      kit.uniqueIndex('ledger_entries_source').on(table.jobId, table.pair, table.sourceId),
      kit.uniqueIndex('ledger_entries_destination').on(table.jobId, table.pair, table.destinationId),
      kit.index('ledger_entries_source_key').on(table.jobId, table.pair, table.sourceKey),
      kit.index('ledger_entries_source_folder').on(table.jobId, table.pair, SOURCE_FOLDER),
      kit.index('ledger_entries_destination_key').on(table.jobId, table.pair, table.destinationKey),
    ],
  );
}

/**
 * Folders that were found to be as the ledger knows them, on both sides and with nothing else in them: what the listings of
 * them were, as fingerprints. Whatever is written to the ledger of a folder's children removes its row.
 */
export function restingFolderTable(kit: Kit, job: Owner) {
  return kit.table(
    'resting_folders',
    {
      jobId: ownedBy(kit, job),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      sourceKey: kit.text().notNull(),
      destinationKey: kit.text().notNull(),
      sourcePrint: kit.text().notNull(),
      destinationPrint: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.jobId, table.pair, table.sourceKey] }),
      kit.index('resting_folders_destination').on(table.jobId, table.pair, table.destinationKey),
    ],
  );
}
