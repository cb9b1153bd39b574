/** What the rate-limit headers of one reply say about one window, which they do not name. */
export interface RateReport {
  limit: number;
  remaining: number;
  /** End of the window by the host's clock, epoch ms in whole seconds. */
  resetsAt: number;
}

/** Smaller values than this are not the seconds of an epoch but seconds from now. */
const EARLIEST_EPOCH_SECONDS = 1_000_000_000;

function wholeNumber(value: string | null): number | null {
  const text = value?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** Reads `X-Rate-Limit-Limit`, `-Remaining` and `-Reset`; null unless all three make sense. `now` is by the host's clock. */
export function parseRateReport(headers: Headers, now: number): RateReport | null {
  const limit = wholeNumber(headers.get('x-rate-limit-limit'));
  const remaining = wholeNumber(headers.get('x-rate-limit-remaining'));
  const reset = wholeNumber(headers.get('x-rate-limit-reset'));
  if (limit === null || remaining === null || reset === null || limit < 1) return null;
  const resetsAt = reset < EARLIEST_EPOCH_SECONDS ? Math.ceil(now / 1000 + reset) * 1000 : reset * 1000;
  return { limit, remaining: Math.min(remaining, limit), resetsAt };
}

/** Reads an HTTP date, such as that of `Date`, as epoch ms. */
export function parseHttpDate(value: string | null): number | null {
  const time = value !== null && /^[a-z]{3,9}, .*GMT$/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/**
 * Reads `Retry-After`, seconds or an HTTP date, as the ms to wait; null when absent or unreadable. A date is by the host's
 * clock, which `date` tells; `now` is taken where the reply tells none.
 */
export function parseRetryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after');
  const seconds = wholeNumber(value);
  if (seconds !== null) return seconds * 1000;
  const time = parseHttpDate(value);
  return time === null ? null : Math.max(0, time - (parseHttpDate(headers.get('date')) ?? now));
}
