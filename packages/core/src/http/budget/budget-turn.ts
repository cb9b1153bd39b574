import type { Call } from '../../platform/index.js';
import { canTake, configure, lost, replied, sent, throttled, unsent } from './budget-state.js';
import type { BudgetLimits, BudgetState, Presence, RefusalFacts } from './budget-types.js';
import { parseHttpDate, parseRateReport, parseRetryAfter } from './rate-report.js';

/*
 * One turn of a process at a budget that it shares: it tells what its calls came to, and takes what may be sent now. The
 * state is changed by nothing but turns, and the store sees to it that they follow each other, so that any number of
 * processes keep to the limits as one would.
 */

/** What became of a call: its reply, or null when none came. NOT_SENT: it was given up before it went out. */
export interface CallEnd {
  seq: number;
  reply: { status: number; headers: Headers } | null | 'NOT_SENT';
  /** Random share, 0 to 1, of a second added to the wait after a refusal. */
  jitter: number;
}

export interface Turn {
  /** The budget's time. */
  now: number;
  process: string;
  limits: BudgetLimits;
  ends: readonly CallEnd[];
  /** Priorities of the calls that wait, in the order in which they are to be sent. */
  wants: readonly Call['priority'][];
}

export interface TurnResult {
  /** Numbers of the calls that may be sent, for the first of those that wait. */
  granted: number[];
  /** When asking again can succeed for the next of them; null: once a reply comes. Absent when none is left. */
  until?: number | null;
  /** Whether the state has to be stored. */
  isChanged: boolean;
}

/** A process that has calls in flight, or waits for some, is heard of at least so often. */
export const BEAT_MS = 2_000;
/** A process that was not heard of for so long is dead, and its calls in flight are lost. */
export const DEAD_AFTER_MS = 10_000;
/** For so long after it was heard of, others leave the next call to a process that waits for it. */
const TURN_KEPT_MS = 2 * BEAT_MS;
/** A process leaves the next call to one that waits and was served so much longer ago. */
const UNSERVED_MS = 500;
/** When to look whether the other one has taken its turn. */
const TURN_LOOK_MS = 100;

export function takeTurn(state: BudgetState, turn: Turn): TurnResult {
  const isBuried = buryDead(state, turn.now, turn.process);
  const isConfigured = adopt(state, turn.limits);
  for (const end of turn.ends) conclude(state, turn.now, end);
  const { granted, until } = grant(state, turn);
  const isHeard = beat(state, turn, until);
  return { granted, until, isChanged: isBuried || isConfigured || isHeard || granted.length + turn.ends.length > 0 };
}

/** Whether another process may change the state soon. */
export function hasOthers(state: BudgetState, process: string): boolean {
  return Object.keys(state.processes).some((name) => name !== process);
}

function grant(state: BudgetState, { now, process, wants }: Turn): { granted: number[]; until?: number | null } {
  const granted: number[] = [];
  for (const priority of wants) {
    const answer = canTake(state, now, priority);
    if (!answer.ok) return { granted, until: answer.until };
    if (priority === 'JOB' && isOthersTurn(state, now, process)) return { granted, until: now + TURN_LOOK_MS };
    granted.push(sent(state, now, process));
    if (priority === 'JOB') presenceOf(state, now, process).servedAt = now;
  }
  return { granted };
}

/** Whether a process waits that was served much longer ago than this one. */
function isOthersTurn({ processes }: BudgetState, now: number, process: string): boolean {
  const own = processes[process]?.servedAt ?? null;
  if (own === null) return false;
  return Object.entries(processes).some(
    ([name, { isWaiting, heardAt, servedAt }]) =>
      name !== process &&
      isWaiting &&
      now - heardAt <= TURN_KEPT_MS &&
      (servedAt === null || own - servedAt >= UNSERVED_MS),
  );
}

function presenceOf(state: BudgetState, now: number, process: string): Presence {
  return (state.processes[process] ??= { heardAt: now, servedAt: null, isWaiting: false });
}

function buryDead(state: BudgetState, now: number, process: string): boolean {
  const isDead = (by: string) => by !== process && now - (state.processes[by]?.heardAt ?? -Infinity) > DEAD_AFTER_MS;
  const dead = Object.keys(state.processes).filter(isDead);
  for (const by of dead) delete state.processes[by];
  const left = state.inFlight.filter(({ by }) => isDead(by));
  for (const { seq } of left) lost(state, now, seq);
  return dead.length + left.length > 0;
}

function adopt(state: BudgetState, limits: BudgetLimits): boolean {
  const { reserveShare, hourlyLimit, spikeLimit } = state.settings;
  const isSame =
    reserveShare === limits.reserveShare && hourlyLimit === limits.hourlyLimit && spikeLimit === limits.spikeLimit;
  if (!isSame) configure(state, limits);
  return !isSame;
}

/** Notes that the process lives while it sends or is about to, and forgets it otherwise; tells whether that has to be stored. */
function beat(state: BudgetState, { now, process }: Turn, until: number | null | undefined): boolean {
  const before = state.processes[process];
  const isWaiting = until === null || (until !== undefined && until - now <= BEAT_MS);
  if (!isWaiting && !state.inFlight.some(({ by }) => by === process)) {
    delete state.processes[process];
    return before !== undefined;
  }
  const isDue = before === undefined || isWaiting !== before.isWaiting || now - before.heardAt >= BEAT_MS;
  if (isDue) Object.assign(presenceOf(state, now, process), { heardAt: now, isWaiting });
  return isDue;
}

function conclude(state: BudgetState, now: number, { seq, reply, jitter }: CallEnd): void {
  if (reply === 'NOT_SENT') return unsent(state, seq);
  if (reply === null) return lost(state, now, seq);
  const facts = factsOf(reply.headers, now, jitter);
  if (reply.status === 429) throttled(state, now, seq, facts);
  else replied(state, now, seq, facts);
}

function factsOf(headers: Headers, now: number, jitter: number): RefusalFacts {
  const date = parseHttpDate(headers.get('date'));
  const askedMs = parseRetryAfter(headers, now);
  const retryAt = askedMs === null ? null : now + askedMs;
  return { report: parseRateReport(headers, date ?? now), date, retryAt, jitter };
}
