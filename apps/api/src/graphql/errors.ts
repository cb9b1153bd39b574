import { GraphQLError } from 'graphql';

/** What each `extensions.code` of top-level errors means to a caller; the list is complete, and docs/api.md shows it. */
export const ERROR_MEANINGS = {
  UNAUTHENTICATED: 'No identity, or one that is unknown, revoked or past its end. Sign in or take another token.',
  FORBIDDEN:
    'The identity lacks the scope for a whole field, or for a document that is not known where only known ones are carried out.',
  BAD_USER_INPUT: 'A variable or argument has a value that its type does not take.',
  BAD_REQUEST: 'The request itself is malformed: no JSON, several operations in an array, headers that do not fit.',
  GRAPHQL_PARSE_FAILED: 'The document is no GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The document has several operations, and none of them is named by `operationName`.',
  OPERATION_TOO_DEEP: 'Fields are nested deeper than `maxDepth`. Ask in several operations.',
  OPERATION_TOO_COSTLY: 'The operation costs more than `maxCost`. Ask for smaller pages or fewer fields.',
  OPERATION_TOO_LARGE: 'Body, document or answer is larger than a limit.',
  TOO_MANY_ALIASES: 'The document has more aliases than `maxAliases`.',
  PAGE_SIZE_OUT_OF_RANGE: '`first` or `last` is out of range, or both are given.',
  CURSOR_INVALID: 'The cursor is damaged, or of another list, filter or order. Begin with the first page.',
  CURSOR_EXPIRED:
    'Events after the cursor are no longer kept. Read anew; `extensions.oldestCursor` is the first that is left.',
  SLOW_CONSUMER: 'The reader of a subscription fell too far behind. Go on after `extensions.cursor`.',
  RATE_LIMITED: 'Too many requests or too much cost in a minute. Wait as long as `Retry-After` says.',
  PLATFORM_ERROR: 'The platform behind a field failed; the rest of the answer holds.',
  TIMEOUT: 'The operation took too long and was stopped.',
  SERVICE_UNAVAILABLE: 'The server starts or ends, or its store does not answer. Try again as `Retry-After` says.',
  PERSISTED_QUERY_NOT_SUPPORTED:
    'No document of the hash that was sent is known. Send its text; hashes cannot be registered.',
  INTERNAL_SERVER_ERROR: 'A defect of the server. Its log tells more under `extensions.requestId`.',
} as const;
export type ErrorCode = keyof typeof ERROR_MEANINGS;
export const ERROR_CODES = Object.keys(ERROR_MEANINGS) as readonly ErrorCode[];

/** An error of the request itself, outside `userErrors`; its message is shown to the caller. */
export function requestError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}
