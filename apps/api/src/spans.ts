/** Length of the spans of time in which a day is told, how far back they reach, and how many they are at most. */
export const SPAN_MS = 600_000;
export const DAY_MS = 86_400_000;
export const MAX_SPANS = 145;

/** Beginning of the span of a moment. */
export const spanOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % SPAN_MS));

/** Beginning of the oldest span that is told. */
export const firstSpanOf = (now: Date): Date => spanOf(new Date(now.getTime() - DAY_MS));
