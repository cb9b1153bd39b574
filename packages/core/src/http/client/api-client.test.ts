import { describe, expect, it } from 'vitest';
import { PlatformError, type Call } from '../../platform/index.js';
import { FakeClock } from '../../testing/fake-clock.js';
import { loneBudget } from '../../testing/lone-budget.js';
import { ApiClient, type ApiRequest } from './api-client.js';
import { InDoubtError, ProxiedError } from './api-errors.js';
import type { FetchInit } from '../ports.js';

type Step = (init: FetchInit) => Response | Promise<Response>;

const GET: ApiRequest = {
  method: 'GET',
  url: new URL('https://api.example/rest/v1.0/folders?secret=1'),
  isRepeatable: true,
};
const POST: ApiRequest = {
  method: 'POST',
  url: new URL('https://api.example/rest/v1.0/folders'),
  body: '{}',
  isRepeatable: false,
};

const answer =
  (status: number, headers: Record<string, string> = {}, body: string | null = `{"status":${status}}`): Step =>
  () =>
    new Response(body, { status, headers });
const fail =
  (code: string): Step =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) }));
const hang: Step = ({ signal }) =>
  new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('aborted', { cause: signal.reason }))),
  );

function setUp(...steps: Step[]) {
  const clock = new FakeClock();
  const sent: FetchInit[] = [];
  const refusedHeaders: string[] = [];
  const budget = loneBudget(clock);
  const client = new ApiClient({
    clock,
    budget,
    random: () => 0.5,
    fetch: async (_, init = {}) => {
      sent.push(init);
      const step = steps[sent.length - 1] ?? steps.at(-1);
      if (!step) throw new Error('No answer is planned.');
      return step(init);
    },
    authorization: {
      header: async () => `Bearer ${refusedHeaders.length}`,
      refused: async (header) => refusedHeaders.push(header) === 1,
    },
  });
  const stop = new AbortController();
  const counted: boolean[] = [];
  const call: Call = {
    owner: 'run',
    priority: 'JOB',
    signal: stop.signal,
    onCall: ({ throttled }) => counted.push(throttled),
  };
  const send = (request: ApiRequest) => clock.runUntil(client.send(request, call));
  const failure = (request: ApiRequest) =>
    send(request).then(
      () => expect.unreachable('An error is expected.'),
      (error: unknown) => error,
    );
  return { clock, budget, client, call, stop, sent, counted, send, failure };
}

describe('ApiClient', () => {
  it('sends JSON with the authorization and follows no redirect', async () => {
    const { send, sent } = setUp(answer(302, { location: 'https://elsewhere.example/' }, null));
    expect(await send(POST)).toMatchObject({ status: 302, text: '' });
    expect(sent[0]).toMatchObject({
      method: 'POST',
      body: '{}',
      redirect: 'manual',
      headers: { authorization: 'Bearer 0', accept: 'application/json', 'content-type': 'application/json' },
    });
  });

  it('returns an answer that is no JSON, and a 4xx, as it is', async () => {
    const { send } = setUp(answer(200, {}, '<html>'), answer(404, {}, 'gone'));
    expect((await send(GET)).text).toBe('<html>');
    expect(await send(GET)).toMatchObject({ status: 404, text: 'gone' });
  });

  it('waits after 429 for the whole client and counts each call', async () => {
    const { send, clock, counted, budget } = setUp(answer(429, { 'retry-after': '30' }), answer(200));
    const start = clock.now();
    expect(await send(POST)).toMatchObject({ status: 200 });
    expect(clock.now() - start).toBeGreaterThanOrEqual(31_000);
    expect(counted).toEqual([true, false]);
    expect(budget.snapshot().throttledCount).toBe(1);
  });

  it('gives up after refusals without end', async () => {
    const { failure, sent } = setUp(answer(429, { 'retry-after': '1' }));
    expect(await failure(GET)).toMatchObject({
      kind: 'BUDGET_EXHAUSTED',
      retry: 'later',
      retryAt: expect.any(Date) as Date,
    });
    expect(sent).toHaveLength(8);
  });

  it('renews the authorization once', async () => {
    const { send, sent } = setUp(answer(401), answer(200));
    expect(await send(POST)).toMatchObject({ status: 200 });
    expect(sent.map(({ headers }) => headers?.authorization)).toEqual(['Bearer 0', 'Bearer 1']);
    const again = setUp(answer(401));
    expect(await again.send(POST)).toMatchObject({ status: 401 });
    expect(again.sent).toHaveLength(2);
  });

  it.each([500, 502, 504, 408])('sends a repeatable request again after %i, five times', async (status) => {
    const { failure, sent } = setUp(answer(status, { 'x-request-id': 'r1' }));
    const error = await failure(GET);
    expect(error).toMatchObject({ kind: 'PLATFORM_ERROR', remoteStatus: String(status), remoteRequestId: 'r1' });
    expect(error).not.toBeInstanceOf(InDoubtError);
    expect(sent).toHaveLength(5);
    expect((error as Error).message).not.toContain('secret');
  });

  it.each([500, 503, 408])('is in doubt after %i to a request that is not repeatable', async (status) => {
    const { failure, sent } = setUp(answer(status));
    expect(await failure(POST)).toBeInstanceOf(InDoubtError);
    expect(sent).toHaveLength(1);
  });

  it('sends any request again after 503 with Retry-After, in its time', async () => {
    const { send, clock } = setUp(answer(503, { 'retry-after': '20' }), answer(201));
    const start = clock.now();
    expect(await send(POST)).toMatchObject({ status: 201 });
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
  });

  it('waits as Retry-After says after any 5xx, and sends again only what is repeatable', async () => {
    const { send, clock } = setUp(answer(502, { 'retry-after': '20' }), answer(200));
    const start = clock.now();
    expect(await send(GET)).toMatchObject({ status: 200 });
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
    const { failure, sent } = setUp(answer(502, { 'retry-after': '20' }));
    expect(await failure(POST)).toBeInstanceOf(InDoubtError);
    expect(sent).toHaveLength(1);
  });

  it('hands a long Retry-After on', async () => {
    const { failure, clock } = setUp(answer(503, { 'retry-after': '86400' }));
    expect(await failure(GET)).toMatchObject({ retryAt: new Date(clock.now() + 86_400_000) });
  });

  it('repeats lost answers of repeatable requests only', async () => {
    const { send } = setUp(fail('ECONNRESET'), answer(200));
    expect(await send(GET)).toMatchObject({ status: 200 });
    const once = setUp(fail('ECONNRESET'));
    const error = await once.failure(POST);
    expect(error).toBeInstanceOf(InDoubtError);
    expect(error).toMatchObject({ kind: 'UNREACHABLE', remoteStatus: 'ECONNRESET' });
    expect(once.sent).toHaveLength(1);
  });

  it('repeats what was never sent', async () => {
    const { send } = setUp(fail('ECONNREFUSED'), answer(201));
    expect(await send(POST)).toMatchObject({ status: 201 });
    const error = await setUp(fail('ECONNREFUSED')).failure(POST);
    expect(error).toMatchObject({ kind: 'UNREACHABLE' });
    expect(error).not.toBeInstanceOf(InDoubtError);
  });

  it('gives up an answer that takes too long, the body included', async () => {
    const slow = () => new Response(new ReadableStream({ pull: () => new Promise<void>(() => undefined) }));
    for (const step of [hang, slow]) {
      const { failure, clock } = setUp(step);
      const start = clock.now();
      expect(await failure({ ...POST, timeoutMs: 5_000 })).toBeInstanceOf(InDoubtError);
      expect(clock.now() - start).toBe(5_000);
    }
  });

  it('is lost when the body breaks', async () => {
    const broken = () => new Response(new ReadableStream({ start: (c) => c.error(new Error('cut')) }));
    const { send, sent } = setUp(broken, answer(200));
    expect(await send(GET)).toMatchObject({ status: 200 });
    expect(sent).toHaveLength(2);
  });

  it('refuses a body without end', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const { failure, sent } = setUp(() => new Response(new ReadableStream({ pull: (c) => c.enqueue(chunk) })));
    expect(await failure(GET)).toMatchObject({ kind: 'PLATFORM_ERROR' });
    expect(sent).toHaveLength(1);
  });

  it('passes on the errors of the guarded fetch and of the authorization', async () => {
    const forbidden = new PlatformError('REJECTED', 'The address is not allowed.');
    expect(await setUp(() => Promise.reject(forbidden)).failure(POST)).toBe(forbidden);
    const { clock, budget, call } = setUp();
    const dead = new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.');
    const authorization = { header: () => Promise.reject(dead), refused: async () => false };
    const client = new ApiClient({
      clock,
      budget,
      random: () => 0,
      authorization,
      fetch: () => Promise.reject(new Error()),
    });
    await expect(client.send(GET, call)).rejects.toBe(dead);
  });

  it('stops at the signal: in doubt when the request is under way', async () => {
    for (const request of [GET, POST]) {
      const { client, call, stop, clock } = setUp(hang);
      const result = client.send(request, call).catch((error: unknown) => error);
      await clock.advance(10);
      stop.abort();
      const error = await clock.runUntil(result);
      expect(error).toMatchObject({ kind: 'ABORTED' });
      expect(error instanceof InDoubtError).toBe(request === POST);
    }
  });

  it('stops between two tries', async () => {
    const { client, call, stop, clock } = setUp(answer(500));
    const result = client.send(GET, call).catch((error: unknown) => error);
    await clock.advance(100);
    stop.abort();
    expect(await clock.runUntil(result)).toMatchObject({ kind: 'ABORTED' });
  });
});

describe('a request through a proxy', () => {
  it('that the proxy refused was not sent, and its error says which proxy it was', async () => {
    const refused: Step = () => Promise.reject(new ProxiedError('proxy.example:3128 (HTTPS_PROXY)', 403));
    const { client, call } = setUp(refused);
    const error = await client.send({ ...POST, tries: 1 }, call).catch((cause: unknown) => cause);
    expect(error).not.toBeInstanceOf(InDoubtError);
    expect(error).toMatchObject({
      kind: 'UNREACHABLE',
      message: expect.stringContaining(
        'through the proxy proxy.example:3128 (HTTPS_PROXY), which answered 403',
      ) as string,
    });
  });

  it('that broke off on its way leaves the outcome in doubt', async () => {
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) });
    const { client, call } = setUp(() =>
      Promise.reject(new ProxiedError('proxy.example:3128 (HTTPS_PROXY)', null, reset)),
    );
    await expect(client.send(POST, call)).rejects.toThrow(InDoubtError);
  });
});
