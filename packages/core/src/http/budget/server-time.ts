import type { RateReport } from './rate-report.js';

/** How far the host's clock is ahead of ours, in ms: somewhere between the two, by the `Date` headers seen. */
export interface ServerTime {
  least: number;
  most: number;
}

const LONGEST_WINDOW_MS = 3_600_000;
const SLACK_MS = 5_000;

/** Narrows the bounds by one reply; bounds that contradict it are given up for its own. */
export function observeDate(time: ServerTime | null, date: number, sentAt: number, receivedAt: number): ServerTime {
  const own = { least: date - receivedAt, most: date + 999 - sentAt };
  if (!time) return own;
  const least = Math.max(time.least, own.least);
  const most = Math.min(time.most, own.most);
  return least <= most ? { least, most } : own;
}

/** The smallest difference of the clocks that explains what was seen. */
export function serverAhead(time: ServerTime | null): number {
  return time ? Math.min(Math.max(0, time.least), time.most) : 0;
}

/**
 * End of the reported window by our clock. A `Date` that makes nonsense of the report (a proxy's, say) is not believed,
 * and no window is taken to be longer than an hour.
 */
export function localReset(report: RateReport, time: ServerTime | null, now: number): number {
  const candidates = [report.resetsAt - serverAhead(time), report.resetsAt];
  const plausible = candidates.find((at) => at >= now - SLACK_MS && at <= now + LONGEST_WINDOW_MS + SLACK_MS);
  return plausible ?? Math.min(Math.max(report.resetsAt, now), now + LONGEST_WINDOW_MS);
}
