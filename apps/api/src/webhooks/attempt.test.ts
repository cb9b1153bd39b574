import { expect, it } from 'vitest';
import { FakeClock } from '@sluice/core/testing';
import type { WebhookRow } from '../db/row-types.js';
import { Vault } from '../secrets/vault.js';
import { ATTEMPT_MS, Sender } from './attempt.js';
import { newSigningSecret } from './signature.js';

const vault = new Vault('a key of at least 32 characters, for tests');
const webhook = { id: 'whk_1', url: 'https://example.com/', secret: vault.seal(newSigningSecret(), 'whk_1') };
const row = { ...webhook, formerSecret: null, formerSecretUntil: null } as WebhookRow;
const message = { id: 'evt_1', body: '{}' };
/** A receiver that takes the request and never answers. */
const hanging = (_url: unknown, init: { signal?: AbortSignal } = {}) =>
  new Promise<Response>((_resolve, reject) =>
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
  );

it('waits 10 s for an answer', async () => {
  const clock = new FakeClock();
  const sender = new Sender({ clock, vault, fetch: hanging });
  const sent = sender.send(row, message, new AbortController().signal);
  const before = clock.now();
  const { status, failure } = await clock.runUntil(sent);
  expect([clock.now() - before, status, failure?.message]).toEqual([
    ATTEMPT_MS,
    null,
    'The receiver did not answer within 10 s.',
  ]);
});

it('counts an accepted message as accepted when the rest of the answer hangs', async () => {
  const clock = new FakeClock();
  const fetch = async (_url: unknown, init: { signal?: AbortSignal } = {}) =>
    new Response(
      new ReadableStream({
        start: (controller) => init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason)),
      }),
    );
  const sent = new Sender({ clock, vault, fetch }).send(row, message, new AbortController().signal);
  expect(await clock.runUntil(sent)).toEqual({ status: 200, failure: null });
});

it('ends with its process, which is no outcome', async () => {
  const end = new AbortController();
  const sent = new Sender({ clock: new FakeClock(), vault, fetch: hanging }).send(row, message, end.signal);
  end.abort(new Error('over'));
  await expect(sent).rejects.toThrow('over');
});

it('tells of a secret that was sealed with another key, and what helps', async () => {
  const clock = new FakeClock();
  const other = new Vault('another key of at least 32 characters, for tests');
  const fetch = () => Promise.reject(new Error('nothing is sent'));
  const sent = new Sender({ clock, vault: other, fetch }).send(row, message, new AbortController().signal);
  expect((await sent).failure?.message).toContain('webhookSecretRotate');
});
