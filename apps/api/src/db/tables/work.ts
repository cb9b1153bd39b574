import type {
  ApprovalRequirement,
  ApprovalState,
  DurableRunEventKind,
  RunState,
  RunTrigger,
  RunWish,
  Severity,
  TaskState,
} from '@sluice/core/job';
import type { ItemOutcome, ItemReason, PlanAction, Policies, Side, TransferType } from '@sluice/core/plan';
import type { KnownListing } from '@sluice/core/prove';
import type { ItemKind, ListingProof, ListProblem, VerificationMethod } from '@sluice/core/platform';
import type { ListingHow, Phase, StepAttempt } from '@sluice/core/run';
import { sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

export interface PlanTotals {
  actions: Partial<Record<PlanAction, { items: number; bytes: number }>>;
  /** Calls that the steps to be carried out need. */
  calls: number;
  destructive: number;
  revised: number;
  unchangedItems: number;
  unchangedBytes: number;
}

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
}

/** Jobs with their plans, runs, items and events, the ledger of what was transferred, and the failures of items. */
export function workTables(kit: Kit) {
  const jobs = jobTable(kit);
  const plans = planTable(kit, () => jobs.id);
  const runs = runTable(kit, () => jobs.id);
  return {
    jobs,
    plans,
    runs,
    steps: stepTable(kit, () => plans.id),
    stagedItems: stagedItemTable(kit, () => plans.id),
    stagedBatches: stagedBatchTable(kit, () => plans.id),
    stagedIdentities: stagedIdentityTable(kit, () => plans.id),
    stagedProblems: stagedProblemTable(kit, () => plans.id),
    stagedDeletions: stagedDeletionTable(kit, () => plans.id),
    knownListings: knownListingTable(kit, () => plans.id),
    runKeys: runKeyTable(kit, () => runs.id),
    runEvents: runEventTable(kit, () => runs.id),
    locationPairs: locationPairTable(kit, () => jobs.id),
    ledgerEntries: ledgerEntryTable(kit, () => jobs.id),
    restingFolders: restingFolderTable(kit, () => jobs.id),
    itemFailures: itemFailureTable(kit, () => jobs.id),
  };
}

type Owner = () => AnySQLiteColumn;

function ownedBy(kit: Kit, owner: Owner) {
  return kit.text().notNull().references(owner, { onDelete: 'cascade' });
}

function jobTable(kit: Kit) {
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
      destinationConnectionId: kit.text().notNull(),
      destinationPath: kit.text().notNull(),
      destinationRemoteId: kit.text(),
      /** Policies that differ from the defaults; a default is not stored, so that a later version may change it. */
      policies: kit.json<Partial<Policies>>().notNull(),
      approval: kit.text().$type<ApprovalRequirement>().notNull(),
      isSuspended: kit.bool().notNull(),
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
      kit.index('jobs_source').on(table.sourceConnectionId),
      kit.index('jobs_destination').on(table.destinationConnectionId),
    ],
  );
}

function planTable(kit: Kit, job: Owner) {
  return kit.table(
    'plans',
    {
      id: kit.text().primaryKey(),
      jobId: ownedBy(kit, job),
      jobVersion: kit.int().notNull(),
      /** Number of the job's location pair that the plan is about; null until its places were looked at. */
      pair: kit.int(),
      /** What people were asked last before anything was compared; to go on is to agree. */
      asked: kit.text(),
      /** Run that carries the plan out; null when none does yet. */
      runId: kit.text(),
      /** Whether planning again is restricted to the items that the plan holds already. */
      isFrozen: kit.bool().notNull(),
      taskState: kit.text().$type<TaskState>().notNull(),
      failure: kit.json<Problem>(),
      phase: kit.text().$type<Phase>().notNull(),
      digest: kit.text(),
      /** What the listings of both sides say of themselves; null before, and for one that ended without it. */
      sourceProof: kit.json<ListingProof>(),
      destinationProof: kit.json<ListingProof>(),
      /** How these listings came about; null before. */
      sourceListing: kit.json<ListingHow>(),
      destinationListing: kit.json<ListingHow>(),
      totals: kit.json<PlanTotals>().notNull(),
      stepCount: kit.bigint().notNull(),
      approvalState: kit.text().$type<ApprovalState>().notNull(),
      decidedById: kit.text(),
      comment: kit.text(),
      expiresAt: kit.ts(),
      createdAt: kit.ts().notNull(),
      createdById: kit.text(),
      finishedAt: kit.ts(),
      /** Whether its steps of long ago were removed. */
      isPruned: kit.bool().notNull().default(false),
      leaseOwner: kit.text(),
      leaseUntil: kit.ts(),
      /** Workers in a row that ended while they held the planning. */
      crashes: kit.int().notNull().default(0),
    },
    (table) => [
      kit.index('plans_job').on(table.jobId, table.createdAt),
      kit.index('plans_task').on(table.taskState, table.createdAt),
      kit.index('plans_run').on(table.runId),
    ],
  );
}

function runTable(kit: Kit, job: Owner) {
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

/** A step of a plan and, once a run carries the plan out, its item: the plan is data. */
function stepTable(kit: Kit, plan: Owner) {
  return kit.table(
    'steps',
    {
      id: kit.text().primaryKey(),
      planId: ownedBy(kit, plan),
      jobId: kit.text().notNull(),
      sequence: kit.bigint().notNull(),
      action: kit.text().$type<PlanAction>().notNull(),
      side: kit.text().$type<Side>().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      /** Identifies the item in all runs of the job: its key at the source, else its key at the destination. */
      itemKey: kit.text().notNull(),
      sourceKey: kit.text(),
      destinationKey: kit.text(),
      sourceRemoteId: kit.text(),
      /** Size of the file at the source in bytes. */
      byteSize: kit.bigint(),
      planReason: kit.text().$type<ItemReason>().notNull(),
      planMessage: kit.text().notNull(),
      /** The whole step as JSON text, for the engine. */
      step: kit.text().notNull(),
      byteCount: kit.bigint().notNull(),
      callCount: kit.int().notNull(),
      isDestructive: kit.bool().notNull(),
      isRevised: kit.bool().notNull(),
      /** Whether planning a frozen plan again has not reached this step yet. */
      isStale: kit.bool().notNull(),
      outcome: kit.text().$type<ItemOutcome>().notNull(),
      reason: kit.text().$type<ItemReason>().notNull(),
      message: kit.text().notNull(),
      remedy: kit.text(),
      sha256: kit.text(),
      verifiedBy: kit.text().$type<VerificationMethod>(),
      destinationRemoteId: kit.text(),
      bytesDone: kit.bigint().notNull(),
      versionsDone: kit.int().notNull(),
      attempts: kit.json<StoredAttempt[]>().notNull(),
      attemptCount: kit.int().notNull(),
      /** When the current try began, or a try that a process left behind when it died. */
      begunAt: kit.ts(),
      isInDoubt: kit.bool().notNull(),
      /** SHA-256 of the content that the current try was about to leave, or the one that a process left behind. */
      intentSha256: kit.text(),
      checkpoint: kit.text(),
      finishedAt: kit.ts(),
      /** Whether this is the latest record of its item in the job. */
      isLatest: kit.bool().notNull(),
    },
    (table) => [
      kit.index('steps_sequence').on(table.planId, table.sequence),
      kit.index('steps_outcome').on(table.planId, table.outcome, table.sequence),
      kit.index('steps_item').on(table.planId, table.itemKey),
      kit
        .index('steps_begun')
        .on(table.jobId, table.begunAt)
        .where(sql`begun_at is not null`),
      kit.index('steps_latest').on(table.jobId, table.isLatest, table.itemKey, table.id),
    ],
  );
}

export type StoredAttempt = Omit<StepAttempt, 'startedAt'> & { startedAt: string };

/** Items that are staged one by one, over what was listed at their keys: the destination's own folder, and folders that the run made. */
function stagedItemTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_items',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      key: kit.text().notNull(),
      remoteId: kit.text().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      item: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.key, table.remoteId] })],
  );
}

/** Listed items, some hundred of one folder in a row. */
function stagedBatchTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_batches',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      parentKey: kit.text().notNull(),
      /** Counts the rows of a plan; what comes later replaces items of the same key and identity. */
      part: kit.int().notNull(),
      /** Segments of the parent's key. */
      depth: kit.int().notNull(),
      /** Path of the parent from the connection's root, a JSON list. */
      folder: kit.text().notNull(),
      itemCount: kit.int().notNull(),
      fileCount: kit.int().notNull(),
      /** Of a row without files: key of the other half, see `restingFolders`. Null where the row has all of its items. */
      otherHalf: kit.text(),
      byteCount: kit.bigint().notNull(),
      /** See `PackedItems`. */
      fingerprints: kit.text('marks').notNull(),
      rest: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.planId, table.side, table.parentKey, table.part] }),
      kit.index('staged_batches_order').on(table.planId, table.side, table.depth, table.parentKey, table.part),
    ],
  );
}

/** Where listed items are by their identity; filled only where an item is not in its place. */
function stagedIdentityTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_identities',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      remoteId: kit.text().notNull(),
      key: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.remoteId, table.key] })],
  );
}

function stagedProblemTable(kit: Kit, plan: Owner) {
  return kit.table(
    'staged_problems',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      key: kit.text().notNull(),
      kind: kit.text().$type<ListProblem['kind']>().notNull(),
      problem: kit.text().notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.planId, table.side, table.key] })],
  );
}

/** What was seen in the recycle bin of a plan's source. */
function stagedDeletionTable(kit: Kit, plan: Owner) {
  return kit.table('staged_deletions', { planId: ownedBy(kit, plan), remoteId: kit.text().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.planId, table.remoteId] }),
  ]);
}

/**
 * Listings from which a later one may go on: their batches stay with the plan that made them. One that is not taken yet belongs
 * to a run that has not come to its end.
 */
function knownListingTable(kit: Kit, plan: Owner) {
  return kit.table(
    'known_listings',
    {
      planId: ownedBy(kit, plan),
      side: kit.text().$type<Side>().notNull(),
      jobId: kit.text().notNull(),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      isTaken: kit.bool().notNull(),
      listing: kit.json<KnownListing>().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.planId, table.side] }),
      kit.index('known_listings_pair').on(table.jobId, table.pair),
    ],
  );
}

/**
 * The pairs of places that a job has had, each with a ledger of its own: a job whose folder is changed begins a new one, and
 * has the old one again when it is changed back.
 */
function locationPairTable(kit: Kit, job: Owner) {
  return kit.table(
    'location_pairs',
    {
      jobId: ownedBy(kit, job),
      /** Counts from 1 within the job. */
      number: kit.int().notNull(),
      /** Connections of both sides, and their folders as the job names them: by identifier, else by path. */
      sourceConnectionId: kit.text().notNull(),
      sourcePlace: kit.text().notNull(),
      destinationConnectionId: kit.text().notNull(),
      destinationPlace: kit.text().notNull(),
      /** Identities of the folders that stood there; null as long as they are not known. */
      sourceRoot: kit.text(),
      destinationRoot: kit.text(),
      itemCount: kit.bigint().notNull(),
      usedAt: kit.ts().notNull(),
      /** Start of the machine in which what the ledger tells of last was written; null where that is not known. */
      machineStart: kit.text(),
      /** Entries with a higher mark may be lost with the power of the machine. */
      settledMark: kit.int().notNull().default(0),
    },
    (table) => [kit.primaryKey({ columns: [table.jobId, table.number] })],
  );
}

/** Key of the folder at the source with a slash behind it, empty for the root: the key without its last segment. */
export const SOURCE_FOLDER = sql`rtrim(source_key, replace(source_key, '/', ''))`;

/** What is remembered of an item that both places of a pair have. */
function ledgerEntryTable(kit: Kit, job: Owner) {
  return kit.table(
    'ledger_entries',
    {
      id: kit.text().primaryKey(),
      jobId: ownedBy(kit, job),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      kind: kit.text().$type<ItemKind>().notNull(),
      sourceKey: kit.text().notNull(),
      sourceId: kit.text().notNull(),
      sourceVersion: kit.text(),
      sourceMetaVersion: kit.text(),
      sourceSize: kit.bigint(),
      sourceModifiedAt: kit.bigint(),
      destinationKey: kit.text().notNull(),
      destinationId: kit.text().notNull(),
      destinationVersion: kit.text(),
      destinationMetaVersion: kit.text(),
      destinationSize: kit.bigint(),
      destinationModifiedAt: kit.bigint(),
      sha256: kit.text(),
      judged: kit.text(),
      /** Of the destination's file system, see `settledMark`; null for what was durable when it was told. */
      mark: kit.int(),
      /** Version at the destination that the file took the place of, should that come back. */
      replaced: kit.text(),
    },
    (table) => [
      kit.uniqueIndex('ledger_entries_source').on(table.jobId, table.pair, table.sourceId),
      kit.uniqueIndex('ledger_entries_destination').on(table.jobId, table.pair, table.destinationId),
      kit.index('ledger_entries_source_key').on(table.jobId, table.pair, table.sourceKey),
      kit.index('ledger_entries_source_folder').on(table.jobId, table.pair, SOURCE_FOLDER),
      kit.index('ledger_entries_destination_key').on(table.jobId, table.pair, table.destinationKey),
    ],
  );
}

/**
 * Folders that were found to be as the ledger knows them, on both sides and with nothing else in them: what the listings of
 * them were, as fingerprints. Whatever is written to the ledger of a folder's children removes its row.
 */
function restingFolderTable(kit: Kit, job: Owner) {
  return kit.table(
    'resting_folders',
    {
      jobId: ownedBy(kit, job),
      /** Number of the location pair. */
      pair: kit.int().notNull(),
      sourceKey: kit.text().notNull(),
      destinationKey: kit.text().notNull(),
      sourcePrint: kit.text().notNull(),
      destinationPrint: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.jobId, table.pair, table.sourceKey] }),
      kit.index('resting_folders_destination').on(table.jobId, table.pair, table.destinationKey),
    ],
  );
}

/** Items whose latest try, in whatever run of the job, failed. */
function itemFailureTable(kit: Kit, job: Owner) {
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

/** Keys below the job's source to which a run is restricted; folders with all below them. */
function runKeyTable(kit: Kit, run: Owner) {
  return kit.table('run_keys', { runId: ownedBy(kit, run), key: kit.text().notNull() }, (table) => [
    kit.primaryKey({ columns: [table.runId, table.key] }),
  ]);
}

function runEventTable(kit: Kit, run: Owner) {
  return kit.table(
    'run_events',
    {
      runId: ownedBy(kit, run),
      /** Number of the event within its run, from 1 without gaps. */
      sequence: kit.bigint().notNull(),
      kind: kit.text().$type<DurableRunEventKind>().notNull(),
      occurredAt: kit.ts().notNull(),
      state: kit.text().$type<RunState>(),
      stepId: kit.text(),
      severity: kit.text().$type<Severity>(),
      message: kit.text(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.runId, table.sequence] }),
      kit.index('run_events_occurred').on(table.occurredAt),
    ],
  );
}
