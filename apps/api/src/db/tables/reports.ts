import type { TaskState } from '@sluice/core/job';
import type { Problem } from '../../problems.js';
import type { ReportFormat, ReportKind, StoredItemFilter } from '../../reports/report.values.js';
import type { Kit } from '../kit.js';

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
