import type { EnumOf } from './graphql.js';

/** Every `extensions.code` that the API gives in `errors`. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_DEEP',
  'OPERATION_TOO_COSTLY',
  'OPERATION_TOO_LARGE',
  'TOO_MANY_ALIASES',
  'PAGE_SIZE_OUT_OF_RANGE',
  'CURSOR_INVALID',
  'CURSOR_EXPIRED',
  'SLOW_CONSUMER',
  'RATE_LIMITED',
  'PLATFORM_ERROR',
  'TIMEOUT',
  'SERVICE_UNAVAILABLE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One entry of `errors` in a reply. */
export interface ReplyError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Readonly<Record<string, unknown>>;
}

/** One entry of `userErrors`, as far as the operation selects it. */
export interface UserProblem {
  /** Take one that you do not know for `INVALID`. */
  code: EnumOf<'UserErrorCode'>;
  /** What is wrong and what would be right. */
  message: string;
  /** Path of the argument, with positions in lists. */
  field?: readonly string[] | null;
}

/** What the client throws besides the reason of an aborted signal. No token is ever part of it. */
export abstract class SluiceError extends Error {
  /** Where it comes from: the way to the server, the operation as such, or the values that the caller gave. */
  abstract readonly channel: 'TRANSPORT' | 'GRAPHQL' | 'USER';
}

export type TransportFailure = 'UNREACHABLE' | 'TIMEOUT' | 'STATUS' | 'MALFORMED';

/** No answer of the API came: whether a mutation had an effect is not known. */
export class TransportError extends SluiceError {
  override readonly name = 'TransportError';
  readonly channel = 'TRANSPORT';

  constructor(
    readonly failure: TransportFailure,
    message: string,
    /** HTTP status, null when none came. */
    readonly status: number | null = null,
    /** How long the server asks to wait before the next try, null when it does not. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** The API refused or failed the operation: `errors` of its reply. */
export class GraphqlError extends SluiceError {
  override readonly name = 'GraphqlError';
  readonly channel = 'GRAPHQL';
  /** Code of the first error. */
  readonly code: ErrorCode;
  /** Finds the request in the log of the server; null when the reply has none. */
  readonly requestId: string | null;

  constructor(
    readonly errors: readonly ReplyError[],
    /** Root fields that came in spite of the errors, or null. */
    readonly data: object | null = null,
    /** How long the server asks to wait before the next try, null when it does not. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(errors.map(({ message }) => message).join(' '));
    const { code, requestId } = errors[0]?.extensions ?? {};
    this.code = ERROR_CODES.find((each) => each === code) ?? 'INTERNAL_SERVER_ERROR';
    this.requestId = typeof requestId === 'string' ? requestId : null;
  }
}

/** A mutation changed nothing, because of values that the caller can correct: its `userErrors`, all at once. */
export class RefusedError extends SluiceError {
  override readonly name = 'RefusedError';
  readonly channel = 'USER';

  constructor(readonly userErrors: readonly UserProblem[]) {
    super(userErrors.map(sentenceOf).join(' '));
  }
}

const sentenceOf = ({ message, field }: UserProblem): string =>
  field?.length ? `${field.join('.')}: ${message}` : message;
