import type { SQL } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Tables } from './schema.js';

export type Dialect = 'sqlite' | 'postgres';

type Queries = BaseSQLiteDatabase<'async', unknown, Record<string, never>>;

export interface RawRows {
  /** Rows of a statement in SQL; columns have the names that the statement gives them, values are the driver's. */
  rows<T>(statement: SQL): Promise<T[]>;
  /** The same rows as lists of values in the order of the columns, at a lower cost; each column has a name of its own. */
  values(statement: SQL): Promise<unknown[][]>;
}

export interface RawWrites {
  /** Carries out a statement that gives no rows; tells how many rows it wrote. */
  written(statement: SQL): Promise<number>;
}

/** Reads only, also at run time. Await the builders; `.get()`, `.all()` and `.run()` exist on one database only. */
export type Reader = Pick<Queries, 'select' | 'selectDistinct' | '$count'> & RawRows;

/** What a writer may do inside `transact`. Row counts come from `written` and `.returning()`. */
export type Transaction = Reader &
  RawWrites &
  Pick<Queries, 'insert' | 'update' | 'delete'> & {
    /** Registers work to run after the commit; it does not run when the transaction is rolled back. */
    onCommit(callback: () => void): void;
    /** Says that the transaction changes the object with that identifier. */
    concerns(objectId: string): void;
    /** What `concerns` was told. */
    readonly concerned: readonly string[];
  };

/** Called with the SQL of each statement, without its values; for counting. */
export type StatementObserver = (statement: string) => void;

export interface TransactionOptions {
  /**
   * On SQLite, what is deleted leaves behind the rows that belong to it, for a removal in portions that keeps nobody
   * waiting. On Postgres, where a long deletion keeps nobody waiting, they are deleted too.
   */
  leavesOwnedRows?: boolean;
  /**
   * What this transaction and all before it changed outlasts a loss of power once it is over. Others on SQLite do so a while
   * later, in their order; on Postgres all do at once.
   */
  isDurable?: boolean;
}

export interface Database {
  readonly dialect: Dialect;
  readonly tables: Tables;
  readonly reader: Reader;
  /**
   * Runs the work in one transaction; rolls back when it throws. On SQLite transactions queue behind one connection, so
   * the work must not wait for platforms or people, and must not call `transact` itself.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Whether a transaction of the last minute found no room left in the store. */
  readonly isFull: boolean;
  /**
   * Joins the processes that use the database, where it passes hints on between them: `receive` is called with those of
   * others, the returned function sends to them. Hints may get lost. Null where the database does not pass any on.
   */
  connectHints(receive: (channels: readonly string[]) => void): ((channels: readonly string[]) => void) | null;
  /**
   * Makes this process known as a worker until it ends or closes the database. `whenAlone` is carried out first where it
   * is certain that no other worker lives, which only SQLite can tell.
   */
  enterAsWorker(whenAlone: () => Promise<void>): Promise<void>;
  /**
   * Gives a small portion of disk space that is not needed back to the file system; tells whether there is more. Postgres
   * does that by itself.
   */
  shrink(): Promise<boolean>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
