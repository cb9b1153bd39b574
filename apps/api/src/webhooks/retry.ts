const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after each failed attempt in a row; together a day. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
  10 * HOUR_MS,
];

/**
 * Time of the next attempt after `failedAttempts` in a row, in epoch ms; null when there is none, since a day is over or the
 * receiver says that it is gone for good (410). `random` from 0 to 1 makes the wait up to a tenth longer, so that many
 * webhooks of one receiver do not come back at once.
 */
export function nextAttemptAt(
  now: number,
  failedAttempts: number,
  status: number | null,
  random: number,
): number | null {
  const delay = RETRY_DELAYS_MS[failedAttempts - 1];
  if (delay === undefined || status === 410) return null;
  return now + Math.round(delay * (1 + random / 10));
}
