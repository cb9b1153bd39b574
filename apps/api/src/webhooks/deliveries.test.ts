import { expect, it } from 'vitest';
import type { WebhookRow } from '../db/row-types.js';
import { describeOnBothDatabases } from '../db/testing.js';
import type { Database } from '../db/database.js';
import type { Topic } from '../db/tables/events.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { ChangeLog } from '../live/change-log.js';
import { Hub } from '../live/hub.js';
import { createLog } from '../log.js';
import type { Message, Outcome } from './attempt.js';
import { CLAIM_MS, Deliveries } from './deliveries.js';
import { DeliveryStore } from './delivery.store.js';
import { RETRY_DELAYS_MS } from './retry.js';
import { packTopics } from './topic-list.js';
import { WebhookStore } from './webhook.store.js';

const START = Date.UTC(2026, 10, 27);
const OK: Outcome = { status: 200, failure: null };
const failed = (status: number): Outcome => ({
  status,
  failure: { code: 'REMOTE_UNREACHABLE', message: `${status}.` },
});

/** Processes that deliver on one database, at a time that the test sets. */
function scene(db: Database) {
  const time = { now: START };
  const clock = {
    now: () => time.now,
    monotonic: () => time.now,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  };
  const hub = new Hub();
  const changes = new ChangeLog(db, hub, clock, { limits: DEFAULT_LIMITS, hasPeers: true });
  const kept = new DeliveryStore({ db, hub });
  const store = new WebhookStore({ db, changes }, kept);
  const base = { clock, hub, changes, log: createLog('silent'), random: () => 0 };
  const sent: { webhook: string; id: string }[] = [];
  const process = (answer: (message: Message, webhook: WebhookRow) => Promise<Outcome>) =>
    new Deliveries(base, store, {
      send: (webhook, message) => {
        sent.push({ webhook: webhook.id, id: message.id });
        return answer(message, webhook);
      },
    });
  return {
    time,
    store,
    changes,
    sent,
    process,
    /** Lets a process deliver all that it may now. */
    pass: async (deliveries: Deliveries) => {
      const wait = await deliveries.pass();
      await deliveries.settled();
      return wait;
    },
    add: (subjectId: string, topic: Topic = 'JOB') =>
      db.transact((tx) => changes.record(tx, { topic, change: 'UPDATED', subjectId })),
    /** A webhook for what comes from now on; made without an event of its own. */
    make: async (id: string, topics: Topic[] = ['JOB']) => {
      const row = { ...EMPTY, id, topics: packTopics(topics), position: await changes.latest() };
      await db.transact(async (tx) => void (await tx.insert(db.tables.webhooks).values(row)));
    },
    read: async (id: string) => (await store.byIds([id]))[0]!,
    /** What is kept of the messages to a webhook, newest first: each message with its attempt and the answer. */
    kept: async (id: string) =>
      (await kept.page(id, { first: 100 })).nodes.map((each) => [each.messageId, each.attempt, each.status]),
  };
}

const EMPTY: WebhookRow = {
  id: '',
  version: 1,
  url: 'https://example.com/',
  topics: '',
  isActive: true,
  secret: '',
  formerSecret: null,
  formerSecretUntil: null,
  position: 0,
  failedAttempts: 0,
  nextAttemptAt: null,
  lastAttemptAt: null,
  lastStatus: null,
  failure: null,
  leaseOwner: null,
  leaseUntil: null,
  createdAt: new Date(START),
  updatedById: null,
};

describeOnBothDatabases('deliveries of webhooks', (open) => {
  it('bring every change of their topics once and in order, and count what waits', async () => {
    const { add, make, pass, process, sent, store, read } = scene(await open());
    await make('whk_1', ['JOB', 'RUN']);
    await make('whk_2', ['PLAN']);
    for (const topic of ['JOB', 'PLAN', 'RUN', 'CONNECTION', 'JOB'] as const) await add('x', topic);
    expect(Object.fromEntries(await store.pendingCounts(['whk_1', 'whk_2']))).toEqual({ whk_1: 3, whk_2: 1 });
    const deliveries = process(async () => OK);
    await pass(deliveries);
    await pass(deliveries);
    expect(sent.filter(({ webhook }) => webhook === 'whk_1').map(({ id }) => id)).toEqual(['evt_1', 'evt_3', 'evt_5']);
    expect(sent.filter(({ webhook }) => webhook === 'whk_2').map(({ id }) => id)).toEqual(['evt_2']);
    expect(await read('whk_1')).toMatchObject({ position: 5, lastStatus: 200, leaseOwner: null, failure: null });
    expect(Object.fromEntries(await store.pendingCounts(['whk_1', 'whk_2']))).toEqual({ whk_1: 0, whk_2: 0 });
  });

  it('are tried again after growing delays, the following changes wait, and another receiver does not', async () => {
    const { add, kept, make, pass, process, sent, time, read } = scene(await open());
    await make('whk_bad');
    await make('whk_good');
    await add('one');
    await add('two');
    let answers = 2;
    const deliveries = process(async (_message, { id }) => (id === 'whk_bad' && answers-- > 0 ? failed(500) : OK));
    expect(await pass(deliveries)).toBeGreaterThan(0);
    expect(await read('whk_bad')).toMatchObject({ failedAttempts: 1, lastStatus: 500, failure: { message: '500.' } });
    time.now += RETRY_DELAYS_MS[0]! - 1;
    expect(await pass(deliveries)).toBe(1);
    time.now += 1;
    await pass(deliveries);
    time.now += RETRY_DELAYS_MS[1]!;
    await pass(deliveries);
    const to = (webhook: string) => sent.filter((each) => each.webhook === webhook).map(({ id }) => id);
    expect(to('whk_bad')).toEqual(['evt_1', 'evt_1', 'evt_1', 'evt_2']);
    expect(to('whk_good')).toEqual(['evt_1', 'evt_2']);
    const ofBad = [
      ['evt_2', 1, 200],
      ['evt_1', 3, 200],
      ['evt_1', 2, 500],
      ['evt_1', 1, 500],
    ];
    expect(await kept('whk_bad')).toEqual(ofBad);
    expect(await read('whk_bad')).toMatchObject({ failedAttempts: 0, nextAttemptAt: null, failure: null });
  });

  it('end after a day of failures, with a reason and an event', async () => {
    const { add, changes, make, pass, process, sent, time, read } = scene(await open());
    await make('whk_1');
    await add('one');
    const deliveries = process(async () => failed(503));
    for (const delay of [0, ...RETRY_DELAYS_MS, RETRY_DELAYS_MS.at(-1)!]) {
      time.now += delay;
      await pass(deliveries);
    }
    expect(sent).toHaveLength(RETRY_DELAYS_MS.length + 1);
    const ended = await read('whk_1');
    expect(ended).toMatchObject({ isActive: false, version: 2, nextAttemptAt: null });
    expect(ended.failure?.message).toMatch(/^503\. Deliveries ended after 11 failed attempts\. .*changeEvents/);
    expect((await changes.read({ topics: ['WEBHOOK'] }, 0, 10)).map(({ subjectId }) => subjectId)).toEqual(['whk_1']);
  });

  it('end at once when the receiver is gone for good', async () => {
    const { add, make, pass, process, sent, read } = scene(await open());
    await make('whk_1');
    await add('one');
    await pass(process(async () => failed(410)));
    expect([sent.length, (await read('whk_1')).isActive]).toEqual([1, false]);
  });

  it('are made by one of several processes at a time', async () => {
    const { add, make, process, sent } = scene(await open());
    await make('whk_1');
    for (let index = 0; index < 20; index++) await add(`job_${index}`);
    let [under, most] = [0, 0];
    const slow = async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setImmediate(resolve));
      under--;
      return OK;
    };
    const processes = [process(slow), process(slow), process(slow)];
    for (let tries = 0; sent.length < 20 && tries < 50; tries++) {
      await Promise.all(processes.map((deliveries) => deliveries.pass()));
      await Promise.all(processes.map((deliveries) => deliveries.settled()));
    }
    expect(sent.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `evt_${index + 1}`));
    expect(most).toBe(1);
  });

  it('of a process that was killed are taken over, and what it sent without an outcome is sent again', async () => {
    const { add, make, pass, process, sent, time, read } = scene(await open());
    await make('whk_1');
    await add('one');
    const killed = process(() => new Promise(() => undefined));
    await killed.pass();
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const next = process(async () => OK);
    await pass(next);
    expect(sent).toHaveLength(1);
    time.now += CLAIM_MS;
    await pass(next);
    expect(sent.map(({ id }) => id)).toEqual(['evt_1', 'evt_1']);
    expect(await read('whk_1')).toMatchObject({ position: 1, leaseOwner: null });
  });

  it('of a claim that was lost change nothing', async () => {
    const { add, kept, make, pass, process, sent, time, read } = scene(await open());
    await make('whk_1');
    await add('one');
    await add('two');
    let wake: (outcome: Outcome) => void = () => undefined;
    const stuck = process(() => new Promise((resolve) => (wake = resolve)));
    await stuck.pass();
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const next = process(async () => OK);
    await pass(next);
    time.now += CLAIM_MS;
    await pass(next);
    wake(failed(500));
    await stuck.settled();
    expect(await read('whk_1')).toMatchObject({ position: 2, failedAttempts: 0, lastStatus: 200 });
    expect(sent.map(({ id }) => id)).toEqual(['evt_1', 'evt_1', 'evt_2']);
    // It was sent all the same, before the others.
    expect((await kept('whk_1')).map(([id, , status]) => [id, status])).toEqual([
      ['evt_2', 200],
      ['evt_1', 200],
      ['evt_1', 500],
    ]);
  });

  it('that end with their process count as no attempt', async () => {
    const { add, make, process, sent, read } = scene(await open());
    await make('whk_1');
    await add('one');
    const deliveries = process(
      () => new Promise((_resolve, reject) => setImmediate(() => reject(new DOMException('', 'AbortError')))),
    );
    await deliveries.pass();
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await deliveries.stop();
    expect(await read('whk_1')).toMatchObject({
      position: 0,
      failedAttempts: 0,
      lastAttemptAt: null,
      leaseOwner: null,
    });
  });

  it('whose outcome cannot be stored are not sent again at once', async () => {
    const { add, make, process, sent, store } = scene(await open());
    await make('whk_1');
    await add('one');
    store.settle = () => Promise.reject(new Error('The store is full.'));
    const deliveries = process(async () => OK);
    deliveries.start();
    while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await deliveries.settled();
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toHaveLength(1);
    await deliveries.stop();
  });

  it('pass by what does not concern them, once it is much', async () => {
    const db = await open();
    const { make, pass, process, changes, read, sent } = scene(db);
    await make('whk_1', ['REPORT']);
    const rest = async (count: number) =>
      db.transact(async (tx) => {
        const record = (index: number) =>
          changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: `job_${index}` });
        for (let index = 0; index < count; index++) await record(index);
      });
    await rest(1_001);
    await pass(process(async () => OK));
    expect([(await read('whk_1')).position, sent.length]).toEqual([1_001, 0]);
  });
});
