import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../platform/index.js';
import { FakeClock } from '../../testing/fake-clock.js';
import type { BudgetState } from './budget-types.js';
import { MemoryBudgetStore } from '../../testing/memory-budget-store.js';
import { Budget } from './budget.js';
import { seeded, SimulatedHost, type HostOptions } from '../../testing/simulated-host.js';

interface Simulation extends HostOptions {
  hours: number;
  /** Processes that share the client. */
  processes?: number;
  /** Of each process. */
  owners?: number;
  /** Workers of each owner. */
  workers?: number;
  /** Longest way there, and longest way back, ms. */
  latency?: number;
  /** Share of calls without a reply; half of them never arrive. */
  lossRate?: number;
  /** Mean pause between the calls of another user, ms. */
  foreignEvery?: number;
  /** Mean time until a process is killed, ms; it is started again 1 to 3 s later. */
  killEvery?: number;
  /** When the time of day jumps, ms after the start, and by how much. */
  jumps?: { at: number; by: number }[];
  seed?: number;
}

const START = Date.UTC(2026, 0, 5, 8, 0, 3, 700);
const HOUR_MS = 3_600_000;

/** Workers that call without a pause, over simulated hours. */
class Run {
  readonly clock = new FakeClock(START);
  readonly host: SimulatedHost;
  /** Calls of each owner, and of each process. */
  readonly calls = new Map<string, number>();
  readonly callsOf = new Map<number, number>();
  private readonly store: MemoryBudgetStore;
  private readonly random: () => number;
  private lifeCount = 0;

  constructor(private readonly options: Simulation) {
    this.host = new SimulatedHost(options, () => this.clock.monotonic());
    this.random = seeded(options.seed ?? 1);
    const isShared = (options.processes ?? 1) > 1 || options.killEvery !== undefined;
    this.store = new MemoryBudgetStore(() => this.clock.now(), isShared);
  }

  async finish(): Promise<this> {
    const stop = new AbortController();
    const processes = Array.from({ length: this.options.processes ?? 1 }, (_, index) => index);
    const all = Promise.allSettled([
      ...processes.map((process) => this.lives(process, stop.signal)),
      this.disturb(stop.signal),
    ]);
    for (const { at, by } of this.options.jumps ?? []) {
      await this.clock.advance(START + at - this.clock.monotonic());
      this.clock.jump(by);
    }
    await this.clock.advance(START + this.options.hours * (this.options.hourMs ?? HOUR_MS) - this.clock.monotonic());
    stop.abort();
    await this.clock.runUntil(all);
    return this;
  }

  private async lives(process: number, signal: AbortSignal): Promise<void> {
    const { killEvery } = this.options;
    while (!signal.aborted) {
      const killed = new AbortController();
      const life = AbortSignal.any([signal, killed.signal]);
      setMaxListeners(0, signal, life);
      const work = this.live(process, life);
      if (killEvery) await this.clock.sleep(2 * killEvery * this.random(), signal).catch(() => undefined);
      if (killEvery) killed.abort();
      await work;
      if (!signal.aborted) await this.clock.sleep(1_000 + 2_000 * this.random());
    }
  }

  /** One life of a process: nothing is stored or heard after its end. */
  private async live(process: number, signal: AbortSignal): Promise<void> {
    const name = `${process}-${++this.lifeCount}`;
    const { store, clock, random } = this;
    const mortal = {
      read: () => (signal.aborted ? never() : store.read()),
      write: (state: BudgetState, version: number) => (signal.aborted ? never() : store.write(state, version)),
    };
    const budget = new Budget({ clock, random, store: mortal, process: name, machine: 'm' });
    const { owners = 1, workers = 16 } = this.options;
    const names = Array.from({ length: owners * workers }, (_, i) => `run ${i % owners}`);
    const work = names.map((owner) => this.work(process, budget, { owner, priority: 'JOB', signal }));
    await Promise.allSettled(work);
  }

  private async work(process: number, budget: Budget, call: Call): Promise<void> {
    const { latency = 300, lossRate = 0 } = this.options;
    while (!call.signal.aborted) {
      const ticket = await budget.take(call);
      this.calls.set(call.owner, (this.calls.get(call.owner) ?? 0) + 1);
      this.callsOf.set(process, (this.callsOf.get(process) ?? 0) + 1);
      const luck = this.random();
      await this.clock.sleep(this.random() * latency);
      const reply = luck < lossRate / 2 ? null : this.host.call();
      await this.clock.sleep(this.random() * latency);
      if (!call.signal.aborted) ticket.settle(luck < lossRate ? null : reply);
    }
  }

  private async disturb(signal: AbortSignal): Promise<void> {
    const { foreignEvery } = this.options;
    while (foreignEvery) {
      await this.clock.sleep(2 * foreignEvery * this.random(), signal);
      this.host.foreignCall();
    }
  }

  /** Share of (limit − reserve) that was used: the least of all full hours, or for rolling windows the mean. */
  share(): number {
    const { kind, hourly, hours, hourMs = HOUR_MS } = this.options;
    const usable = hourly - Math.floor(hourly * 0.02);
    if (kind !== 'rolling') return Math.min(...this.host.hour.used.slice(0, -1)) / usable;
    return this.host.taken.filter((at) => at < START + hours * hourMs).length / hours / usable;
  }
}

const never = () => new Promise<never>(() => undefined);

const KINDS = ['first-call', 'aligned', 'rolling'] as const;
const PRESETS: Omit<Simulation, 'kind'>[] = [
  { hourly: 600, spike: 25, hours: 4 },
  { hourly: 3600, spike: 100, hours: 2 },
  { hourly: 3600, spike: 25, hours: 2 },
  { hourly: 600, spike: 400, hourMs: 20_000, hours: 12, latency: 60 },
  { hourly: 600, spike: 400, hourMs: 60_000, hours: 8, latency: 500 },
];
/** Calls an hour and calls in 10 s, and the length of the hour. */
const SAME_LIMITS: [limit: number, hourMs: number][] = [
  [100, HOUR_MS],
  [400, 30_000],
  [400, 60_000],
];
const ROUNDINGS = ['ceil', 'floor', 'round'] as const;

/** Refusals from which the length of a scaled rolling window is learned, as resets tell it in whole seconds only. */
function learning({ kind, hourMs = HOUR_MS }: Simulation): number {
  return kind === 'rolling' && hourMs < HOUR_MS ? 5 : 0;
}

function title({ kind, hourly, spike, hourMs = HOUR_MS }: Simulation): string {
  return `${kind} windows of ${hourly} per ${hourMs / 1000} s and ${spike} per 10 s`;
}

describe.each(KINDS)('%s windows', (kind) => {
  for (const preset of PRESETS) {
    const options = { ...preset, kind };
    it.each(ROUNDINGS)(`${title(options)}, resets rounded by %s`, async (rounding) => {
      const run = await new Run({ ...options, rounding }).finish();
      expect(run.host.refused.length).toBeLessThanOrEqual(learning(options));
      expect(run.share()).toBeGreaterThanOrEqual(learning(options) ? 0.95 : 0.99);
    });
  }

  it.each([
    ['a rolling window whose reset is a full length away', { rollingReset: 'length' }],
    ['5 % of replies lost', { lossRate: 0.05 }],
    ['slow replies out of order', { latency: 8_000, workers: 40 }],
    ['a clock that is 90 s behind the host', { aheadMs: 90_000, hasDate: true }],
    ['a clock that is 1.7 s ahead of the host', { aheadMs: -1_700, hasDate: true }],
  ] satisfies [string, Partial<Simulation>][])('keeps the limits with %s', async (_, conditions) => {
    for (const hourly of [600, 3600]) {
      const run = await new Run({ kind, hourly, spike: 25, hours: 2, ...conditions }).finish();
      expect(run.host.refused).toHaveLength(0);
      expect(run.share()).toBeGreaterThanOrEqual(0.97);
    }
  });

  it.each(kind === 'rolling' ? SAME_LIMITS.slice(0, 2) : SAME_LIMITS)(
    'an hour and a spike window of the same limit: none of %i calls in %i ms is refused',
    async (limit, hourMs) => {
      for (const rounding of ROUNDINGS) {
        const same = { kind, hourly: limit, spike: limit, hourMs, hours: 3, latency: 60, rounding };
        const run = await new Run(same).finish();
        expect(run.host.refused).toEqual([]);
        expect(run.share()).toBeGreaterThanOrEqual(kind === 'rolling' ? 0.6 : 0.99);
      }
    },
  );

  it.each([2 * HOUR_MS, -2 * HOUR_MS])('is not refused by a host whose clock is %d ms ahead', async (aheadMs) => {
    const run = await new Run({ kind, hourly: 600, spike: 25, hours: 2, aheadMs, hasDate: true }).finish();
    expect(run.host.refused).toHaveLength(0);
    expect(run.share()).toBeGreaterThanOrEqual(0.97);
  });

  it.each([20_000, 3_000])('learns of another user that calls every %i ms', async (foreignEvery) => {
    for (const seed of [1, 2]) {
      const run = await new Run({ kind, hourly: 3600, spike: 25, hours: 3, foreignEvery, seed }).finish();
      expect(run.host.refused.length / run.host.taken.length).toBeLessThanOrEqual(kind === 'rolling' ? 0.002 : 0.001);
      if (kind !== 'rolling') expect(run.share()).toBeGreaterThanOrEqual(0.97);
    }
  });

  it.each([
    ['600 an hour', { hourly: 600, spike: 25, hours: 4, killEvery: 400_000 }],
    ['600 an hour, killed often', { hourly: 600, spike: 25, hours: 4, killEvery: 15_000 }],
    ['3,600 an hour', { hourly: 3600, spike: 100, hours: 2, killEvery: 60_000 }],
    ['600 in 20 s', { hourly: 600, spike: 400, hourMs: 20_000, hours: 15, latency: 60, killEvery: 20_000 }],
  ] satisfies [string, Omit<Simulation, 'kind'>][])('is never refused after a kill: %s', async (_, options) => {
    const run = await new Run({ ...options, kind }).finish();
    expect(run.host.refused.length / run.host.taken.length).toBeLessThanOrEqual(
      learning({ ...options, kind }) && 0.001,
    );
  });

  it.each([
    ['two processes', { processes: 2 }],
    ['three processes', { processes: 3 }],
    ['two processes of which each is killed now and then', { processes: 2, killEvery: 100_000 }],
    ['two processes, one of them without latency', { processes: 2, latency: 1 }],
  ] satisfies [string, Partial<Simulation>][])(
    'one client shared by %s: no call is refused, and at least 99 per cent are used',
    async (_, conditions) => {
      for (const preset of [PRESETS[0]!, PRESETS[2]!]) {
        const run = await new Run({ ...preset, hours: 2, kind, workers: 8, ...conditions }).finish();
        expect(run.host.refused).toHaveLength(0);
        expect(run.share()).toBeGreaterThanOrEqual(0.99);
        const calls = [...run.callsOf.values()];
        expect(calls).toHaveLength(conditions.processes);
        expect(Math.min(...calls)).toBeGreaterThanOrEqual(0.6 * Math.max(...calls));
      }
    },
    120_000,
  );

  it('a time of day that jumps, ahead or back, in whatever state the budget is, changes no call', async () => {
    const still: Simulation = { kind, hourly: 600, spike: 25, hours: 2, hasDate: true, workers: 4 };
    const undisturbed = await new Run(still).finish();
    const moments = [0, 30_000, 1_500_000, 3_000_000, HOUR_MS - 1_000, HOUR_MS + 2_000];
    const jumps = moments.map((at, index) => ({ at, by: (index % 2 === 0 ? -5 : 9) * HOUR_MS }));
    const disturbed = await new Run({ ...still, jumps }).finish();
    expect(disturbed.host.taken).toEqual(undisturbed.host.taken);
    expect(disturbed.host.refused).toEqual([]);
  });

  it.each([2, 5])('is fair to %i owners', async (owners) => {
    const run = await new Run({ kind, hourly: 3600, spike: 25, hours: 2, owners, workers: 8 }).finish();
    const calls = [...run.calls.values()];
    expect(calls).toHaveLength(owners);
    expect(Math.min(...calls)).toBeGreaterThanOrEqual(0.9 * Math.max(...calls));
  });
});
