import type { CallExperience } from './call-forecast.js';
import type { RateReport } from './rate-report.js';
import type { ServerTime } from './server-time.js';

/**
 * What is known of one client's calls at one API host, by all processes that use the client. JSON throughout, so that it
 * can be shared and survives a restart; times are in ms of the budget's own time (see `budget-time.ts`) unless they say
 * otherwise.
 */
export interface BudgetState {
  version: 5;
  time: TimeMark;
  settings: BudgetLimits;
  /** Processes with calls in flight, or that wait for calls which can be sent soon, by name. */
  processes: Record<string, Presence>;
  fair: FairLines;
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
  /** Calls sent within the last minute, in slices by the time of the first; `isWork` where some were those of jobs. */
  lastMinute: Readonly<{ from: number; count: number; isWork?: true }>[];
  /** Calls a minute of the last half minute in which jobs worked without a pause; null until there was one. */
  usualPace: number | null;
  experience: CallExperience;
}

export interface Presence {
  heardAt: number;
  /** Jobs whose calls wait there and can be sent soon, by owner, each with its share. */
  waiting: Readonly<Record<string, number>>;
}

/** Where the lines of jobs stand, in calls that each of them had divided by its share (see `fair-lines.ts`). */
export interface FairLines {
  /** Where the one that stood least far was at the last call. */
  pace: number;
  /** Those that stand further, by owner; the one that was served last is the last. */
  stands: Readonly<Record<string, number>>;
}

/** One moment by every clock that may tell it again: the budget's own time, and those of the process that wrote it. */
export interface TimeMark {
  at: number;
  /** Name of the machine since its start; processes that share it share the monotonic clock. */
  machine: string;
  monotonic: number;
  /** Time of day by the store, epoch ms. */
  day: number;
}

/** What is stored of one budget. */
export interface StoredBudget {
  /** What was written last, as it came out of the store; null before the first call, and when it is the known version. */
  state: unknown;
  /** An administrator's settings. */
  limits: BudgetLimits;
  /** Another one after each write, whoever wrote. */
  version: number;
  /** Time of day by the store, epoch ms. */
  day: number;
}

/** The place where all processes that use a client keep its budget. */
export interface BudgetStore {
  /** `known`: the version that the asker holds, whose state is not read again; null: none. */
  read(known: number | null): Promise<StoredBudget>;
  /** Stores the state as the version after `version`; false, and nothing is stored, when another one was stored since. */
  write(state: BudgetState, version: number): Promise<boolean>;
}

export interface BudgetLimits {
  /** Share of the hour that only interactive calls may use. */
  reserveShare: number;
  /** An administrator's limits; they cap what is reported and hold until something is. */
  hourlyLimit: number | null;
  spikeLimit: number | null;
}

export interface SentCall {
  readonly seq: number;
  readonly sentAt: number;
  /** The process that sent it. */
  readonly by: string;
}

/** `mark` is the `nextSeq` at that time: calls numbered from it on were sent after this one was counted. */
export interface DoneCall {
  readonly sentAt: number;
  readonly at: number;
  readonly mark: number;
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
  history: CallHistory;
}

/** Finished calls in slices of time, oldest first: the time of the last call of each, and how many there were. */
export interface CallHistory {
  /** Time of the first call of the newest slice. */
  openedAt: number;
  ends: number[];
  counts: number[];
}
