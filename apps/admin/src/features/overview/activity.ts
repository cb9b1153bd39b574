import type { ResultOf } from '@sluice/client/graphql';
import type { ActivityQuery } from './activity-data.js';

export type Span = NonNullable<ResultOf<typeof ActivityQuery>['activity']>[number];

const SPAN_MS = 600_000;
const SPANS = 144;

/** What was done in each ten minutes of the last 24 hours; 0 where nothing was. */
export interface Day {
  /** Epoch seconds of the beginnings. */
  times: number[];
  calls: number[];
  bytes: number[];
  flagged: number[];
}

export function dayOf(spans: readonly Span[], now: number): Day {
  const byStart = new Map(spans.map((span) => [Date.parse(span.from), span]));
  const last = now - (now % SPAN_MS);
  const starts = Array.from({ length: SPANS }, (_, index) => last - (SPANS - 1 - index) * SPAN_MS);
  const of = (key: 'callCount' | 'bytesDone' | 'itemsFlagged') => starts.map((at) => byStart.get(at)?.[key] ?? 0);
  return {
    times: starts.map((at) => at / 1_000),
    calls: of('callCount'),
    bytes: of('bytesDone'),
    flagged: of('itemsFlagged'),
  };
}
