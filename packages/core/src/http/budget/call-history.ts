import type { HourState } from './budget-types.js';

/** Slices into which a window's length is divided: a call is forgotten up to one slice late. */
const MAX_SLICES = 200;
/** Of a window whose length no reply has told yet. */
const ASSUMED_LENGTH_MS = 3_600_000;
/** A call counts as being in the window for this time longer, because the host's clock is read in steps. */
const MARGIN_MS = 50;

type History = Pick<HourState, 'history' | 'longest'>;

/** Notes a call whose reply came now, and forgets those that have left the window. */
export function count(hour: History, now: number): void {
  const length = hour.longest || ASSUMED_LENGTH_MS;
  while (hour.history[0] && hour.history[0].to <= now - 2 * length) hour.history.shift();
  const last = hour.history.at(-1);
  if (last && now - last.from < length / MAX_SLICES) {
    last.to = now;
    last.count += 1;
  } else {
    hour.history.push({ from: now, to: now, count: 1 });
  }
}

/** Calls that are still in a rolling window at that time. */
export function historyCount(hour: History, time: number): number {
  let total = 0;
  for (let i = hour.history.length - 1; i >= 0; i--) {
    const slice = hour.history[i];
    if (!slice || slice.to + hour.longest + MARGIN_MS <= time) break;
    total += slice.count;
  }
  return total;
}

/** The time at which at least `calls` of the calls that are in the window now have left it; null when it holds fewer. */
export function leavesAt(hour: History, now: number, calls: number): number | null {
  let left = calls;
  for (const slice of hour.history) {
    const leaves = slice.to + hour.longest + MARGIN_MS;
    if (leaves <= now) continue;
    left -= slice.count;
    if (left <= 0) return leaves;
  }
  return null;
}
