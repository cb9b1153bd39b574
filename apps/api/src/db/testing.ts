import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { findPostgres, sharedPostgres } from './postgres.testing.js';

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
      const url = await (await sharedPostgres()).createDatabase();
      const database = await openDatabase({ dataFolder: tmpdir(), databaseUrl: url, role: 'all' });
      opened.push({ database });
      return database;
    });
  });
}

interface Opened {
  database: Database;
  folder?: string;
}

async function openTemporary(opened: Opened[]): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-db-'));
  const database = await openDatabase({ dataFolder: folder, databaseUrl: null, role: 'all' });
  opened.push({ database, folder });
  return database;
}

async function closeAll(opened: Opened[]): Promise<void> {
  for (const { database, folder } of opened.splice(0)) {
    await database.close().catch(() => undefined);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
