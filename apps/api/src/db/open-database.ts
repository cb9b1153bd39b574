import type { Config } from '../config.js';
import type { Database, StatementObserver } from './database.js';
import { noticeFull } from './full.js';
import { openPostgres } from './postgres.js';
import { timed } from './timed.js';
import { openSqlite } from './sqlite.js';

export type DatabaseConfig = Pick<Config, 'dataFolder' | 'databaseUrl' | 'role'>;

export interface DatabaseOptions {
  /** Called with each statement. */
  onStatement?: StatementObserver;
  /** Called with the seconds that each transaction took. */
  onTransaction?: (seconds: number) => void;
  /** Whether other processes use the database at the same time. */
  hasPeers?: boolean;
}

/**
 * Opens the database of the configuration and brings its tables up to date.
 *
 * This folder holds the two databases behind one interface: tables, migrations, transactions, pages and the data folder.
 * It knows no rule of the product; what a row means, and who may change it, is decided in the folder of its domain.
 */
export async function openDatabase(
  { dataFolder, databaseUrl, role }: DatabaseConfig,
  { onStatement, onTransaction, hasPeers = false }: DatabaseOptions = {},
): Promise<Database> {
  if (databaseUrl !== null) return noticeFull(timed(await openPostgres(databaseUrl, onStatement), onTransaction));
  // Workers keep the log short, because a process that serves the API must not wait for the disk.
  const leavesLog = hasPeers && role !== 'worker';
  const opened = await openSqlite(dataFolder, { isExclusive: role === 'all', leavesLog, onStatement });
  return noticeFull(timed(opened, onTransaction));
}
