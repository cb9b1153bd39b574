import { PlatformError, type Call } from '../../platform/index.js';
import type { Clock } from '../ports.js';
import { snapshotOf, type BudgetSnapshot } from './budget-snapshot.js';
import { BEAT_MS, hasOthers, takeTurn, type CallEnd, type Grant, type TurnResult } from './budget-turn.js';
import type { BudgetState, BudgetStore } from './budget-types.js';
import type { CallExperience } from './call-forecast.js';
import { CallQueue } from './call-queue.js';
import { SharedState } from './shared-state.js';

export interface BudgetOptions {
  clock: Clock;
  /** 0 up to, not including, 1. */
  random: () => number;
  store: BudgetStore;
  /** Name of this process, another one after each start. */
  process: string;
  /** Name of the machine since its start, shared by its processes. */
  machine: string;
}

/** Leave for one call. */
export interface Ticket {
  /** Every ticket is settled exactly once: with the reply's status and headers, or null when no reply came (the call may have been counted). */
  settle(reply: { status: number; headers: Headers } | null): void;
}

interface Waiter {
  call: Call;
  /** What `onWait` was last told, epoch ms. */
  toldUntil: number | null;
  start(ticket: Ticket): void;
  fail(error: unknown): void;
}

/** `onWait` is not told of waits that end sooner. */
const NOTABLE_WAIT_MS = 1_000;
/** How soon the store is looked at again, for a reply to another process or for new settings. */
const OTHERS_LOOK_MS = 150;
const LONE_LOOK_MS = 10_000;
const ALARM_STOPPED = new Error('The alarm was stopped.');
/** A store that fails is asked again after so long, and after the longest time calls fail with its error. */
const STORE_PAUSE_MS = 500;
const LONGEST_STORE_TROUBLE_MS = 30_000;

/** All calls that this process makes of one client at one API host: shared by everything in it that uses the client. */
export class Budget {
  private readonly shared: SharedState;
  private readonly queue = new CallQueue<Waiter>();
  private readonly ends: CallEnd[] = [];
  private readonly lessons: CallExperience[] = [];
  private readonly listeners: (() => void)[] = [];
  private alarm: { at: number } | null = null;
  private alarmStop = new AbortController();
  private isAsked = false;
  private serving: Promise<void> | null = null;
  private troubledSince: number | null = null;
  private isClosed = false;

  constructor(private readonly options: BudgetOptions) {
    this.shared = new SharedState(options.store, options.clock, options.machine);
  }

  /**
   * Waits until one call may be made. Rejects with PlatformError ABORTED when the call's signal is raised, and with the
   * store's error when it fails for long. `call.onWait` is told when the wait is longer than a second (with the time it
   * ends) and null when it goes on.
   */
  take(call: Call): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      if (call.signal.aborted) return reject(aborted(call.signal));
      const leave = (): void => {
        call.signal.removeEventListener('abort', abort);
        tell(waiter, null);
      };
      const abort = () => {
        this.queue.remove(waiter);
        waiter.fail(aborted(call.signal));
        this.serve();
      };
      const waiter: Waiter = {
        call,
        toldUntil: null,
        start: (ticket) => (leave(), resolve(ticket)),
        fail: (error) => {
          leave();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      call.signal.addEventListener('abort', abort, { once: true });
      this.queue.add(waiter);
      this.serve();
    });
  }

  /** Takes notice of new settings of an administrator, which are in the store. */
  refresh(): void {
    this.shared.forget();
    this.serve();
  }

  /** Takes notice of what work with the client has taken, for forecasts of all processes. */
  learn(lesson: CallExperience): void {
    this.lessons.push(lesson);
    this.serve();
  }

  /** Resolves once what came of the calls so far is known to all, or cannot be stored. */
  told(): Promise<void> {
    if (this.serving === null) return Promise.resolve();
    return new Promise((resolve) => this.listeners.push(resolve));
  }

  /** As it was last seen by this process. */
  snapshot(): BudgetSnapshot {
    const { state, now } = this.shared.peek();
    return snapshotOf(state, now, this.options.clock.now() - now);
  }

  /** Ends the use of the store, once what is known is stored; who still waits goes on waiting. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.serving;
    this.stopAlarm();
  }

  /** Lets who may be sent go, and sets the alarm for who may not. One turn follows the other. */
  private serve(): void {
    if (this.isClosed) return;
    this.isAsked = true;
    this.serving ??= this.serveAll();
  }

  private async serveAll(): Promise<void> {
    while (this.isAsked) {
      this.isAsked = false;
      const listeners = this.listeners.splice(0);
      await this.turn().catch((error: unknown) => this.rest(error));
      for (const told of listeners) told();
    }
    this.serving = null;
    for (const told of this.listeners.splice(0)) told();
  }

  private async turn(): Promise<void> {
    const { process } = this.options;
    const ends = this.ends.slice();
    const lessons = this.lessons.slice();
    const wants = this.queue.wants();
    const { result, state, now } = await this.shared.change((state, now, limits) =>
      takeTurn(state, { now, process, limits, ends, lessons, wants }),
    );
    this.troubledSince = null;
    this.ends.splice(0, ends.length);
    this.lessons.splice(0, lessons.length);
    for (const grant of result.granted) this.grant(grant);
    if (!this.isAsked) this.wait(result, state, now);
  }

  /** Leave that nobody waits for any more, since the call was given up meanwhile, is given back. */
  private grant(grant: Grant): void {
    const { seq } = grant;
    const waiter = this.queue.serve(grant);
    if (waiter === undefined) return this.end({ seq, reply: 'NOT_SENT', jitter: 0 });
    waiter.start({
      settle: (reply) => {
        this.end({ seq, reply, jitter: this.options.random() });
        waiter.call.onCall?.({ throttled: reply?.status === 429 });
      },
    });
  }

  private end(end: CallEnd): void {
    this.ends.push(end);
    this.serve();
  }

  private wait({ until }: TurnResult, state: BudgetState, now: number): void {
    const { clock, process } = this.options;
    if (until != null && until - now > NOTABLE_WAIT_MS) {
      const endsAt = clock.now() + until - now;
      for (const waiter of this.queue.all()) tell(waiter, endsAt);
    }
    const isSending = state.inFlight.some(({ by }) => by === process);
    const lookMs = hasOthers(state, process) ? OTHERS_LOOK_MS : LONE_LOOK_MS;
    this.shared.forgetAfter(lookMs);
    const waitMs = until === undefined ? Infinity : Math.min(lookMs, until === null ? Infinity : until - now);
    this.setAlarm(clock.monotonic() + Math.min(waitMs, isSending ? BEAT_MS : Infinity));
  }

  /** An alarm that rings earlier stays, since another one is set then. */
  private setAlarm(at: number): void {
    if (this.alarm !== null && this.alarm.at <= at) return;
    this.stopAlarm();
    if (at === Infinity) return;
    const { clock } = this.options;
    const alarm = { at };
    this.alarm = alarm;
    clock.sleep(at - clock.monotonic(), this.alarmStop.signal).then(
      () => {
        if (this.alarm === alarm) this.alarm = null;
        this.serve();
      },
      () => undefined,
    );
  }

  private stopAlarm(): void {
    if (this.alarm === null) return;
    this.alarm = null;
    this.alarmStop.abort(ALARM_STOPPED);
    this.alarmStop = new AbortController();
  }

  /** Asks a store in trouble again after a pause; when it fails for long, those who wait are told. */
  private async rest(error: unknown): Promise<void> {
    const { clock } = this.options;
    this.shared.forget();
    this.troubledSince ??= clock.monotonic();
    if (clock.monotonic() - this.troubledSince >= LONGEST_STORE_TROUBLE_MS) {
      for (const waiter of this.queue.all()) {
        this.queue.remove(waiter);
        waiter.fail(error);
      }
    }
    await clock.sleep(STORE_PAUSE_MS);
    this.isAsked ||= !this.isClosed;
  }
}

function tell(waiter: Waiter, until: number | null): void {
  const { toldUntil, call } = waiter;
  if (until === toldUntil) return;
  if (until !== null && toldUntil !== null && Math.abs(until - toldUntil) <= NOTABLE_WAIT_MS) return;
  waiter.toldUntil = until;
  call.onWait?.(until === null ? null : new Date(until));
}

function aborted(signal: AbortSignal): PlatformError {
  return new PlatformError('ABORTED', 'The call was given up while it waited for the rate limit.', {
    cause: signal.reason,
  });
}
