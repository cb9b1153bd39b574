import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database, Dialect } from './database.js';
import { openDatabase } from './open-database.js';
import { sharedPostgres } from './postgres.testing.js';

/** What a former release left in a database. */
export interface FormerRelease {
  /** Number of its migrations. */
  migrations: number;
  /** Statements that write its rows, in the words of the database. */
  rows: (dialect: Dialect) => readonly string[];
}

/** Opens a database that a former release left. `folder`: for its files. */
export async function openFormer(dialect: Dialect, folder: string, release: FormerRelease): Promise<Database> {
  return dialect === 'sqlite' ? onSqlite(folder, release) : onPostgres(folder, release);
}

async function onSqlite(folder: string, { migrations, rows }: FormerRelease): Promise<Database> {
  const dataFolder = mkdtempSync(join(folder, 'data-'));
  const connection = new Sqlite(join(dataFolder, 'sluice.db'));
  migrateSqlite(drizzleSqlite(connection, { casing: 'snake_case' }), {
    migrationsFolder: formerMigrations(folder, 'sqlite', migrations),
  });
  connection.pragma('foreign_keys = OFF');
  for (const statement of rows('sqlite')) connection.exec(statement);
  connection.close();
  return openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
}

async function onPostgres(folder: string, { migrations, rows }: FormerRelease): Promise<Database> {
  const databaseUrl = await (await sharedPostgres()).createDatabase();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await migratePg(drizzlePg(client, { casing: 'snake_case' }), {
    migrationsFolder: formerMigrations(folder, 'pg', migrations),
  });
  for (const statement of rows('postgres')) await client.query(statement);
  await client.end();
  return openDatabase({ dataFolder: folder, databaseUrl, role: 'all' });
}

/** The first migrations, as a release had them. */
export function formerMigrations(folder: string, dialect: 'sqlite' | 'pg', count: number): string {
  const former = join(mkdtempSync(join(folder, 'migrations-')), dialect);
  cpSync(fileURLToPath(new URL(`../../drizzle/${dialect}`, import.meta.url)), former, { recursive: true });
  const file = join(former, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] };
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return former;
}
