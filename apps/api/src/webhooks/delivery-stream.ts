import type { Clock } from '@sluice/core/http';
import type { WebhookDeliveryRow } from '../db/row-types.js';
import { invalidCursor } from '../graphql/cursors.js';
import { prefixOf } from '../graphql/ids.js';
import { Bell } from '../live/bell.js';
import type { Hub } from '../live/hub.js';
import { attemptsChannel, type DeliveryStore } from './delivery.store.js';

/** Attempts that end within this time of one that was told of are told of together. */
export const ATTEMPTS_TOGETHER_MS = 500;

export interface DeliveryStreamParts {
  store: Pick<DeliveryStore, 'newest'>;
  hub: Pick<Hub, 'listen'>;
  clock: Clock;
  /** Milliseconds after which the store is read without a wake, for attempts of other processes. */
  pollInterval: number;
}

export interface FollowedDeliveries {
  /** Null for those of all webhooks. */
  webhookId: string | null;
  /** Identifier of the newest delivery that is known; null for the one that is the newest now. */
  after: string | null;
}

/**
 * The newest delivery, each time that an attempt has ended; attempts in a row are told of once. Attempts are told of by no
 * change of the log: a webhook for changes of webhooks would be sent one for each, and that would be an attempt again.
 * Throws CURSOR_INVALID for an `after` that is no delivery.
 */
export async function* newestDeliveries(
  { store, hub, clock, pollInterval }: DeliveryStreamParts,
  { webhookId, after }: FollowedDeliveries,
  signal: AbortSignal,
): AsyncGenerator<WebhookDeliveryRow, void, undefined> {
  if (after !== null && prefixOf(after) !== 'whd') throw invalidCursor();
  let hasEnded = false;
  const bell = new Bell((ring) =>
    hub.listen(attemptsChannel(webhookId), () => {
      hasEnded = true;
      ring();
    }),
  );
  try {
    let known = after ?? (await store.newest(webhookId))?.id;
    while (!signal.aborted) {
      const isTold = hasEnded;
      hasEnded = false;
      bell.reset();
      const newest = await store.newest(webhookId);
      // An attempt that began before another one may end after it, and is not the newest then.
      if (newest !== null && (isTold || newest.id !== known)) {
        known = newest.id;
        yield newest;
        await clock.sleep(ATTEMPTS_TOGETHER_MS, signal).catch(() => undefined);
      }
      await bell.wait(pollInterval, clock, signal);
    }
  } finally {
    bell.remove();
  }
}
