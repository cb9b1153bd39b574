import type { ListedFigures, ScanDuplicates } from '@sluice/core/run';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

/** What a run that is a scan found out. */
export function scanTable(kit: Kit, run: Owner) {
  return kit.table(
    'scans',
    {
      runId: ownedBy(kit, run),
      /** Null until everything is listed. */
      figures: kit.json<ListedFigures>(),
      /** Null until contents are compared. */
      duplicates: kit.json<ScanDuplicates>(),
      /** Files that were remembered, and whether they may still be there. */
      fileCount: kit.bigint().notNull(),
      hasFiles: kit.bool().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.runId] }), kit.index('scans_files').on(table.hasFiles, table.runId)],
  );
}

/** Files of a scan whose contents are compared; they go when it has ended. */
export function scanFileTable(kit: Kit, run: Owner) {
  return kit.table(
    'scan_files',
    {
      runId: ownedBy(kit, run),
      /** Counts the files of a scan, from 1. */
      number: kit.bigint().notNull(),
      byteSize: kit.bigint().notNull(),
      /** Null for one that was not read, or cannot be. */
      sha256: kit.hex(),
      isRead: kit.bool().notNull(),
      item: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.runId, table.number] }),
      kit.index('scan_files_size').on(table.runId, table.byteSize, table.number),
    ],
  );
}
