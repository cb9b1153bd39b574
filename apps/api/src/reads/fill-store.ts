import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { stepIdOf } from '../db/item-ids.js';
import type { PlanTotals } from '../db/tables/plans.js';
import type { RunCounters } from '../db/tables/runs.js';
import { ChangeStore, type NewChange } from '../live/change.store.js';
import { seedJob, seedRun } from '../runs/engine-store/testing.js';

/** Number of objects of each kind, and of entries in the lists of the first object. */
const MANY_ROWS = 50;
/** Number of entries in the lists of all other objects. */
const FEW_ROWS = 2;
const NOW = new Date('2026-11-21T10:00:00.000Z');

type Tables = Database['tables'];
type Rows<K extends keyof Tables> = Tables[K]['$inferInsert'][];

/** Jobs share so many connections: each is a share that is opened, with threads of its own, when its jobs are looked at. */
const USED_CONNECTIONS = 4;

const COUNTERS: RunCounters = {
  outcomes: { CREATED: { items: 10, bytes: 1_000 }, FLAGGED: { items: 1, bytes: 10 } },
  reasons: { NEW: 10, CONTENT_CHANGED: 1 },
  itemsPlanned: 12,
  bytesPlanned: 1_010,
  itemsDone: 11,
  bytesDone: 1_000,
  versionsDone: 10,
  itemsRevised: 1,
  callsNeeded: 1,
};
const REASON = { code: 'REMOTE_UNREACHABLE' as const, message: 'The platform does not answer.' };
const TOTALS: PlanTotals = {
  actions: { CREATE: { items: 10, bytes: 1_000 } },
  calls: 20,
  destructive: 1,
  revised: 1,
  unchangedItems: 3,
  unchangedBytes: 30,
};

/**
 * Fills a store so that every object has everything that it can have: 50 budgets, connections, tokens, webhooks, mapping sets, reports, events and jobs; 50 runs
 * of the first job, 50 items and events of its first run, 2 of all others. `folder` is the share of all connections.
 *
 * This folder holds tests of what reading costs, for every list and field of the schema at once; no code of the product.
 */
export async function fillStore(db: Database, folder: string): Promise<void> {
  for (const name of ['from', 'to']) mkdirSync(join(folder, name));
  await insertAccounts(db, folder);
  for (let index = 0; index < MANY_ROWS; index++) await insertJob(db, index);
  const { jobs, runs } = db.tables;
  const latest = db.reader.select({ id: jobs.latestRunId }).from(jobs);
  await db.transact(async (tx) => {
    await tx
      .update(runs)
      .set({ activeJobId: sql`${runs.jobId}` })
      .where(inArray(runs.id, latest));
  });
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const nameOf = (what: string, index: number) => `${what}_${String(index).padStart(3, '0')}`;

async function insertAccounts(db: Database, folder: string): Promise<void> {
  const { apiTokens, budgets, connections, mappingEntries, mappingSets, reports, users, webhooks, webhookDeliveries } =
    db.tables;
  const changes = new ChangeStore(db);
  const [user] = await db.reader.select({ id: users.id }).from(users).limit(1);
  await db.transact(async (tx) => {
    await tx.insert(budgets).values(numbers(MANY_ROWS).map(budgetRow));
    await tx
      .insert(connections)
      .values(numbers(MANY_ROWS).map((index) => connectionRow(index, folder, user?.id ?? null)));
    await tx.insert(apiTokens).values(numbers(MANY_ROWS).map((index) => tokenRow(index, user?.id ?? null)));
    await tx.insert(webhooks).values(numbers(MANY_ROWS).map(webhookRow));
    await tx.insert(webhookDeliveries).values(numbers(MANY_ROWS).flatMap(deliveryRows));
    await tx.insert(mappingSets).values(numbers(MANY_ROWS).map(mappingSetRow));
    await tx.insert(mappingEntries).values(numbers(MANY_ROWS).flatMap(mappingEntryRows));
    await tx.insert(reports).values(numbers(MANY_ROWS).map(reportRow));
    for (const index of numbers(MANY_ROWS)) await changes.append(tx, changeOf(index), NOW);
  });
}

function budgetRow(index: number): Rows<'budgets'>[number] {
  const [id, client] = [nameOf('bud', index), nameOf('client', index)];
  const limits = { reserveShare: 0.02, hourlyLimit: 3_600, spikeLimit: 100 };
  return { id, apiHost: 'api.example.com', client, label: client, ...limits, state: null, updatedAt: NOW };
}

function connectionRow(index: number, location: string, updatedById: string | null): Rows<'connections'>[number] {
  const name = nameOf('Connection', index);
  return {
    id: nameOf('con', index),
    version: 1,
    name,
    nameKey: name.toLowerCase(),
    platform: 'NETWORK_FILE_SHARE',
    settings: { kind: 'NETWORK_FILE_SHARE', location, domain: null },
    method: 'NONE',
    budgetId: nameOf('bud', index),
    status: 'HEALTHY',
    statusMessage: 'Connected',
    checkedAt: NOW,
    checks: [{ step: 'REACH_HOST', outcome: 'PASSED', message: null, remedy: null }],
    createdAt: NOW,
    updatedAt: NOW,
    updatedById,
  };
}

function tokenRow(index: number, createdById: string | null): Rows<'apiTokens'>[number] {
  const id = nameOf('tok', index);
  return { id, displayName: id, prefix: id, tokenHash: id, scopes: ['JOBS_READ'], createdById, createdAt: NOW };
}

function webhookRow(index: number): Rows<'webhooks'>[number] {
  const id = nameOf('whk', index);
  const state = { isActive: true, position: 0, failedAttempts: 1, failure: REASON };
  return { id, version: 1, url: 'https://example.com/', topics: ',JOB,', secret: '', ...state, createdAt: NOW };
}

function deliveryRows(index: number): Rows<'webhookDeliveries'> {
  const common = { webhookId: nameOf('whk', index), kind: 'EVENT' as const, attempt: 1, durationMs: 5, startedAt: NOW };
  return numbers(index === 0 ? MANY_ROWS : FEW_ROWS).map((number) => {
    const named = { id: `whd_${index}x${number}`, messageId: `evt_${number + 1}` };
    return { ...common, ...named, status: 500, failure: REASON };
  });
}

function mappingSetRow(index: number): Rows<'mappingSets'>[number] {
  const [id, name] = [nameOf('map', index), nameOf('Mapping', index)];
  const choices = [{ from: 'a', to: 'b' }];
  const rule = { destinationField: 'a', defaultValue: null, choices, isRequired: false };
  return {
    id,
    version: 1,
    name,
    nameKey: name.toLowerCase(),
    kind: 'METADATA',
    sourcePlatform: 'NETWORK_FILE_SHARE',
    destinationPlatform: 'NETWORK_FILE_SHARE',
    automaticMatches: ['ID'],
    exclusions: ['x'],
    unmapped: 'SKIP',
    metadataRules: [{ ...rule, origin: { kind: 'FIXED', value: 'a' } }],
    createdAt: NOW,
    updatedAt: NOW,
  };
}

function mappingEntryRows(index: number): Rows<'mappingEntries'> {
  const setId = nameOf('map', index);
  return numbers(index === 0 ? MANY_ROWS : FEW_ROWS).map((number) => {
    const [sourceKey, destinationKey] = [nameOf('from', number), nameOf('to', number)];
    return {
      id: `mpe_${index}x${number}`,
      setId,
      sourceKey,
      destinationKey,
      searchKey: `${sourceKey}\n${destinationKey}`,
    };
  });
}

function reportRow(index: number): Rows<'reports'>[number] {
  const task = { taskState: 'SUCCEEDED' as const, tries: 1, failure: REASON, timeZone: 'UTC', createdAt: NOW };
  return { id: nameOf('rep', index), kind: 'ITEMS', format: 'CSV', subjectId: nameOf('job', index), ...task };
}

const changeOf = (index: number): NewChange => ({ topic: 'JOB', change: 'CREATED', subjectId: nameOf('job', index) });

async function insertJob(db: Database, index: number): Promise<void> {
  const { jobs } = db.tables;
  const id = await seedJob(db, {
    id: nameOf('job', index),
    labels: ['one', 'two'],
    mappingSetIds: [nameOf('map', index), nameOf('map', (index + 1) % MANY_ROWS)],
    sourceConnectionId: nameOf('con', index % USED_CONNECTIONS),
    destinationConnectionId: nameOf('con', (index + 1) % USED_CONNECTIONS),
    sourcePath: '/from',
    destinationPath: '/to',
    ledgerItemCount: 3,
  });
  let latest: { planId: string; runId: string } | null = null;
  for (const number of numbers(index === 0 ? MANY_ROWS : FEW_ROWS)) {
    latest = await insertRun(db, { jobId: id, index, number, before: latest?.runId ?? null });
  }
  const links = { latestRunId: latest?.runId, latestPlanId: latest?.planId, runCount: MANY_ROWS, latestRunAt: NOW };
  await db.transact(async (tx) => void (await tx.update(jobs).set(links).where(eq(jobs.id, id))));
}

interface RunPlace {
  jobId: string;
  /** Of the job. */
  index: number;
  number: number;
  before: string | null;
}

async function insertRun(db: Database, { jobId, index, number, before }: RunPlace) {
  const { planId, runId, ordinal, jobOrdinal } = await seedRun(db, jobId, number + 1);
  const { plans, runs, steps, runEvents, users } = db.tables;
  const [user] = await db.reader.select({ id: users.id }).from(users).limit(1);
  const isLatest = number === (index === 0 ? MANY_ROWS : FEW_ROWS) - 1;
  const entries = numbers(index === 0 && isLatest ? MANY_ROWS : FEW_ROWS);
  await db.transact(async (tx) => {
    const plan = {
      totals: TOTALS,
      stepCount: entries.length,
      decidedById: user?.id,
      digest: 'digest',
      finishedAt: NOW,
    };
    await tx.update(plans).set(plan).where(eq(plans.id, planId));
    // Runs of one job are apart by a second, the newest first in lists; every job's latest one is still under way.
    const queuedAt = new Date(NOW.getTime() + number * 1_000 - index);
    const calls = [{ budgetId: nameOf('bud', (index + 1) % MANY_ROWS), total: 5, throttled: 0 }];
    const run = {
      continuesId: before ?? runId,
      startedById: user?.id,
      startedAt: NOW,
      queuedAt,
      counters: COUNTERS,
      calls,
      stateReason: REASON,
    };
    await tx
      .update(runs)
      .set({ ...run, state: 'TRANSFERRING', eventCount: entries.length })
      .where(eq(runs.id, runId));
    await tx
      .insert(steps)
      .values(entries.map((entry) => stepRow(entry, { ordinal, latestOf: isLatest ? jobOrdinal : null })));
    await tx.insert(runEvents).values(entries.map((entry) => eventRow(entry, { runId, ordinal })));
  });
  return { planId, runId };
}

/** A step of the plan with that ordinal. */
export function stepRow(entry: number, plan: { ordinal: number; latestOf: number | null }): Rows<'steps'>[number] {
  const key = `${nameOf('file', entry)}.pdf`;
  return {
    id: stepIdOf(plan.ordinal, entry + 1),
    latestOf: plan.latestOf,
    action: 'CREATE',
    side: 'DESTINATION',
    kind: 'FILE',
    itemKey: `s:${key}`,
    destinationKey: '=',
    sourceRemoteId: '=',
    byteSize: 100,
    planReason: 'NEW',
    planMessage: 'It is new.',
    step: '{}',
    byteCount: 100,
    callCount: 2,
    isDestructive: false,
    isRevised: true,
    revision: 'CHARACTERS',
    isStale: false,
    outcome: 'CREATED',
    reason: 'NEW',
    message: entry % 2 === 0 ? 'It was created.' : null,
    remedy: 'None needed.',
    sha256: 'a'.repeat(64),
    verifiedBy: 'SIZE',
    destinationRemoteId: '=',
    bytesDone: 100,
    versionsDone: 1,
    attempts: [],
    attemptCount: 1,
    isInDoubt: false,
    finishedAt: NOW,
  };
}

export function eventRow(
  entry: number,
  { runId, ordinal }: { runId: string; ordinal: number },
): Rows<'runEvents'>[number] {
  const common = { runId, sequence: entry + 1, occurredAt: NOW };
  if (entry % 2 === 1) return { ...common, kind: 'STATE', state: 'TRANSFERRING' };
  return { ...common, kind: 'ITEM', stepId: stepIdOf(ordinal, entry + 1) };
}
