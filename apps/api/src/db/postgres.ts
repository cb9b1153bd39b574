import { fileURLToPath } from 'node:url';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { databaseError } from '../start/explain.js';
import type { Database, RawRows, RawWrites, StatementObserver, Transaction } from './database.js';
import { PostgresHints } from './postgres-hints.js';
import { tables } from './schema.pg.js';
import type { Tables } from './schema.js';
import { asReader, asTransaction, loggerFor, runGuarded } from './transactions.js';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle/pg', import.meta.url));
/** Any number that nothing else in the database uses: processes that start together migrate one after the other. */
const MIGRATION_LOCK = 7_583_001;

type Queries = Pick<ReturnType<typeof drizzle>, 'transaction'>;
type Executor = { execute(statement: SQL): Promise<{ rows: unknown[]; rowCount: number | null }> };

/** Opens a Postgres database with one pool for reads, which refuses to write, and one for transactions. */
export async function openPostgres(url: string, onStatement?: StatementObserver): Promise<Omit<Database, 'isFull'>> {
  const writers = openPool(url);
  const readers = openPool(url, '-c default_transaction_read_only=on');
  await migrateAlone(writers).catch(async (error: unknown) => {
    await Promise.all([readers.end(), writers.end()]);
    throw databaseError(error, url);
  });
  const settings = { casing: 'snake_case', logger: loggerFor(onStatement) } as const;
  const reads = drizzle(readers, settings);
  const known = new WeakMap<pg.PoolClient, Queries>();
  const queriesOf = (client: pg.PoolClient) => {
    const queries = known.get(client) ?? drizzle(client, settings);
    known.set(client, queries);
    return queries;
  };
  let hints: PostgresHints | null = null;
  return {
    dialect: 'postgres',
    tables: tables satisfies Tables,
    reader: asReader(reads, rawRowsOf(reads)),
    transact: (work) => runGuarded(writers, () => withClient(writers, (client) => transact(queriesOf(client), work))),
    connectHints: (receive) => {
      hints ??= new PostgresHints(url, receive);
      return (channels) => hints?.send(channels);
    },
    enterAsWorker: async () => undefined,
    shrink: async () => false,
    ping: async () => void (await readers.query('select 1')),
    close: async () => {
      await Promise.all([hints?.close(), readers.end(), writers.end()]);
    },
  };
}

function openPool(url: string, options?: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 10, options, connectionTimeoutMillis: 10_000 });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // One that breaks in the middle of a transaction fails its next statement; the event of its client would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function migrateAlone(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    client.release();
  }
}

/**
 * Gives the connection back whatever fails. The driver of transactions keeps one for ever on which the beginning failed, as
 * on a connection that broke while it was idle.
 */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

async function transact<T>(queries: Queries, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let committed: () => void = () => undefined;
  const result = await queries.transaction((driver) => {
    const made = asTransaction(driver, rawRowsOf(driver));
    committed = made.committed;
    return work(made.tx);
  });
  committed();
  return result;
}

function rawRowsOf(queries: object): RawRows & RawWrites {
  const rows = async <T>(statement: SQL) => (await (queries as Executor).execute(statement)).rows as T[];
  return {
    rows,
    values: async (statement) => (await rows<Record<string, unknown>>(statement)).map((row) => Object.values(row)),
    written: async (statement) => (await (queries as Executor).execute(statement)).rowCount ?? 0,
  };
}
