import type { TaskState } from '@sluice/core/job';
import type { ItemOutcome, ItemReason } from '@sluice/core/plan';
import type { ItemKind } from '@sluice/core/platform';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

export const REPORT_KINDS = [
  'AUDIT_LOG',
  'ITEMS',
  'LOG',
  'MAPPING_SET',
  'PERMISSIONS',
  'SCAN',
  'SUMMARY',
  'UNMAPPED',
  'VALIDATION',
] as const;
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

/** Half-open, absent bounds unlimited. */
export interface TimeSpan {
  from?: Date | null;
  to?: Date | null;
}

/** A span as it is stored, in epoch milliseconds; null for no bound. */
export interface StoredSpan {
  from: number | null;
  to: number | null;
}

/** Items of both sides by what a comparison found; a folder that could not be listed leaves what lies in it out of the last four. */
export interface ValidationTotals {
  sourceItems: number;
  destinationItems: number;
  sourceBytes: number;
  destinationBytes: number;
  equalItems: number;
  missingItems: number;
  extraItems: number;
  differentItems: number;
}

/** Reports: tasks, and after them files in the data folder. */
export function reportTables(kit: Kit) {
  const reports = kit.table(
    'reports',
    {
      id: kit.text().primaryKey(),
      kind: kit.text().$type<ReportKind>().notNull(),
      format: kit.text().$type<ReportFormat>().notNull(),
      /** Run, job or mapping set; `AUDIT_SUBJECT` for the audit log. */
      subjectId: kit.text().notNull(),
      /** Of the audit log; null for other subjects. */
      span: kit.json<StoredSpan>(),
      itemFilter: kit.json<StoredItemFilter>(),
      timeZone: kit.text().notNull(),
      taskState: kit.text().$type<TaskState>().notNull(),
      failure: kit.json<Problem>(),
      /** Null unless it is a validation that is ready. */
      validation: kit.json<ValidationTotals>(),
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
