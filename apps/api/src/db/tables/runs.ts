import type {
  ApprovalRequirement,
  DurableRunEventKind,
  RunState,
  RunTrigger,
  RunWish,
  Severity,
} from '@sluice/core/job';
import type { ItemOutcome, ItemReason, Policies } from '@sluice/core/plan';
import type { ItemRule } from '@sluice/core/platform';
import type { WindowsOfRun } from '@sluice/core/schedule';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';
import { ownedBy, type Owner } from './owner.js';

export interface RunCounters {
  outcomes: Partial<Record<ItemOutcome, { items: number; bytes: number }>>;
  reasons: Partial<Record<ItemReason, number>>;
  /** Items of the plan; null until the plan is complete. */
  itemsPlanned: number | null;
  bytesPlanned: number | null;
  itemsDone: number;
  bytesDone: number;
  versionsDone: number;
  itemsRevised: number;
  /** Calls that the steps which are not done still need. */
  callsNeeded: number;
  /** Those of them that change the source; absent in runs of former releases, which have none. */
  callsAtSource?: number;
  /** Calls that were foreseen for the steps that are done, and those of them that change the source; absent in former runs. */
  callsDone?: number;
  callsDoneAtSource?: number;
}

/** Figures of the last seconds; rates are averages per second, sizes are bytes. */
export interface LiveFigures {
  itemsInFlight: number;
  bytesInFlight: number;
  itemsPerSecond: number;
  bytesPerSecond: number;
}

export interface CallsMade {
  budgetId: string;
  total: number;
  throttled: number;
  /** Those that were made before the plan was complete; absent while it is not. */
  planning?: number;
}

export function runTable(kit: Kit, job: Owner) {
  return kit.table(
    'runs',
    {
      id: kit.text().primaryKey(),
      jobId: ownedBy(kit, job),
      /** Identifier of the job until the run has ended, then null; unique, so that a job has at most one active run. */
      activeJobId: kit.text(),
      number: kit.int().notNull(),
      jobVersion: kit.int().notNull(),
      planId: kit.text().notNull(),
      state: kit.text().$type<RunState>().notNull(),
      wish: kit.text().$type<RunWish>().notNull(),
      stateReason: kit.json<Problem>(),
      waitingUntil: kit.ts(),
      /** Rests in a row because of trouble that passes, and the items that were done at the last one. */
      setback: kit.json<{ rests: number; itemsDone: number }>(),
      trigger: kit.text().$type<RunTrigger>().notNull(),
      /** Whether both sides are to be listed as a whole. */
      isFullListing: kit.bool().notNull().default(false),
      startedById: kit.text(),
      continuesId: kit.text(),
      /** Whether it is about the items of `runKeys` alone. */
      isRestricted: kit.bool().notNull().default(false),
      approval: kit.text().$type<ApprovalRequirement>().notNull(),
      policies: kit.json<Policies>().notNull(),
      /** Filters of the job when the run was started. */
      rules: kit.json<ItemRule[]>().notNull().default([]),
      /** Windows in which it may work; null for always. */
      windows: kit.json<WindowsOfRun>(),
      queuedAt: kit.ts().notNull(),
      startedAt: kit.ts(),
      finishedAt: kit.ts(),
      counters: kit.json<RunCounters>().notNull(),
      itemsDiscovered: kit.bigint().notNull(),
      bytesDiscovered: kit.bigint().notNull(),
      calls: kit.json<CallsMade[]>().notNull(),
      /** Number of the run's last durable event. */
      eventCount: kit.bigint().notNull(),
      /** Newest figures from the process that works on the run. */
      live: kit.json<LiveFigures>(),
      leaseOwner: kit.text(),
      leaseUntil: kit.ts(),
      /** Workers in a row that ended while they held the run, and the items that were done at the last such end. */
      crashes: kit.int().notNull().default(0),
      itemsAtCrash: kit.bigint().notNull().default(0),
    },
    (table) => [
      kit.uniqueIndex('runs_active_job').on(table.activeJobId),
      kit.uniqueIndex('runs_number').on(table.jobId, table.number),
      kit.index('runs_queued').on(table.queuedAt, table.id),
      kit.index('runs_job_queued').on(table.jobId, table.queuedAt, table.id),
      kit.index('runs_plan').on(table.planId),
    ],
  );
}

/** Keys below the job's source to which a run is restricted; folders with all below them. */
export function runKeyTable(kit: Kit, run: Owner) {
  return kit.table('run_keys', { runId: ownedBy(kit, run), key: kit.text().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.runId, table.key] }),
  ]);
}

export function runEventTable(kit: Kit, run: Owner) {
  return kit.table(
    'run_events',
    {
      runId: ownedBy(kit, run),
      /** Number of the event within its run, from 1 without gaps. */
      sequence: kit.bigint().notNull(),
      kind: kit.text().$type<DurableRunEventKind>().notNull(),
      occurredAt: kit.ts().notNull(),
      state: kit.text().$type<RunState>(),
      stepId: kit.itemId('item'),
      severity: kit.text().$type<Severity>(),
      message: kit.text(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.runId, table.sequence] }),
      kit.index('run_events_occurred').on(table.occurredAt),
    ],
  );
}
