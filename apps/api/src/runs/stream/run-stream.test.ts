import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Base } from '../../base.js';
import { systemClock } from '../../clock.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import type { Database } from '../../db/database.js';
import { NO_METER } from '../../metrics/meter.js';
import { describeOnBothDatabases } from '../../db/testing.js';
import { Hub } from '../../live/hub.js';
import { eventChannel } from './channels.js';
import { appendRunEvents, type NewRunEvent } from '../engine-store/store-events.js';
import { changeRunState } from '../engine-store/store-state.js';
import { cursorOf, RunStream, type StreamedEvent } from './run-stream.js';
import { RunStore } from '../reading/run.store.js';
import { seedJob, seedRun } from '../engine-store/testing.js';

const NEVER = new AbortController().signal;
const log = (message: string): NewRunEvent => ({ kind: 'LOG', severity: 'INFO', message });

async function collect(stream: AsyncIterable<StreamedEvent>): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const durable = (events: StreamedEvent[]) => events.filter(({ kind }) => kind !== 'STATISTICS' && kind !== 'SNAPSHOT');

describeOnBothDatabases('the stream of a run', (open) => {
  let shared: Promise<Database> | undefined;

  async function setUp() {
    const db = await (shared ??= open());
    const hub = new Hub();
    const changes = { record: async () => undefined, pollInterval: 20 };
    const base = {
      db,
      hub,
      changes,
      meter: NO_METER,
      clock: systemClock,
      config: { limits: DEFAULT_LIMITS },
    } as unknown as Base;
    const { runId } = await seedRun(db, await seedJob(db), 1);
    const store = new RunStore(db);
    const say = (...events: NewRunEvent[]) =>
      db.transact(async (tx) => {
        const run = await store.lock(tx, runId);
        if (run) await appendRunEvents(tx, db, run, events, new Date());
        tx.onCommit(() => hub.wake(eventChannel(runId)));
      });
    const end = () =>
      db.transact(async (tx) => {
        const run = await store.lock(tx, runId);
        const scope = { now: () => new Date(), changes: base.changes, onEvents: () => hub.wake(eventChannel(runId)) };
        if (run) await changeRunState(tx, db, run, { state: 'SUCCEEDED' }, scope);
      });
    return { db, runId, say, end, store, hub, stream: new RunStream(base, store) };
  }

  it('begins with a snapshot that includes everything up to it, then tells what comes, and ends with the run', async () => {
    const { runId, say, end, stream, hub } = await setUp();
    await say(log('before'));
    const events = collect(stream.follow(runId, null, 250, NEVER));
    await expect.poll(() => hub.followerCount).toBe(1);
    for (let index = 0; index < 50; index++) await say(log(`line ${index}`));
    await end();
    const [first, ...later] = await events;
    expect(first).toMatchObject({ kind: 'SNAPSHOT', isReset: false });
    const sequences = durable(later).map(({ sequence }) => sequence);
    expect(sequences).toEqual(
      Array.from({ length: 52 - (first?.sequence ?? 0) }, (_, index) => (first?.sequence ?? 0) + index + 1),
    );
    expect(later.at(-1)).toMatchObject({ kind: 'STATE', state: 'SUCCEEDED', sequence: 52 });
    expect(hub.followerCount).toBe(0);
  });

  it('goes on after a cursor without loss or repetition', async () => {
    const { runId, say, end, stream } = await setUp();
    await say(log('1'), log('2'), log('3'));
    const events = collect(stream.follow(runId, cursorOf(runId, 2), 250, NEVER));
    await say(log('4'));
    await end();
    expect(durable(await events).map(({ sequence, message }) => [sequence, message])).toEqual([
      [3, '3'],
      [4, '4'],
      [5, null],
    ]);
  });

  it('ends at once for a run that has ended', async () => {
    const { runId, say, end, stream } = await setUp();
    await say(log('1'));
    await end();
    expect(
      (await collect(stream.follow(runId, null, 250, NEVER))).map(({ kind, sequence }) => [kind, sequence]),
    ).toEqual([['SNAPSHOT', 2]]);
    expect(await collect(stream.follow(runId, cursorOf(runId, 2), 250, NEVER))).toEqual([]);
    expect((await collect(stream.follow(runId, cursorOf(runId, 1), 250, NEVER))).map(({ kind }) => kind)).toEqual([
      'STATE',
    ]);
  });

  it('starts over with a snapshot when the cursor is too old', async () => {
    const { db, runId, say, end, stream, store } = await setUp();
    await say(log('1'), log('2'), log('3'));
    await end();
    await db.transact(
      async (tx) => void (await tx.delete(db.tables.runEvents).where(eq(db.tables.runEvents.message, '1'))),
    );
    await db.transact(
      async (tx) => void (await tx.delete(db.tables.runEvents).where(eq(db.tables.runEvents.message, '2'))),
    );
    const [first] = await collect(stream.follow(runId, cursorOf(runId, 1), 250, NEVER));
    expect(first).toMatchObject({ kind: 'SNAPSHOT', isReset: true, sequence: 4 });
    const run = await store.byId(runId);
    if (run === null) throw new Error('no run');
    await expect(stream.list(run, cursorOf(runId, 1), 10)).rejects.toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED', oldestCursor: cursorOf(runId, 2) },
    });
    expect((await stream.list(run, null, 10)).map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  it.each(['damaged', cursorOf('run_other', 1), cursorOf('run_x', -1)])('refuses the cursor %s', async (cursor) => {
    const { runId, stream } = await setUp();
    await expect(collect(stream.follow(runId, cursor, 250, NEVER))).rejects.toMatchObject({
      extensions: { code: 'CURSOR_INVALID' },
    });
  });

  it('gives figures at most once an interval, and only when they changed', async () => {
    const { runId, say, end, stream } = await setUp();
    const events: StreamedEvent[] = [];
    const following = (async () => {
      for await (const event of stream.follow(runId, null, 60_000, NEVER)) events.push(event);
    })();
    for (let index = 0; index < 20; index++) await say(log(`line ${index}`));
    await end();
    await following;
    expect(events.filter(({ kind }) => kind === 'STATISTICS').length).toBeLessThanOrEqual(1);
    await expect(collect(stream.follow(runId, null, 100, NEVER))).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('stops when the client leaves', async () => {
    const { runId, stream, hub } = await setUp();
    const leave = new AbortController();
    const events = collect(stream.follow(runId, null, 250, leave.signal));
    await expect.poll(() => hub.followerCount).toBe(1);
    leave.abort();
    expect((await events)[0]).toMatchObject({ kind: 'SNAPSHOT' });
    expect(hub.followerCount).toBe(0);
  });
});
