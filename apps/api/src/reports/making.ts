import type { ValidationTotals } from '../db/tables/reports.js';

/** What a report is told of its making. */
export interface Making {
  /** Aborted when the report is no longer wanted of this process. */
  signal: AbortSignal;
  /** A folder for working files, which whoever makes the report removes. */
  folder: string;
  /** Takes the totals of a validation, before its rows end. */
  tell(totals: ValidationTotals): void;
}
