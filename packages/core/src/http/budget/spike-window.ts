import type { Call } from '../../platform/index.js';
import type { Answer, BudgetState, SentCall, SpikeState } from './budget-types.js';
import type { RateReport } from './rate-report.js';

const LENGTH_MS = 10_000;
/** A call counts as being in the window for this time longer, because the host's clock is read in steps. */
const MARGIN_MS = 50;
/** Jobs use this share of the window at once and spread the rest over it, second by second. */
const BURST_SHARE = 0.2;
const SECOND_MS = 1000;
/** Calls that are left to other users of the client for a day once they were noticed. */
const LEAST_ALLOWANCE_CALLS = 2;
const FOREIGN_KEPT_MS = 86_400_000;
/** Share by which the estimate of others' calls falls with each window in which they made fewer. */
const FADING_SHARE = 0.02;
/** While no limit is known: the time between two calls, and the calls that may be in flight. */
const BLIND_GAP_MS = 500;
const MAX_BLIND_CALLS = 4;

export function newSpike(): SpikeState {
  return {
    limit: null,
    resetsAt: null,
    foreign: 0,
    peak: { from: 0, count: 0 },
    foreignSeenAt: null,
  };
}

/** The smaller of the reported and the configured limit; null while there is neither. */
export function spikeLimit({ spike, settings }: BudgetState): number | null {
  const limit = Math.min(spike.limit ?? Infinity, settings.spikeLimit ?? Infinity);
  return limit === Infinity ? null : limit;
}

/** Own calls that may count in a window that is open at that time. */
export function spikeUsed(state: BudgetState, at: number): number {
  return state.inFlight.length + recent(state, at);
}

export function canTake(state: BudgetState, now: number, priority: Call['priority']): Answer {
  const limit = spikeLimit(state);
  if (limit === null) return canTakeBlindly(state, now);
  const cap = Math.max(1, limit - allowance(state.spike, now));
  const used = spikeUsed(state, now);
  if (used >= cap) return { ok: false, until: freed(state, now, used - cap + 1) };
  const isSpread = priority === 'JOB' && used >= cap * BURST_SHARE;
  return isSpread ? canTakeThisSecond(state, now, Math.ceil((cap * SECOND_MS) / LENGTH_MS)) : { ok: true };
}

/** An even pace: a run that bursts and then stands still for most of the window looks stuck, and holds up others. */
function canTakeThisSecond({ inFlight, done }: BudgetState, now: number, cap: number): Answer {
  const sent = inFlight.map(({ sentAt }) => sentAt).filter((at) => at > now - SECOND_MS);
  for (let i = done.length - 1; i >= 0 && done[i]!.at > now - SECOND_MS; i--) {
    if (done[i]!.sentAt > now - SECOND_MS) sent.push(done[i]!.sentAt);
  }
  if (sent.length < cap) return { ok: true };
  return { ok: false, until: sent.sort((a, b) => a - b)[sent.length - cap]! + SECOND_MS };
}

/** Calls that may be sent at once; null while there is no limit. */
export function spikeLeft(state: BudgetState, now: number): number | null {
  const limit = spikeLimit(state);
  return limit === null ? null : Math.max(0, limit - spikeUsed(state, now));
}

function canTakeBlindly(state: BudgetState, now: number): Answer {
  if (state.inFlight.length >= MAX_BLIND_CALLS) return { ok: false, until: null };
  const next = (state.lastSentAt ?? -Infinity) + BLIND_GAP_MS;
  return next <= now ? { ok: true } : { ok: false, until: next };
}

/** The time at which `count` of the calls in the window have left it; null when some of them are still in flight. */
function freed(state: BudgetState, now: number, count: number): number | null {
  const last = state.done[firstInWindow(state.done, now) + count - 1];
  return last === undefined ? null : last.at + LENGTH_MS + MARGIN_MS;
}

export function reported(state: BudgetState, call: SentCall, report: RateReport, resetsAt: number, now: number): void {
  const { spike } = state;
  spike.limit = report.limit;
  spike.resetsAt = resetsAt;
  if (now - call.sentAt > LENGTH_MS) return;
  const own = recent(state, call.sentAt) + state.inFlight.length;
  const used = report.limit - report.remaining;
  noteForeign(spike, used - own, now);
}

/** Notes that the window was exceeded although our own calls kept to what was thought to be left. */
export function refused({ spike }: BudgetState, now: number): void {
  noteForeign(spike, Math.ceil(Math.max(spike.foreign, spike.peak.count)) + 1, now);
}

function noteForeign(spike: SpikeState, calls: number, now: number): void {
  if (calls > 0) spike.foreignSeenAt = now;
  const { count } = spike.peak;
  if (now - spike.peak.from <= LENGTH_MS) {
    spike.peak.count = Math.max(count, calls);
    return;
  }
  spike.foreign = count >= spike.foreign ? count : spike.foreign - FADING_SHARE * (spike.foreign - count);
  spike.peak = { from: now, count: Math.max(0, calls) };
}

/** Calls whose replies came so late that they may still count. */
function recent({ done }: BudgetState, at: number): number {
  return done.length - firstInWindow(done, at);
}

function firstInWindow(done: BudgetState['done'], at: number): number {
  const from = at - LENGTH_MS - MARGIN_MS;
  let low = 0;
  let high = done.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (done[middle]!.at > from) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Calls left to others: what they used, and its usual spread. */
function allowance(spike: SpikeState, now: number): number {
  if (spike.foreignSeenAt === null || now - spike.foreignSeenAt > FOREIGN_KEPT_MS) return 0;
  const foreign = Math.max(spike.foreign, spike.peak.count);
  return Math.max(LEAST_ALLOWANCE_CALLS, Math.ceil(foreign + Math.sqrt(foreign)));
}
