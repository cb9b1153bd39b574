import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from './database.js';
import { noticeFull } from './full.js';
import { openDatabase } from './open-database.js';

const failing = (code: string) =>
  ({ transact: () => Promise.reject(Object.assign(new Error('canary'), { code })) }) as unknown as Database;

it.each(['SQLITE_FULL', '53100'])('a store that found no room (%s) is full for a minute', async (code) => {
  let now = 0;
  const db = noticeFull(failing(code), () => now);
  expect(db.isFull).toBe(false);
  await expect(db.transact(() => Promise.resolve())).rejects.toThrow('canary');
  expect(db.isFull).toBe(true);
  now = 60_000;
  expect(db.isFull).toBe(false);
});

it('other failures do not make it full', async () => {
  const db = noticeFull(failing('SQLITE_BUSY'));
  await expect(db.transact(() => Promise.resolve())).rejects.toThrow('canary');
  expect(db.isFull).toBe(false);
});

it('a SQLite file at its limit is noticed', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-full-'));
  const db = await openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
  await db.transact(async (tx) => void (await tx.rows(sql`pragma max_page_count = 1`)));
  const write = db.transact(async (tx) => {
    await tx.insert(db.tables.facts).values({ name: 'large', value: 'x'.repeat(1_000_000) });
  });
  await expect(write).rejects.toThrow();
  expect(db.isFull).toBe(true);
  await db.close();
  rmSync(dataFolder, { recursive: true });
});
