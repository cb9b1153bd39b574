import { expect, it } from 'vitest';
import type { Database } from '../db/database.js';
import type { WebhookDeliveryRow, WebhookRow } from '../db/row-types.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { newId } from '../graphql/ids.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { ChangeLog } from '../live/change-log.js';
import { Hub } from '../live/hub.js';
import { Refusal } from '../problems.js';
import type { Message, Outcome } from './attempt.js';
import { deliver } from './delivery.js';
import { DeliveryService } from './delivery.service.js';
import { DeliveryStore, MAX_DELIVERIES } from './delivery.store.js';
import { WebhookStore } from './webhook.store.js';

const OK: Outcome = { status: 200, failure: null };
const NEVER = new AbortController().signal;

/** Two webhooks and the service over them, whose receiver answers what the test says. */
async function scene(db: Database) {
  const time = { now: Date.UTC(2026, 10, 28) };
  const clock = { now: () => time.now, monotonic: () => time.now, sleep: () => Promise.resolve() };
  const hub = new Hub();
  const changes = new ChangeLog(db, hub, clock, { limits: DEFAULT_LIMITS, hasPeers: true });
  const store = new DeliveryStore({ db, hub });
  const webhooks = new WebhookStore({ db, changes }, store);
  const sent: (Message & { to: string })[] = [];
  const receiver = { answer: OK };
  const sender = {
    send: async (webhook: WebhookRow, message: Message) => {
      sent.push({ ...message, to: webhook.id });
      time.now += 40;
      return receiver.answer;
    },
  };
  const place = { url: 'https://example.com/', topics: ',JOB,', secret: '', position: 7, failedAttempts: 3 };
  const row = { version: 1, isActive: true, createdAt: new Date(clock.now()), ...place };
  await db.transact(async (tx) => {
    await tx.insert(db.tables.webhooks).values(['whk_1', 'whk_2'].map((id) => ({ id, ...row })));
    await changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: 'job_1' });
  });
  const service = new DeliveryService({ db, clock, changes, hub }, store, webhooks, sender);
  const read = async (id: string) => (await webhooks.byIds([id]))[0]!;
  const make = async (id: string, what: Pick<WebhookDeliveryRow, 'kind' | 'attempt'>, messageId = 'evt_1') => {
    const message = { id: messageId, body: 'the first time' };
    const delivery = await deliver({ clock, sender }, await read(id), message, what, NEVER);
    await db.transact((tx) => store.keep(tx, delivery));
    return delivery;
  };
  const again = (id: string, deliveryId: string) => service.redeliver(id, deliveryId, NEVER);
  return { time, store, webhooks, sent, receiver, read, make, again };
}

const EVENT = { kind: 'EVENT', attempt: 4 } as const;

describeOnBothDatabases('kept deliveries', (open) => {
  it('tell when the message was sent, how long that took and what came of it', async () => {
    const { make, store, time } = await scene(await open());
    const startedAt = new Date(time.now);
    const { id } = await make('whk_1', EVENT);
    const told = { id, webhookId: 'whk_1', messageId: 'evt_1', startedAt, durationMs: 40, status: 200, failure: null };
    expect((await store.page('whk_1', {})).nodes).toEqual([{ ...told, ...EVENT }]);
    expect((await store.page('whk_2', {})).nodes).toEqual([]);
  });

  it('are the newest of each webhook, and end with it', async () => {
    const db = await open();
    const { make, store, webhooks } = await scene(db);
    await make('whk_2', EVENT);
    const first = await make('whk_1', EVENT);
    const later = Array.from({ length: MAX_DELIVERIES + 2 }, () => ({ ...first, id: newId('whd') }));
    await db.transact(async (tx) => {
      for (const delivery of later) await store.keep(tx, delivery);
    });
    const all = [first, ...later].map(({ id }) => id).reverse();
    const page = await store.page('whk_1', { first: 100 });
    expect(page.nodes.map(({ id }) => id)).toEqual(all.slice(0, MAX_DELIVERIES));
    expect(page.pageInfo.hasNextPage).toBe(false);
    expect((await store.page('whk_2', {})).nodes).toHaveLength(1);
    const late = page.nodes[0]!;
    await webhooks.delete('whk_1');
    // The answer to a message comes when its webhook is gone.
    await db.transact((tx) => store.keep(tx, { ...late, id: 'whd_late' }));
    const rest = await db.reader
      .select({ of: db.tables.webhookDeliveries.webhookId })
      .from(db.tables.webhookDeliveries);
    expect(rest).toEqual([{ of: 'whk_2' }]);
  });

  it('are sent once more under the same identifier, and what waits is not touched', async () => {
    const { again, make, read, receiver, sent, store } = await scene(await open());
    const first = await make('whk_1', EVENT);
    const before = await read('whk_1');
    const failure = { code: 'REMOTE_UNREACHABLE', message: '503.' } as const;
    receiver.answer = { status: 503, failure };
    const { delivery } = await again('whk_1', first.id);
    expect(delivery).toMatchObject({ kind: 'REDELIVERY', attempt: 1, messageId: 'evt_1', status: 503, failure });
    expect(sent.map(({ id, to }) => [id, to])).toEqual([
      ['evt_1', 'whk_1'],
      ['evt_1', 'whk_1'],
    ]);
    expect(JSON.parse(sent[1]!.body)).toMatchObject({ id: 'evt_1', topic: 'JOB', subjectId: 'job_1' });
    expect((await store.page('whk_1', {})).nodes).toEqual([delivery, first]);
    expect(await read('whk_1')).toEqual(before);
  });

  it('that cannot be sent once more are refused with a reason, and nothing is sent', async () => {
    const db = await open();
    const { again, make, sent } = await scene(db);
    const [event, test] = [await make('whk_1', EVENT), await make('whk_1', { kind: 'TEST', attempt: 1 }, 'evttest_1')];
    const refusal = async (id: string, deliveryId: string) => {
      const error: unknown = await again(id, deliveryId).catch((thrown: unknown) => thrown);
      if (!(error instanceof Refusal)) throw error;
      const [{ code, field, message } = { code: '', field: null, message: '' }] = error.problems;
      return [code, field?.[0], message];
    };
    expect((await refusal('whk_9', event.id)).slice(0, 2)).toEqual(['NOT_FOUND', 'id']);
    expect((await refusal('whk_2', event.id)).slice(0, 2)).toEqual(['NOT_FOUND', 'deliveryId']);
    expect(await refusal('whk_1', test.id)).toEqual(['INVALID', 'deliveryId', expect.stringContaining('webhookTest')]);
    await db.transact(async (tx) => void (await tx.delete(db.tables.changeEvents)));
    expect(await refusal('whk_1', event.id)).toEqual([
      'INVALID',
      'deliveryId',
      expect.stringContaining('SLUICE_EVENT_DAYS'),
    ]);
    expect(sent).toHaveLength(2);
  });
});
