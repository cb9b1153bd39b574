import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../db/database.js';
import { openDatabase } from '../db/open-database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { MutationCall } from '../graphql/mutation-recorder.js';
import { Hub } from '../live/hub.js';
import { Vault } from '../secrets/vault.js';
import { AuditLog, type ToldEvent } from './audit-log.js';
import { Attempt } from './attempt.js';
import { verifyChain } from './verify.js';

const DAY_MS = 86_400_000;
const vault = new Vault('a key of more than thirty-two characters');
let now = 1_790_000_000_000;
const clock = { now: () => now, monotonic: () => now, sleep: async () => {} };
const logOf = (db: Database) => new AuditLog(db, clock, vault, new Hub());

const eventOf = (action: string): ToldEvent => ({
  actorId: 'usr_1',
  action,
  outcome: 'SUCCEEDED',
  targetId: 'job_1',
  changes: [{ field: ['name'], before: null, after: '"it\'s “a” \\u0000 日本 🙂"' }],
  ipAddress: '10.0.0.1',
  requestId: 'request',
});

const attemptOf = (args: Record<string, unknown>, madePrefix: string | null) =>
  new Attempt({
    action: 'jobUpdate',
    args,
    context: { caller: { actorId: 'usr_1' }, address: '10.0.0.1', requestId: 'r' },
    madePrefix,
  } as unknown as MutationCall);

async function fill(log: AuditLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await log.tell(eventOf(`action${index}`));
}

const readAll = (log: AuditLog) => log.store.after(0, 10_000);

describeOnBothDatabases('the audit log', (open) => {
  it('is one chain without gaps, whoever appends at once', async () => {
    const db = await open();
    await Promise.all(Array.from({ length: 40 }, (_, index) => logOf(db).tell(eventOf(`action${index}`))));
    const log = logOf(db);
    expect((await readAll(log)).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(await verifyChain(log.store, vault)).toEqual({ isWhole: true, eventCount: 40 });
  });

  it.each([
    [
      'an event that was altered',
      3,
      'altered',
      (db: Database, sequence: number) => alter(db, sequence, { actorId: 'usr_2' }),
    ],
    [
      'an event whose changes were altered',
      3,
      'altered',
      (db: Database, sequence: number) => alter(db, sequence, { changes: '[]' }),
    ],
    ['an event that was removed', 3, 'missing', remove],
    ['the first event being removed', 1, 'missing', remove],
    ['the last event being removed', 6, 'missing', remove],
    ['all events being removed', 1, 'missing', (db: Database) => removeAll(db)],
  ])('is seen to be broken by %s', async (_name, brokenAt, reason, harm) => {
    const db = await open();
    const log = logOf(db);
    await fill(log, 6);
    await harm(db, brokenAt);
    expect(await verifyChain(log.store, vault)).toMatchObject({
      isWhole: false,
      brokenAt,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('cannot be mended by somebody without the key', async () => {
    const db = await open();
    const log = logOf(db);
    await fill(log, 4);
    const forger = new AuditLog(db, clock, new Vault('another key of more than thirty-two characters'), new Hub());
    await remove(db, 4);
    await db.transact(async (tx) => void (await tx.update(db.tables.counters).set({ value: 3 })));
    await forger.tell(eventOf('forged'));
    expect(await verifyChain(log.store, vault)).toMatchObject({ isWhole: false, brokenAt: 4 });
  });

  it('drops what is older than its retention, says so in an event, and stays whole', async () => {
    const log = logOf(await open());
    await fill(log, 3);
    now += 20 * DAY_MS;
    await fill(log, 2);
    await log.prune(30 * DAY_MS);
    expect(await readAll(log)).toHaveLength(5);
    now += 20 * DAY_MS;
    await log.prune(30 * DAY_MS);
    await log.prune(30 * DAY_MS);
    expect((await readAll(log)).map(({ sequence, action }) => `${sequence} ${action}`)).toEqual([
      '4 action0',
      '5 action1',
      '6 auditEventsPruned',
    ]);
    expect(await verifyChain(log.store, vault)).toEqual({ isWhole: true, eventCount: 3 });
    now += 100 * DAY_MS;
    await log.prune(30 * DAY_MS);
    await log.tell(eventOf('after'));
    expect(await verifyChain(log.store, vault)).toEqual({ isWhole: true, eventCount: 2 });
  });

  it('holds the event of a mutation exactly when its transaction is committed', async () => {
    const db = await open();
    const log = logOf(db);
    const watched = log.watched();
    const attempt = attemptOf({ id: 'job_1' }, 'job');
    const carryOut = (fails: boolean) =>
      watched.transact(async (tx) => {
        tx.concerns('job_1');
        if (fails) throw new Error('no');
      });
    await log.during(attempt, async () => {
      await expect(carryOut(true)).rejects.toThrow('no');
      expect([attempt.isWritten, (await readAll(log)).length]).toEqual([false, 0]);
      await watched.transact(async (tx) => tx.concerns('bud_1'));
      expect(await readAll(log)).toEqual([]);
      await carryOut(false);
      await carryOut(false);
    });
    await carryOut(false);
    expect(await readAll(log)).toMatchObject([{ action: 'jobUpdate', actorId: 'usr_1', targetId: 'job_1' }]);
  });
});

it('the audit log of two processes on one SQLite file is one chain', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-audit-'));
  const open1 = (role: 'api' | 'worker') =>
    openDatabase({ dataFolder: folder, databaseUrl: null, role }, { hasPeers: true });
  const [api, worker] = [await open1('api'), await open1('worker')];
  await Promise.all([api, worker].map((db) => fill(logOf(db), 25)));
  expect(await verifyChain(logOf(api).store, vault)).toEqual({ isWhole: true, eventCount: 50 });
  await Promise.all([api.close(), worker.close()]);
  rmSync(folder, { recursive: true });
});

async function alter(db: Database, sequence: number, values: Record<string, string>): Promise<void> {
  const { auditEvents } = db.tables;
  await db.transact(
    async (tx) => void (await tx.update(auditEvents).set(values).where(eq(auditEvents.sequence, sequence))),
  );
}

async function remove(db: Database, sequence: number): Promise<void> {
  const { auditEvents } = db.tables;
  await db.transact(async (tx) => void (await tx.delete(auditEvents).where(eq(auditEvents.sequence, sequence))));
}

async function removeAll(db: Database): Promise<void> {
  await db.transact(async (tx) => void (await tx.delete(db.tables.auditEvents)));
}
