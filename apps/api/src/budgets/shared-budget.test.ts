import { setMaxListeners } from 'node:events';
import type { Call } from '@sluice/core/platform';
import { afterMicrotasks, FakeClock, seeded, SimulatedHost, type HostOptions } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import type { Base } from '../base.js';
import type { Database } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { ChangeLog } from '../live/change-log.js';
import { Hub } from '../live/hub.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { BudgetPool } from './pool.js';
import type { BudgetStore } from './budget.store.js';

const KEY = { apiHost: 'https://api.example.com', client: 'shared' };
const START = Date.UTC(2026, 0, 5, 8, 0, 3, 700);
const HOUR_MS = 40_000;
const WORKERS = 6;

/** Processes that use one client over one database, with a clock that waits for the database. */
class Processes {
  readonly clock = new FakeClock(START, () => this.settled());
  /** Calls of the job of each process. */
  readonly calls: number[] = [];
  private readonly host: SimulatedHost;
  private readonly random = seeded(1);
  private readonly db: Database;
  private pending = 0;
  /** Told when the database has answered everything. */
  private answered: () => void = () => {};

  constructor(db: Database, options: HostOptions) {
    this.db = {
      ...db,
      reader: this.counting(db.reader),
      transact: (work, how) => this.counted(db.transact(work, how)),
    };
    this.host = new SimulatedHost(options, () => this.clock.monotonic());
  }

  /** One process with one job, until the signal is raised: then it is gone as if it was killed. */
  async live(index: number, signal: AbortSignal, share = 1): Promise<void> {
    setMaxListeners(0, signal);
    const pool = new BudgetPool(this.base());
    const { budget } = await pool.open(KEY, 'Shared');
    const workers = Array.from({ length: WORKERS }, async () => {
      while (!signal.aborted) {
        const call: Call = { owner: `run ${index}`, share, priority: 'JOB', signal };
        const ticket = await budget.take(call);
        this.calls[index] = (this.calls[index] ?? 0) + 1;
        await this.clock.sleep(200 * this.random());
        const reply = this.host.call();
        await this.clock.sleep(200 * this.random());
        if (!signal.aborted) ticket.settle(reply);
      }
    });
    await Promise.allSettled(workers);
    await pool.close();
  }

  /** The row of the client after the first look at its budget. */
  async stored(): Promise<{ store: BudgetStore; id: string }> {
    const pool = new BudgetPool(this.base());
    const { id } = await pool.open(KEY, 'Shared');
    await this.db.transact((tx) => tx.update(this.db.tables.budgets).set({ state: { version: 5, nextSeq: 7 } }));
    return { store: pool.store, id };
  }

  get refused(): number {
    return this.host.refused.length;
  }

  /** Calls of the full hours, without the one that the end cut off. */
  get used(): readonly number[] {
    return this.host.hour.used.slice(0, -1);
  }

  private base(): Base {
    const { clock, db } = this;
    const changes = new ChangeLog(db, new Hub(), clock, { limits: DEFAULT_LIMITS, hasPeers: false });
    return { db, clock, changes, random: this.random, log: { error: () => undefined } } as unknown as Base;
  }

  private counting(reader: Database['reader']): Database['reader'] {
    const select = (...given: Parameters<typeof reader.select>) => {
      const made = reader.select(...given);
      return { from: (table: never) => ({ where: (how: never) => this.counted(made.from(table).where(how)) }) };
    };
    return Object.assign(Object.create(reader) as typeof reader, { select });
  }

  private async counted<T>(work: PromiseLike<T>): Promise<T> {
    this.pending += 1;
    try {
      return await work;
    } finally {
      this.pending -= 1;
      if (this.pending === 0) this.answered();
    }
  }

  private async settled(): Promise<void> {
    await afterMicrotasks();
    while (this.pending > 0) {
      await new Promise<void>((resolve) => (this.answered = resolve));
      await afterMicrotasks();
    }
  }
}

/** The host tells the date: the time of day of a real Postgres is not that of the test. */
const LIMITS = { hourly: 100, spike: 40, hourMs: HOUR_MS, hasDate: true };
/** What is left of the hour without the reserve for people. */
const USABLE_CALLS = 98;

describeOnBothDatabases('one client shared by processes', (open) => {
  it.each([
    [2, 'first-call'],
    [3, 'aligned'],
  ] as const)(
    '%i of them, with %s windows: no call is refused, at least 99 per cent are used, and each gets its part',
    async (count, kind) => {
      const all = new Processes(await open(), { kind, ...LIMITS });
      const stop = new AbortController();
      const lives = Promise.all(Array.from({ length: count }, (_, index) => all.live(index, stop.signal)));
      await all.clock.advance(2.5 * HOUR_MS);
      stop.abort();
      await all.clock.runUntil(lives);
      expect(all.refused).toBe(0);
      expect(all.used.length).toBeGreaterThanOrEqual(2);
      expect(Math.min(...all.used)).toBeGreaterThanOrEqual(0.99 * USABLE_CALLS);
      expect(Math.min(...all.calls)).toBeGreaterThanOrEqual(0.5 * Math.max(...all.calls));
    },
    120_000,
  );

  it('jobs of two processes get calls as their shares are to each other, and what one does not use goes to the other', async () => {
    const all = new Processes(await open(), { kind: 'first-call', ...LIMITS });
    const [stop, end] = [new AbortController(), new AbortController()];
    const lives = Promise.all([all.live(0, stop.signal, 1), all.live(1, end.signal, 0.25)]);
    await all.clock.advance(2.5 * HOUR_MS);
    const [large, small] = all.calls as [number, number];
    expect(Math.abs(small / (large + small) - 0.2)).toBeLessThanOrEqual(0.01);
    end.abort();
    await all.clock.advance(2 * HOUR_MS);
    stop.abort();
    await all.clock.runUntil(lives);
    expect(all.refused).toBe(0);
    expect(Math.min(...all.used)).toBeGreaterThanOrEqual(0.99 * USABLE_CALLS - WORKERS);
    expect(all.used.at(-1)).toBeGreaterThanOrEqual(0.99 * USABLE_CALLS);
  });

  it('one of them is killed with calls that it has taken: the other uses what is left, and none is refused', async () => {
    const all = new Processes(await open(), { kind: 'first-call', ...LIMITS });
    const [stop, kill] = [new AbortController(), new AbortController()];
    const lives = Promise.all([all.live(0, stop.signal), all.live(1, kill.signal)]);
    await all.clock.advance(HOUR_MS / 8);
    kill.abort();
    await all.clock.advance(2.2 * HOUR_MS);
    stop.abort();
    await all.clock.runUntil(lives);
    expect(all.refused).toBe(0);
    expect(all.used).toHaveLength(2);
    // What the killed one had in flight counts as used, whether the host has seen it or not.
    expect(all.used[0]).toBeGreaterThanOrEqual(0.99 * USABLE_CALLS - WORKERS);
    expect(all.used[1]).toBeGreaterThanOrEqual(0.99 * USABLE_CALLS);
  });

  it('a look of one that knows the state already reads whether there is a newer one, and the limits of an administrator', async () => {
    const all = new Processes(await open(), { kind: 'first-call', ...LIMITS });
    const { store, id } = await all.stored();
    const { state, version } = await store.readState(id, null);
    expect(await store.readState(id, version)).toMatchObject({ state: null, version, limits: { hourlyLimit: null } });
    await store.configure(id, { hourlyLimit: 50 });
    expect(await store.readState(id, version)).toMatchObject({ state, limits: { hourlyLimit: 50 } });
  });
});
