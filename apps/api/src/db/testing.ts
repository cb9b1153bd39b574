import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe } from 'vitest';
import { plantCurrentTables } from './current.testing.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';
import { makeQuickFolder } from './quick-folder.testing.js';

/** Opens a fresh database for one test; it is closed and removed after the suite. */
export type OpenFresh = () => Promise<Database>;

/**
 * Runs the suite on SQLite and on a real Postgres server. Without Postgres on this machine its half is skipped with a
 * reason, and fails when `CI=true`.
 */
export function describeOnBothDatabases(name: string, suite: (open: OpenFresh) => void): void {
  describe(`${name} (SQLite)`, () => {
    const opened: Opened[] = [];
    afterAll(() => closeAll(opened));
    suite(() => openTemporary(opened));
  });
  const binaries = findPostgres();
  if (binaries === null && process.env['CI'] !== 'true') {
    process.stderr.write(`${name}: skipped on Postgres, which is not installed (Debian: apt-get install postgresql)\n`);
  }
  describe.skipIf(binaries === null && process.env['CI'] !== 'true')(`${name} (Postgres)`, () => {
    const opened: Opened[] = [];
    // The first one starts the server, which may take longer than a test.
    beforeAll(async () => void (await sharedPostgres()));
    afterAll(() => closeAll(opened));
    suite(async () => {
      const server = await sharedPostgres();
      const url = await server.createCurrentDatabase();
      const database = await openDatabase({ dataFolder: tmpdir(), databaseUrl: url, role: 'all' });
      opened.push({ database, remove: () => server.drop(url) });
      return database;
    });
  });
}

interface Opened {
  database: Database;
  remove: () => Promise<void>;
}

async function openTemporary(opened: Opened[]): Promise<Database> {
  const folder = makeQuickFolder('sluice-db-');
  await plantCurrentTables(folder);
  const database = await openDatabase({ dataFolder: folder, databaseUrl: null, role: 'all' });
  opened.push({ database, remove: async () => rmSync(folder, { recursive: true, force: true }) });
  return database;
}

async function closeAll(opened: Opened[]): Promise<void> {
  for (const { database, remove } of opened.splice(0)) {
    await database.close().catch(() => undefined);
    await remove();
  }
}
