import { PlatformError } from '@sluice/core/platform';
import type { ChangeRow, WebhookRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { cursorOfSequence } from '../live/event-cursor.js';
import type { Problem } from '../problems.js';
import { SealBrokenError } from '../secrets/vault.js';
import { signatureHeader } from './signature.js';

/** Time for a receiver to answer. */
export const ATTEMPT_MS = 10_000;
/** What a receiver answers is read up to this size, so that its connection can be used again, and never kept. */
const MAX_ANSWER_BYTES = 4_096;

/** One message: what a receiver is told of a change. */
export interface Message {
  id: string;
  body: string;
}

/** What came of an attempt; `failure` is null when the receiver accepted the message. */
export interface Outcome {
  status: number | null;
  failure: Problem | null;
}

/** The message about a change; its identifier is the same at every attempt and for every webhook. */
export function messageOf({ sequence, topic, change, subjectId, occurredAt }: ChangeRow): Message {
  const id = `evt_${sequence}`;
  return { id, body: JSON.stringify({ id, cursor: cursorOfSequence(sequence), topic, change, subjectId, occurredAt }) };
}

/** Sequence of the event that a message tells of; null for a test. */
export function sequenceOf(messageId: string): number | null {
  const digits = /^evt_(\d{1,15})$/.exec(messageId)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Sends messages to receivers. */
export class Sender {
  constructor(private readonly base: Pick<Base, 'clock' | 'fetch' | 'vault'>) {}

  /**
   * Sends a message once. Redirects are not followed, and addresses that the settings do not allow are refused when the
   * connection is made. Never rejects but when `end` is aborted.
   */
  async send(webhook: WebhookRow, message: Message, end: AbortSignal): Promise<Outcome> {
    const late = new AbortController();
    const stopClock = new AbortController();
    this.base.clock.sleep(ATTEMPT_MS, stopClock.signal).then(
      () => late.abort(),
      () => undefined,
    );
    const signal = AbortSignal.any([end, late.signal]);
    try {
      const headers = this.headersOf(webhook, message);
      const reply = await this.base.fetch(webhook.url, { method: 'POST', headers, body: message.body, signal });
      await discard(reply.body);
      return outcomeOf(reply.status);
    } catch (error) {
      end.throwIfAborted();
      return { status: null, failure: failureOf(error, late.signal.aborted) };
    } finally {
      stopClock.abort();
    }
  }

  /** Throws `SealBrokenError`. */
  private headersOf(webhook: WebhookRow, { id, body }: Message): Record<string, string> {
    const timestamp = Math.floor(this.base.clock.now() / 1_000);
    return {
      'content-type': 'application/json',
      'user-agent': 'Sluice-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureHeader(this.secretsOf(webhook), { id, timestamp, body }),
    };
  }

  /** The secret, and the former one for as long as it is valid too. */
  private secretsOf({ id, secret, formerSecret, formerSecretUntil }: WebhookRow): string[] {
    const isValid = formerSecretUntil !== null && formerSecretUntil.getTime() > this.base.clock.now();
    const sealed = formerSecret !== null && isValid ? [secret, formerSecret] : [secret];
    return sealed.map((each) => this.base.vault.open<string>(each, id));
  }
}

/** A message that is accepted counts as accepted, whatever becomes of the rest of the answer. */
async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (let bytes = 0; bytes < MAX_ANSWER_BYTES;) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.length;
    }
    await reader.cancel();
  } catch {
    // The answer broke off, or took too long.
  }
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return { status, failure: null };
  const isRedirect = status >= 300 && status < 400;
  const advice = isRedirect
    ? 'Redirects are not followed: give the final address.'
    : 'It has to answer with 200 to 299.';
  return { status, failure: problem(`The receiver answered with the status ${status}. ${advice}`, String(status)) };
}

function failureOf(error: unknown, isLate: boolean): Problem {
  if (isLate) return problem(`The receiver did not answer within ${ATTEMPT_MS / 1_000} s.`);
  if (error instanceof PlatformError) return problem(error.message);
  if (error instanceof SealBrokenError)
    return problem('The secret was sealed with another SLUICE_SECRET_KEY. Make a new one with webhookSecretRotate.');
  return problem('The receiver could not be reached. Check the address, and whether something listens there.');
}

function problem(message: string, remoteStatus: string | null = null): Problem {
  const remote = { remoteStatus, remoteRequestId: null, retryAt: null };
  return { code: 'REMOTE_UNREACHABLE', message, isRetryable: true, remote };
}
