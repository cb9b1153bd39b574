import type { Config } from '../config.js';
import type { Database, StatementObserver } from './database.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';

export type DatabaseConfig = Pick<Config, 'dataFolder' | 'databaseUrl' | 'role'>;

/**
 * Opens the database of the configuration and brings its tables up to date. `onStatement` is called with each statement.
 *
 * This folder holds the two databases behind one interface: tables, migrations, transactions, pages and the data folder.
 * It knows no rule of the product; what a row means, and who may change it, is decided in the folder of its domain.
 */
export function openDatabase(config: DatabaseConfig, onStatement?: StatementObserver): Promise<Database> {
  return config.databaseUrl === null
    ? openSqlite(config.dataFolder, { isExclusive: config.role !== 'api', onStatement })
    : openPostgres(config.databaseUrl, onStatement);
}
