import { describe, expect, it, vi } from 'vitest';
import type { ChangeRow } from '../db/row-types.js';
import { changeKind } from './change-kind.js';
import { ChangeLog } from './change-log.js';
import { cursorOfSequence } from './event-cursor.js';
import { Hub } from './hub.js';
import { LogFeed } from './log-feed.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { openDatabase } from '../db/open-database.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementCounter } from '../reads/statements.testing.js';

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const idle = {
  now: () => 1_790_000_000_000,
  monotonic: () => 1_790_000_000_000,
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
};

const rowOf = (sequence: number, more: Partial<ChangeRow> = {}): ChangeRow => ({
  sequence,
  topic: 'JOB',
  change: 'UPDATED',
  subjectId: `job_${sequence}`,
  relatedId: null,
  runState: null,
  occurredAt: new Date(0),
  ...more,
});

/** A log in memory whose reads are counted. */
function logOf(rows: ChangeRow[], window = 10) {
  const hub = new Hub();
  const reads: number[] = [];
  const store = {
    bounds: async () => ({ latest: rows.at(-1)?.sequence ?? 0, pruned: 0 }),
    read: async (_filter: object, after: number, limit: number) => {
      reads.push(after);
      return rows.filter((row) => row.sequence > after).slice(0, limit);
    },
  };
  const feed = new LogFeed({ kind: changeKind, store, hub, clock: idle, pollInterval: () => 1_000, window });
  const add = async (...added: ChangeRow[]) => {
    rows.push(...added);
    hub.wake('changes');
    const before = rows.length - added.length;
    await expect.poll(() => reads.at(-1)).toBe(rows[before - 1]?.sequence ?? 0);
    await settled();
  };
  return { hub, reads, feed, add, store };
}

describe('the one reader of changes', () => {
  it('costs one statement an event with 1,000 subscribers for other jobs', async () => {
    const counter = new StatementCounter();
    const folder = mkdtempSync(join(tmpdir(), 'sluice-feed-'));
    const db = await openDatabase(
      { dataFolder: folder, databaseUrl: null, role: 'all' },
      { onStatement: counter.observe },
    );
    const log = new ChangeLog(db, new Hub(), idle, { limits: DEFAULT_LIMITS, hasPeers: false });
    const ends: AbortController[] = [];
    const record = (subjectId: string) =>
      db.transact((tx) => log.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId }));
    const follow = (id: string) => {
      const end = new AbortController();
      ends.push(end);
      return log.follow({ topics: ['JOB'], objectIds: [id] }, cursorOfSequence(0), end.signal);
    };
    const others = Array.from({ length: 1_000 }, (_, index) => follow(`job_other_${index}`).next());
    const watched = follow('job_watched');
    const first = watched.next();
    await counter.of(() => settled());
    const statements = await counter.of(async () => {
      await record('job_watched');
      await first;
      await settled();
    });
    expect(statements.filter((statement) => statement.startsWith('select'))).toHaveLength(1);
    for (const end of ends) end.abort();
    await Promise.all(others);
    await db.close();
  });

  it('gives every follower what concerns it, once and in order', async () => {
    const { feed, add, reads } = logOf([rowOf(1)]);
    const [all, one, runs] = [
      await feed.join({}),
      await feed.join({ topics: ['JOB'], objectIds: ['job_3'] }),
      await feed.join({ topics: ['RUN'], objectIds: ['job_3'] }),
    ];
    await add(rowOf(2), rowOf(3), rowOf(4, { topic: 'RUN', subjectId: 'run_1', relatedId: 'job_3' }));
    const seen = async (reader: typeof all) => (await reader.read(1, 10)).events.map(({ sequence }) => sequence);
    expect([await seen(all), await seen(one), await seen(runs)]).toEqual([[2, 3, 4], [3], [4]]);
    expect((await one.read(3, 10)).until).toBe(4);
    expect(reads).toEqual([1, 1]);
  });

  it('wakes only those whom an event concerns', async () => {
    const { feed, add } = logOf([]);
    const rung: string[] = [];
    for (const id of ['job_1', 'job_2']) {
      (await feed.join({ topics: ['JOB'], objectIds: [id] })).listen(() => rung.push(id));
    }
    await add(rowOf(1));
    expect(rung).toEqual(['job_1']);
  });

  it('keeps a bounded number of events; who is further behind reads the store', async () => {
    const { feed, add, reads } = logOf([], 3);
    const reader = await feed.join({});
    await add(...Array.from({ length: 10 }, (_, index) => rowOf(index + 1)));
    reads.length = 0;
    expect((await reader.read(7, 10)).events.map(({ sequence }) => sequence)).toEqual([8, 9, 10]);
    expect(reads).toEqual([]);
    expect((await reader.read(6, 10)).events.map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10]);
    expect(reads).toEqual([6]);
  });

  it('ends its followers when the store fails, and begins anew for those who come back', async () => {
    const { feed, hub, store } = logOf([]);
    const read = store.read;
    const reader = await feed.join({});
    const rung = vi.fn();
    reader.listen(rung);
    store.read = () => Promise.reject(new Error('down'));
    hub.wake('changes');
    await expect.poll(() => rung).toHaveBeenCalled();
    expect(() => reader.read(0, 1)).toThrow('down');
    store.read = read;
    expect((await (await feed.join({})).read(0, 1)).events).toEqual([]);
  });

  it('reads nothing once its last follower has left', async () => {
    const { feed, hub, reads } = logOf([]);
    const reader = await feed.join({});
    await expect.poll(() => reads.length).toBe(1);
    reader.leave();
    hub.wake('changes');
    await new Promise((resolve) => setImmediate(resolve));
    expect([reads.length, hub.followerCount]).toEqual([1, 0]);
  });
});
