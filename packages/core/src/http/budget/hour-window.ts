import type { Call } from '../../platform/index.js';
import type { Answer, BudgetLimits, BudgetState, HourState, SentCall } from './budget-types.js';
import { historyCount, leavesAt, newHistory } from './call-history.js';
import type { RateReport } from './rate-report.js';

/** Resets are told in whole seconds, rounded either way. */
const RESET_SLACK_MS = 1_000;
/** Two reported resets that differ by no more are the same reset. */
const SAME_RESET_MS = 2_000;
/** Of a window whose length no reply has told yet. */
const ASSUMED_LENGTH_MS = 3_600_000;
const LONGEST_LENGTH_MS = ASSUMED_LENGTH_MS + RESET_SLACK_MS;
/** Fewer own calls than these prove nothing when they are compared with the reported use. */
const EVIDENCE_CALLS = 10;

export function newHour(): HourState {
  return {
    limit: null,
    base: 0,
    settled: 0,
    recent: [],
    openedAt: null,
    resetsAt: null,
    anchor: null,
    since: 0,
    longest: 0,
    isRolling: false,
    foreign: 0,
    history: newHistory(),
  };
}

/** The smaller of the reported and the configured limit; null while there is neither. */
export function hourlyLimit({ hour, settings }: BudgetState): number | null {
  const limit = Math.min(hour.limit ?? Infinity, settings.hourlyLimit ?? Infinity);
  return limit === Infinity ? null : limit;
}

/** Calls that are left for certain, the reserve included; null while there is no limit. */
export function hourLeft(state: BudgetState, now: number): number | null {
  const limit = hourlyLimit(state);
  return limit === null ? null : leftOf(limit, state, now);
}

function leftOf(limit: number, state: BudgetState, now: number): number {
  const { hour } = state;
  if (hour.isRolling) return limit - historyCount(hour, now) - state.inFlight.length - hour.foreign;
  const withheld = (hour.limit ?? limit) - limit;
  return hour.base - withheld - state.inFlight.length - hour.settled - hour.recent.length;
}

export function isOver(hour: HourState, now: number): boolean {
  return hour.resetsAt !== null && now >= hour.resetsAt + RESET_SLACK_MS;
}

export function canTake(state: BudgetState, now: number, priority: Call['priority']): Answer {
  const limit = hourlyLimit(state);
  if (limit === null) return { ok: true };
  const reserve = priority === 'JOB' ? Math.floor(limit * state.settings.reserveShare) : 0;
  const missing = reserve + 1 - leftOf(limit, state, now);
  if (missing <= 0) return { ok: true };
  if (state.hour.isRolling && state.hour.foreign < missing)
    return { ok: false, until: leavesAt(state.hour, now, missing) };
  if (isOver(state.hour, now)) return canProbe(state);
  if (missing <= state.inFlight.length) return { ok: false, until: null };
  return { ok: false, until: (state.hour.resetsAt ?? now) + RESET_SLACK_MS };
}

/** After a reset one call at a time goes out until a reply proves the new window. */
function canProbe({ hour, inFlight }: BudgetState): Answer {
  return inFlight.some((call) => isOver(hour, call.sentAt)) ? { ok: false, until: null } : { ok: true };
}

export function sent(hour: HourState, settings: BudgetLimits, now: number): void {
  hour.openedAt ??= now;
  if (hour.resetsAt !== null || (hour.limit ?? settings.hourlyLimit) === null) return;
  hour.resetsAt = now + (hour.longest || ASSUMED_LENGTH_MS);
}

/** Notes that the latest call is done and that no report covers it. */
export function unreported(state: BudgetState): void {
  const { hour, inFlight, nextSeq } = state;
  const oldest = inFlight[0]?.seq ?? nextSeq;
  hour.recent.push(nextSeq);
  const covered = hour.recent.filter((mark) => mark <= oldest).length;
  hour.settled += covered;
  hour.recent = hour.recent.filter((mark) => mark > oldest);
}

/** Notes a reply that says nothing of the hour; after the reset it proves the new window if it could have said so. */
export function passed(state: BudgetState, call: SentCall, reportsSpike: boolean): void {
  const { hour } = state;
  const limit = hour.limit ?? state.settings.hourlyLimit;
  const proves = reportsSpike || hour.anchor === null;
  const reset = hour.resetsAt;
  const isProof = proves && !hour.isRolling && isOver(hour, call.sentAt);
  if (limit === null || reset === null || !isProof) return unreported(state);
  hour.base = limit;
  hour.settled = 0;
  hour.recent = state.done.filter(({ at }) => at > reset - RESET_SLACK_MS).map(({ mark }) => mark);
  hour.openedAt = call.sentAt;
  hour.resetsAt = call.sentAt + (hour.longest || ASSUMED_LENGTH_MS);
  hour.since = state.nextSeq;
}

export function reported(state: BudgetState, call: SentCall, report: RateReport, resetsAt: number, now: number): void {
  const { hour } = state;
  const jump = hour.anchor === null || report.limit !== hour.limit ? Infinity : report.resetsAt - hour.anchor;
  if (jump < -SAME_RESET_MS && call.seq < hour.since) return;
  const evidence = rollingEvidence(hour, report, jump, now);
  if (jump < -SAME_RESET_MS && !hour.isRolling) hour.longest = 0;
  hour.resetsAt = resetsAt;
  if (evidence !== null) hour.isRolling = evidence;
  if (hour.isRolling) roll(state, call, report);
  else if (evidence === null && Math.abs(jump) <= SAME_RESET_MS) {
    hour.base = Math.min(hour.base, report.remaining);
    hour.settled = 0;
    hour.recent = hour.recent.filter((mark) => mark > call.seq);
  } else {
    open(state, call, report);
  }
  const opened = hour.isRolling || hour.openedAt === null ? call.sentAt : hour.openedAt;
  const creep = jump > 0 && jump <= SAME_RESET_MS ? jump : 0;
  hour.longest = Math.min(Math.max(hour.longest, resetsAt - creep - opened), LONGEST_LENGTH_MS);
}

/** Begins a window by its first report; the reporting call is the latest that is done. */
function open(state: BudgetState, call: SentCall, report: RateReport): void {
  const { hour } = state;
  if (hour.anchor !== null) hour.openedAt = call.sentAt;
  hour.limit = report.limit;
  hour.base = report.remaining;
  hour.anchor = report.resetsAt;
  hour.since = state.nextSeq;
  hour.settled = 0;
  hour.recent = state.done
    .slice(0, -1)
    .map(({ mark }) => mark)
    .filter((mark) => mark > call.seq);
}

/**
 * A reset that moved by less than the window's length although the use did not start anew shows a rolling window; a
 * use far below our own calls within its length refutes one. Null: neither.
 */
function rollingEvidence(hour: HourState, report: RateReport, jump: number, now: number): boolean | null {
  const own = historyCount(hour, now + SAME_RESET_MS);
  if (own < EVIDENCE_CALLS) return null;
  const used = report.limit - report.remaining;
  if (hour.isRolling) return used < own / 2 ? false : null;
  const moved = jump > SAME_RESET_MS && jump < hour.longest - SAME_RESET_MS;
  return moved && used >= 0.8 * own ? true : null;
}

function roll(state: BudgetState, call: SentCall, report: RateReport): void {
  const { hour } = state;
  hour.limit = report.limit;
  hour.anchor = report.resetsAt;
  const own = historyCount(hour, call.sentAt) + state.inFlight.length;
  hour.foreign = Math.max(0, report.limit - report.remaining - own);
}

/** Notes that the hour was exceeded: a rolling window is longer than was thought. */
export function refused(hour: HourState): void {
  if (hour.isRolling) hour.longest *= 1.05;
}
