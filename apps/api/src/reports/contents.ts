import type { ReportRow } from '../db/row-types.js';
import type { AuditStore } from '../audit/audit.store.js';
import { auditRows } from './audit-contents.js';
import type { Rows } from './lines.js';
import type { Making } from './making.js';
import type { Validation } from './validation.js';
import type { WorkContents } from './work-contents.js';

/** What a report says. */
export class ReportContents {
  constructor(
    private readonly audit: Pick<AuditStore, 'after' | 'latest'>,
    private readonly work: WorkContents,
    private readonly validation: Validation,
  ) {}

  /** Throws a `Refusal` when the subject is gone, or cannot be told of now. */
  rows(report: ReportRow, making: Making): Rows {
    if (report.kind === 'AUDIT_LOG') return auditRows(this.audit, report.span);
    if (report.kind === 'VALIDATION') return this.validation.rows(report, making);
    return this.work.rows(report);
  }
}
