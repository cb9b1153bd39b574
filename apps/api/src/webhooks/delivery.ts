import type { Clock } from '@sluice/core/http';
import type { WebhookDeliveryRow, WebhookRow } from '../db/row-types.js';
import { newId } from '../graphql/ids.js';
import type { Message, Sender } from './attempt.js';

type What = Pick<WebhookDeliveryRow, 'kind' | 'attempt'>;

/** Sends a message once, and gives the delivery that tells what came of it. Never rejects but when `end` is aborted. */
export async function deliver(
  { clock, sender }: { clock: Clock; sender: Pick<Sender, 'send'> },
  webhook: WebhookRow,
  message: Message,
  what: What,
  end: AbortSignal,
): Promise<WebhookDeliveryRow> {
  const began = clock.monotonic();
  const begun = { id: newId('whd'), webhookId: webhook.id, messageId: message.id, startedAt: new Date(clock.now()) };
  const { status, failure } = await sender.send(webhook, message, end);
  return { ...begun, ...what, durationMs: Math.round(clock.monotonic() - began), status, failure };
}
