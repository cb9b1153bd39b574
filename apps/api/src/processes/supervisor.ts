import type { Base } from '../base.js';
import type { DemoGrants } from '../config.js';
import type { Figures } from '../metrics/prometheus.js';
import type { FromWorker } from './messages.js';
import { delayAfter, MAX_QUICK_ENDS, QUICK_END_MS, quickEndsAfter } from './restarts.js';
import type { WorkerProcess } from './worker-process.js';

/** DOWN: it ended at once several times; it is still started again. */
export const WORKER_STATES = ['STARTING', 'RUNNING', 'RESTARTING', 'DOWN', 'STOPPED'] as const;
export type WorkerState = (typeof WORKER_STATES)[number];

export interface WorkerStatus {
  state: WorkerState;
  /** Time at which it entered this state. */
  since: Date;
  /** Starts after the first one. */
  restartCount: number;
  /** For people; null while all is well. */
  message: string | null;
}

/** An orderly end may take so long; the runs have reached a safe point or are aborted by then. */
const STOP_TIMEOUT_MS = 15_000;
/** Prometheus waits ten seconds. */
const MEASURE_MS = 2_000;
const PING_INTERVAL_MS = 10_000;
/** A process that has left so many pings unanswered hangs, and is replaced. */
const MAX_UNANSWERED_PINGS = 6;
const DOWN =
  'The worker process ends right after each start, so runs wait. The log says why; it is started again every half minute.';

export interface SupervisorParts {
  base: Pick<Base, 'clock' | 'hub' | 'log'>;
  start: () => WorkerProcess;
  demo: DemoGrants | null;
}

/**
 * Starts the worker process, watches it, and starts another one when it has ended, so that the API goes on without it and
 * it without the API. This folder is about processes only; what a worker does is the matter of `runner/`.
 */
export class Supervisor {
  private readonly closing = new AbortController();
  private worker: WorkerProcess | null = null;
  private current: WorkerStatus;
  /** Monotonic time at which the process began to work. */
  private readyAt: number | null = null;
  private takeFigures: (figures: Figures) => void = () => undefined;
  private measuring: Promise<Figures | null> | null = null;
  private quickEnds = 0;
  private unansweredPings = 0;
  private hasFullStore = false;
  private loop: Promise<void> = Promise.resolve();
  private leaveHub: () => void = () => undefined;

  constructor(private readonly parts: SupervisorParts) {
    this.current = { state: 'STARTING', since: this.now(), restartCount: 0, message: null };
  }

  get status(): WorkerStatus {
    return { ...this.current, ...(this.isDown ? { state: 'DOWN', message: DOWN } : {}) };
  }

  /** Whether the worker told that its last write found no room in the store. */
  get isStoreFull(): boolean {
    return this.hasFullStore;
  }

  start(): void {
    this.leaveHub = this.parts.base.hub.join((channels) => this.worker?.send({ kind: 'WAKE', channels }));
    this.loop = this.keepOne();
    void this.ping();
  }

  /** Ends the worker in an orderly way, or without its doing when it takes too long. */
  async stop(): Promise<void> {
    this.closing.abort();
    this.leaveHub();
    const patience = new AbortController();
    this.worker?.send({ kind: 'STOP' });
    void this.parts.base.clock.sleep(STOP_TIMEOUT_MS, patience.signal).then(
      () => this.worker?.kill(),
      () => undefined,
    );
    await this.loop;
    patience.abort();
  }

  /** The figures of the worker, null when it does not tell them in time; who asks meanwhile gets the same. */
  measure(): Promise<Figures | null> {
    return (this.measuring ??= this.askForFigures().finally(() => (this.measuring = null)));
  }

  private async askForFigures(): Promise<Figures | null> {
    if (this.worker === null) return null;
    const end = new AbortController();
    const told = new Promise<Figures>((resolve) => (this.takeFigures = resolve));
    this.worker.send({ kind: 'MEASURE' });
    const late = this.parts.base.clock.sleep(MEASURE_MS, end.signal).catch(() => undefined);
    const figures = await Promise.race([told, late.then(() => null)]);
    end.abort();
    return figures;
  }

  /** After several ends at once, until a process has lived longer than that. */
  private get isDown(): boolean {
    const isProved = this.readyAt !== null && this.parts.base.clock.monotonic() - this.readyAt >= QUICK_END_MS;
    return this.quickEnds >= MAX_QUICK_ENDS && !isProved;
  }

  private async keepOne(): Promise<void> {
    const { clock, log } = this.parts.base;
    const { signal } = this.closing;
    while (!signal.aborted) {
      const ended = await this.live();
      if (signal.aborted) break;
      const readyFor = this.readyAt === null ? null : clock.monotonic() - this.readyAt;
      this.readyAt = null;
      this.quickEnds = quickEndsAfter(this.quickEnds, readyFor);
      this.enter('RESTARTING');
      log.error({ end: ended, quickEnds: this.quickEnds }, this.isDown ? DOWN : 'the worker process has ended');
      await clock.sleep(delayAfter(this.quickEnds), signal).catch(() => undefined);
      this.current.restartCount += 1;
    }
    this.enter('STOPPED');
  }

  /** Starts a process and waits for its end. */
  private async live(): Promise<string> {
    const worker = this.parts.start();
    this.worker = worker;
    this.unansweredPings = 0;
    this.enter('STARTING');
    worker.onMessage((message) => this.receive(message));
    worker.send({ kind: 'BEGIN', demo: this.parts.demo, followsCrash: this.current.restartCount > 0 });
    this.parts.base.log.info({ pid: worker.pid }, 'a worker process has started');
    const ended = await worker.ended;
    this.worker = null;
    return ended;
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'READY':
        this.readyAt = this.parts.base.clock.monotonic();
        return this.enter('RUNNING');
      case 'PONG':
        this.unansweredPings = 0;
        this.hasFullStore = message.isStoreFull;
        return;
      case 'MEASURED':
        return this.takeFigures(message.figures);
      case 'WAKE':
        return this.parts.base.hub.ringAll(message.channels);
    }
  }

  /** Unanswered pings are counted instead of time, which also passes while the machine sleeps. */
  private async ping(): Promise<void> {
    const { clock, log } = this.parts.base;
    const { signal } = this.closing;
    while (!signal.aborted) {
      await clock.sleep(PING_INTERVAL_MS, signal).catch(() => undefined);
      if (signal.aborted || this.worker === null) continue;
      if (++this.unansweredPings > MAX_UNANSWERED_PINGS) {
        log.error({ pid: this.worker.pid }, 'the worker process does not answer and is replaced');
        this.worker.kill();
      } else this.worker.send({ kind: 'PING' });
    }
  }

  private enter(state: WorkerState): void {
    this.current = { ...this.current, state, since: this.now() };
  }

  private now(): Date {
    return new Date(this.parts.base.clock.now());
  }
}
