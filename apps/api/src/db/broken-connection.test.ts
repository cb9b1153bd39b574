import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from './database.js';
import { openPostgres } from './postgres.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';

const isSkipped = findPostgres() === null && process.env['CI'] !== 'true';

describe.skipIf(isSkipped)('a connection to Postgres that the server ends', () => {
  let url: string;
  let db: Omit<Database, 'isFull'>;
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
    db = await openPostgres(url);
    process.on('uncaughtException', note).on('unhandledRejection', note);
  });
  afterAll(async () => {
    process.off('uncaughtException', note).off('unhandledRejection', note);
    await db.close();
  });

  async function asOther(statement: string): Promise<number> {
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    try {
      return (await other.query(statement)).rowCount ?? 0;
    } finally {
      await other.end();
    }
  }

  const OTHERS = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  /** Ends every other connection to the database, as a restart of the server does. */
  const endAll = () => asOther(`select pg_terminate_backend(pid) ${OTHERS}`);

  const works = async () => (await db.reader.rows(sql`select 1 as one`)).length === 1;

  it.each(['idle', 'in a transaction', 'in a statement'])('while it is %s fails that work alone', async (moment) => {
    const count = (tx: { rows: Database['reader']['rows'] }) => tx.rows(sql`select 1 as one`);
    let broken: Promise<unknown> = Promise.resolve();
    if (moment === 'idle') await endAll();
    if (moment === 'in a transaction')
      broken = db.transact(async (tx) => {
        await count(tx);
        await endAll();
        await count(tx);
      });
    if (moment === 'in a statement') {
      broken = db.reader.rows(sql`select pg_sleep(60)`);
      broken.catch(() => undefined);
      const asleep = () => asOther(`select pid ${OTHERS} and query like '%pg_sleep%' and state = 'active'`);
      await expect.poll(asleep).toBe(1);
      await endAll();
    }
    if (moment !== 'idle') await expect(broken).rejects.toThrow();
    await expect.poll(() => works().catch(() => false)).toBe(true);
    expect(await db.transact(async (tx) => (await count(tx)).length)).toBe(1);
    expect(failures).toEqual([]);
  });

  it('is given back when a transaction cannot begin on it, more often than there are connections', async () => {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    for (let count = 0; count < 12; count++) {
      query.mockImplementationOnce(() => {
        throw new Error('The connection is broken.');
      });
      await expect(db.transact(async () => undefined)).rejects.toThrow();
    }
    query.mockRestore();
    expect(await db.transact((tx) => tx.rows(sql`select 1 as one`))).toHaveLength(1);
  });
});
