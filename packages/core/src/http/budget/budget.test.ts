import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../platform/index.js';
import { FakeClock } from '../../testing/fake-clock.js';
import { MemoryBudgetStore } from '../../testing/memory-budget-store.js';
import type { BudgetLimits, BudgetState } from './budget-types.js';
import { Budget, type Ticket } from './budget.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

interface Given {
  clock?: FakeClock;
  store?: MemoryBudgetStore;
  limits?: Partial<BudgetLimits>;
  process?: string;
  machine?: string;
}

function setUp({ clock = new FakeClock(), limits = {}, process = 'p', machine = 'm', ...given }: Given = {}) {
  const store = given.store ?? new MemoryBudgetStore(() => clock.now());
  store.configure(limits);
  const budget = new Budget({ clock, random: () => 0.5, store, process, machine });
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
  return { clock, store, budget, reply, learn };
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
    const { budget, clock, store, learn } = setUp({ limits: { hourlyLimit: 100, spikeLimit: 50 } });
    budget.refresh();
    await clock.advance(0);
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
    store.configure({ hourlyLimit: null, reserveShare: 0 });
    budget.refresh();
    await clock.advance(0);
    expect(budget.snapshot()).toMatchObject({ reserveShare: 0, hourly: { limit: 600, source: 'REPORTED' } });
  });

  it('counts its calls of the last minute', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 500);
    expect(budget.snapshot().callsLastMinute).toBe(2);
    await clock.advance(61 * SECOND_MS);
    expect(budget.snapshot().callsLastMinute).toBe(0);
  });

  it('notes each call where other processes see it before it is sent, and its reply', async () => {
    const { budget, clock, store, learn, reply } = setUp();
    await learn(100, 600, 500);
    const [ticket] = await takeAll(budget, clock, 1);
    expect(store.state?.inFlight).toEqual([{ seq: 3, sentAt: clock.now(), by: 'p' }]);
    ticket?.settle(reply(600, 420, HOUR_MS));
    await clock.advance(0);
    expect(store.state).toMatchObject({ inFlight: [], processes: {}, hour: { base: 420 } });
  });

  it('shows in one process what another has learned, and waits there too', async () => {
    const { clock, store, budget, learn, reply } = setUp();
    const other = setUp({ clock, store, process: 'other' });
    await learn(100, 600, 13);
    await takeAll(other.budget, clock, 1);
    expect(other.budget.snapshot().hourly).toMatchObject({ limit: 600, remaining: 12 });
    const [ticket] = await takeAll(budget, clock, 1);
    expect(ticket).toBeUndefined();
    const refused = await takeAll(budget, clock, 1, { priority: 'INTERACTIVE' });
    refused[0]?.settle(reply(100, 0, 20 * SECOND_MS, 429));
    await clock.advance(2 * SECOND_MS);
    expect(await takeAll(other.budget, clock, 1, { priority: 'INTERACTIVE' })).toHaveLength(0);
    expect(other.budget.snapshot()).toMatchObject({ throttledCount: 1 });
  });

  it('shows in one process what work of another has taken', async () => {
    const { clock, store, budget, learn } = setUp();
    const other = setUp({ clock, store, process: 'other' });
    await learn(100, 600, 500);
    budget.learn({ foreseen: 100, made: 120 });
    await clock.advance(0);
    await takeAll(other.budget, clock, 1);
    expect(other.budget.snapshot().experience).toEqual({ foreseen: 100, made: 120 });
  });

  it('tells its pace once it has worked for ten seconds, and remembers it', async () => {
    const { clock, budget, learn } = setUp();
    await learn(100, 3_600, 3_500);
    const work = async (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        (await clock.runUntil(budget.take(call()))).settle(null);
        await clock.advance(SECOND_MS);
      }
    };
    await work(5);
    expect(budget.snapshot().callsPerMinute).toBeNull();
    await work(35);
    expect(Math.abs(budget.snapshot().callsPerMinute! - 62)).toBeLessThanOrEqual(4);
    await clock.advance(10 * 60 * SECOND_MS);
    expect(budget.snapshot()).toMatchObject({ callsLastMinute: 0 });
    expect(Math.abs(budget.snapshot().callsPerMinute! - 62)).toBeLessThanOrEqual(4);
  });

  it('does not take a pause, or what people ask for now and then, for a slow pace', async () => {
    const { clock, budget, learn } = setUp();
    await learn(100, 3_600, 3_500);
    const ask = async (priority: 'JOB' | 'INTERACTIVE', pauses: readonly number[]) => {
      for (const seconds of pauses) {
        (await clock.runUntil(budget.take(call({ priority })))).settle(null);
        await clock.advance(seconds * SECOND_MS);
      }
    };
    await ask('JOB', [0.1, 0.1, 0.1, 40]);
    expect(budget.snapshot().callsPerMinute).toBeNull();
    await ask(
      'INTERACTIVE',
      Array.from({ length: 9 }, () => 5),
    );
    expect(budget.snapshot().callsPerMinute).toBeNull();
    await ask(
      'JOB',
      Array.from({ length: 50 }, () => 1),
    );
    expect(Math.abs(budget.snapshot().callsPerMinute! - 60)).toBeLessThanOrEqual(6);
  });

  it('goes on as soon as the reply that it waits for has come to another process', async () => {
    const { clock, store, budget } = setUp();
    const other = setUp({ clock, store, process: 'other' });
    const tickets = await takeAll(budget, clock, 4);
    await clock.advance(5 * SECOND_MS);
    expect(tickets).toHaveLength(4);
    const taken = other.budget.take(call());
    await clock.advance(SECOND_MS);
    const start = clock.now();
    tickets[0]?.settle({ status: 200, headers: new Headers() });
    await clock.runUntil(taken);
    expect(clock.now() - start).toBeLessThanOrEqual(SECOND_MS);
  });

  it('takes over what a killed process had taken once it is known to be dead', async () => {
    const { clock, store, budget, learn } = setUp();
    await learn(100, 600, 500);
    await takeAll(budget, clock, 2);
    const { budget: next } = setUp({ clock, store, process: 'next' });
    await takeAll(next, clock, 1);
    expect(store.state?.inFlight.map(({ by }) => by)).toEqual(['p', 'p', 'next']);
    await budget.close();
    await clock.advance(13 * SECOND_MS);
    await takeAll(next, clock, 1);
    expect(store.state?.inFlight.map(({ by }) => by)).toEqual(['next', 'next']);
    expect(next.snapshot().hourly.remaining).toBe(496);
  });

  it('stays alive for others while a call takes long', async () => {
    const { clock, store, budget, learn } = setUp();
    await learn(10, 600, 500);
    await takeAll(budget, clock, 1);
    await clock.advance(60 * SECOND_MS);
    await takeAll(setUp({ clock, store, process: 'other' }).budget, clock, 1);
    expect(store.state?.inFlight).toMatchObject([{ by: 'p' }, { by: 'other' }]);
  });

  it('gives back a call that was given up while it was being taken', async () => {
    const clock = new FakeClock();
    const store = new MemoryBudgetStore(() => clock.now());
    const { budget, learn } = setUp({ clock, store });
    await learn(100, 600, 500);
    const write = store.write.bind(store);
    vi.spyOn(store, 'write').mockImplementationOnce(async (state, version) => {
      await clock.sleep(50);
      return write(state, version);
    });
    const stop = new AbortController();
    const given = budget.take(call({ signal: stop.signal })).catch((error: unknown) => error);
    await clock.advance(10);
    stop.abort();
    expect(await given).toMatchObject({ kind: 'ABORTED' });
    await clock.advance(100);
    expect(store.state).toMatchObject({ inFlight: [] });
    expect(budget.snapshot().hourly.remaining).toBe(500);
  });

  it('waits for a store in trouble, forgets nothing, and tells those who wait when that takes long', async () => {
    const { clock, store, budget, learn, reply } = setUp();
    await learn(100, 600, 500);
    const [ticket] = await takeAll(budget, clock, 1);
    store.trouble = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    ticket?.settle(reply(600, 300, HOUR_MS));
    const patient = budget.take(call());
    await clock.advance(5 * SECOND_MS);
    store.trouble = null;
    await clock.runUntil(patient);
    expect(budget.snapshot().hourly.remaining).toBe(299);
    store.trouble = Object.assign(new Error('database is full'), { code: 'SQLITE_FULL' });
    await expect(clock.runUntil(budget.take(call()))).rejects.toThrow('database is full');
    store.trouble = null;
    await clock.advance(SECOND_MS);
    expect(await takeAll(budget, clock, 1)).toHaveLength(1);
  });

  it('stores nothing more once it is closed', async () => {
    const { clock, store, budget, learn, reply } = setUp();
    await learn(100, 600, 500);
    const [ticket] = await takeAll(budget, clock, 1);
    await budget.close();
    const { writes } = store;
    ticket?.settle(reply(600, 300, HOUR_MS));
    await clock.advance(60 * SECOND_MS);
    expect(store.writes).toBe(writes);
  });

  it('ignores a stored state that it does not know', async () => {
    const clock = new FakeClock();
    const store = new MemoryBudgetStore(() => clock.now());
    await store.write({ version: 99 } as unknown as BudgetState, 0);
    const { budget } = setUp({ clock, store });
    expect(await takeAll(budget, clock, 1)).toHaveLength(1);
    expect(budget.snapshot().hourly.limit).toBeNull();
  });

  it.each([-5 * HOUR_MS, 5 * HOUR_MS])('tells waits by a time of day that jumped by %i ms', async (jump) => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 12);
    const waitMs = (budget.snapshot().hourly.resetsAt ?? 0) + SECOND_MS - clock.now();
    clock.jump(jump);
    const onWait = vi.fn();
    const start = clock.monotonic();
    const taken = budget.take(call({ onWait }));
    await clock.advance(0);
    expect(onWait.mock.calls).toEqual([[new Date(clock.now() + waitMs)]]);
    expect(budget.snapshot().hourly.resetsAt).toBe(clock.now() + waitMs - SECOND_MS);
    await clock.runUntil(taken);
    expect(clock.monotonic() - start).toBe(waitMs);
  });

  it('shows a whole hour after the reset', async () => {
    const { budget, clock, learn } = setUp();
    await learn(100, 600, 20);
    await clock.advance(HOUR_MS + 5 * SECOND_MS);
    expect(budget.snapshot().hourly).toMatchObject({ limit: 600, remaining: 600, resetsAt: null });
  });
});
