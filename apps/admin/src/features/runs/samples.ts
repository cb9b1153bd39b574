import type { ResultOf } from '@sluice/client/graphql';
import type { SamplesQuery, Statistics } from './data.js';

export type Sample = NonNullable<ResultOf<typeof SamplesQuery>['run']>['samples'][number];

/** What a run did between samples, per second or minute, each at the time of the later sample. */
export interface Rates {
  /** Epoch seconds. */
  times: number[];
  bytesPerSecond: number[];
  itemsPerSecond: number[];
  callsPerMinute: number[];
}

/** Samples of less time between them than this are not set against each other. */
const LEAST_SECONDS = 0.2;
/** Samples that a page adds to those of the API, beyond which the oldest of them leave. */
const LIVE_SAMPLES = 240;
const LIVE_SECONDS = 5;

export function ratesOf(samples: readonly Sample[]): Rates {
  const rates: Rates = { times: [], bytesPerSecond: [], itemsPerSecond: [], callsPerMinute: [] };
  const [first, ...others] = apart(samples);
  if (!first) return rates;
  let before = first;
  for (const sample of others) {
    const rate = perSecond(before, sample);
    rates.times.push(Date.parse(sample.at) / 1_000);
    rates.bytesPerSecond.push(rate('bytesDone'));
    rates.itemsPerSecond.push(rate('itemsDone'));
    rates.callsPerMinute.push(rate('callCount') * 60);
    before = sample;
  }
  return rates;
}

/**
 * Samples without those that stand so close behind another one that a moment's work would look like a peak. The last one, with
 * which a run ends, takes the place of the one that it follows so closely.
 */
function apart(samples: readonly Sample[]): Sample[] {
  const least = leastBetween(samples);
  const kept: Sample[] = [];
  for (const sample of samples) {
    const before = kept.at(-1);
    if (before === undefined || secondsBetween(before.at, sample.at) >= least) kept.push(sample);
  }
  const last = samples.at(-1);
  return last !== undefined && kept.length > 1 ? [...kept.slice(0, -1), last] : kept;
}

/** Half of the usual time between two samples. */
function leastBetween(samples: readonly Sample[]): number {
  const between = samples.slice(1).map(({ at }, index) => secondsBetween(samples[index]?.at ?? at, at));
  const usual = between.toSorted((one, other) => one - other)[Math.floor(between.length / 2)] ?? 0;
  return Math.max(LEAST_SECONDS, usual / 2);
}

const perSecond = (from: Sample, to: Sample) => (key: 'bytesDone' | 'itemsDone' | 'callCount') =>
  Math.max(0, to[key] - from[key]) / secondsBetween(from.at, to.at);

/** Adds what the stream tells to the samples of this page, where the last one is old enough. */
export function withLive(
  live: readonly Sample[],
  last: Sample | undefined,
  figures: Statistics,
  at: string,
): readonly Sample[] {
  const before = live.at(-1) ?? last;
  if (before && secondsBetween(before.at, at) < LIVE_SECONDS) return live;
  const { itemsDone, bytesDone, calls, outcomes } = figures;
  const callCount = calls.reduce((sum, { total }) => sum + total, 0);
  const itemsFlagged = outcomes.find(({ outcome }) => outcome === 'FLAGGED')?.itemCount ?? 0;
  return [...live, { at, itemsDone, bytesDone, callCount, itemsFlagged }].slice(-LIVE_SAMPLES);
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1_000;
