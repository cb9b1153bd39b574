import { describe, expect, it } from 'vitest';
import type { ChangeRow } from '../db/row-types.js';
import { DEFAULT_LIMITS } from '../limits.js';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { ChangeLog } from './change-log.js';
import { cursorOfSequence } from './event-cursor.js';
import { follow, type FollowOptions } from './follow.js';
import { Hub } from './hub.js';

const idle = {
  now: () => 1_790_000_000_000,
  monotonic: () => 1_790_000_000_000,
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
};

function logOf(db: Database, hub = new Hub(), now = idle.now()) {
  return new ChangeLog(db, hub, { ...idle, now: () => now }, { limits: DEFAULT_LIMITS, hasPeers: false });
}

const add = (db: Database, log: ChangeLog, subjectId: string, more = {}) =>
  db.transact((tx) => log.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId, ...more }));

async function take(stream: AsyncIterator<ChangeRow, void>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let next = await stream.next(); ; next = await stream.next()) {
    ids.push(next.done === true ? 'end' : next.value.subjectId);
    if (ids.length === count) return ids;
  }
}

describeOnBothDatabases('the record of changes', (open) => {
  it('counts without gaps, also when transactions overlap or roll back', async () => {
    const db = await open();
    const log = logOf(db);
    const failing = db.transact(async (tx) => {
      await log.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: 'lost' });
      throw new Error('no');
    });
    const all = [failing.catch(() => undefined), ...Array.from({ length: 10 }, (_, i) => add(db, log, `job_${i}`))];
    await Promise.all(all);
    const rows = await log.read({}, 0, 100);
    expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it('is followed from now, by topic and object, and from a cursor on', async () => {
    const db = await open();
    const log = logOf(db);
    await add(db, log, 'job_1');
    const end = new AbortController();
    const live = log.follow({ topics: ['JOB'], objectIds: ['job_2'] }, null, end.signal);
    const first = live.next();
    let hasBegun = false;
    void first.then(() => (hasBegun = true));
    while (!hasBegun) await add(db, log, 'job_2');
    expect((await first).value?.subjectId).toBe('job_2');
    const before = (await log.read({}, 0, 1000)).at(-1)!.sequence;
    await add(db, log, 'job_3');
    await add(db, log, 'job_2');
    await add(db, log, 'run_1', { topic: 'RUN', relatedId: 'job_2' });
    await add(db, log, 'plan', { relatedId: 'job_2' });
    const seen: string[] = [];
    while (seen.at(-1) !== 'plan') seen.push(...(await take(live, 1)));
    expect([...new Set(seen)]).toEqual(['job_2', 'plan']);
    const later = log.follow({}, cursorOfSequence(before), end.signal);
    expect(await take(later, 4)).toEqual(['job_3', 'job_2', 'run_1', 'plan']);
    end.abort();
    expect((await live.next()).done).toBe(true);
  });

  it('keeps only the newest figures of an object', async () => {
    const db = await open();
    const log = logOf(db);
    for (let i = 0; i < 3; i++) await add(db, log, 'bud_1', { topic: 'BUDGET', isFigure: true });
    expect((await log.read({}, 0, 10)).map((row) => row.sequence)).toEqual([3]);
    expect(await take(log.follow({}, cursorOfSequence(1), new AbortController().signal), 1)).toEqual(['bud_1']);
  });

  it('forgets what is old and says so to who asks for it', async () => {
    const db = await open();
    const log = logOf(db);
    for (let i = 0; i < 3; i++) await add(db, log, `old_${i}`);
    const later = logOf(db, new Hub(), idle.now() + DEFAULT_LIMITS.eventRetention + 1);
    await add(db, later, 'new');
    await later.prune();
    expect((await log.read({}, 0, 10)).map((row) => row.subjectId)).toEqual(['new']);
    const { signal } = new AbortController();
    await expect(later.follow({}, cursorOfSequence(2), signal).next()).rejects.toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED', oldestCursor: cursorOfSequence(3) },
    });
    expect(await take(later.follow({}, cursorOfSequence(3), signal), 1)).toEqual(['new']);
    await expect(later.follow({}, cursorOfSequence(99), signal).next()).rejects.toMatchObject({
      extensions: { code: 'CURSOR_INVALID' },
    });
    await expect(later.list({}, cursorOfSequence(2), 10)).rejects.toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED', oldestCursor: cursorOfSequence(3) },
    });
    for (const cursor of [null, cursorOfSequence(3)])
      expect((await later.list({}, cursor, 10)).map((row) => row.subjectId)).toEqual(['new']);
    await expect(later.list({}, cursorOfSequence(99), 10)).rejects.toMatchObject({
      extensions: { code: 'CURSOR_INVALID' },
    });
  });

  it('tells a follower that events were removed while it was busy with those before', async () => {
    const db = await open();
    const log = logOf(db);
    await db.transact(async (tx) => {
      for (let i = 0; i < 250; i++) await log.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: `old_${i}` });
    });
    const later = logOf(db, new Hub(), idle.now() + DEFAULT_LIMITS.eventRetention + 1);
    const stream = later.follow({}, cursorOfSequence(0), new AbortController().signal);
    expect(await take(stream, 200)).toHaveLength(200);
    await later.prune();
    await expect(stream.next()).rejects.toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED', oldestCursor: cursorOfSequence(250) },
    });
  });
});

describe('following a log', () => {
  /** A log in memory, of the numbers from 1 on. */
  function numbers(count: () => number, more: Partial<FollowOptions<number, number>> = {}) {
    const hub = new Hub();
    const end = new AbortController();
    const stream = follow<number, number>(async () => ({
      listen: (ring) => hub.listen('n', ring),
      clock: idle,
      signal: end.signal,
      after: 0,
      read: async (after, limit) => ({
        events: Array.from({ length: Math.min(limit, Math.max(0, count() - after)) }, (_, i) => after + i + 1),
      }),
      positionOf: (event) => event,
      cursorOf: (position) => `c${position}`,
      pollInterval: 1_000,
      queue: 10,
      ...more,
    }));
    return { hub, end, stream };
  }

  it('reads a long backlog in batches, however slowly', async () => {
    const { stream } = numbers(() => 950);
    for (let n = 1; n <= 950; n++) expect((await stream.next()).value).toBe(n);
  });

  it('ends a follower that was up to date and fell too far behind', async () => {
    let count = 1;
    const { hub, stream } = numbers(() => count);
    expect((await stream.next()).value).toBe(1);
    const next = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 1));
    count = 12;
    hub.wake('n');
    await expect(next).rejects.toMatchObject({ extensions: { code: 'SLOW_CONSUMER', cursor: 'c1' } });
    expect(hub.followerCount).toBe(0);
  });

  it('ends after the last event', async () => {
    const { stream } = numbers(() => 5, { isLast: (event) => event === 3 });
    const seen: number[] = [];
    for await (const event of stream) seen.push(event);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('gives figures between the events, at most once per interval', async () => {
    let now = 0;
    const waits: number[] = [];
    const clock = {
      now: () => now,
      monotonic: () => now,
      sleep: async (ms: number) => {
        waits.push(ms);
        now += ms;
      },
    };
    const read = async (after: number) => 1_000 + after;
    const { stream } = numbers(() => 2, { clock, figures: { read, minInterval: 250 } });
    const seen: unknown[] = [];
    for (let i = 0; i < 5; i++) seen.push((await stream.next()).value);
    expect(seen).toEqual([1, 2, 1_002, 1_002, 1_002]);
    expect(waits).toEqual([250, 250]);
  });
});
