import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../platform/index.js';
import { FakeClock } from '../../testing/fake-clock.js';
import type { BudgetState } from './budget-types.js';
import { Budget, type BudgetOptions, type Ticket } from './budget.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

function setUp(options: Partial<BudgetOptions> = {}) {
  const clock = (options.clock as FakeClock | undefined) ?? new FakeClock();
  const budget = new Budget({ key: { apiHost: 'api.example', client: 'c' }, clock, random: () => 0.5, ...options });
  const reply = (limit: number, remaining: number, resetsIn: number, status = 200) => ({
    status,
    headers: new Headers({
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': String(Math.ceil((clock.now() + resetsIn) / 1000)),
    }),
  });
  /** Makes both limits known: `spike` calls per 10 s, and an hour with so many left. */
  const learn = async (spike: number, hourly: number, left: number) => {
    (await clock.runUntil(budget.take(call()))).settle(reply(spike, spike - 1, 10 * SECOND_MS));
    (await clock.runUntil(budget.take(call()))).settle(reply(hourly, left, HOUR_MS));
  };
  return { clock, budget, reply, learn };
}

function call(facts: Partial<Call> = {}): Call {
  return { owner: 'run', priority: 'JOB', signal: new AbortController().signal, ...facts };
}

/** Takes as many tickets as are given at once. */
async function takeAll(budget: Budget, clock: FakeClock, most: number, facts: Partial<Call> = {}): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  for (let i = 0; i < most; i++)
    void budget.take(call(facts)).then(
      (ticket) => tickets.push(ticket),
      () => undefined,
    );
  await clock.advance(0);
  return tickets;
}

describe('Budget', () => {
  it('sends two calls a second and four at once until a limit is known', async () => {
    const { budget, clock } = setUp();
    const tickets: Ticket[] = [];
    for (let i = 0; i < 20; i++) void budget.take(call()).then((ticket) => tickets.push(ticket));
    await clock.advance(900);
    expect(tickets).toHaveLength(2);
    await clock.advance(20 * SECOND_MS);
    expect(tickets).toHaveLength(4);
    expect(budget.snapshot()).toMatchObject({
      hourly: { limit: null, source: 'ASSUMED' },
      spike: { limit: null, remaining: null },
    });
  });

  it('keeps the reserve of the hour for interactive calls', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 14);
    expect(await takeAll(budget, clock, 10)).toHaveLength(2);
    const first = await takeAll(budget, clock, 1, { priority: 'INTERACTIVE' });
    expect(first).toHaveLength(1);
    expect(budget.snapshot().hourly).toMatchObject({ limit: 600, remaining: 11, source: 'REPORTED' });
  });

  it('serves interactive calls first', async () => {
    const { budget, clock, learn } = setUp();
    await learn(2, 600, 500);
    const order: string[] = [];
    for (const priority of ['JOB', 'INTERACTIVE'] as const) {
      void budget.take(call({ priority })).then(() => order.push(priority));
    }
    await clock.advance(11 * SECOND_MS);
    expect(order).toEqual(['INTERACTIVE', 'JOB']);
  });

  it('gives owners their turns, however many calls each has waiting', async () => {
    const { budget, clock, learn } = setUp();
    await learn(2, 600, 500);
    const order: string[] = [];
    for (const owner of ['a', 'a', 'a', 'a', 'b', 'c', 'b']) {
      void budget.take(call({ owner })).then((ticket) => (order.push(owner), ticket.settle(null)));
    }
    await clock.advance(60 * SECOND_MS);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'a']);
  });

  it('tells how long a wait takes, and when it is over', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 12);
    const reset = (budget.snapshot().hourly.resetsAt ?? 0) + SECOND_MS;
    const onWait = vi.fn();
    const taken = budget.take(call({ onWait }));
    await clock.advance(SECOND_MS);
    expect(onWait.mock.calls).toEqual([[new Date(reset)]]);
    await clock.runUntil(taken);
    expect(clock.now()).toBe(reset);
    expect(onWait.mock.calls).toEqual([[new Date(reset)], [null]]);
  });

  it('gives up a waiting call at its signal, and serves the others', async () => {
    const { budget, clock, learn } = setUp();
    await learn(2, 600, 500);
    const stop = new AbortController();
    const given = budget.take(call({ signal: stop.signal })).catch((error: unknown) => error);
    const other = budget.take(call());
    stop.abort();
    expect(await clock.runUntil(given)).toMatchObject({ kind: 'ABORTED' });
    await clock.runUntil(other);
    await expect(budget.take(call({ signal: stop.signal }))).rejects.toMatchObject({ kind: 'ABORTED' });
  });

  it('stops the whole client after a 429 until the later of reset and Retry-After', async () => {
    const { budget, clock, learn, reply } = setUp();
    await learn(100, 600, 500);
    const [ticket] = await takeAll(budget, clock, 1);
    const onCall = vi.fn();
    const refusal = reply(100, 0, 4 * SECOND_MS, 429);
    refusal.headers.set('retry-after', '7');
    ticket?.settle(refusal);
    const [refused] = await takeAll(budget, clock, 1, { onCall });
    expect(refused).toBeUndefined();
    expect(budget.snapshot()).toMatchObject({ throttledCount: 1, throttledUntil: clock.now() + 8_500 });
    const next = budget.take(call({ priority: 'INTERACTIVE' }));
    const start = clock.now();
    await clock.runUntil(next);
    expect(clock.now() - start).toBeGreaterThanOrEqual(8_500);
  });

  it('doubles its pause after refusals that tell no time, and believes no pause of days', async () => {
    const { budget, clock } = setUp();
    const refuse = async (headers: Record<string, string>) => {
      const ticket = await clock.runUntil(budget.take(call()));
      ticket.settle({ status: 429, headers: new Headers(headers) });
      return (budget.snapshot().throttledUntil ?? 0) - clock.now();
    };
    expect([await refuse({}), await refuse({}), await refuse({})]).toEqual([11_500, 21_500, 41_500]);
    expect(await refuse({ 'retry-after': '99999999' })).toBeLessThanOrEqual(HOUR_MS + 5 * SECOND_MS);
  });

  it('keeps below an administrator’s limits, and never above what is reported', async () => {
    const { budget, clock, learn } = setUp({ settings: { hourlyLimit: 100, spikeLimit: 50 } });
    expect(budget.snapshot()).toMatchObject({
      hourly: { limit: 100, source: 'CONFIGURED' },
      spike: { limit: 50, source: 'CONFIGURED' },
    });
    await learn(25, 600, 506);
    expect(budget.snapshot()).toMatchObject({
      hourly: { limit: 100, remaining: 6 },
      spike: { limit: 25, source: 'REPORTED' },
    });
    const tickets = await takeAll(budget, clock, 20);
    await clock.advance(5 * SECOND_MS);
    expect(tickets).toHaveLength(4);
    budget.configure({ hourlyLimit: null, reserveShare: 0 });
    expect(budget.snapshot()).toMatchObject({ reserveShare: 0, hourly: { limit: 600, source: 'REPORTED' } });
  });

  it('counts its calls of the last minute', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 500);
    expect(budget.snapshot().callsLastMinute).toBe(2);
    await clock.advance(61 * SECOND_MS);
    expect(budget.snapshot().callsLastMinute).toBe(0);
  });

  it('saves at most once a second, at once after a 429, and what came last', async () => {
    const times: number[] = [];
    let last: BudgetState | null = null;
    const clock = new FakeClock(0);
    const save = (state: BudgetState) => {
      times.push(clock.now());
      last = structuredClone(state);
    };
    const onChange = vi.fn();
    const { budget, learn, reply } = setUp({ clock, save, onChange });
    await learn(100, 600, 500);
    for (let i = 0; i < 30; i++) {
      const [ticket] = await takeAll(budget, clock, 1);
      await clock.advance(100);
      ticket?.settle(reply(600, 499 - i, HOUR_MS));
    }
    expect(times.length).toBeLessThanOrEqual(6);
    const [ticket] = await takeAll(budget, clock, 1);
    ticket?.settle(reply(100, 0, SECOND_MS, 429));
    expect(times.at(-1)).toBe(clock.now());
    await clock.advance(2 * SECOND_MS);
    expect(last).toMatchObject({ throttledCount: 1, inFlight: [] });
    expect(onChange).toHaveBeenCalledTimes(times.length);
    expect(JSON.parse(JSON.stringify(last))).toEqual(last);
  });

  it('goes on from a saved state with one call first, and knows what was used', async () => {
    const clock = new FakeClock();
    let saved = '';
    const first = setUp({ clock, save: (state) => (saved = JSON.stringify(state)) });
    await first.learn(100, 600, 300);
    await takeAll(first.budget, clock, 5);
    await clock.advance(2 * SECOND_MS);
    const { budget } = setUp({ clock, saved: JSON.parse(saved) as BudgetState });
    expect(budget.snapshot().hourly).toMatchObject({ limit: 600, source: 'REPORTED' });
    expect(budget.snapshot().hourly.remaining).toBeLessThanOrEqual(295);
    expect(await takeAll(budget, clock, 5)).toHaveLength(1);
  });

  it('ignores a saved state that it does not know', () => {
    const saved = { version: 99 } as unknown as BudgetState;
    expect(setUp({ saved }).budget.snapshot().hourly.limit).toBeNull();
  });

  it('shows a whole hour after the reset', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 20);
    await clock.advance(HOUR_MS + 5 * SECOND_MS);
    expect(budget.snapshot().hourly).toMatchObject({ limit: 600, remaining: 600, resetsAt: null });
  });
});
