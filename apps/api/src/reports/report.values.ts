import type { ItemOutcome, ItemReason } from '@sluice/core/plan';
import type { ItemKind } from '@sluice/core/platform';

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
