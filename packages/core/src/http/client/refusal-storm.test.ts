import { describe, expect, it } from 'vitest';
import type { Call } from '../../platform/index.js';
import { FakeClock } from '../../testing/fake-clock.js';
import { loneBudget } from '../../testing/lone-budget.js';
import { ApiClient } from './api-client.js';

const MINUTE_MS = 60_000;

/** A host that answers every call with the same refusal until it is over. */
function setUp(status: number, headersAt: (now: number) => Record<string, string>) {
  const clock = new FakeClock();
  const sentAt: number[] = [];
  let isOver = false;
  const budget = loneBudget(clock);
  const client = new ApiClient({
    clock,
    budget,
    random: () => 0.5,
    fetch: async () => {
      sentAt.push(clock.now());
      return isOver ? new Response('{}') : new Response('{}', { status, headers: headersAt(clock.now()) });
    },
    authorization: { header: async () => 'Bearer x', refused: async () => false },
  });
  const call: Call = { owner: 'run', priority: 'JOB', signal: new AbortController().signal };
  const request = { method: 'GET', url: new URL('https://api.example/rest/v1.0/folders'), isRepeatable: true };
  const send = () => clock.runUntil(client.send(request, call));
  const outcome = () => send().catch((error: unknown) => error);
  const waits = () => sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
  return { clock, budget, sentAt, send, outcome, waits, end: () => (isOver = true) };
}

const seconds = (ms: number) => String(Math.ceil(ms / 1000));

describe('a storm of 429', () => {
  const senseless: [string, (now: number) => Record<string, string>][] = [
    ['without headers', () => ({})],
    ['with Retry-After 0', () => ({ 'retry-after': '0' })],
    ['with a Retry-After that is past', (now) => ({ 'retry-after': new Date(now - MINUTE_MS).toUTCString() })],
    [
      'with a limit of 0',
      (now) => ({
        'x-rate-limit-limit': '0',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': seconds(now + MINUTE_MS),
      }),
    ],
    [
      'with a reset that is past',
      (now) => ({
        'x-rate-limit-limit': '100',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': seconds(now - MINUTE_MS),
      }),
    ],
    [
      'with a reset in milliseconds',
      (now) => ({
        'x-rate-limit-limit': '100',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': String(now + MINUTE_MS),
      }),
    ],
  ];

  it.each(senseless)('%s makes the client wait longer each time, say until when, and end', async (_, headers) => {
    const { outcome, waits, sentAt, clock } = setUp(429, headers);
    const error = await outcome();
    expect(error).toMatchObject({ kind: 'BUDGET_EXHAUSTED', retry: 'later' });
    expect((error as { retryAt: Date }).retryAt.getTime()).toBeGreaterThan(clock.now());
    expect(sentAt.length).toBeLessThanOrEqual(8);
    const [first = 0, second = 0] = waits();
    expect(first).toBeGreaterThanOrEqual(1_000);
    expect(second).toBeGreaterThanOrEqual(10_000);
    const growing = waits().toSorted((left, right) => left - right);
    expect(waits()).toEqual(growing);
    expect(waits().at(-1)).toBeGreaterThan(2 * first);
  });

  it.each(senseless)('%s is over with the first answer that is none', async (_, headers) => {
    const { outcome, send, end, budget } = setUp(429, headers);
    await outcome();
    end();
    expect(await send()).toMatchObject({ status: 200 });
    expect(budget.snapshot().throttledUntil).toBeNull();
  });
});

describe('a 503', () => {
  it('is not asked again before the date of its Retry-After', async () => {
    const { outcome, waits } = setUp(503, (now) => ({ 'retry-after': new Date(now + MINUTE_MS).toUTCString() }));
    expect(await outcome()).toMatchObject({ kind: 'PLATFORM_ERROR', remoteStatus: '503' });
    expect(Math.min(...waits())).toBeGreaterThanOrEqual(MINUTE_MS - 1_000);
  });
});

describe('a host that tells no limits', () => {
  it('is asked at most twice a second', async () => {
    const { send, sentAt, end } = setUp(200, () => ({}));
    end();
    for (let count = 0; count < 20; count += 1) await send();
    expect((sentAt.at(-1) ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(9_000);
  });
});
