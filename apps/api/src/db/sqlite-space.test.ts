import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { like } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { KEPT_PAGES, LOG_LIMIT_BYTES, PORTION_PAGES } from './sqlite-space.js';

const PAGE_BYTES = 4_096;
let dataFolder: string;
let file: string;
let db: Database;

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sluice-space-'));
  file = join(dataFolder, 'sluice.db');
  db = await openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
});
afterEach(async () => {
  await db.close();
  rmSync(dataFolder, { recursive: true });
});

const logBytes = () => statSync(`${file}-wal`).size;
const fileBytes = () => statSync(file).size;

/** Rows of a page and more, in one transaction. */
function fill(rows: number): Promise<void> {
  const { facts } = db.tables;
  return db.transact(async (tx) => {
    for (let index = 0; index < rows; index++) {
      await tx.insert(facts).values({ name: `filling ${index}`, value: 'x'.repeat(PAGE_BYTES) });
    }
  });
}

async function clear(): Promise<void> {
  const { facts } = db.tables;
  await db.transact(async (tx) => void (await tx.delete(facts).where(like(facts.name, 'filling %'))));
}

/** Free pages of the file, read by another process's eyes. */
function freePages(): number {
  const other = new Sqlite(file, { readonly: true });
  const pages = Number(other.pragma('freelist_count', { simple: true }));
  other.close();
  return pages;
}

it('brings the write-ahead log back below its limit after a large write while the server runs', async () => {
  await fill(3_000);
  expect(logBytes()).toBeGreaterThan(LOG_LIMIT_BYTES);
  expect(await db.shrink()).toBe(false);
  expect(logBytes()).toBeLessThanOrEqual(LOG_LIMIT_BYTES);
});

it('leaves a small log as it is', async () => {
  await fill(10);
  const before = logBytes();
  await db.shrink();
  expect(logBytes()).toBe(before);
});

it('gives free pages back in portions of a bounded number of pages, and keeps some for what comes next', async () => {
  await fill(3_000);
  await db.shrink();
  const full = fileBytes();
  await clear();
  const portions: number[] = [];
  for (let before = freePages(), goesOn = true; goesOn;) {
    goesOn = await db.shrink();
    portions.push(before - freePages());
    before = freePages();
  }
  expect(Math.max(...portions)).toBe(PORTION_PAGES);
  expect(freePages()).toBe(KEPT_PAGES);
  expect(fileBytes()).toBeLessThan(full / 2);
});

it('leaves a database that was made without auto_vacuum at its size and does not try for ever', async () => {
  await db.close();
  for (const name of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(name)) rmSync(name);
  const former = new Sqlite(file);
  former.exec('create table former (id integer)');
  former.close();
  db = await openDatabase({ dataFolder, databaseUrl: null, role: 'all' });
  await fill(2_000);
  await clear();
  expect(await db.shrink()).toBe(false);
  expect(freePages()).toBeGreaterThan(KEPT_PAGES);
});

it('waits for no other process: one that writes or reads goes on undisturbed, and the space is given back later', async () => {
  const api = await openDatabase({ dataFolder, databaseUrl: null, role: 'api' });
  await fill(3_000);
  await clear();
  await api.transact(async (tx) => {
    await tx.insert(api.tables.facts).values({ name: 'of the other', value: '' });
    const begin = performance.now();
    expect(await db.shrink()).toBe(false);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
  expect(await api.reader.$count(api.tables.facts, like(api.tables.facts.name, 'of the other'))).toBe(1);
  expect(await db.shrink()).toBe(true);
  await api.close();
});
