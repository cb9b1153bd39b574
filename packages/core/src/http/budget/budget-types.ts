import type { RateReport } from './rate-report.js';
import type { ServerTime } from './server-time.js';

/**
 * What is known of one client's calls at one API host. JSON throughout, so that it survives a restart; times are epoch
 * ms of our clock unless they say otherwise.
 */
export interface BudgetState {
  version: 1;
  savedAt: number;
  settings: BudgetLimits;
  /** Number of the next call; calls are numbered in the order in which they are sent. */
  nextSeq: number;
  inFlight: SentCall[];
  /** Calls of the last half minute whose reply came or was given up, oldest first. */
  done: DoneCall[];
  lastSentAt: number | null;
  /** Last reply that was no refusal. */
  heardAt: number | null;
  /** Young calls that may be in flight at once; grows with every reply, so that a wrong guess costs one call. */
  ramp: number;
  hour: HourState;
  spike: SpikeState;
  serverTime: ServerTime | null;
  throttledUntil: number | null;
  throttledCount: number;
  /** Refusals since the last call that was not refused. */
  refusals: number;
}

export interface BudgetLimits {
  /** Share of the hour that only interactive calls may use. */
  reserveShare: number;
  /** An administrator's limits; they cap what is reported and hold until something is. */
  hourlyLimit: number | null;
  spikeLimit: number | null;
}

export interface SentCall {
  seq: number;
  sentAt: number;
}

/** `mark` is the `nextSeq` at that time: calls numbered from it on were sent after this one was counted. */
export interface DoneCall {
  sentAt: number;
  at: number;
  mark: number;
}

/** `until` is the earliest time at which asking again can succeed; null: as soon as a reply comes. */
export type Answer = { ok: true } | { ok: false; until: number | null };

/** What a reply tells; `date` is its `Date` as epoch ms of the host. */
export interface ReplyFacts {
  report: RateReport | null;
  date: number | null;
}

export interface RefusalFacts extends ReplyFacts {
  /** `Retry-After` as epoch ms. */
  retryAt: number | null;
  /** Random share, 0 to 1, of a second added to the wait. */
  jitter: number;
}

/**
 * The window over seconds. No more than its limit is sent in any stretch of its length, counted from the reply, which
 * keeps fixed and rolling windows alike.
 */
export interface SpikeState {
  limit: number | null;
  /** As last reported. */
  resetsAt: number | null;
  /** Calls of others in one window: the most that was seen, fading, and the most in the stretch being watched. */
  foreign: number;
  peak: { from: number; count: number };
  foreignSeenAt: number | null;
  /** Calls that a saved state may lack. */
  unsaved: { at: number; count: number };
}

/**
 * The window over an hour, whatever its true length. Taken for fixed: at least
 * `base` − calls in flight − `settled` − `recent` are left, and all at the reset. Rolling once that is seen.
 */
export interface HourState {
  limit: number | null;
  /** Lowest report of the open window. */
  base: number;
  /** Counted calls that no report covers: every report to come will, or (`recent`, by mark) only one of a later call. */
  settled: number;
  recent: number[];
  /** Sending of the first call that is known to be in the open window. */
  openedAt: number | null;
  /** Reported, or estimated until it is. */
  resetsAt: number | null;
  /** First reset reported for the open window, epoch ms of the host. */
  anchor: number | null;
  /** Calls numbered from it on were sent knowing the open window. */
  since: number;
  /** Longest time to a reset that was ever reported, ms: the length of the window, or less. */
  longest: number;
  isRolling: boolean;
  /** Calls of others in a rolling window, as last reported. */
  foreign: number;
  /** Own calls within the length, in slices, by the time of their reply. */
  history: { from: number; to: number; count: number }[];
}
