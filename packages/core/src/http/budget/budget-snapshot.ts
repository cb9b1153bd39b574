import type { Clock } from '../ports.js';
import { callsLastMinute, callsPerMinute, configure, newBudgetState, readState } from './budget-state.js';
import type { BudgetState, StoredBudget } from './budget-types.js';
import type { CallExperience } from './call-forecast.js';
import { offsetOf, timeAt } from './budget-time.js';
import { hourlyLimit, hourLeft, isOver } from './hour-window.js';
import { spikeLimit, spikeLeft } from './spike-window.js';

/** Numbers of one client at one API host. Times are epoch ms. */
export interface BudgetSnapshot {
  hourly: WindowSnapshot;
  spike: WindowSnapshot;
  reserveShare: number;
  throttledUntil: number | null;
  callsLastMinute: number;
  /** Replies with status 429 since the state was first made. */
  throttledCount: number;
  /** Calls a minute of late, or as usual; null until one is known. */
  callsPerMinute: number | null;
  experience: CallExperience;
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

/** What people are shown of a budget; `ahead` is how far the time of day is ahead of the budget's time `now`. */
export function snapshotOf(state: BudgetState, now: number, ahead: number): BudgetSnapshot {
  const { settings, throttledUntil } = state;
  const dayOf = (time: number | null) => (time !== null && time > now ? time + ahead : null);
  return {
    hourly: hourlyOf(state, now, ahead),
    spike: {
      limit: spikeLimit(state),
      remaining: spikeLeft(state, now),
      resetsAt: dayOf(state.spike.resetsAt),
      source: source(state.spike.limit, settings.spikeLimit),
    },
    reserveShare: settings.reserveShare,
    throttledUntil: dayOf(throttledUntil),
    callsLastMinute: callsLastMinute(state, now),
    throttledCount: state.throttledCount,
    callsPerMinute: callsPerMinute(state, now),
    experience: state.experience,
  };
}

/** What people are shown of a stored budget */
export function snapshotOfStored(
  { state: stored, limits }: StoredBudget,
  clock: Clock,
  machine: string,
): BudgetSnapshot {
  const here = { machine, monotonic: clock.monotonic(), day: clock.now() };
  const state = readState(stored) ?? newBudgetState({ ...here, at: here.day });
  const { now } = timeAt(state.time, offsetOf(state.time, here), here.monotonic);
  configure(state, limits);
  return snapshotOf(state, now, here.day - now);
}

/** A window that is over counts as a whole new one. */
function hourlyOf(state: BudgetState, now: number, ahead: number): WindowSnapshot {
  const { hour, settings } = state;
  const limit = hourlyLimit(state);
  const isOpen = hour.isRolling || !isOver(hour, now);
  const left = isOpen ? hourLeft(state, now) : limit;
  return {
    limit,
    remaining: left === null ? null : Math.max(0, left),
    resetsAt: isOpen && hour.resetsAt !== null ? hour.resetsAt + ahead : null,
    source: source(hour.limit, settings.hourlyLimit),
  };
}

function source(reported: number | null, configured: number | null): BudgetSource {
  if (configured !== null && configured < (reported ?? Infinity)) return 'CONFIGURED';
  return reported === null ? 'ASSUMED' : 'REPORTED';
}
