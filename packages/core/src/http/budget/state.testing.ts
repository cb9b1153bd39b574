import { newBudgetState } from './budget-state.js';
import type { BudgetState, CallHistory, DoneCall, HourState, SentCall, SpikeState } from './budget-types.js';

type Over = Partial<Omit<BudgetState, 'hour' | 'spike' | 'settings'>> & {
  hour?: Partial<HourState>;
  spike?: Partial<SpikeState>;
  settings?: Partial<BudgetState['settings']>;
};

/** A new budget at time 0, but for what the test says. */
export function budgetState({ hour = {}, spike = {}, settings = {}, ...over }: Over = {}): BudgetState {
  const state = newBudgetState({ at: 0, machine: 'm', monotonic: 0, day: 0 });
  Object.assign(state.hour, hour);
  Object.assign(state.spike, spike);
  Object.assign(state.settings, settings);
  return Object.assign(state, over);
}

export const sentCalls = (...times: number[]): SentCall[] =>
  times.map((sentAt, index) => ({ seq: index + 1, sentAt, by: 'p' }));

/** Calls that were sent and answered at those times, in pairs. */
export const doneCalls = (...times: (readonly [sentAt: number, at: number])[]): DoneCall[] =>
  times.map(([sentAt, at], index) => ({ sentAt, at, mark: index + 1 }));

/** Calls by the time of the last reply in each slice; the newest slice was opened at the time of its last reply. */
export const historyOf = (...slices: (readonly [end: number, count: number])[]): CallHistory => ({
  openedAt: slices.at(-1)?.[0] ?? 0,
  ends: slices.map(([end]) => end),
  counts: slices.map(([, calls]) => calls),
});
