import type { RunRow } from '../../db/row-types.js';
import { SPAN_MS } from '../../spans.js';

/** What a run had done at one moment, in sums from its beginning; bytes are those of finished items. */
export interface SampleFigures {
  itemsDone: number;
  bytesDone: number;
  callCount: number;
  itemsFlagged: number;
}

/** Samples of a run that are kept at most. */
export const MAX_SAMPLES = 480;

const FINEST_MS = 1_000;
/** No longer than half a span, so that what is done counts for the span in which it is done. */
const COARSEST_MS = SPAN_MS / 2;
const NONE: SampleFigures = { itemsDone: 0, bytesDone: 0, callCount: 0, itemsFlagged: 0 };

export const figuresOf = ({ counters, calls }: Pick<RunRow, 'counters' | 'calls'>): SampleFigures => ({
  itemsDone: counters.itemsDone,
  bytesDone: counters.bytesDone,
  callCount: calls.reduce((sum, { total }) => sum + total, 0),
  itemsFlagged: counters.outcomes.FLAGGED?.items ?? 0,
});

/** Milliseconds between two samples of a run whose first one is so old: 1 s at first, doubled until they fit. */
export function sampleInterval(ageMs: number): number {
  let interval = FINEST_MS;
  while (interval < COARSEST_MS && ageMs / interval > MAX_SAMPLES) interval *= 2;
  return Math.min(interval, COARSEST_MS);
}

/** What was done between two samples. A figure that fell, as when flagged items are tried again, counts for nothing. */
export function between(earlier: SampleFigures, later: SampleFigures): SampleFigures | null {
  const done = { ...NONE };
  for (const key of Object.keys(NONE) as (keyof SampleFigures)[]) done[key] = Math.max(0, later[key] - earlier[key]);
  return Object.values(done).some((figure) => figure > 0) ? done : null;
}
