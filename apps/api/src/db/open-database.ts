import type { Config } from '../config.js';
import type { Database, StatementObserver } from './database.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';

export type DatabaseConfig = Pick<Config, 'dataFolder' | 'databaseUrl' | 'role'>;

/** Opens the database of the configuration and brings its tables up to date. `onStatement` is told of each statement. */
export function openDatabase(config: DatabaseConfig, onStatement?: StatementObserver): Promise<Database> {
  return config.databaseUrl === null
    ? openSqlite(config.dataFolder, { isExclusive: config.role !== 'api', onStatement })
    : openPostgres(config.databaseUrl, onStatement);
}
