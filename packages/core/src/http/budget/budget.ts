import { PlatformError, type Call } from '../../platform/index.js';
import { canTake, configure, lost, newBudgetState, replied, restored, sent, throttled } from './budget-state.js';
import type { BudgetLimits, BudgetState } from './budget-types.js';
import { CallQueue } from './call-queue.js';
import { hourlyLimit, hourLeft, isOver } from './hour-window.js';
import type { Clock } from '../ports.js';
import { parseHttpDate, parseRateReport, parseRetryAfter } from './rate-report.js';
import { spikeLimit, spikeLeft } from './spike-window.js';

/** Numbers of one client at one API host. Times are epoch ms. */
export interface BudgetSnapshot {
  apiHost: string;
  client: string;
  hourly: WindowSnapshot;
  spike: WindowSnapshot;
  reserveShare: number;
  throttledUntil: number | null;
  callsLastMinute: number;
  /** Replies with status 429 since the state was first made. */
  throttledCount: number;
}

/** Where a limit is known from. */
export const BUDGET_SOURCES = ['ASSUMED', 'CONFIGURED', 'REPORTED'] as const;
export type BudgetSource = (typeof BUDGET_SOURCES)[number];

export interface WindowSnapshot {
  limit: number | null;
  /** Calls left for certain, the reserve included. */
  remaining: number | null;
  resetsAt: number | null;
  source: BudgetSource;
}

export interface BudgetOptions {
  key: { apiHost: string; client: string };
  clock: Clock;
  /** 0 up to, not including, 1. */
  random: () => number;
  /** What `save` was last given, of this process or an earlier one. */
  saved?: BudgetState | null;
  /** Given a copy of the state at most once per second while it changes, and at once after a 429. */
  save?: (state: BudgetState) => void;
  settings?: Partial<BudgetLimits>;
  /** Told as often as `save`. */
  onChange?: () => void;
}

/** Leave for one call. */
export interface Ticket {
  /** Every ticket is settled exactly once: with the reply's status and headers, or null when no reply came (the call may have been counted). */
  settle(reply: { status: number; headers: Headers } | null): void;
}

interface Waiter {
  call: Call;
  /** What `onWait` was last told. */
  toldUntil: number | null;
  start(ticket: Ticket): void;
}

const SAVE_INTERVAL_MS = 1_000;
const MINUTE_MS = 60_000;
/** `onWait` is not told of waits that end sooner. */
const NOTABLE_WAIT_MS = 1_000;

/** All calls of one client at one API host: shared by everything that uses the client. */
export class Budget {
  private readonly state: BudgetState;
  private readonly queue = new CallQueue<Waiter>();
  private lastMinute: number[] = [];
  private alarm: { at: number; stop: AbortController } | null = null;
  private savedAt = -Infinity;
  private isSaveDue = false;

  constructor(private readonly options: BudgetOptions) {
    const now = options.clock.now();
    const { saved } = options;
    this.state = saved?.version === 1 ? restored(saved, now) : newBudgetState(now);
    if (options.settings) configure(this.state, options.settings);
  }

  /**
   * Waits until one call may be made. Rejects with PlatformError ABORTED when the call's signal is raised.
   * `call.onWait` is told when the wait is longer than a second (with the time it ends) and null when it goes on.
   */
  take(call: Call): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      if (call.signal.aborted) return reject(aborted(call.signal));
      const waiter: Waiter = { call, toldUntil: null, start };
      const abort = () => {
        this.queue.remove(waiter);
        tell(waiter, null);
        reject(aborted(call.signal));
        this.serve();
      };
      function start(ticket: Ticket): void {
        call.signal.removeEventListener('abort', abort);
        tell(waiter, null);
        resolve(ticket);
      }
      call.signal.addEventListener('abort', abort, { once: true });
      this.queue.add(waiter);
      this.serve();
    });
  }

  /** Takes an administrator's settings; what is absent stays. */
  configure(settings: Partial<BudgetLimits>): void {
    configure(this.state, settings);
    this.changed();
    this.serve();
  }

  snapshot(): BudgetSnapshot {
    const { state } = this;
    const now = this.options.clock.now();
    const isOpen = state.hour.isRolling || !isOver(state.hour, now);
    const spikeReset = state.spike.resetsAt;
    const left = isOpen ? hourLeft(state, now) : hourlyLimit(state);
    return {
      ...this.options.key,
      hourly: {
        limit: hourlyLimit(state),
        remaining: left === null ? null : Math.max(0, left),
        resetsAt: isOpen ? state.hour.resetsAt : null,
        source: source(state.hour.limit, state.settings.hourlyLimit),
      },
      spike: {
        limit: spikeLimit(state),
        remaining: spikeLeft(state, now),
        resetsAt: spikeReset !== null && spikeReset > now ? spikeReset : null,
        source: source(state.spike.limit, state.settings.spikeLimit),
      },
      reserveShare: state.settings.reserveShare,
      throttledUntil: state.throttledUntil !== null && state.throttledUntil > now ? state.throttledUntil : null,
      callsLastMinute: this.callsLastMinute(now),
      throttledCount: state.throttledCount,
    };
  }

  /** Sends who may be sent, and sets the alarm for who may not. */
  private serve(): void {
    for (let waiter = this.queue.first(); waiter; waiter = this.queue.first()) {
      const now = this.options.clock.now();
      const answer = canTake(this.state, now, waiter.call.priority);
      if (!answer.ok) return this.wait(answer.until, now);
      this.queue.shift();
      waiter.start(this.issue(waiter.call, now));
    }
    this.stopAlarm();
  }

  private wait(until: number | null, now: number): void {
    if (until !== null && until - now > NOTABLE_WAIT_MS) for (const waiter of this.queue) tell(waiter, until);
    if (until === this.alarm?.at) return;
    this.stopAlarm();
    if (until !== null) this.setAlarm(until, now);
  }

  private setAlarm(at: number, now: number): void {
    const alarm = { at, stop: new AbortController() };
    this.alarm = alarm;
    this.options.clock.sleep(at - now, alarm.stop.signal).then(
      () => {
        if (this.alarm === alarm) this.alarm = null;
        this.serve();
      },
      () => undefined,
    );
  }

  private stopAlarm(): void {
    this.alarm?.stop.abort();
    this.alarm = null;
  }

  private issue(call: Call, now: number): Ticket {
    const seq = sent(this.state, now);
    this.lastMinute.push(now);
    this.callsLastMinute(now);
    this.changed();
    return {
      settle: (reply) => {
        this.note(seq, reply);
        call.onCall?.({ throttled: reply?.status === 429 });
        this.serve();
      },
    };
  }

  private note(seq: number, reply: { status: number; headers: Headers } | null): void {
    const now = this.options.clock.now();
    if (!reply) {
      lost(this.state, now, seq);
      return this.changed();
    }
    const date = parseHttpDate(reply.headers.get('date'));
    const facts = { report: parseRateReport(reply.headers, date ?? now), date };
    if (reply.status !== 429) {
      replied(this.state, now, seq, facts);
      return this.changed();
    }
    const wait = parseRetryAfter(reply.headers, now);
    const retryAt = wait === null ? null : now + wait;
    throttled(this.state, now, seq, { ...facts, retryAt, jitter: this.options.random() });
    this.save();
  }

  private callsLastMinute(now: number): number {
    const first = this.lastMinute.findIndex((at) => at > now - MINUTE_MS);
    this.lastMinute = first < 0 ? [] : this.lastMinute.slice(first);
    return this.lastMinute.length;
  }

  private changed(): void {
    if (this.isSaveDue) return;
    const wait = this.savedAt + SAVE_INTERVAL_MS - this.options.clock.now();
    if (wait <= 0) return this.save();
    this.isSaveDue = true;
    void this.options.clock.sleep(wait).then(() => {
      if (this.isSaveDue) this.save();
    });
  }

  private save(): void {
    this.isSaveDue = false;
    this.savedAt = this.state.savedAt = this.options.clock.now();
    this.options.save?.(structuredClone(this.state));
    this.options.onChange?.();
  }
}

function tell(waiter: Waiter, until: number | null): void {
  const { toldUntil, call } = waiter;
  if (until === toldUntil) return;
  if (until !== null && toldUntil !== null && Math.abs(until - toldUntil) <= NOTABLE_WAIT_MS) return;
  waiter.toldUntil = until;
  call.onWait?.(until === null ? null : new Date(until));
}

function source(reported: number | null, configured: number | null): BudgetSource {
  if (configured !== null && configured < (reported ?? Infinity)) return 'CONFIGURED';
  return reported === null ? 'ASSUMED' : 'REPORTED';
}

function aborted(signal: AbortSignal): PlatformError {
  return new PlatformError('ABORTED', 'The call was given up while it waited for the rate limit.', {
    cause: signal.reason,
  });
}
