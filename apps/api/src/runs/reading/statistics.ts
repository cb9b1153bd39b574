import { isEnded } from '@sluice/core/job';
import type { ItemOutcome, ItemReason } from '@sluice/core/plan';
import type { RunRow } from '../../db/row-types.js';
import type { CallsMade, LiveFigures } from '../../db/tables/runs.js';

export const MAX_REASONS = 50;
const IDLE: LiveFigures = { itemsInFlight: 0, bytesInFlight: 0, itemsPerSecond: 0, bytesPerSecond: 0 };

export interface OutcomeFigures {
  outcome: ItemOutcome;
  itemCount: number;
  byteCount: number;
}

export interface ReasonFigures {
  reason: ItemReason;
  itemCount: number;
}

/** Figures of a run as the schema shows them; fields that take a further query find the row in `run`. */
export interface Statistics extends LiveFigures {
  run: RunRow;
  asOfSequence: number;
  itemsDiscovered: number;
  itemsPlanned: number | null;
  itemsDone: number;
  bytesDiscovered: number;
  bytesPlanned: number | null;
  bytesDone: number;
  versionsDone: number;
  itemsRevised: number;
  calls: CallsMade[];
  progress: number | null;
}

/** Figures of a run, as the process that works on it has stored them last; it does so every second. */
export function statisticsOf(run: RunRow): Statistics {
  const { counters } = run;
  const { itemsPlanned, itemsDone, bytesPlanned, bytesDone, versionsDone, itemsRevised } = counters;
  const { itemsInFlight, bytesInFlight, itemsPerSecond, bytesPerSecond } = run.live ?? IDLE;
  return {
    run,
    asOfSequence: run.eventCount,
    itemsDiscovered: run.itemsDiscovered,
    bytesDiscovered: run.bytesDiscovered,
    itemsPlanned,
    itemsDone,
    bytesPlanned,
    bytesDone,
    versionsDone,
    itemsRevised,
    itemsInFlight,
    bytesInFlight,
    itemsPerSecond,
    bytesPerSecond,
    calls: run.calls,
    progress: progressOf(run),
  };
}

export function outcomesOf({ run }: Statistics): OutcomeFigures[] {
  return Object.entries(run.counters.outcomes)
    .filter(([, { items }]) => items > 0)
    .map(([outcome, { items, bytes }]) => ({ outcome: outcome as ItemOutcome, itemCount: items, byteCount: bytes }));
}

/** The most frequent reasons, at most `MAX_REASONS`. */
export function reasonsOf({ run }: Statistics): ReasonFigures[] {
  return Object.entries(run.counters.reasons)
    .filter(([, items]) => items > 0)
    .map(([reason, itemCount]) => ({ reason: reason as ItemReason, itemCount }))
    .sort((a, b) => b.itemCount - a.itemCount)
    .slice(0, MAX_REASONS);
}

/** Progress from 0 to 1, as the mean of the shares of items and bytes: many small files take as long as few large ones. */
function progressOf({ state, counters }: RunRow): number | null {
  if (state === 'SUCCEEDED' || state === 'SUCCEEDED_WITH_ISSUES') return 1;
  const { itemsPlanned, itemsDone, bytesPlanned, bytesDone } = counters;
  if (itemsPlanned === null || bytesPlanned === null) return null;
  const items = itemsPlanned === 0 ? 1 : itemsDone / itemsPlanned;
  const bytes = bytesPlanned === 0 ? items : Math.min(1, bytesDone / bytesPlanned);
  return Math.round(((items + bytes) / 2) * 10_000) / 10_000;
}

/** Milliseconds until the rest is done at the present rate; null when that is not known. */
export function restAtRate({ run, itemsPerSecond, bytesPerSecond }: Statistics): number | null {
  const { itemsPlanned, itemsDone, bytesPlanned, bytesDone } = run.counters;
  if (itemsPlanned === null || bytesPlanned === null || isEnded(run.state)) return null;
  const items = itemsPlanned - itemsDone;
  const bytes = Math.max(0, bytesPlanned - bytesDone);
  const byItems = items === 0 ? 0 : itemsPerSecond > 0 ? items / itemsPerSecond : null;
  const byBytes = bytes === 0 ? 0 : bytesPerSecond > 0 ? bytes / bytesPerSecond : null;
  if (byItems === null && byBytes === null) return null;
  return Math.max(byItems ?? 0, byBytes ?? 0) * 1000;
}
