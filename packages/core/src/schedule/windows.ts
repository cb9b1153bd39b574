import { instantOf, localOf } from './zone-time.js';

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Span of the week: `from` and `to` are local times `HH:mm`; an end that is not after the beginning is on the next day. */
export interface TimeWindow {
  days: readonly Weekday[];
  from: string;
  to: string;
}

/** Windows as a run keeps them. */
export interface WindowsOfRun {
  timeZone: string;
  windows: readonly TimeWindow[];
}

/** Whether one of some windows is open, and when that changes, in epoch ms; null when it never does. */
export interface Opening {
  isOpen: boolean;
  until: number | null;
}

const DAY_MS = 86_400_000;
/** A week ahead holds every change that there is; a window begins up to a day before. */
const DAYS_AHEAD = 8;

interface Span {
  from: number;
  to: number;
}

/** No windows at all are open for ever. */
export function openingAt(windows: readonly TimeWindow[], timeZone: string, now: number): Opening {
  if (windows.length === 0) return { isOpen: true, until: null };
  const today = Math.floor(localOf(now, timeZone) / DAY_MS) * DAY_MS;
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => today + (index - 1) * DAY_MS);
  const spans = joined(windows.flatMap((window) => spansOf(window, days, timeZone)));
  const current = spans.find(({ to }) => to > now);
  if (current === undefined) return { isOpen: false, until: null };
  if (current.from > now) return { isOpen: false, until: current.from };
  return { isOpen: true, until: current.to >= now + 7 * DAY_MS ? null : current.to };
}

/** Where a window is open on these days, each given by its midnight in local time. */
function spansOf({ days, from, to }: TimeWindow, midnights: readonly number[], timeZone: string): Span[] {
  const [begin, end] = [millisecondsOf(from), millisecondsOf(to)];
  const length = end > begin ? end : end + DAY_MS;
  return midnights
    .filter((midnight) => days.includes(weekdayOf(midnight)))
    .map((midnight) => ({
      from: instantOf(midnight + begin, timeZone),
      to: instantOf(midnight + length, timeZone),
    }));
}

/** Spans in order, those that touch made one. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

/** 1 January 1970 was a Thursday. */
const weekdayOf = (midnight: number): Weekday => WEEKDAYS[(midnight / DAY_MS + 3) % 7] ?? 'MONDAY';

function millisecondsOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
