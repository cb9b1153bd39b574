import { setMaxListeners } from 'node:events';
import { Budget, type BudgetState } from '../http/index.js';
import type { Call } from '../platform/index.js';
import { FakeClock } from './fake-clock.js';
import { MemoryBudgetStore } from './memory-budget-store.js';
import { seeded, SimulatedHost, type HostOptions } from './simulated-host.js';

export const KINDS = ['first-call', 'aligned', 'rolling'] as const;
export const ROUNDINGS = ['ceil', 'floor', 'round'] as const;

export interface Simulation extends HostOptions {
  hours: number;
  /** Shares of the jobs of each process that shares the client; one process with one job unless they are given. */
  jobs?: readonly (readonly number[])[];
  /** Items of each job, of two calls each; without them there is no end of work. */
  items?: readonly (readonly number[])[];
  /** Share of items that take a third call. */
  retryShare?: number;
  /** Hours after which the figures of the jobs are kept in `seen`. */
  looks?: readonly number[];
  /** Workers of each job. */
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

/** What a job has done and has still to do; items that are under way count as to be done. */
export interface JobFigures {
  share: number;
  itemsLeft: number;
  itemsDone: number;
  made: number;
  /** Calls of the client when the last item was done; null until then. */
  endedAfter: number | null;
}

/** Calls that are foreseen for an item. */
export const ITEM_CALLS = 2;
const START = Date.UTC(2026, 0, 5, 8, 0, 3, 700);
export const HOUR_MS = 3_600_000;

/** Workers that call without a pause, over simulated hours. */
export class Run {
  readonly clock = new FakeClock(START);
  readonly host: SimulatedHost;
  /** Of each job, in the order of `jobs`, at the end and at each look, with the calls of the client until then. */
  readonly jobs: JobFigures[] = [];
  readonly seen: { calls: number; jobs: JobFigures[] }[] = [];
  /** Calls of each process. */
  readonly callsOf = new Map<number, number>();
  private readonly store: MemoryBudgetStore;
  private readonly random: () => number;
  private lifeCount = 0;

  constructor(private readonly options: Simulation) {
    this.host = new SimulatedHost(options, () => this.clock.monotonic());
    this.random = seeded(options.seed ?? 1);
    const isShared = (options.jobs ?? []).length > 1 || options.killEvery !== undefined;
    this.store = new MemoryBudgetStore(() => this.clock.now(), isShared);
    const { jobs = [[1]], items } = options;
    for (const [process, shares] of jobs.entries())
      for (const [index, share] of shares.entries()) {
        const itemsLeft = items?.[process]?.[index] ?? Infinity;
        this.jobs.push({ share, itemsLeft, itemsDone: 0, made: 0, endedAfter: null });
      }
  }

  async finish(): Promise<this> {
    const stop = new AbortController();
    const { jobs = [[1]] } = this.options;
    const all = Promise.allSettled([
      ...jobs.map((shares, process) => this.lives(process, shares, stop.signal)),
      this.disturb(stop.signal),
    ]);
    for (const { at, by } of this.options.jumps ?? []) {
      await this.clock.advance(START + at - this.clock.monotonic());
      this.clock.jump(by);
    }
    for (const hours of this.options.looks ?? []) {
      await this.clock.advance(START + hours * HOUR_MS - this.clock.monotonic());
      this.seen.push({ calls: this.host.taken.length, jobs: this.jobs.map((job) => ({ ...job })) });
    }
    await this.clock.advance(START + this.options.hours * (this.options.hourMs ?? HOUR_MS) - this.clock.monotonic());
    stop.abort();
    await this.clock.runUntil(all);
    return this;
  }

  private async lives(process: number, shares: readonly number[], signal: AbortSignal): Promise<void> {
    const { killEvery } = this.options;
    while (!signal.aborted) {
      const killed = new AbortController();
      const life = AbortSignal.any([signal, killed.signal]);
      setMaxListeners(0, signal, life);
      const work = this.live(process, shares, life);
      if (killEvery) await this.clock.sleep(2 * killEvery * this.random(), signal).catch(() => undefined);
      if (killEvery) killed.abort();
      await work;
      if (!killEvery) return;
      if (!signal.aborted) await this.clock.sleep(1_000 + 2_000 * this.random());
    }
  }

  /** One life of a process: nothing is stored or heard after its end. */
  private async live(process: number, shares: readonly number[], signal: AbortSignal): Promise<void> {
    const name = `${process}-${++this.lifeCount}`;
    const { store, clock, random } = this;
    const mortal = {
      read: () => (signal.aborted ? never() : store.read()),
      write: (state: BudgetState, version: number) => (signal.aborted ? never() : store.write(state, version)),
    };
    const budget = new Budget({ clock, random, store: mortal, process: name, machine: 'm' });
    const first = (this.options.jobs ?? []).slice(0, process).flat().length;
    const work = shares.flatMap((share, index) => {
      const job = this.jobs[first + index]!;
      const call: Call = { owner: `run ${process}.${index}`, share, priority: 'JOB', signal };
      return Array.from({ length: this.options.workers ?? 16 }, () => this.work(process, budget, { job, call }));
    });
    await Promise.allSettled(work);
  }

  private async work(process: number, budget: Budget, { job, call }: { job: JobFigures; call: Call }): Promise<void> {
    const { retryShare = 0 } = this.options;
    while (job.itemsLeft > 0 && !call.signal.aborted) {
      job.itemsLeft -= 1;
      const calls = ITEM_CALLS + Number(retryShare > 0 && this.random() < retryShare);
      for (let i = 0; i < calls && !call.signal.aborted; i++) await this.send(process, budget, { job, call });
      job.itemsDone += 1;
    }
    job.endedAfter = this.host.taken.length;
  }

  private async send(process: number, budget: Budget, { job, call }: { job: JobFigures; call: Call }): Promise<void> {
    const { latency = 300, lossRate = 0 } = this.options;
    const ticket = await budget.take(call);
    job.made += 1;
    this.callsOf.set(process, (this.callsOf.get(process) ?? 0) + 1);
    const luck = this.random();
    await this.clock.sleep(this.random() * latency);
    const reply = luck < lossRate / 2 ? null : this.host.call();
    await this.clock.sleep(this.random() * latency);
    if (!call.signal.aborted) ticket.settle(luck < lossRate ? null : reply);
  }

  private async disturb(signal: AbortSignal): Promise<void> {
    const { foreignEvery } = this.options;
    while (foreignEvery) {
      await this.clock.sleep(2 * foreignEvery * this.random(), signal);
      this.host.foreignCall();
    }
  }

  /**
   * Share of (limit − reserve) that was used: the least of all full hours, or for rolling windows the mean of the first ones,
   * as many as there was work for.
   */
  share(hours = this.options.hours): number {
    const { kind, hourly, hourMs = HOUR_MS } = this.options;
    const usable = hourly - Math.floor(hourly * 0.02);
    if (kind !== 'rolling') return Math.min(...this.host.hour.used.slice(0, -1)) / usable;
    return this.host.taken.filter((at) => at < START + hours * hourMs).length / hours / usable;
  }

  /** Full hours in which calls were made. */
  hoursOfWork(): number {
    return Math.floor(((this.host.taken.at(-1) ?? START) - START) / HOUR_MS);
  }
}

const never = () => new Promise<never>(() => undefined);
