import type { PlatformError, PlatformErrorKind } from '../platform/index.js';
import type { ItemReason, Policies, PolicyValue } from '../plan/index.js';
import { UnprovedError } from './withdrawal.js';
import type { ClaimedStep, StepAttempt, StepOutcome } from './ports/index.js';

const REASONS: Readonly<Record<PlatformErrorKind, ItemReason>> = {
  NOT_FOUND: 'CHANGED_DURING_READ',
  ACCESS_DENIED: 'ACCESS_DENIED',
  SIGN_IN_REQUIRED: 'ACCESS_DENIED',
  CREDENTIALS_INVALID: 'ACCESS_DENIED',
  NAME_TAKEN: 'NAME_TAKEN',
  NAME_INVALID: 'NAME_INVALID',
  PATH_TOO_LONG: 'PATH_TOO_LONG',
  FILE_TOO_LARGE: 'FILE_TOO_LARGE',
  ZERO_BYTES: 'ZERO_BYTES',
  SPECIAL_FILE: 'SPECIAL_FILE',
  LOCKED: 'LOCKED',
  CONFLICT: 'EDITED_AT_DESTINATION',
  DESTINATION_FULL: 'DESTINATION_FULL',
  CHANGED_DURING_READ: 'CHANGED_DURING_READ',
  CONTENT_INCOMPLETE: 'CONTENT_INCOMPLETE',
  VERIFICATION_FAILED: 'VERIFICATION_FAILED',
  REJECTED: 'PLATFORM_ERROR',
  UNREACHABLE: 'NETWORK_ERROR',
  PLATFORM_ERROR: 'PLATFORM_ERROR',
  BUDGET_EXHAUSTED: 'BUDGET_EXHAUSTED',
  ABORTED: 'CANCELED',
};

/** Tries of an item within one run: a second one once all others are through. */
export const ATTEMPTS_PER_RUN = 2;

export const reasonOf = (error: PlatformError): ItemReason => REASONS[error.kind];

/** An attempt that ended now. */
export function attemptOf(startedAt: Date, now: number, error: PlatformError | null): StepAttempt {
  return {
    startedAt,
    duration: Math.max(0, now - startedAt.getTime()),
    reason: error && reasonOf(error),
    remoteStatus: error?.remoteStatus ?? null,
    remoteRequestId: error?.remoteRequestId ?? null,
  };
}

const LOCKED_OUTCOMES: Readonly<Record<PolicyValue<'lockedFiles'>, 'FLAGGED' | 'SKIPPED'>> = {
  FLAG: 'FLAGGED',
  SKIP: 'SKIPPED',
  PROPAGATE: 'FLAGGED',
};

/** What becomes of an item that failed: tried again while the policy allows and it may help, else flagged. */
export function failureOutcome(
  claimed: ClaimedStep,
  error: PlatformError,
  policies: Pick<Policies, 'retries' | 'lockedFiles'>,
  attempt: StepAttempt,
): StepOutcome {
  const isTriedAgain = claimed.attempts + 1 < ATTEMPTS_PER_RUN || claimed.failedRuns + 1 < policies.retries;
  const isInUse = error.kind === 'CHANGED_DURING_READ' && claimed.attempts > 0;
  if (isInUse) return { ...failure(claimed, error, attempt), outcome: 'FLAGGED', ...IN_USE };
  const mayHelp = error.retry === 'later' || error.kind === 'NOT_FOUND';
  const unlocked = mayHelp && isTriedAgain ? 'RETRYING' : 'FLAGGED';
  const outcome = error.kind === 'LOCKED' ? LOCKED_OUTCOMES[policies.lockedFiles] : unlocked;
  return { ...failure(claimed, error, attempt), outcome };
}

/** What changes under two looks in a row is written to all the time: more tries of the same kind would not help. */
const IN_USE = {
  message: 'It is being written to all the time: it changed while it was read, and again when it was looked at anew.',
  remedy:
    'Close the program that writes to it, copy from a snapshot, or let the job run when nobody works with it; the next run tries again.',
};

function failure(claimed: ClaimedStep, error: PlatformError, attempt: StepAttempt): Omit<StepOutcome, 'outcome'> {
  return {
    stepId: claimed.id,
    reason: reasonOf(error),
    message: error.message,
    remedy: error.remedy,
    sha256: null,
    verifiedBy: null,
    destination: null,
    ledger: error instanceof UnprovedError ? error.ledger : null,
    attempt,
    byteCount: 0,
  };
}
