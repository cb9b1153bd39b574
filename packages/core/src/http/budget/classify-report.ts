import type { BudgetState } from './budget-types.js';
import type { RateReport } from './rate-report.js';

export type WindowName = 'hour' | 'spike';

/** Ten seconds, and one because resets are told in whole seconds. */
const SPIKE_REACH_MS = 11_000;

/**
 * Tells which window a report is about: by its limit where both limits are known and differ, else by the time to its
 * reset. An hour near its end looks like a spike window; a second limit above a first one within reach gives it away.
 */
export function classifyReport(state: BudgetState, report: RateReport, resetsAt: number, now: number): WindowName {
  const { hour, spike } = state;
  if (hour.limit !== spike.limit && hour.limit !== null && spike.limit !== null) {
    if (report.limit === hour.limit) return 'hour';
    if (report.limit === spike.limit) return 'spike';
  }
  if (resetsAt - now > SPIKE_REACH_MS) return 'hour';
  if (hour.limit !== null) return report.limit === hour.limit && report.limit !== spike.limit ? 'hour' : 'spike';
  return spike.limit !== null && report.limit > spike.limit ? 'hour' : 'spike';
}
