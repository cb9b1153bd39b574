import type { BudgetState, SentCall } from './budget-types.js';
import { hourLeft } from './hour-window.js';
import type { RateReport } from './rate-report.js';
import { spikeUsed } from './spike-window.js';

export type WindowName = 'hour' | 'spike';

/** Ten seconds, and one because resets are told in whole seconds. */
const SPIKE_REACH_MS = 11_000;

/**
 * Tells which window a report is about: by its limit where both limits are known and differ, else by the time to its
 * reset. An hour near its end looks like a spike window; a second limit above a first one within reach gives it away.
 */
export function classifyReport(
  state: BudgetState,
  call: SentCall,
  report: RateReport,
  resetsAt: number,
  now: number,
): WindowName {
  const { hour, spike } = state;
  if (hour.limit !== spike.limit && hour.limit !== null && spike.limit !== null) {
    if (report.limit === hour.limit) return 'hour';
    if (report.limit === spike.limit) return 'spike';
  }
  if (resetsAt - now > SPIKE_REACH_MS) return 'hour';
  if (report.limit === spike.limit && (hour.limit ?? spike.limit) === spike.limit)
    return isUseOfHour(state, call, report, now) ? 'hour' : 'spike';
  if (hour.limit !== null) return report.limit === hour.limit && report.limit !== spike.limit ? 'hour' : 'spike';
  return spike.limit !== null && report.limit > spike.limit ? 'hour' : 'spike';
}

/** Where both limits are equal, a use that our calls within the seconds do not explain, and those of the hour do, is the hour's. */
function isUseOfHour(state: BudgetState, call: SentCall, { limit, remaining }: RateReport, now: number): boolean {
  const used = limit - remaining;
  const left = hourLeft(state, now);
  const ofHour = left === null ? state.nextSeq - 1 : limit - left;
  return spikeUsed(state, call.sentAt) < used / 2 && used >= 0.8 * Math.min(ofHour, limit);
}
