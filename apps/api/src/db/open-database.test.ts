import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { DataFolderInUseError } from './folder-lock.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';
import { describeOnBothDatabases } from './testing.js';

const budget = (id: string) => ({
  id,
  apiHost: id,
  client: 'c',
  label: 'Client',
  reserveShare: 0.02,
  hourlyLimit: 3_600,
  state: { list: [1, null, 'ä'], at: 9_007_199_254_740_991 },
  updatedAt: new Date(1_790_000_000_123),
});

function insert(db: Database, id: string): Promise<void> {
  return db.transact(async (tx) => {
    await tx.insert(db.tables.budgets).values(budget(id));
  });
}

describeOnBothDatabases('the database', (open) => {
  it('gives back the values that were stored', async () => {
    const db = await open();
    await insert(db, 'a');
    const [row] = await db.reader.select().from(db.tables.budgets);
    expect(row).toEqual({ ...budget('a'), spikeLimit: null, settingsVersion: 1, updatedById: null, version: 0 });
  });

  it('rolls back what a failing transaction wrote and goes on with the next', async () => {
    const db = await open();
    const callbacks: string[] = [];
    const failing = db.transact(async (tx) => {
      tx.onCommit(() => callbacks.push('failing'));
      await tx.insert(db.tables.budgets).values(budget('a'));
      await Promise.resolve();
      throw new Error('half way');
    });
    const next = insert(db, 'b');
    await expect(failing).rejects.toThrow('half way');
    await next;
    expect(await db.reader.$count(db.tables.budgets)).toBe(1);
    expect(callbacks).toEqual([]);
  });

  it('keeps concurrent transactions apart', async () => {
    const db = await open();
    const { counters } = db.tables;
    await db.transact(async (tx) => void (await tx.insert(counters).values({ name: 'n', value: 0 })));
    const raise = () =>
      db.transact(async (tx) => {
        await tx
          .update(counters)
          .set({ value: sql`${counters.value} + 1` })
          .where(eq(counters.name, 'n'));
      });
    await Promise.all(Array.from({ length: 20 }, raise));
    expect(await db.reader.select().from(counters)).toEqual([{ name: 'n', value: 20 }]);
  });

  it('calls back after the commit', async () => {
    const db = await open();
    const seen: number[] = [];
    await db.transact(async (tx) => {
      tx.onCommit(() => seen.push(1));
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([1]);
  });

  it('refuses a transaction inside a transaction', async () => {
    const db = await open();
    const nested = db.transact(() => insert(db, 'a'));
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('refuses it also after another transaction has ended meanwhile', async () => {
    const db = await open();
    const first = db.transact(async () => undefined);
    const nested = db.transact(async () => {
      await first;
      return insert(db, 'b');
    });
    await expect(nested).rejects.toThrow('inside a transaction');
  });

  it('has readers that cannot write', async () => {
    const db = await open();
    const attempt = db.reader.rows(sql`delete from ${db.tables.users} returning id`);
    await expect(attempt).rejects.toThrow();
  });

  it('compares text by bytes', async () => {
    const db = await open();
    for (const id of ['b', 'a', 'B', 'ä', 'Z']) await insert(db, id);
    const rows = await db.reader.select().from(db.tables.budgets).orderBy(db.tables.budgets.id);
    expect(rows.map((row) => row.id)).toEqual(['B', 'Z', 'a', 'b', 'ä']);
  });
});

it('lets one server at a time work on a data folder, and workers and other API processes beside it', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sluice-lock-'));
  const config = { dataFolder, databaseUrl: null };
  const first = await openDatabase({ ...config, role: 'all' });
  await expect(openDatabase({ ...config, role: 'all' })).rejects.toThrow(DataFolderInUseError);
  for (const role of ['worker', 'api'] as const) await (await openDatabase({ ...config, role })).close();
  await first.close();
  await (await openDatabase({ ...config, role: 'all' })).close();
});
