import { FakeClock } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import type { WebhookDeliveryRow } from '../db/row-types.js';
import { Hub } from '../live/hub.js';
import { attemptsChannel } from './delivery.store.js';
import { ATTEMPTS_TOGETHER_MS, newestDeliveries, type FollowedDeliveries } from './delivery-stream.js';

const POLL_MS = 30_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Somebody who follows the deliveries of a store in memory; `told`: identifiers of those that were told of. */
async function follower(kept: string[], asked: Partial<FollowedDeliveries> = {}) {
  const clock = new FakeClock();
  const hub = new Hub();
  const end = new AbortController();
  const newest = async () => kept.map((id) => ({ id }) as WebhookDeliveryRow).at(-1) ?? null;
  const parts = { store: { newest }, hub, clock, pollInterval: POLL_MS };
  const stream = newestDeliveries(parts, { webhookId: 'whk_1', after: null, ...asked }, end.signal);
  const told: string[] = [];
  const done = (async () => {
    for await (const { id } of stream) told.push(id);
  })();
  await turn();
  return {
    told,
    hub,
    keep: (id: string, webhookId = 'whk_1') => {
      kept.push(id);
      for (const each of [webhookId, null]) hub.wake(attemptsChannel(each));
    },
    pass: async (milliseconds: number) => {
      await clock.advance(milliseconds);
      await turn();
    },
    stop: async () => {
      end.abort();
      await done;
    },
  };
}

it('tells of what is sent from now on', async () => {
  const { told, keep, pass, stop } = await follower(['whd_1']);
  await pass(0);
  expect(told).toEqual([]);
  keep('whd_2');
  await pass(0);
  expect(told).toEqual(['whd_2']);
  await stop();
});

it('begins with the newest when that is not the one that is known', async () => {
  const known = await follower(['whd_1', 'whd_2'], { after: 'whd_2' });
  const former = await follower(['whd_1', 'whd_2'], { after: 'whd_1' });
  expect([known.told, former.told]).toEqual([[], ['whd_2']]);
  await Promise.all([known.stop(), former.stop()]);
});

it('tells of a storm of attempts once, and of those that ended meanwhile once more', async () => {
  const { told, keep, pass, stop } = await follower([]);
  for (let index = 1; index <= 100; index++) {
    keep(`whd_${index}`);
    await pass(1);
  }
  expect(told).toEqual(['whd_1']);
  await pass(ATTEMPTS_TOGETHER_MS);
  expect(told).toEqual(['whd_1', 'whd_100']);
  await pass(3 * POLL_MS);
  expect(told).toHaveLength(2);
  await stop();
});

it('tells of an attempt that is not the newest, and of one whose wake was lost', async () => {
  const kept = ['whd_1'];
  const { told, hub, pass, stop } = await follower(kept);
  hub.wake(attemptsChannel('whk_1'));
  await pass(0);
  expect(told).toEqual(['whd_1']);
  kept.push('whd_2');
  await pass(ATTEMPTS_TOGETHER_MS + POLL_MS);
  expect(told).toEqual(['whd_1', 'whd_2']);
  await stop();
});

it('is woken by its webhook alone, and by each when it follows all', async () => {
  const one = await follower([]);
  const all = await follower([], { webhookId: null });
  for (const { keep, pass } of [one, all]) {
    keep('whd_1', 'whk_2');
    await pass(0);
  }
  expect([one.told, all.told]).toEqual([[], ['whd_1']]);
  await Promise.all([one.stop(), all.stop()]);
});

it('leaves nothing behind', async () => {
  const { hub, stop } = await follower([]);
  expect(hub.followerCount).toBe(1);
  await stop();
  expect(hub.followerCount).toBe(0);
});
