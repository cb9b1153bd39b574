import type { ApprovalRequirement, RunTally } from '@sluice/core/job';
import type { Policies, TransferType } from '@sluice/core/plan';
import type { ItemRule } from '@sluice/core/platform';
import type { Schedule } from '@sluice/core/schedule';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

export function jobTable(kit: Kit) {
  return kit.table(
    'jobs',
    {
      id: kit.text().primaryKey(),
      version: kit.int().notNull(),
      name: kit.text().notNull(),
      /** Lower case, for order, search and uniqueness. */
      nameKey: kit.text().notNull(),
      description: kit.text(),
      transferType: kit.text().$type<TransferType>().notNull(),
      labels: kit.json<string[]>().notNull(),
      sourceConnectionId: kit.text().notNull(),
      sourcePath: kit.text().notNull(),
      sourceRemoteId: kit.text(),
      /** Null for a scan, which has no destination. */
      destinationConnectionId: kit.text(),
      destinationPath: kit.text(),
      destinationRemoteId: kit.text(),
      /** Policies that differ from the defaults; a default is not stored, so that a later version may change it. */
      policies: kit.json<Partial<Policies>>().notNull(),
      rules: kit.json<ItemRule[]>().notNull().default([]),
      /** In their order. */
      mappingSetIds: kit.json<string[]>().notNull().default([]),
      approval: kit.text().$type<ApprovalRequirement>().notNull(),
      schedule: kit.json<Schedule>(),
      /** When it starts next by itself; the end of the year 9999 for never, because a column that orders a list is never null. */
      nextStartAt: kit.tsOr(new Date(Date.UTC(9999, 11, 31))),
      /** The run that was carried over last, and the plan that holds its pending items; null when no run has to take them. */
      carried: kit.json<{ runId: string; planId: string }>(),
      /** Up to here, in the time of day, all starts of the schedule were taken. */
      startsTakenUntil: kit.ts(),
      /** When a run became due because a platform told of changes; null when none is due for that. */
      changesDueAt: kit.ts(),
      isSuspended: kit.bool().notNull(),
      /** Why its stop policy ended it, in a sentence; null while it goes on. */
      stopReason: kit.text(),
      /** What the stop policy counts; null where no run was counted since the job got its limits or was resumed. */
      tally: kit.json<RunTally>(),
      /** Whether the last check found an error. */
      isDraft: kit.bool().notNull(),
      ledgerItemCount: kit.bigint().notNull(),
      runCount: kit.int().notNull(),
      latestRunId: kit.text(),
      /** Time of the latest run; 1 January 1970 while there is none, because a column that orders a list is never null. */
      latestRunAt: kit.ts().notNull(),
      latestPlanId: kit.text(),
      createdAt: kit.ts().notNull(),
      updatedAt: kit.ts().notNull(),
      updatedById: kit.text(),
    },
    (table) => [
      kit.uniqueIndex('jobs_name').on(table.nameKey),
      kit.index('jobs_latest_run').on(table.latestRunAt, table.id),
      kit.index('jobs_next_start').on(table.nextStartAt, table.id),
      kit.index('jobs_changes_due').on(table.changesDueAt),
      kit.index('jobs_source').on(table.sourceConnectionId),
      kit.index('jobs_destination').on(table.destinationConnectionId),
    ],
  );
}

/** Items whose latest try, in whatever run of the job, failed. */
export function itemFailureTable(kit: Kit, job: Owner) {
  return kit.table(
    'item_failures',
    {
      jobId: ownedBy(kit, job),
      itemKey: kit.text().notNull(),
      /** Number of consecutive runs in which the item failed. */
      runCount: kit.int().notNull(),
      runId: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.jobId, table.itemKey] })],
  );
}
