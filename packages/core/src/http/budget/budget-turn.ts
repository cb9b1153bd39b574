import { canTake, configure, lost, replied, sent, throttled, unsent, worked } from './budget-state.js';
import type { BudgetLimits, BudgetState, Presence, RefusalFacts } from './budget-types.js';
import { learned, type CallExperience } from './call-forecast.js';
import type { Want } from './call-queue.js';
import { isAhead, nextLine, serve, type Line } from './fair-lines.js';
import { parseHttpDate, parseRateReport, parseRetryAfter } from './rate-report.js';
import { spikeLimit } from './spike-window.js';

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
  /** What work that is done has taken. */
  lessons: readonly CallExperience[];
  /** Calls that wait here, by lines; of lines that may be served alike the first is. */
  wants: readonly Want[];
}

/** Leave to send the next call of a line, and its number. */
export interface Grant extends Pick<Want, 'priority' | 'owner'> {
  seq: number;
}

export interface TurnResult {
  granted: Grant[];
  /** When asking again can succeed for the next call; null: once a reply comes. Absent when none is left. */
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
/** How far the jobs of a process go ahead of those of others, which may need a moment to take their turn: of the calls that
 * are sent in half a second, and at least so many. */
const LEAD_SHARE = 0.05;
const LEAST_LEAD_CALLS = 2;
/** When to look whether the other one has taken its turn. */
const TURN_LOOK_MS = 100;

export function takeTurn(state: BudgetState, turn: Turn): TurnResult {
  const isBuried = buryDead(state, turn.now, turn.process);
  const isConfigured = adopt(state, turn.limits);
  for (const end of turn.ends) conclude(state, turn.now, end);
  for (const lesson of turn.lessons) state.experience = learned(state.experience, lesson);
  const people = grantPeople(state, turn);
  const jobs = people.until === undefined ? grantJobs(state, turn) : { ...people, granted: [], left: jobsOf(turn) };
  const granted = [...people.granted, ...jobs.granted];
  const isHeard = beat(state, turn, jobs);
  const news = granted.length + turn.ends.length + turn.lessons.length;
  const isChanged = isBuried || isConfigured || isHeard || news > 0;
  return { granted, until: jobs.until, isChanged };
}

/** Whether another process may change the state soon. */
export function hasOthers(state: BudgetState, process: string): boolean {
  return Object.keys(state.processes).some((name) => name !== process);
}

type Granted = Pick<TurnResult, 'granted' | 'until'>;

/** People are served one after the other, however many calls each of them has waiting. */
function grantPeople(state: BudgetState, { now, process, wants }: Turn): Granted {
  const granted: Grant[] = [];
  const people = wants.filter(({ priority }) => priority === 'INTERACTIVE').map((want) => ({ ...want }));
  for (let next = people.shift(); next !== undefined; next = people.shift()) {
    const answer = canTake(state, now, 'INTERACTIVE');
    if (!answer.ok) return { granted, until: answer.until };
    granted.push({ priority: 'INTERACTIVE', owner: next.owner, seq: sent(state, now, process) });
    next.calls -= 1;
    if (next.calls > 0) people.push(next);
  }
  return { granted };
}

/** Jobs are served by their shares, those of other processes included, which are left their turn. */
function grantJobs(state: BudgetState, { now, process, wants }: Turn): Granted & { left?: readonly Want[] } {
  const granted: Grant[] = [];
  const jobs = jobsOf({ wants });
  const elsewhere = linesElsewhere(state, now, process);
  for (let next = nextLine(state.fair, jobs); next !== undefined; next = nextLine(state.fair, jobs)) {
    const answer = canTake(state, now, 'JOB');
    if (!answer.ok) return { granted, until: answer.until, left: jobs };
    const all = elsewhere.length === 0 ? jobs : [...jobs, ...elsewhere];
    const isLeft = elsewhere.length > 0 && isAhead(state.fair, next, all, leadCalls(state));
    if (isLeft) return { granted, until: now + TURN_LOOK_MS, left: jobs };
    granted.push({ priority: 'JOB', owner: next.owner, seq: sent(state, now, process) });
    worked(state, now);
    serve(state.fair, next, all);
    next.calls -= 1;
    jobs.splice(jobs.indexOf(next), 1);
    if (next.calls > 0) jobs.push(next);
  }
  return { granted };
}

const jobsOf = ({ wants }: Pick<Turn, 'wants'>): Want[] =>
  wants.filter(({ priority }) => priority === 'JOB').map((want) => ({ ...want }));

/** Jobs that wait in other processes, as long as these are heard of. */
function linesElsewhere({ processes }: BudgetState, now: number, process: string): Line[] {
  return Object.entries(processes).flatMap(([name, { heardAt, waiting }]) =>
    name === process || now - heardAt > TURN_KEPT_MS
      ? []
      : Object.entries(waiting).map(([owner, share]) => ({ owner, share })),
  );
}

const leadCalls = (state: BudgetState): number => Math.max(LEAST_LEAD_CALLS, (spikeLimit(state) ?? 0) * LEAD_SHARE);

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
function beat(
  state: BudgetState,
  { now, process }: Turn,
  { until, left = [] }: { until?: number | null; left?: readonly Want[] },
): boolean {
  const before = state.processes[process];
  const isWaiting = until === null || (until !== undefined && until - now <= BEAT_MS);
  if (!isWaiting && !state.inFlight.some(({ by }) => by === process)) {
    delete state.processes[process];
    return before !== undefined;
  }
  const waiting = Object.fromEntries(isWaiting ? left.map(({ owner, share }) => [owner, share]) : []);
  const isDue = before === undefined || now - before.heardAt >= BEAT_MS || !isSame(waiting, before.waiting);
  if (isDue) state.processes[process] = { heardAt: now, waiting };
  return isDue;
}

function isSame(some: Presence['waiting'], others: Presence['waiting']): boolean {
  const owners = Object.keys(some);
  return owners.length === Object.keys(others).length && owners.every((owner) => some[owner] === others[owner]);
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
