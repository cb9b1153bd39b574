import { GraphqlError, TransportError } from './errors.js';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
const SECOND_MS = 1_000;

/** Before try number `tries` + 1: doubles from 0.25 s to 15 s, up to a quarter less or more; `random` is from 0 to 1. */
export function delayMs(tries: number, random: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries - 1, 10)) * (0.75 + random / 2);
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; null when it says nothing that can be read. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : null;
  if (seconds !== null) return seconds * SECOND_MS;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

const TOO_MANY = 429;
/** What proxies and a server that starts or ends answer. */
const PASSING_STATUSES = [502, 503, 504];

/** Whether a failed request may be sent again: refused ones always, those with an unknown end only if repeating is harmless. */
export function mayRetry(error: unknown, isRepeatable: boolean): boolean {
  if (error instanceof GraphqlError) {
    if (error.data !== null) return false;
    return error.code === 'RATE_LIMITED' || (error.code === 'SERVICE_UNAVAILABLE' && isRepeatable);
  }
  if (!(error instanceof TransportError)) return false;
  if (error.failure === 'STATUS')
    return error.status === TOO_MANY || (PASSING_STATUSES.includes(error.status ?? 0) && isRepeatable);
  return error.failure !== 'MALFORMED' && isRepeatable;
}
