import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plantCurrentTables } from './current.testing.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';

/** Connections of one process exclude each other from the file as those of two processes do. */
let folder = '';
let api: Database;
let worker: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-writers-'));
  await plantCurrentTables(folder);
  const open = (role: 'api' | 'worker') =>
    openDatabase({ dataFolder: folder, databaseUrl: null, role }, { hasPeers: true });
  [api, worker] = [await open('api'), await open('worker')];
});
afterEach(async () => {
  await Promise.all([api.close(), worker.close()]);
  rmSync(folder, { recursive: true });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Adds one to a counter of its own and to one that both share, in a transaction that lasts some turns of the event loop. */
async function write(db: Database, own: string, turns: number): Promise<void> {
  const { counters } = db.tables;
  await db.transact(async (tx) => {
    for (const name of [own, 'shared']) {
      await tx
        .insert(counters)
        .values({ name, value: 1 })
        .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + 1` } });
      for (let index = 0; index < turns; index++) await turn();
    }
  });
}

async function valueOf(name: string): Promise<number> {
  const { counters } = api.tables;
  const [row] = await api.reader.select().from(counters).where(eq(counters.name, name));
  return row?.value ?? 0;
}

it('two processes that write hard both get through, none fails because the store is busy, nothing is lost', async () => {
  const hard = async (db: Database, own: string) => {
    for (let index = 0; index < 200; index++) await write(db, own, index % 4);
  };
  await Promise.all([hard(api, 'api'), hard(worker, 'worker')]);
  expect([await valueOf('api'), await valueOf('worker'), await valueOf('shared')]).toEqual([200, 200, 400]);
});

it('a process that waits for its turn to write goes on with everything else, reading too', async () => {
  let release: () => void = () => undefined;
  const holding = worker.transact(() => new Promise<void>((resolve) => (release = resolve)));
  let isDone = false;
  const waiting = write(api, 'api', 0).then(() => (isDone = true));
  for (let turns = 0; turns < 1_000; turns++) await turn();
  expect(isDone).toBe(false);
  expect(await valueOf('api')).toBe(0);
  release();
  await Promise.all([holding, waiting]);
  expect(await valueOf('api')).toBe(1);
});

it('one who writes without a pause lets another begin as soon as its transaction has ended', async () => {
  let isOver = false;
  let count = 0;
  const withoutPause = (async () => {
    for (; !isOver; count++) await write(worker, 'worker', 200);
  })();
  let most = 0;
  for (let index = 0; index < 10; index++) {
    const before = count;
    await write(api, 'api', 0);
    most = Math.max(most, count - before);
    for (let turns = 0; turns < 500; turns++) await turn();
  }
  isOver = true;
  await withoutPause;
  expect(await valueOf('api')).toBe(10);
  expect(most).toBeLessThan(5);
});
