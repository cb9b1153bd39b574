/** What went wrong, in the words of the public `ItemReason` and `UserErrorCode`. */
export type PlatformErrorKind =
  /** The place or item does not exist, or may not be seen. */
  | 'NOT_FOUND'
  /** The account lacks a right. */
  | 'ACCESS_DENIED'
  /** Only a person can renew the sign-in. Concerns the whole account. */
  | 'SIGN_IN_REQUIRED'
  /** Client id, secret or password is wrong. Concerns the whole account. */
  | 'CREDENTIALS_INVALID'
  | 'NAME_TAKEN'
  | 'NAME_INVALID'
  | 'PATH_TOO_LONG'
  | 'FILE_TOO_LARGE'
  | 'ZERO_BYTES'
  | 'SPECIAL_FILE'
  | 'LOCKED'
  /** The destination is no longer what the caller knew. */
  | 'CONFLICT'
  | 'DESTINATION_FULL'
  | 'CHANGED_DURING_READ'
  | 'CONTENT_INCOMPLETE'
  | 'VERIFICATION_FAILED'
  /** The platform understood and refused. */
  | 'REJECTED'
  /** No answer, or none in time. */
  | 'UNREACHABLE'
  /** The answer was an error of the platform, or could not be read. */
  | 'PLATFORM_ERROR'
  /** The calls allowed are used up and the caller does not want to wait. */
  | 'BUDGET_EXHAUSTED'
  /** The abort signal was raised. */
  | 'ABORTED';

/** `never`: the same request fails again. `later`: a later try may succeed. */
export type Retry = 'never' | 'later';

export interface PlatformErrorFacts {
  retry?: Retry;
  /** What a person can do about it. */
  remedy?: string;
  /** HTTP status or system code of the platform, such as `503` or `EACCES`. */
  remoteStatus?: string;
  /** The platform's identifier of the request, for its support. */
  remoteRequestId?: string;
  retryAt?: Date;
  cause?: unknown;
}

const RETRIED_LATER: ReadonlySet<PlatformErrorKind> = new Set([
  'LOCKED',
  'CONFLICT',
  'DESTINATION_FULL',
  'CHANGED_DURING_READ',
  'CONTENT_INCOMPLETE',
  'VERIFICATION_FAILED',
  'UNREACHABLE',
  'PLATFORM_ERROR',
  'BUDGET_EXHAUSTED',
  'ABORTED',
]);

/** The only error that leaves a connector. Its message is a sentence for people and holds no secret. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly retry: Retry;
  readonly remedy: string | null;
  readonly remoteStatus: string | null;
  readonly remoteRequestId: string | null;
  readonly retryAt: Date | null;

  constructor(
    readonly kind: PlatformErrorKind,
    message: string,
    facts: PlatformErrorFacts = {},
  ) {
    super(message, { cause: facts.cause });
    this.retry = facts.retry ?? (RETRIED_LATER.has(kind) ? 'later' : 'never');
    this.remedy = facts.remedy ?? null;
    this.remoteStatus = facts.remoteStatus ?? null;
    this.remoteRequestId = facts.remoteRequestId ?? null;
    this.retryAt = facts.retryAt ?? null;
  }

  /** Whether the whole account is concerned, so that going on with other items is pointless. */
  get concernsAccount(): boolean {
    return this.kind === 'SIGN_IN_REQUIRED' || this.kind === 'CREDENTIALS_INVALID';
  }
}
