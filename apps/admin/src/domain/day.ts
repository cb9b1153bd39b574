const SPAN_MS = 600_000;
const SPANS = 144;

/** The ten minutes of the last 24 hours, the oldest first, each with what was done in it. */
export interface Day<Span> {
  /** Epoch seconds of the beginnings. */
  times: number[];
  /** Undefined where nothing was done. */
  spans: (Span | undefined)[];
}

export function dayOf<Span extends { from: string }>(spans: readonly Span[], now: number): Day<Span> {
  const byStart = new Map(spans.map((span) => [Date.parse(span.from), span]));
  const last = now - (now % SPAN_MS);
  const starts = Array.from({ length: SPANS }, (_, index) => last - (SPANS - 1 - index) * SPAN_MS);
  return { times: starts.map((at) => at / 1_000), spans: starts.map((at) => byStart.get(at)) };
}
