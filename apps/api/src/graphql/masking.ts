import { PlatformError } from '@sluice/core/platform';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isStoreTrouble } from '../store-trouble.js';
import type { Log } from '../log.js';
import { ERROR_CODES, type ErrorCode } from './errors.js';
import { hideSuggestions } from './suggestions.js';

const PUBLISHED: ReadonlySet<unknown> = new Set(ERROR_CODES);
/** Extensions of an error that the caller may see besides its code. */
const FACTS = ['cursor', 'field', 'oldestCursor', 'retryAfter'] as const;

/**
 * The form of an error that the caller sees: a published code, the identifier of the request, and the message unless the
 * error is a defect. The message of a defect goes to the log only. Where the request is not known, its identifier is left out.
 */
export function maskError(error: GraphQLError, requestId: string | null, log: Log): GraphQLFormattedError {
  const cause = causeOf(error);
  const code = codeOf(error, cause);
  if (code === 'INTERNAL_SERVER_ERROR') log.error({ requestId, err: cause }, 'defect');
  if (code === 'SERVICE_UNAVAILABLE') log.error({ requestId, err: cause }, 'the store failed');
  const facts = Object.fromEntries(
    FACTS.filter((fact) => error.extensions[fact] !== undefined).map((fact) => [fact, error.extensions[fact]]),
  );
  return {
    message: messageOf(code, cause),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { ...facts, code, ...(requestId === null ? {} : { requestId }) },
  };
}

function causeOf(error: GraphQLError): Error {
  let cause: Error = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function codeOf(error: GraphQLError, cause: Error): ErrorCode {
  const given = error.extensions['code'];
  if (cause instanceof PlatformError) return cause.kind === 'ABORTED' ? 'TIMEOUT' : 'PLATFORM_ERROR';
  if (cause.name === 'AbortError' || cause.name === 'TimeoutError') return 'TIMEOUT';
  if (PUBLISHED.has(given)) return given as ErrorCode;
  if (isStoreTrouble(cause)) return 'SERVICE_UNAVAILABLE';
  // An error of graphql-js without a path is about the caller's input; one at a field is about a value of this server.
  const isInput = cause instanceof GraphQLError && given === undefined && error.path === undefined;
  return isInput ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

function messageOf(code: ErrorCode, cause: Error): string {
  if (code === 'INTERNAL_SERVER_ERROR')
    return 'The server failed on this; its log tells more under the request identifier.';
  if (code === 'SERVICE_UNAVAILABLE') return 'The store does not answer; try again soon.';
  if (code === 'TIMEOUT') return 'The operation took too long and was stopped.';
  return hideSuggestions(cause.message);
}
