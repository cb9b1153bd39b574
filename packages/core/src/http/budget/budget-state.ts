import type { Call } from '../../platform/index.js';
import { LONGEST_STAGGER_MS, refusalDelayMs } from '../backoff.js';
import type {
  Answer,
  BudgetLimits,
  BudgetState,
  RefusalFacts,
  ReplyFacts,
  SentCall,
  TimeMark,
} from './budget-types.js';
import { count } from './call-history.js';
import { newFairLines } from './fair-lines.js';
import { noExperience } from './call-forecast.js';
import { classifyReport, type WindowName } from './classify-report.js';
import * as hour from './hour-window.js';
import { localReset, observeDate } from './server-time.js';
import * as spike from './spike-window.js';

/*
 * The rules of a budget. The functions change the state they are given and nothing else; `now` is the budget's own time.
 */

/** Calls in flight that a client may have before its first reply. */
const FIRST_RAMP_CALLS = 4;
/** A call in flight for longer no longer counts towards the ramp: its reply may be lost. */
const YOUNG_MS = 5_000;
/** When no reply came for this time, the limits may have changed, and one call goes first. */
const LULL_MS = 15_000;
/** How long a finished call is remembered: longer than any spike window, and hardly longer where there are very many. */
const DONE_KEPT_MS = 30_000;
const MANY_DONE_CALLS = 1_000;
const MANY_KEPT_MS = 11_000;
/** Slices in which the calls of the last minute are counted. */
const SLICE_MS = 2_000;
const MINUTE_MS = 60_000;
/** The pace of a shorter time says nothing, and that of a longer one is remembered. */
const LEAST_PACE_MS = 10_000;
const USUAL_PACE_MS = 30_000;
/** Work that sent nothing for this time has paused: longer than any spike window. */
const PAUSE_MS = 15_000;
/** Resets are told in whole seconds, rounded either way. */
const RESET_SLACK_MS = 1_000;
/** An hour and a little: no wait that a host asks for is believed to be longer. */
const LONGEST_WAIT_MS = 3_605_000;

const DEFAULT_LIMITS: BudgetLimits = { reserveShare: 0.02, hourlyLimit: null, spikeLimit: null };

export function newBudgetState(time: TimeMark): BudgetState {
  return {
    version: 5,
    time,
    settings: { ...DEFAULT_LIMITS },
    processes: {},
    fair: newFairLines(),
    nextSeq: 1,
    inFlight: [],
    done: [],
    lastSentAt: null,
    heardAt: null,
    ramp: FIRST_RAMP_CALLS,
    hour: hour.newHour(),
    spike: spike.newSpike(),
    serverTime: null,
    throttledUntil: null,
    throttledCount: 0,
    refusals: 0,
    lastMinute: [],
    usualPace: null,
    experience: noExperience(),
  };
}

/**
 * A state that came out of a store; null when it is none. One of a former version keeps what it has counted, or the calls
 * of its hour would be given a second time; what its processes had in flight is taken for lost.
 */
export function readState(stored: unknown): BudgetState | null {
  if (typeof stored !== 'object' || stored === null || !('version' in stored)) return null;
  if (stored.version === 5) return stored as BudgetState;
  if (stored.version !== 3 && stored.version !== 4) return null;
  const added = { fair: newFairLines(), usualPace: null, experience: noExperience() };
  return { ...(stored as BudgetState), ...added, version: 5, processes: {} };
}

/** Limits where nobody has set any. */
export const freeLimits = (): BudgetLimits => ({ ...DEFAULT_LIMITS });

/** Whether a call of that priority may be sent now. */
export function canTake(state: BudgetState, now: number, priority: Call['priority']): Answer {
  if (state.throttledUntil !== null && now < state.throttledUntil) return { ok: false, until: state.throttledUntil };
  const answers = [
    canRamp(state, now),
    canLookForHour(state, now),
    spike.canTake(state, now, priority),
    hour.canTake(state, now, priority),
  ];
  let until: number | null = now;
  for (const answer of answers) {
    if (!answer.ok) until = answer.until === null || until === null ? null : Math.max(until, answer.until);
  }
  return answers.every(({ ok }) => ok) ? { ok: true } : { ok: false, until };
}

function canRamp(state: BudgetState, now: number): Answer {
  const isLull = state.heardAt !== null && now - state.heardAt > LULL_MS;
  const ramp = isLull ? 1 : state.ramp;
  const young = state.inFlight.filter(({ sentAt }) => sentAt > now - YOUNG_MS);
  const first = young[young.length - ramp];
  return young.length < ramp || !first ? { ok: true } : { ok: false, until: first.sentAt + YOUNG_MS };
}

/**
 * A host that allows as many calls in an hour as in seconds tells of the hour only once less is left of it. So of the
 * limit over seconds one call is kept back while no hour is known, and goes first after their reset, alone.
 */
function canLookForHour(
  { hour: { limit }, spike: { limit: most, resetsAt }, nextSeq, inFlight }: BudgetState,
  now: number,
): Answer {
  const calls = nextSeq - 1;
  if (limit !== null || most === null || calls < most - 1 || calls > most) return { ok: true };
  if (inFlight.length > 0) return { ok: false, until: null };
  const until = calls < most && resetsAt !== null ? resetsAt + RESET_SLACK_MS : now;
  return until <= now ? { ok: true } : { ok: false, until };
}

/** Takes new limits of an administrator. */
export function configure(state: BudgetState, settings: Partial<BudgetLimits>): void {
  Object.assign(state.settings, settings);
  const { hour: window } = state;
  if (window.limit === null && settings.hourlyLimit) window.base = settings.hourlyLimit;
}

/** Notes that a call of a process goes out; returns its number. */
export function sent(state: BudgetState, now: number, by: string): number {
  const seq = state.nextSeq++;
  state.inFlight.push({ seq, sentAt: now, by });
  state.lastSentAt = now;
  hour.sent(state.hour, state.settings, now);
  const slices = state.lastMinute.filter(({ from }) => from > now - MINUTE_MS);
  const slice = slices.at(-1);
  if (slice && now - slice.from < SLICE_MS) slices[slices.length - 1] = { ...slice, count: slice.count + 1 };
  else slices.push({ from: now, count: 1 });
  state.lastMinute = slices;
  return seq;
}

/** Notes that the latest calls are those of jobs, by which the pace is measured: what people ask for comes now and then. */
export function worked(state: BudgetState, now: number): void {
  const latest = state.lastMinute.length - 1;
  state.lastMinute = state.lastMinute.map((slice, index) => (index === latest ? { ...slice, isWork: true } : slice));
  state.usualPace = paceOf(state, now, USUAL_PACE_MS) ?? state.usualPace;
}

/** Calls a minute of the work that goes on, or as usual; null until one is known. */
export function callsPerMinute(state: BudgetState, now: number): number | null {
  return paceOf(state, now, LEAST_PACE_MS) ?? state.usualPace;
}

/** Calls a minute since work began or paused; null where it is too young, and where none goes on. */
function paceOf({ lastMinute }: BudgetState, now: number, leastMs: number): number | null {
  const work = lastMinute.filter(({ from, isWork }) => isWork && from > now - MINUTE_MS);
  const first = work.findLast(
    ({ from }, index) => from - (work[index - 1]?.from ?? Number.NEGATIVE_INFINITY) > PAUSE_MS,
  );
  const latest = work.at(-1);
  if (first === undefined || latest === undefined || now - latest.from > PAUSE_MS) return null;
  const span = now - first.from;
  const calls = lastMinute.reduce((sum, { from, count: some }) => (from >= first.from ? sum + some : sum), 0);
  return span < leastMs ? null : Math.round((calls * MINUTE_MS) / span);
}

export function callsLastMinute({ lastMinute }: BudgetState, now: number): number {
  return lastMinute.reduce((sum, { from, count: calls }) => (from > now - MINUTE_MS ? sum + calls : sum), 0);
}

/** Takes back a call that was never sent. */
export function unsent(state: BudgetState, seq: number): void {
  state.inFlight = state.inFlight.filter((call) => call.seq !== seq);
}

/** Notes the reply to a call; calls that are not in flight are ignored. */
export function replied(state: BudgetState, now: number, seq: number, reply: ReplyFacts): void {
  if (!learn(state, now, seq, reply)) return;
  state.ramp += 1;
  state.heardAt = now;
  state.refusals = 0;
}

/** Notes that no reply came; the call may have been counted. */
export function lost(state: BudgetState, now: number, seq: number): void {
  if (finish(state, now, seq)) hour.unreported(state);
}

/** Notes a 429: nothing is sent until the reported reset, and then one call first. */
export function throttled(state: BudgetState, now: number, seq: number, refusal: RefusalFacts): void {
  const isFirst = state.inFlight.some((call) => call.seq === seq && call.sentAt >= (state.throttledUntil ?? 0));
  const { limit } = state.spike;
  const window = learn(state, now, seq, refusal);
  if (!window) return;
  if (isFirst) {
    state.refusals += 1;
    if (window === 'hour') hour.refused(state.hour);
    if (window === 'spike' && limit === state.spike.limit) spike.refused(state, now);
  }
  const stagger = LONGEST_STAGGER_MS * (1 + refusal.jitter);
  const until = Math.max(now, resumesAt(state, now, refusal)) + Math.floor(stagger);
  state.throttledUntil = Math.max(state.throttledUntil ?? 0, Math.min(until, now + LONGEST_WAIT_MS));
  state.throttledCount += 1;
  state.ramp = 1;
}

/**
 * The time that the host named. A host that named none, or that refuses again after the wait that it asked for, is asked
 * less and less often.
 */
function resumesAt(state: BudgetState, now: number, { report, retryAt }: RefusalFacts): number {
  const reset = report && localReset(report, state.serverTime, now);
  const unheeded = reset === null && retryAt === null ? state.refusals : state.refusals - 1;
  return Math.max(reset ?? 0, retryAt ?? 0, unheeded > 0 ? now + refusalDelayMs(unheeded) : 0);
}

function learn(state: BudgetState, now: number, seq: number, { report, date }: ReplyFacts): WindowName | 'none' | null {
  const call = finish(state, now, seq);
  if (!call) return null;
  if (date !== null) state.serverTime = observeDate(state.serverTime, date, call.sentAt, now);
  const resetsAt = report ? localReset(report, state.serverTime, now) : now;
  const window = report ? classifyReport(state, call, report, resetsAt, now) : 'none';
  if (report && window === 'spike') spike.reported(state, call, report, resetsAt, now);
  if (report && window === 'hour') hour.reported(state, call, report, resetsAt, now);
  else hour.passed(state, call, window === 'spike');
  return window;
}

function finish(state: BudgetState, now: number, seq: number): SentCall | null {
  const index = state.inFlight.findIndex((call) => call.seq === seq);
  const [call] = index < 0 ? [] : state.inFlight.splice(index, 1);
  if (!call) return null;
  state.done.push({ sentAt: call.sentAt, at: now, mark: state.nextSeq });
  const kept = state.done.length > MANY_DONE_CALLS ? MANY_KEPT_MS : DONE_KEPT_MS;
  const old = state.done.findIndex(({ at }) => at > now - kept);
  state.done.splice(0, old);
  count(state.hour, now);
  return call;
}
