/*
 * How long to wait before the next try, in ms. Tries and refusals are counted from 1; `random` is 0 up to, not
 * including, 1, and keeps clients that failed together from coming back together.
 */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The random part of the waits that a host asked for. */
export const LONGEST_STAGGER_MS = SECOND_MS;

/** After a request that the API host failed: 1 s, 2 s, 4 s … 30 s, up to a half less or more. */
export function requestDelayMs(failedTries: number, random: number): number {
  return doubled(SECOND_MS, 30 * SECOND_MS, failedTries) * (0.5 + random);
}

/** After a transfer that broke off, or a look that came too early: 0.5 s, 1 s, 2 s … 30 s, up to a quarter less or more. */
export function transferDelayMs(failedTries: number, random: number): number {
  return doubled(SECOND_MS / 2, 30 * SECOND_MS, failedTries) * (0.75 + random / 2);
}

/** After refusals (429) in a row that name no time: 10 s, 20 s, 40 s … 5 minutes. */
export function refusalDelayMs(refusals: number): number {
  return doubled(10 * SECOND_MS, 5 * MINUTE_MS, refusals);
}

/** As long as the host asked for (`Retry-After`), and up to a second longer. */
export function retryAfterDelayMs(askedMs: number, random: number): number {
  return askedMs + LONGEST_STAGGER_MS * random;
}

function doubled(firstMs: number, longestMs: number, times: number): number {
  return Math.min(firstMs * 2 ** (times - 1), longestMs);
}
