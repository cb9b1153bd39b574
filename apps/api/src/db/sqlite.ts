import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { Composed } from './composed.js';
import { explained, makeDataFolder, makePrivateFile } from '../start/data-folder.js';
import { lockFolder } from './folder-lock.js';
import type { Database, RawRows, RawWrites, StatementObserver, Transaction, TransactionOptions } from './database.js';
import { keepPrepared } from './prepared.js';
import { tables } from './schema.sqlite.js';
import { prepareSpace, shrinkOnce } from './sqlite-space.js';
import { asReader, asTransaction, loggerFor, runGuarded } from './transactions.js';
import { WaitingWriters } from './waiting-writers.js';
import { joinWorkers } from './worker-lock.js';
import { WriteTurns } from './write-turn.js';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle/sqlite', import.meta.url));
/** For the start and for readers, which only wait while a process that died is cleared up after. */
const BUSY_TIMEOUT_MS = 10_000;
/** Pages of the write-ahead log at which a commit carries it over into the file; SQLite's own default. */
const LOG_PAGES = 1_000;
/** The same for a process that leaves this to another one, in case there is none. */
const PATIENT_LOG_PAGES = 8_000;

export interface SqliteOptions {
  /** Whether a second process that asks for it too is refused. */
  isExclusive: boolean;
  /** Whether another process carries the write-ahead log over into the file. */
  leavesLog: boolean;
  onStatement?: StatementObserver;
}

/** Opens the database file of a data folder. */
export async function openSqlite(folder: string, options: SqliteOptions): Promise<Omit<Database, 'isFull'>> {
  makeDataFolder(folder);
  const lock = options.isExclusive ? lockFolder(folder) : null;
  const file = join(folder, 'sluice.db');
  const { writer, readConnection } = openOrRelease(file, lock);
  writer.pragma(`wal_autocheckpoint = ${options.leavesLog ? PATIENT_LOG_PAGES : LOG_PAGES}`);
  const locks = lock === null ? [] : [lock];
  const settings = { casing: 'snake_case', logger: loggerFor(options.onStatement) } as const;
  const writes = drizzle(writer, settings);
  const reads = drizzle(readConnection, settings);
  const waiting = new WaitingWriters(folder);
  const { transact, alone } = sequence(writer, writes, new WriteTurns(writer, waiting), options.onStatement);
  return {
    dialect: 'sqlite',
    tables,
    reader: asReader(reads, rawRowsOf(reads, readConnection, options.onStatement)),
    transact,
    connectHints: () => null,
    enterAsWorker: async (whenAlone) => void locks.push(await joinWorkers(folder, whenAlone)),
    shrink: () => alone(() => shrinkOnce(writer)),
    ping: async () => void readConnection.prepare('select 1').get(),
    close: async () => {
      await alone(() => undefined);
      readConnection.close();
      writer.close();
      waiting.close();
      for (const each of locks) each.close();
    },
  };
}

/** Gives the lock back when the start fails, since the process may go on, as in tests. */
function openOrRelease(file: string, lock: Sqlite.Database | null): ReturnType<typeof openConnections> {
  try {
    return explained(`The database ${file}`, () => openConnections(file));
  } catch (error) {
    lock?.close();
    throw error;
  }
}

/** The connection that writes, with the tables up to date, and the one that reads. */
function openConnections(file: string): { writer: Sqlite.Database; readConnection: Sqlite.Database } {
  makePrivateFile(file);
  const writer = openWriter(file);
  migrate(drizzle(writer), { migrationsFolder: MIGRATIONS });
  writer.pragma('busy_timeout = 0');
  return {
    writer: keepPrepared(writer),
    readConnection: keepPrepared(new Sqlite(file, { readonly: true, timeout: BUSY_TIMEOUT_MS })),
  };
}

function openWriter(file: string): Sqlite.Database {
  const connection = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  prepareSpace(connection);
  connection.pragma('journal_mode = WAL');
  // For migrations, which may rebuild tables; each transaction says what it needs.
  connection.pragma('foreign_keys = OFF');
  return connection;
}

interface Sequence {
  transact: Database['transact'];
  /** Runs what needs the connection outside a transaction. */
  alone: <T>(work: () => T) => Promise<T>;
}

function rawRowsOf(
  queries: ReturnType<typeof drizzle>,
  connection: Sqlite.Database,
  observe: StatementObserver = () => undefined,
): RawRows & RawWrites {
  return {
    rows: async <T>(statement: SQL) => {
      if (!(statement instanceof Composed)) return queries.all<T>(statement);
      // Looking through its thousands of values for places to fill would cost as much as carrying it out.
      const { sql, params } = statement.query;
      observe(sql);
      return connection.prepare(sql).all(params) as T[];
    },
    values: async (statement) => {
      if (!(statement instanceof Composed)) return queries.values<unknown[]>(statement);
      const { sql, params } = statement.query;
      observe(sql);
      return connection.prepare(sql).raw().all(params) as unknown[][];
    },
    written: async (statement) => {
      if (!(statement instanceof Composed)) return queries.run(statement).changes;
      const { sql, params } = statement.query;
      observe(sql);
      return connection.prepare(sql).run(params).changes;
    },
  };
}

/** How the connection carries out transactions. Said only where it changes: every statement is prepared again after it. */
class Modes {
  private foreignKeys: string | null = null;
  private synchronous: string | null = null;

  constructor(private readonly connection: Sqlite.Database) {}

  set({ leavesOwnedRows, isDurable }: TransactionOptions): void {
    const [foreignKeys, synchronous] = [leavesOwnedRows ? 'OFF' : 'ON', isDurable ? 'FULL' : 'NORMAL'];
    if (foreignKeys !== this.foreignKeys) this.connection.pragma(`foreign_keys = ${foreignKeys}`);
    if (synchronous !== this.synchronous) this.connection.pragma(`synchronous = ${synchronous}`);
    this.foreignKeys = foreignKeys;
    this.synchronous = synchronous;
  }
}

/** One transaction after the other, since all of them share the write connection. */
function sequence(
  connection: Sqlite.Database,
  queries: ReturnType<typeof drizzle>,
  turns: WriteTurns,
  observe?: StatementObserver,
): Sequence {
  let last: Promise<unknown> = Promise.resolve();
  const raw = rawRowsOf(queries, connection, observe);
  const modes = new Modes(connection);
  const run = async <T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions): Promise<T> => {
    const { tx, committed } = asTransaction(queries, raw);
    modes.set(options);
    await turns.begin();
    try {
      const result = await work(tx);
      connection.exec('COMMIT');
      committed();
      return result;
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    } finally {
      turns.ended();
    }
  };
  const inTurn = <T>(work: () => T): Promise<Awaited<T>> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result as Promise<Awaited<T>>;
  };
  return {
    transact: (work, options = {}) => runGuarded(connection, () => inTurn(() => run(work, options))),
    alone: async (work) => inTurn(work),
  };
}
