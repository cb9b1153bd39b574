import type { TaskState } from '@sluice/core/job';
import type { ItemKind } from '@sluice/core/platform';
import type { ItemOutcome, ItemReason } from '@sluice/core/plan';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

export const REPORT_KINDS = ['ITEMS', 'LOG', 'SUMMARY'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_FORMATS = ['CSV', 'JSONL'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Conditions on the items of a report. */
export interface StoredItemFilter {
  outcomes?: ItemOutcome[] | null;
  reasons?: ItemReason[] | null;
  kind?: ItemKind | null;
  isRevised?: boolean | null;
  pathContains?: string | null;
  runId?: string | null;
}

/** Reports: tasks, and after them files in the data folder. */
export function reportTables(kit: Kit) {
  const reports = kit.table(
    'reports',
    {
      id: kit.text().primaryKey(),
      kind: kit.text().$type<ReportKind>().notNull(),
      format: kit.text().$type<ReportFormat>().notNull(),
      /** Run or job. */
      subjectId: kit.text().notNull(),
      itemFilter: kit.json<StoredItemFilter>(),
      timeZone: kit.text().notNull(),
      taskState: kit.text().$type<TaskState>().notNull(),
      failure: kit.json<Problem>(),
      byteSize: kit.bigint(),
      sha256: kit.text(),
      /** Detached signature in Base64. */
      signature: kit.text(),
      expiresAt: kit.ts(),
      /** How often a process began it. */
      tries: kit.int().notNull(),
      leaseOwner: kit.text(),
      leaseUntil: kit.ts(),
      createdAt: kit.ts().notNull(),
      createdById: kit.text(),
    },
    (table) => [
      kit.index('reports_created').on(table.createdAt, table.id),
      kit.index('reports_subject').on(table.subjectId, table.createdAt),
    ],
  );
  return { reports };
}
