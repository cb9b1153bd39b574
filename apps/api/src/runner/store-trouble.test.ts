import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, startPostgres, type PostgresServer } from '../db/postgres.testing.js';
import { coreEngine, type Engine } from './engine.js';
import { openShareApp, QUICK_WORK, type ShareApp } from './testing.js';

/** Makes the store fail as it does when it is full or locked; rejects with what the store says. */
type Trouble = (app: ShareApp) => Promise<unknown>;

const fillSqlite: Trouble = async ({ app: { base } }) => {
  const { db } = base;
  const pages = (most: number) => db.transact((tx) => tx.rows(sql`pragma max_page_count = ${sql.raw(String(most))}`));
  await pages(1);
  const value = 'x'.repeat(1_000_000);
  try {
    await db.transact(async (tx) => void (await tx.insert(db.tables.facts).values({ name: 'large', value })));
  } finally {
    await pages(1_000_000);
  }
};

const lockSqlite: Trouble = async ({ config }) => {
  const file = join(config.dataFolder, 'sluice.db');
  const [other, own] = [new Sqlite(file), new Sqlite(file, { timeout: 0 })];
  try {
    other.exec('BEGIN IMMEDIATE');
    own.exec('BEGIN IMMEDIATE');
  } finally {
    other.exec('ROLLBACK');
    for (const connection of [other, own]) connection.close();
  }
};

const fillPostgres: Trouble = ({ app: { base } }) =>
  base.db.transact((tx) => tx.rows(sql`do $$ begin raise 'could not extend file' using errcode = '53100'; end $$`));

const lockPostgres: Trouble = async ({ app: { base }, config }) => {
  const other = new pg.Client({ connectionString: config.databaseUrl! });
  await other.connect();
  try {
    await other.query('begin; lock table facts in access exclusive mode');
    await base.db.transact(async (tx) => {
      await tx.rows(sql`set local lock_timeout = '20ms'`);
      await tx.delete(base.db.tables.facts);
    });
  } finally {
    await other.end();
  }
};

/** The store fails once while a real run is under way; then it takes writes again. */
async function expectRest(trouble: Trouble, databaseUrl: string | null): Promise<void> {
  let hasFailed = false;
  const executeRun: Engine['executeRun'] = async (context, approve) => {
    if (!hasFailed) {
      hasFailed = true;
      await trouble(app);
      throw new Error('The store was to fail.');
    }
    return coreEngine.executeRun(context, approve);
  };
  await using app = await openShareApp(
    { databaseUrl },
    { work: { ...QUICK_WORK, engine: { ...coreEngine, executeRun } } },
  );
  const { db } = app.app.base;
  app.put('plan.txt', 'plan');
  const start = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id } userErrors { code } } }';
  const jobId = await app.createJob();
  const { runStart } = await app.ask<{ runStart: { run: { id: string } } }>(start, { id: jobId });
  const { id } = runStart.run;
  const reaches = (wanted: string) =>
    app.until(
      () => app.runState(id),
      (state) => state === wanted,
    );
  expect(await reaches('PAUSED')).toBe('PAUSED');
  const query = 'query ($id: ID!) { run(id: $id) { waitingUntil stateReason { code message isRetryable } } }';
  const { run } = await app.ask<{ run: { waitingUntil: string; stateReason: { message: string } } }>(query, { id });
  expect(run.stateReason).toMatchObject({ code: 'STORE_UNAVAILABLE', isRetryable: true });
  expect(run.stateReason.message).toMatch(/full, busy or out of reach; the run goes on by itself/);
  expect(Date.parse(run.waitingUntil)).toBeGreaterThan(Date.now());
  await db.transact(async (tx) => void (await tx.update(db.tables.runs).set({ waitingUntil: new Date(0) })));
  expect(await reaches('SUCCEEDED')).toBe('SUCCEEDED');
  expect(app.get('plan.txt')).toBe('plan');
}

describe('a run whose store fails rests with that reason, and goes on once it takes writes again', () => {
  it.each([
    ['full', fillSqlite],
    ['locked', lockSqlite],
  ])('SQLite that is %s', (_, trouble) => expectRest(trouble, null));

  describe.skipIf(findPostgres() === null && process.env['CI'] !== 'true')('with Postgres', () => {
    let server: PostgresServer;
    beforeAll(async () => void (server = await startPostgres()));
    afterAll(() => server?.stop());

    it.each([
      ['full', fillPostgres],
      ['locked', lockPostgres],
    ])('that is %s', async (_, trouble) => expectRest(trouble, await server.createCurrentDatabase()));
  });
});
