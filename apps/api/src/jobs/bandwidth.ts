import { problemsOfWindow, type BandwidthLimit } from '@sluice/core/schedule';
import type { Problems } from '../problems.js';
import type { BandwidthLimitInput } from './bandwidth.types.js';

export const MAX_BANDWIDTH_LIMITS = 20;
/** Below this a platform would give up waiting for the bytes. */
const MIN_BYTES_PER_SECOND = 1_024;
const RATES = ['uploadBytesPerSecond', 'downloadBytesPerSecond'] as const;

/** Limits as they are stored. */
export function limitsOf(inputs: readonly BandwidthLimitInput[]): BandwidthLimit[] {
  return inputs.map(({ window, timeZone, uploadBytesPerSecond, downloadBytesPerSecond }) => ({
    window: window ? { days: window.days, from: window.from, to: window.to } : null,
    timeZone,
    uploadBytesPerSecond: uploadBytesPerSecond ?? null,
    downloadBytesPerSecond: downloadBytesPerSecond ?? null,
  }));
}

/** Adds what is wrong with limits, each at its field. */
export function checkLimits(limits: readonly BandwidthLimit[], problems: Problems, path: readonly string[]): void {
  if (limits.length > MAX_BANDWIDTH_LIMITS)
    return problems.add('TOO_LONG', [...path], `Give at most ${MAX_BANDWIDTH_LIMITS} limits.`);
  for (const [index, limit] of limits.entries()) checkLimit(limit, problems, [...path, String(index)]);
}

function checkLimit(limit: BandwidthLimit, problems: Problems, path: readonly string[]): void {
  if (RATES.every((name) => limit[name] === null))
    problems.add('REQUIRED', [...path], 'Give the bytes per second of uploads, of downloads, or of both.');
  for (const name of RATES) {
    const rate = limit[name];
    if (rate !== null && rate < MIN_BYTES_PER_SECOND)
      problems.add('OUT_OF_RANGE', [...path, name], `Give at least ${MIN_BYTES_PER_SECOND} bytes per second.`);
  }
  for (const { code, field, message } of limit.window === null ? [] : problemsOfWindow(limit.window))
    problems.add(code, [...path, 'window', ...field], message);
}
