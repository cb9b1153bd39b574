import { describe, expect, it } from 'vitest';
import { PlatformError, type PlatformErrorFacts, type PlatformErrorKind } from '../platform/index.js';
import type { ItemReason, Policies } from '../plan/index.js';
import { ledgerEntry, step } from '../testing/index.js';
import { claimed } from './claimed.testing.js';
import { attemptOf, failureOutcome, reasonOf } from './outcome.js';
import type { ClaimedStep } from './ports/index.js';
import { UnprovedError } from './withdrawal.js';

const BEGUN_AT = new Date('2026-11-21T10:00:00.000Z');
const failed = (kind: PlatformErrorKind, facts?: PlatformErrorFacts) => new PlatformError(kind, 'It failed.', facts);

it.each<[PlatformErrorKind, ItemReason]>([
  ['NOT_FOUND', 'CHANGED_DURING_READ'],
  ['ACCESS_DENIED', 'ACCESS_DENIED'],
  ['SIGN_IN_REQUIRED', 'ACCESS_DENIED'],
  ['CREDENTIALS_INVALID', 'ACCESS_DENIED'],
  ['NAME_TAKEN', 'NAME_TAKEN'],
  ['NAME_INVALID', 'NAME_INVALID'],
  ['PATH_TOO_LONG', 'PATH_TOO_LONG'],
  ['FILE_TOO_LARGE', 'FILE_TOO_LARGE'],
  ['ZERO_BYTES', 'ZERO_BYTES'],
  ['SPECIAL_FILE', 'SPECIAL_FILE'],
  ['LOCKED', 'LOCKED'],
  ['CONFLICT', 'EDITED_AT_DESTINATION'],
  ['DESTINATION_FULL', 'DESTINATION_FULL'],
  ['CHANGED_DURING_READ', 'CHANGED_DURING_READ'],
  ['CONTENT_INCOMPLETE', 'CONTENT_INCOMPLETE'],
  ['VERIFICATION_FAILED', 'VERIFICATION_FAILED'],
  ['REJECTED', 'PLATFORM_ERROR'],
  ['UNREACHABLE', 'NETWORK_ERROR'],
  ['PLATFORM_ERROR', 'PLATFORM_ERROR'],
  ['BUDGET_EXHAUSTED', 'BUDGET_EXHAUSTED'],
  ['ABORTED', 'CANCELED'],
])('an item that failed with %s has the reason %s', (kind, reason) => {
  expect(reasonOf(failed(kind))).toBe(reason);
});

describe('an attempt', () => {
  const error = failed('UNREACHABLE', { remoteStatus: '503', remoteRequestId: 'r-1' });

  it.each([
    ['without an error tells how long it took', null, { reason: null, remoteStatus: null, remoteRequestId: null }],
    [
      'that failed tells what the platform said',
      error,
      { reason: 'NETWORK_ERROR', remoteStatus: '503', remoteRequestId: 'r-1' },
    ],
  ])('%s', (_, given, told) => {
    expect(attemptOf(BEGUN_AT, BEGUN_AT.getTime() + 40, given)).toEqual({
      startedAt: BEGUN_AT,
      duration: 40,
      ...told,
    });
  });

  it('never took less than no time, even where the clock was set back', () => {
    expect(attemptOf(BEGUN_AT, BEGUN_AT.getTime() - 40, null).duration).toBe(0);
  });
});

describe('what becomes of an item that failed', () => {
  const attempt = { startedAt: BEGUN_AT, duration: 5, reason: null, remoteStatus: null, remoteRequestId: null };
  const policies = { retries: 3, lockedFiles: 'FLAG' } as const;
  const outcomeOf = (
    error: PlatformError,
    over: Partial<ClaimedStep> = {},
    lockedFiles: Policies['lockedFiles'] = 'FLAG',
  ) => failureOutcome(claimed(step('a'), over), error, { ...policies, lockedFiles }, attempt);

  it.each<[string, PlatformError, Partial<ClaimedStep>, string]>([
    ['a first try that may be repeated', failed('UNREACHABLE'), {}, 'RETRYING'],
    ['a first try in the last run that tries it', failed('UNREACHABLE'), { failedRuns: 5 }, 'RETRYING'],
    ['a second try in the first run', failed('UNREACHABLE'), { attempts: 1 }, 'RETRYING'],
    ['a second try in the run before the last', failed('UNREACHABLE'), { attempts: 1, failedRuns: 1 }, 'RETRYING'],
    ['a second try in the last run', failed('UNREACHABLE'), { attempts: 1, failedRuns: 2 }, 'FLAGGED'],
    ['what no later try changes', failed('NAME_INVALID'), {}, 'FLAGGED'],
    ['what is gone, and may only have been replaced', failed('NOT_FOUND'), {}, 'RETRYING'],
    ['what changed while it was read, once', failed('CHANGED_DURING_READ'), {}, 'RETRYING'],
  ])('%s', (_, error, over, outcome) => {
    expect(outcomeOf(error, over)).toMatchObject({ outcome, message: 'It failed.' });
  });

  it('is flagged with a remedy where it changes again under the second look', () => {
    expect(outcomeOf(failed('CHANGED_DURING_READ'), { attempts: 1 })).toMatchObject({
      outcome: 'FLAGGED',
      reason: 'CHANGED_DURING_READ',
      message:
        'It is being written to all the time: it changed while it was read, and again when it was looked at anew.',
      remedy:
        'Close the program that writes to it, copy from a snapshot, or let the job run when nobody works with it; the next run tries again.',
    });
  });

  it.each<[Policies['lockedFiles'], string]>([
    ['FLAG', 'FLAGGED'],
    ['SKIP', 'SKIPPED'],
    ['PROPAGATE', 'FLAGGED'],
  ])('follows the policy %s for locked files', (lockedFiles, outcome) => {
    expect(outcomeOf(failed('LOCKED'), {}, lockedFiles).outcome).toBe(outcome);
  });

  it('tells nothing of a destination, and what the error says a person can do', () => {
    expect(outcomeOf(failed('LOCKED', { remedy: 'Check it in.' }))).toEqual({
      stepId: 'item 1',
      outcome: 'FLAGGED',
      reason: 'LOCKED',
      message: 'It failed.',
      remedy: 'Check it in.',
      sha256: null,
      verifiedBy: null,
      destination: null,
      ledger: null,
      attempt,
      byteCount: 0,
    });
  });

  it('teaches the ledger what was published and is not proved', () => {
    const ledger = ledgerEntry('a');
    expect(outcomeOf(new UnprovedError(failed('VERIFICATION_FAILED'), ledger)).ledger).toEqual(ledger);
  });
});
