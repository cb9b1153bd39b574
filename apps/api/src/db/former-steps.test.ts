import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStep, item, step } from '@sluice/core/testing';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../runs/engine-store/encoding.js';
import { ItemStore } from '../runs/reading/item.store.js';
import { createEngineStore } from '../runs/engine-store/store.js';
import { seedRun } from '../runs/engine-store/testing.js';
import type { Database, Dialect } from './database.js';
import { openFormer } from './former-release.testing.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';

/** Migrations that the release before had in which the identifiers of steps were texts. */
const MIGRATIONS = 21;
const AT = Date.UTC(2026, 10, 27, 8);
const SHA256 = 'ab'.repeat(32);
const MESSAGE = 'The file is new.';
const ROOTS = { source: '/from/', destination: '/to/' };

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sluice-former-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Values = Record<string, string | number | boolean | Date | null>;

function insertOf(dialect: Dialect, table: string, values: Values): string {
  const literals = Object.values(values).map((value) => literalOf(dialect, value));
  const columns = Object.keys(values).map((name) => `"${name}"`);
  return `insert into ${table} (${columns.join()}) values (${literals.join()})`;
}

function literalOf(dialect: Dialect, value: Values[string]): string {
  if (value instanceof Date) {
    return dialect === 'sqlite' ? String(value.getTime()) : `timestamptz '${value.toISOString()}'`;
  }
  if (typeof value === 'boolean') return dialect === 'sqlite' ? String(Number(value)) : String(value);
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

const at = new Date(AT);
const jobRow = (id: string): Values => ({
  ...{ id, version: 1, name: id, name_key: id, transfer_type: 'COPY', labels: '[]', source_connection_id: 'con_a' },
  ...{ source_path: '/from', destination_connection_id: 'con_b', destination_path: '/to', policies: '{}' },
  ...{ approval: 'NEVER', is_suspended: false, is_draft: false, ledger_item_count: 0, run_count: 0 },
  ...{ latest_run_at: at, created_at: at, updated_at: at },
});
const planRow = (id: string, jobId: string, minute: number, over: Values = {}): Values => ({
  ...{ id, job_id: jobId, job_version: 1, run_id: `run_of_${id}`, is_frozen: false, task_state: 'SUCCEEDED' },
  ...{ phase: 'TRANSFERRING', totals: '{}', step_count: 9, approval_state: 'NOT_REQUIRED' },
  ...{ created_at: new Date(AT + minute * 60_000), ...over },
});
const COUNTERS = JSON.stringify({ outcomes: {}, reasons: {}, itemsPlanned: 0, bytesPlanned: 0, callsNeeded: 0 });
const runRow = (planId: string, jobId: string, number: number): Values => ({
  ...{ id: `run_of_${planId}`, job_id: jobId, number, job_version: 1, plan_id: planId, state: 'TRANSFERRING' },
  ...{ wish: 'RUN', trigger: 'MANUAL', approval: 'NEVER', policies: '{}', queued_at: at, counters: COUNTERS },
  ...{ items_discovered: 0, bytes_discovered: 0, calls: '[]', event_count: 2 },
});
const stepRow = (id: string, planId: string, sequence: number, key: string, over: Values = {}): Values => ({
  ...{ id, plan_id: planId, job_id: 'job_one', sequence, action: 'CREATE', side: 'DESTINATION', kind: 'FILE' },
  ...{ item_key: `s:${key}`, source_key: key, destination_key: key, source_remote_id: `from/${key}` },
  ...{ byte_size: 10, plan_reason: 'NEW', plan_message: MESSAGE, step: encode(step(key)), byte_count: 10 },
  ...{ call_count: 2, is_destructive: false, is_revised: false, is_stale: false, outcome: 'PENDING', reason: 'NEW' },
  ...{ message: MESSAGE, bytes_done: 0, versions_done: 0, attempts: '[]', attempt_count: 0, is_in_doubt: false },
  ...{ is_latest: false, ...over },
});

const TRIES = [{ startedAt: at.toISOString(), duration: 24, reason: null, remoteStatus: null, remoteRequestId: null }];
const DONE: Values = {
  ...{ outcome: 'CREATED', step: '', sha256: SHA256, verified_by: 'CHECKSUM', destination_remote_id: 'to/f/a.pdf' },
  ...{ bytes_done: 10, versions_done: 1, attempts: JSON.stringify(TRIES), attempt_count: 1, finished_at: at },
  is_latest: true,
};
/** An item that stands at the destination only, at a platform with numbers, under another name than its key says. */
const FLAGGED: Values = {
  ...{ item_key: 'd:x/gone.pdf', source_key: null, destination_key: 'x/gone.pdf', source_remote_id: null },
  ...{
    destination_remote_id: '5012',
    outcome: 'FLAGGED',
    reason: 'LOCKED',
    message: 'Ann holds it.',
    action: 'REFUSE',
  },
  ...{ remedy: 'Ask Ann.', is_latest: true, finished_at: at, byte_size: null, step: '' },
};

const rows = (dialect: Dialect): string[] => {
  const insert = (table: string, ...list: Values[]) => list.map((values) => insertOf(dialect, table, values));
  return [
    ...insert('jobs', jobRow('job_one'), jobRow('job_two')),
    ...insert('plans', planRow('plan_z', 'job_one', 1), planRow('plan_other', 'job_two', 2)),
    ...insert('plans', planRow('plan_approved', 'job_one', 3, { is_frozen: true })),
    ...insert('runs', runRow('plan_z', 'job_one', 1), runRow('plan_approved', 'job_one', 2)),
    ...insert('steps', stepRow('item_c', 'plan_z', 3, 'f/c.pdf', { destination_key: 'f/c_.pdf', is_revised: true })),
    ...insert('steps', stepRow('item_a', 'plan_z', 1, 'f/a.pdf', DONE), stepRow('item_d', 'plan_z', 7, '', FLAGGED)),
    ...insert('steps', stepRow('item_b', 'plan_z', 2, 'f', { kind: 'FOLDER', step: encode(folderStep('f')) })),
    // An approved plan that was made again: the turns have left the order of the identifiers.
    ...insert('steps', stepRow('item_e', 'plan_approved', 9, 'late'), stepRow('item_f', 'plan_approved', 5, 'early')),
    ...insert('run_events', {
      ...{ run_id: 'run_of_plan_z', sequence: 1, kind: 'ITEM', occurred_at: at, step_id: 'item_d' },
    }),
    ...insert('run_events', {
      ...{ run_id: 'run_of_plan_z', sequence: 2, kind: 'STATE', occurred_at: at, state: 'TRANSFERRING' },
    }),
  ];
};

const storeOf = (db: Database, planId: string) =>
  createEngineStore(db, {
    ...{ jobId: 'job_one', planId, runId: `run_of_${planId}`, lease: null, now: () => at, planValidity: 1 },
    ...{ changes: { record: async () => undefined }, onEvents: () => undefined },
  });

function keepsItsSteps(dialect: Dialect): void {
  let db: Database;
  beforeAll(async () => void (db = await openFormer(dialect, folder, { migrations: MIGRATIONS, rows })));
  afterAll(() => db.close());
  const itemsOf = async (planId: string) =>
    (await new ItemStore(db).ofRun({ planId, jobId: 'job_one' }, ROOTS, {}, { first: 100 })).nodes;

  it('shows of each item what it showed before, in the same order', async () => {
    const [a, b, c, d] = await itemsOf('plan_z');
    expect(a).toMatchObject({
      ...{ action: 'CREATE', side: 'DESTINATION', kind: 'FILE', sourceKey: 'f/a.pdf', destinationKey: 'f/a.pdf' },
      ...{ sourceRemoteId: 'from/f/a.pdf', destinationRemoteId: 'to/f/a.pdf', planReason: 'NEW', planMessage: MESSAGE },
      ...{ outcome: 'CREATED', reason: 'NEW', message: MESSAGE, remedy: null, sha256: SHA256, verifiedBy: 'CHECKSUM' },
      ...{ bytesDone: 10, versionsDone: 1, attempts: TRIES, attemptCount: 1, finishedAt: at, jobId: 'job_one' },
    });
    expect(b).toMatchObject({ kind: 'FOLDER', sourceKey: 'f', outcome: 'PENDING', sha256: null, attempts: [] });
    expect(c).toMatchObject({ sourceKey: 'f/c.pdf', destinationKey: 'f/c_.pdf', isRevised: true, byteSize: 10 });
    expect(d).toMatchObject({
      ...{ sourceKey: null, destinationKey: 'x/gone.pdf', sourceRemoteId: null, destinationRemoteId: '5012' },
      ...{ outcome: 'FLAGGED', reason: 'LOCKED', planReason: 'NEW', message: 'Ann holds it.', planMessage: MESSAGE },
      ...{ remedy: 'Ask Ann.', action: 'REFUSE', byteSize: null },
    });
  });

  it('knows the latest records of a job, and those of no other job', async () => {
    const items = new ItemStore(db);
    const page = await items.ofJob('job_one', ROOTS, {}, { first: 100 });
    expect(page.nodes.map(({ itemKey }) => itemKey)).toEqual(['d:x/gone.pdf', 's:f/a.pdf']);
    expect(await items.countOfJob('job_two', ROOTS, {})).toBe(0);
  });

  it('leads from events to the items that they told of, and from former identifiers to none', async () => {
    const { runEvents } = db.tables;
    const events = await db.reader.select().from(runEvents).orderBy(asc(runEvents.sequence));
    const items = new ItemStore(db);
    expect((await items.byIds(events.flatMap(({ stepId }) => stepId ?? []))).map((row) => row?.itemKey)).toEqual([
      'd:x/gone.pdf',
    ]);
    expect(events[1]?.stepId).toBeNull();
    expect(await items.byIds(['item_a', 'item_01a21c01907b7c5aa1160c078e8fc2d0'])).toEqual([null, null]);
  });

  it('goes on with a run that it had begun, also where its plan was made again', async () => {
    const claimed = await storeOf(db, 'plan_z').claim(10);
    expect(claimed.map((one) => one.step)).toEqual([folderStep('f'), step('f/c.pdf', { source: item('f/c.pdf') })]);
    const again = await storeOf(db, 'plan_approved').claim(10);
    expect(again.map((one) => one.step.sourceKey)).toEqual(['early', 'late']);
  });

  it('gives a new plan identifiers that no other plan has', async () => {
    const former = await db.reader.select({ ordinal: db.tables.plans.ordinal }).from(db.tables.plans);
    expect(former.map(({ ordinal }) => ordinal).sort()).toEqual([1, 2, 3]);
    expect(await seedRun(db, 'job_one', 3)).toMatchObject({ ordinal: 4, jobOrdinal: 1 });
    expect(await seedRun(db, 'job_two', 1)).toMatchObject({ ordinal: 5, jobOrdinal: 2 });
  });
}

describe('the steps of a former release (SQLite)', () => keepsItsSteps('sqlite'));

describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')(
  'the steps of a former release (Postgres)',
  () => {
    beforeAll(async () => void (await sharedPostgres()));
    keepsItsSteps('postgres');
  },
);
