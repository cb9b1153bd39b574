import type { RunWish } from '@sluice/core/job';
import { expect, it } from 'vitest';
import { PlatformError, type PlatformErrorKind } from '@sluice/core/platform';
import { emptyCounters } from '../runs/engine-store/counters.js';
import { settlementOf, type WorkEnd } from './ending.js';

const broken = (kind: PlatformErrorKind): WorkEnd => ({
  kind: 'BROKEN',
  error: new PlatformError(kind, 'It failed.'),
});

it.each<[string, WorkEnd, RunWish, number, string, string | undefined]>([
  ['done', { kind: 'DONE' }, 'RUN', 0, 'SUCCEEDED', undefined],
  ['done with flagged items', { kind: 'DONE' }, 'RUN', 1, 'SUCCEEDED_WITH_ISSUES', undefined],
  ['done while it was to pause', { kind: 'DONE' }, 'PAUSE', 0, 'SUCCEEDED', undefined],
  ['done while it was to be canceled', { kind: 'DONE' }, 'CANCEL', 0, 'CANCELED', undefined],
  ['stopped for a pause', { kind: 'STOPPED' }, 'PAUSE', 0, 'PAUSED', undefined],
  ['stopped for the end of the process', { kind: 'STOPPED' }, 'RUN', 0, 'QUEUED', undefined],
  ['broken off', { kind: 'STOPPED' }, 'CANCEL_NOW', 0, 'CANCELED', undefined],
  ['waiting for a person', { kind: 'AWAITING_APPROVAL' }, 'RUN', 0, 'AWAITING_APPROVAL', 'APPROVAL_REQUIRED'],
  ['waiting for a person while it was to pause', { kind: 'AWAITING_APPROVAL' }, 'PAUSE', 0, 'PAUSED', undefined],
  ['halted', { kind: 'HALTED', message: 'a: no.' }, 'RUN', 1, 'FAILED', 'ITEM_FAILED'],
  ['without sign-in', broken('SIGN_IN_REQUIRED'), 'RUN', 0, 'PAUSED', 'SIGN_IN_REQUIRED'],
  ['with a refused secret', broken('CREDENTIALS_INVALID'), 'RUN', 0, 'PAUSED', 'CREDENTIALS_INVALID'],
  ['without the network', broken('UNREACHABLE'), 'RUN', 0, 'PAUSED', 'REMOTE_UNREACHABLE'],
  ['by errors of the platform', broken('PLATFORM_ERROR'), 'RUN', 0, 'PAUSED', 'REMOTE_UNREACHABLE'],
  ['without calls', broken('BUDGET_EXHAUSTED'), 'RUN', 0, 'PAUSED', 'RATE_LIMITED'],
  ['without the network while it was to pause', broken('UNREACHABLE'), 'PAUSE', 0, 'PAUSED', undefined],
  ['without room in the store', { kind: 'STORE' }, 'RUN', 0, 'PAUSED', 'STORE_UNAVAILABLE'],
  ['without its source', broken('NOT_FOUND'), 'RUN', 0, 'FAILED', 'REMOTE_NOT_FOUND'],
  ['by a defect', { kind: 'DEFECT' }, 'RUN', 0, 'FAILED', 'INTERNAL_ERROR'],
])('a run %s', (_name, end, wish, flagged, state, code) => {
  const counters = { ...emptyCounters(), outcomes: { FLAGGED: { items: flagged, bytes: 0 } } };
  const settlement = settlementOf(end, { wish, counters, setback: null });
  expect([settlement.state, settlement.reason?.code]).toEqual([state, code]);
});
