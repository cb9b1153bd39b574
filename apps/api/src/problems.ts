import type { PlatformError } from '@sluice/core/platform';

/** Reasons for which a request is refused or work fails, as in the public `UserErrorCode`. */
export const PROBLEM_CODES = [
  'APPROVAL_REQUIRED',
  'CAPABILITY_MISSING',
  'CONNECTION_INCOMPLETE',
  'CREDENTIALS_INVALID',
  'CRON_INVALID',
  'FORBIDDEN',
  'IDEMPOTENCY_IN_PROGRESS',
  'IDEMPOTENCY_KEY_REUSED',
  'INTERNAL_ERROR',
  'INVALID',
  'INVALID_STATE',
  'IN_USE',
  'ITEM_FAILED',
  'LAST_ADMINISTRATOR',
  'LIMIT_EXCEEDED',
  'NOT_FOUND',
  'OAUTH_CLIENT_MISSING',
  'OUT_OF_RANGE',
  'OVERLAPPING_LOCATIONS',
  'PASSWORD_REJECTED',
  'PLAN_EXPIRED',
  'PLAN_OUTDATED',
  'PLATFORM_LIMIT',
  'RATE_LIMITED',
  'REMOTE_FORBIDDEN',
  'REMOTE_NOT_FOUND',
  'REMOTE_UNREACHABLE',
  'REQUIRED',
  'SIGN_IN_FAILED',
  'SIGN_IN_REQUIRED',
  'STORE_UNAVAILABLE',
  'TAKEN',
  'TOO_LONG',
  'VERSION_CONFLICT',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A problem that the caller can correct, or why work failed or waits. Plain data, so it can be stored as JSON. */
export interface Problem {
  code: ProblemCode;
  /** What is wrong and what would be right. */
  message: string;
  /** Path of the argument, with list positions. */
  field?: string[] | null;
  isRetryable?: boolean;
  /** Present in a `VersionConflictError`. */
  conflict?: { currentVersion: number; lastChangedById: string | null };
  /** Present in an `InvalidStateError`. */
  state?: { currentState: string; allowedStates: string[] };
  /** Present in a `RemotePlatformError`; `retryAt` in epoch milliseconds. */
  remote?: { remoteStatus: string | null; remoteRequestId: string | null; retryAt: number | null };
}

/** Ends a request without effect: thrown inside a transaction it is rolled back, and the caller is told the problems. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problems: readonly Problem[];

  constructor(...problems: Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
    this.problems = problems;
  }
}

/** Collects all that is wrong with an input before it is refused. */
export class Problems {
  private readonly found: Problem[] = [];

  /** `path` begins with the argument's name. */
  add(code: ProblemCode, path: (string | number)[], message: string): void {
    this.found.push({ code, message, field: path.map(String) });
  }

  /** A problem as others tell it, at a field of ours. */
  include(problem: Problem, path: (string | number)[]): void {
    this.found.push({ ...problem, field: path.map(String) });
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  get list(): readonly Problem[] {
    return this.found;
  }

  /** Throws a `Refusal` with everything that was added. */
  refuseIfAny(): void {
    if (!this.isEmpty) throw new Refusal(...this.found);
  }
}

export function notFound(what: string, argument = 'id'): Refusal {
  return new Refusal({ code: 'NOT_FOUND', message: `There is no such ${what}.`, field: [argument] });
}

/** Throws VERSION_CONFLICT when the object has another version than the caller expects; without an expectation nothing is compared. */
export function requireVersion(
  row: { version: number; updatedById?: string | null },
  expectedVersion: number | null | undefined,
): void {
  if (expectedVersion === null || expectedVersion === undefined || expectedVersion === row.version) return;
  throw new Refusal({
    code: 'VERSION_CONFLICT',
    message: `Someone else changed it: it has version ${row.version} now. Read it again and repeat the change.`,
    field: ['expectedVersion'],
    conflict: { currentVersion: row.version, lastChangedById: row.updatedById ?? null },
  });
}

export function wrongState(
  message: string,
  currentState: string,
  allowedStates: string[],
  isRetryable = false,
): Refusal {
  return new Refusal({ code: 'INVALID_STATE', message, isRetryable, state: { currentState, allowedStates } });
}

const REMOTE_CODES: Partial<Record<PlatformError['kind'], ProblemCode>> = {
  NOT_FOUND: 'REMOTE_NOT_FOUND',
  ACCESS_DENIED: 'REMOTE_FORBIDDEN',
  SIGN_IN_REQUIRED: 'SIGN_IN_REQUIRED',
  CREDENTIALS_INVALID: 'CREDENTIALS_INVALID',
  UNREACHABLE: 'REMOTE_UNREACHABLE',
  PLATFORM_ERROR: 'REMOTE_UNREACHABLE',
  BUDGET_EXHAUSTED: 'RATE_LIMITED',
  NAME_TAKEN: 'TAKEN',
  PATH_TOO_LONG: 'PLATFORM_LIMIT',
  FILE_TOO_LARGE: 'PLATFORM_LIMIT',
  NAME_INVALID: 'PLATFORM_LIMIT',
};

/** The problem by which people are told of a connector's error. */
export function problemOf(error: PlatformError): Problem {
  return {
    code: REMOTE_CODES[error.kind] ?? 'INVALID',
    message: error.remedy === null ? error.message : `${error.message} ${error.remedy}`,
    isRetryable: error.retry === 'later',
    remote: {
      remoteStatus: error.remoteStatus,
      remoteRequestId: error.remoteRequestId,
      retryAt: error.retryAt?.getTime() ?? null,
    },
  };
}
