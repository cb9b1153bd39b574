import type { CallHistory, HourState } from './budget-types.js';

/** Slices into which a window's length is divided: a call is forgotten up to one slice late. */
const MAX_SLICES = 200;
/** Of a window whose length no reply has told yet. */
const ASSUMED_LENGTH_MS = 3_600_000;
/** A call counts as being in the window for this time longer, because the host's clock is read in steps. */
const MARGIN_MS = 50;

type History = Pick<HourState, 'history' | 'longest'>;

export function newHistory(): CallHistory {
  return { openedAt: 0, ends: [], counts: [] };
}

/** Notes a call whose reply came now, and forgets those that have left the window. */
export function count({ history, longest }: History, now: number): void {
  const { ends, counts } = history;
  const length = longest || ASSUMED_LENGTH_MS;
  const kept = ends.findIndex((end) => end > now - 2 * length);
  for (const list of [ends, counts]) list.splice(0, kept < 0 ? list.length : kept);
  if (ends.length === 0 || now - history.openedAt >= length / MAX_SLICES) {
    history.openedAt = now;
    ends.push(now);
    counts.push(1);
  } else {
    ends[ends.length - 1] = now;
    counts[counts.length - 1]! += 1;
  }
}

/** Calls that are still in a rolling window at that time. */
export function historyCount({ history, longest }: History, time: number): number {
  let total = 0;
  for (let i = history.ends.length - 1; i >= 0 && history.ends[i]! + longest + MARGIN_MS > time; i--) {
    total += history.counts[i]!;
  }
  return total;
}

/** The time at which at least `calls` of the calls that are in the window now have left it; null when it holds fewer. */
export function leavesAt({ history, longest }: History, now: number, calls: number): number | null {
  let left = calls;
  for (const [i, end] of history.ends.entries()) {
    const leaves = end + longest + MARGIN_MS;
    if (leaves <= now) continue;
    left -= history.counts[i]!;
    if (left <= 0) return leaves;
  }
  return null;
}
