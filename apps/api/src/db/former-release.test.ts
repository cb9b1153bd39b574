import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk } from '@sluice/fileshare/testing';
import type { Platform } from '@sluice/core/platform';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { quietRun } from '@sluice/core/testing';
import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepsOfPlan } from '../runs/engine-store/store-plan-numbers.js';
import { sourceKeyOf } from '../runs/engine-store/step-keys.js';
import { ledgerEntryOfRow } from '../runs/engine-store/ledger/store-ledger-row.js';
import { runKeysOf } from '../runs/engine-store/store-run-keys.js';
import { createEngineStore } from '../runs/engine-store/store.js';
import { seedRun } from '../runs/engine-store/testing.js';
import type { Database } from './database.js';
import { formerMigrations } from './former-release.testing.js';
import { openDatabase } from './open-database.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';

const JOB = 'job_former';
/** Migrations that the release before location pairs had. */
const FORMER_MIGRATIONS = 2;
const clock = {
  now: () => Date.UTC(2026, 10, 26),
  monotonic: () => 0,
  sleep: (milliseconds: number, signal?: AbortSignal) => setTimeout(milliseconds, undefined, { signal }),
};

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sluice-former-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two shares of equal files that have the same version everywhere, as the former release left and remembered them. */
async function copiedShares() {
  const base = mkdtempSync(join(folder, 'shares-'));
  const names = ['a.txt', 'b.txt'];
  const time = new Date('2026-11-20T10:00:00Z');
  const open = async (side: string) => {
    await mkdir(join(base, side, 'f'), { recursive: true });
    for (const name of names) {
      await writeFile(join(base, side, 'f', name), `bytes of ${name}`);
      await utimes(join(base, side, 'f', name), time, time);
    }
    return createFilesharePlatform({ root: join(base, side), clock, random: () => 0.5, lane: inlineLane(realDisk()) });
  };
  const [source, destination] = [await open('source'), await open('destination')];
  return { base, source, destination, keys: ['f', ...names.map((name) => `f/${name}`)] };
}

const call = { signal: new AbortController().signal, priority: 'JOB' as const, owner: 'test' };

async function formerEntries({ source, destination, keys }: Awaited<ReturnType<typeof copiedShares>>) {
  const itemAt = async (platform: Platform, key: string) => (await platform.find({ path: key.split('/') }, call))!;
  return Promise.all(
    keys.map(async (key) => {
      const [from, to] = [await itemAt(source, key), await itemAt(destination, key)];
      const times = [from.size, from.modifiedAt?.getTime() ?? null];
      return [JOB, key, from.kind, from.id, from.version, ...times, key, to.id, to.version, null] as const;
    }),
  );
}

const COLUMNS =
  'job_id, source_key, kind, source_id, source_version, source_size, source_modified_at, destination_key, destination_id, destination_version, sha256';

/** A job as the former release wrote it, in the words of either database. */
const formerJob = (time: string, no: string) =>
  `insert into jobs (id, version, name, name_key, transfer_type, labels, source_connection_id, source_path, destination_connection_id,
    destination_path, policies, approval, is_suspended, is_draft, ledger_item_count, run_count, latest_run_at, created_at, updated_at)
    values ('${JOB}', 1, '${JOB}', '${JOB}', 'COPY', '[]', 'con_source', '/', 'con_destination', '/', '{}', 'NEVER', ${no}, ${no}, 0, 0,
    ${time}, ${time}, ${time})`;

/** A run that is restricted to some keys, and one that is not, as the former release wrote them. */
const formerRuns = (queuedAt: string) => {
  const rowOf = (id: string, number: number, keys: string) =>
    `('${id}', '${JOB}', ${number}, 1, 'plan_former', 'SUCCEEDED', 'RUN', 'RETRY', 'NEVER', '{}', ${queuedAt}, '{}', 0, 0, '[]', 0, ${keys})`;
  return `insert into runs (id, job_id, number, job_version, plan_id, state, wish, "trigger", approval, policies, queued_at, counters, items_discovered, bytes_discovered, calls, event_count, only_keys)
    values ${rowOf('run_some', 101, `'["a","f/b","a"]'`)}, ${rowOf('run_all', 102, 'null')}`;
};

type Former = (entries: readonly (readonly unknown[])[]) => Promise<Database>;

const onSqlite: Former = async (entries) => {
  const dataFolder = mkdtempSync(join(folder, 'data-'));
  const connection = new Sqlite(join(dataFolder, 'sluice.db'));
  const db = drizzleSqlite(connection, { casing: 'snake_case' });
  migrateSqlite(db, { migrationsFolder: formerMigrations(folder, 'sqlite', FORMER_MIGRATIONS) });
  connection.exec(formerJob('0', '0'));
  const insert = connection.prepare(
    `insert into ledger (${COLUMNS}) values (${entries[0]!.map(() => '?').join(', ')})`,
  );
  for (const entry of entries) insert.run(...entry);
  connection.exec(formerRuns('0'));
  connection.close();
  return openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
};

const onPostgres: Former = async (entries) => {
  const databaseUrl = await (await sharedPostgres()).createDatabase();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const db = drizzlePg(client, { casing: 'snake_case' });
  await migratePg(db, { migrationsFolder: formerMigrations(folder, 'pg', FORMER_MIGRATIONS) });
  await client.query(formerJob('now()', 'false'));
  const places = entries[0]!.map((_, index) => `$${index + 1}`).join(', ');
  for (const entry of entries) await client.query(`insert into ledger (${COLUMNS}) values (${places})`, [...entry]);
  await client.query(formerRuns('now()'));
  await client.end();
  return openDatabase({ dataFolder: folder, databaseUrl, role: 'all' });
};

async function runOn(db: Database, source: Platform, destination: Platform, number: number) {
  const ids = await seedRun(db, JOB, number);
  const changes = { record: async () => undefined };
  const context = {
    jobId: JOB,
    ...ids,
    lease: null,
    now: () => new Date(clock.now() + number),
    planValidity: 1e6,
    changes,
  };
  const store = createEngineStore(db, { ...context, onEvents: () => undefined });
  const end = await executeRun({
    source,
    destination,
    sourceRoot: [],
    destinationRoot: [],
    policies: defaultPolicies('COPY'),
    store,
    clock,
    ...quietRun(call.signal),
    owner: ids.runId,
  });
  expect(end).toEqual({ kind: 'DONE' });
  const steps = await db.reader.select().from(db.tables.steps).where(stepsOfPlan(db, ids.planId));
  return steps.map(({ outcome, itemKey }) => `${outcome} ${sourceKeyOf(itemKey)}`);
}

function keepsItsLedger(former: Former): void {
  it('is migrated with jobs and ledgers, and an unchanged run copies nothing', async () => {
    const shares = await copiedShares();
    const db = await former(await formerEntries(shares));
    const job = async () => (await db.reader.select().from(db.tables.jobs))[0];
    expect(await job()).toMatchObject({ id: JOB, ledgerItemCount: shares.keys.length });
    const before = await stat(join(shares.base, 'destination/f/a.txt'), { bigint: true });
    const first = await runOn(db, shares.source, shares.destination, 1);
    expect(first.filter((line) => /CREATED|UPDATED/.test(line))).toEqual([]);
    expect((await stat(join(shares.base, 'destination/f/a.txt'), { bigint: true })).ino).toBe(before.ino);
    expect(await runOn(db, shares.source, shares.destination, 2)).toEqual([]);
    expect(await job()).toMatchObject({ ledgerItemCount: shares.keys.length });
    await writeFile(join(shares.base, 'source/f/a.txt'), 'changed');
    expect(await runOn(db, shares.source, shares.destination, 3)).toEqual(['UPDATED f/a.txt']);
    expect(await readFile(join(shares.base, 'destination/f/a.txt'), 'utf8')).toBe('changed');
    await db.close();
  });

  it('keeps the keys to which its runs are restricted', async () => {
    const db = await former(await formerEntries(await copiedShares()));
    const keysOf = async (id: string) => {
      const [run] = await db.reader.select().from(db.tables.runs).where(eq(db.tables.runs.id, id));
      return runKeysOf(db, run!);
    };
    expect(await keysOf('run_some')).toEqual(['a', 'f/b']);
    expect(await keysOf('run_all')).toBeNull();
    await db.close();
  });

  it('keeps of each item what was remembered, and what was not', async () => {
    const entries = await formerEntries(await copiedShares());
    const db = await former(entries);
    const kept = (await db.reader.select().from(db.tables.ledgerEntries)).map(ledgerEntryOfRow);
    const told = kept.map(({ sourceKey, kind, sourceId, sourceVersion, sourceSize, sourceModifiedAt, ...to }) => [
      ...[JOB, sourceKey, kind, sourceId, sourceVersion, sourceSize, sourceModifiedAt],
      ...[to.destinationKey, to.destinationId, to.destinationVersion, to.sha256],
    ]);
    expect(told).toHaveLength(entries.length);
    expect(told).toEqual(expect.arrayContaining([...entries]));
    expect(kept.map(({ sourceMetaVersion }) => sourceMetaVersion)).toEqual(kept.map(() => null));
    await db.close();
  });

  it('may remember two items as one, as it did after a rename: the newer one is kept', async () => {
    const shares = await copiedShares();
    const entries = await formerEntries(shares);
    const [jobId, , ...rest] = entries[1]!;
    const db = await former([...entries, [jobId, 'f/former name.txt', ...rest]]);
    const kept = await db.reader.select().from(db.tables.ledgerEntries);
    expect(kept).toHaveLength(entries.length);
    expect(kept.map(({ sourceFolder, sourceName }) => sourceFolder + sourceName)).toContain('f/former name.txt');
    await db.close();
  });
}

describe('a database of the former release (SQLite)', () => keepsItsLedger(onSqlite));

describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')(
  'a database of the former release (Postgres)',
  () => {
    beforeAll(async () => void (await sharedPostgres()));
    keepsItsLedger(onPostgres);
  },
);
