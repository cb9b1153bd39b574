import type { GraphQLFormattedError } from 'graphql';

/** HTTP status of an answer without data, by the code of its error; 400 where none stands here. */
const STATUSES: Readonly<Record<string, number>> = {
  PERSISTED_QUERY_NOT_SUPPORTED: 200,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};
/** Seconds after which a store that did not answer may be asked again. */
const STORE_RETRY_SECONDS = 5;

export interface HttpOutcome {
  status: number;
  headers: Record<string, string>;
}

/** Status and headers of an answer without data. */
export function httpOutcomeOf({ extensions = {} }: Pick<GraphQLFormattedError, 'extensions'>): HttpOutcome {
  const code = String(extensions['code']);
  const seconds = extensions['retryAfter'] ?? (code === 'SERVICE_UNAVAILABLE' ? STORE_RETRY_SECONDS : null);
  const status = STATUSES[code] ?? 400;
  return { status, headers: typeof seconds === 'number' ? { 'retry-after': `${seconds}` } : {} };
}
