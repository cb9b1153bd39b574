import type { PlatformError } from '@sluice/core/platform';
import type { Problem } from '../problems.js';

/*
 * A run that could not go on for a reason that passes by itself rests, and tries again after growing waits. What it has
 * done meanwhile makes the waits short again.
 */

/** Rests of a run in a row, and how many items were done at the last of them. */
export interface Setback {
  rests: number;
  itemsDone: number;
}

const FIRST_REST_MS = 15_000;
const LONGEST_REST_MS = 600_000;
/** Rests in a row after which a run fails: about a day without the other side, about three hours of its errors. */
const MOST_RESTS = { UNREACHABLE: 150, PLATFORM_ERROR: 20, BUDGET_EXHAUSTED: 150, STORE: 150 } as const;
export type PassingTrouble = keyof typeof MOST_RESTS;

export const STORE_TROUBLE: Problem = {
  code: 'STORE_UNAVAILABLE',
  message:
    'The product’s own database is full, busy or out of reach; the run goes on by itself once it takes writes again.',
  isRetryable: true,
};

/** The trouble behind an error that passes by itself; null for any other. */
export function passingTrouble({ kind, retry }: PlatformError): PassingTrouble | null {
  if (retry === 'never') return null;
  return kind === 'UNREACHABLE' || kind === 'PLATFORM_ERROR' || kind === 'BUDGET_EXHAUSTED' ? kind : null;
}

/** The rest that follows, and how long it is at least; null when there were so many that the run fails. */
export function nextRest(
  before: Setback | null,
  itemsDone: number,
  trouble: PassingTrouble,
): { setback: Setback; waitMs: number } | null {
  const inRow = before !== null && itemsDone <= before.itemsDone ? before.rests : 0;
  if (inRow >= MOST_RESTS[trouble]) return null;
  const waitMs = Math.min(FIRST_REST_MS * 2 ** inRow, LONGEST_REST_MS);
  return { setback: { rests: inRow + 1, itemsDone }, waitMs };
}

/** Decides when rests are over: by the monotonic clock, since a rest is stored with the time of day at which it ends. */
export class RestWatch {
  private readonly ends = new Map<string, { until: number; endsAt: number }>();

  constructor(private readonly clock: { now(): number; monotonic(): number }) {}

  /** Those of the resting runs whose rest is over. The others are forgotten. */
  over<T extends { id: string; waitingUntil: Date | null }>(resting: readonly T[]): T[] {
    const ids = new Set(resting.map(({ id }) => id));
    for (const id of this.ends.keys()) if (!ids.has(id)) this.ends.delete(id);
    return resting.filter((run) => run.waitingUntil !== null && this.isOver(run.id, run.waitingUntil.getTime()));
  }

  private isOver(id: string, until: number): boolean {
    const now = this.clock.monotonic();
    const known = this.ends.get(id);
    // Longer than this no rest was meant to be, whatever was done to the time of day since.
    const left = Math.min(until - this.clock.now(), LONGEST_REST_MS);
    const endsAt = known?.until === until ? known.endsAt : now + left;
    this.ends.set(id, { until, endsAt });
    return endsAt <= now;
  }
}
