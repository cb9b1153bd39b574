import type { ReportRow } from '../db/row-types.js';
import type { AuditStore } from '../audit/audit.store.js';
import { auditRows } from './audit-contents.js';
import { COLUMNS } from './columns.js';
import type { Rows } from './lines.js';
import type { Making } from './making.js';
import type { MappingContents } from './mapping-contents.js';
import type { Permissions } from './permissions.js';
import type { Validation } from './validation.js';
import type { WorkContents } from './work-contents.js';

/** What a report says. */
export class ReportContents {
  constructor(
    private readonly audit: Pick<AuditStore, 'after' | 'latest'>,
    private readonly work: WorkContents,
    private readonly lists: { validation: Validation; permissions: Permissions; mappings: MappingContents },
  ) {}

  /** Names of the columns. Throws as `rows`. */
  async columns(report: ReportRow): Promise<readonly string[]> {
    return report.kind === 'MAPPING_SET' ? this.lists.mappings.columns(report) : COLUMNS[report.kind];
  }

  /** Throws a `Refusal` when the subject is gone, or cannot be told of now. */
  rows(report: ReportRow, making: Making): Rows {
    if (report.kind === 'AUDIT_LOG') return auditRows(this.audit, report.span);
    if (report.kind === 'MAPPING_SET') return this.lists.mappings.rows(report);
    if (report.kind === 'PERMISSIONS') return this.lists.permissions.rows(report, making);
    if (report.kind === 'VALIDATION') return this.lists.validation.rows(report, making);
    return this.work.rows(report);
  }
}
