import { describe, expect, it } from 'vitest';
import { refusalDelayMs, requestDelayMs, retryAfterDelayMs, transferDelayMs } from './backoff.js';

const TRIES = [1, 2, 3, 4, 5, 6, 7, 100];
const NEARLY_ONE = 1 - Number.EPSILON;

describe('backoff', () => {
  it('doubles the wait after a failed request from one second to thirty, a half less or more', () => {
    expect(TRIES.map((tries) => requestDelayMs(tries, 0.5))).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3, 30e3]);
    expect(requestDelayMs(1, 0)).toBe(500);
    expect(requestDelayMs(1, NEARLY_ONE)).toBeCloseTo(1_500);
  });

  it('doubles the wait after a broken transfer from half a second to thirty, a quarter less or more', () => {
    expect(TRIES.map((tries) => transferDelayMs(tries, 0.5))).toEqual([500, 1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3]);
    expect(transferDelayMs(1, 0)).toBe(375);
    expect(transferDelayMs(1, NEARLY_ONE)).toBeCloseTo(625);
  });

  it('doubles the wait after refusals without a time from ten seconds to five minutes', () => {
    expect(TRIES.map(refusalDelayMs)).toEqual([10e3, 20e3, 40e3, 80e3, 160e3, 300e3, 300e3, 300e3]);
  });

  it('waits until the time that the host named and never comes back before it', () => {
    expect(retryAfterDelayMs(20_000, 0)).toBe(20_000);
    expect(retryAfterDelayMs(20_000, 0.25)).toBe(20_250);
  });
});
