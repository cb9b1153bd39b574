import { finalState } from '@sluice/core/job';
import type { RunEnd } from '@sluice/core/run';
import type { RunRow } from '../db/row-types.js';
import { problemOf, type Problem } from '../problems.js';
import type { Settlement } from '../runs/lifecycle/store-settle.js';
import { RUN_CRASHES } from './crashes.js';
import { nextRest, passingTrouble, STORE_TROUBLE, type PassingTrouble } from './rest.js';

/**
 * How the work of this process on a run ended. DEFECT: something was thrown that is no `PlatformError`. STORE: the store is
 * full, busy or down for now. CRASHING: its workers ended with it, again and again. CARRYING_OVER: it ends with pending
 * items, for which there are calls from `resumesAt` on.
 */
export type WorkEnd = RunEnd | { kind: 'CARRYING_OVER'; resumesAt: Date } | { kind: 'DEFECT' | 'STORE' | 'CRASHING' };

/** The state that a run goes to when its work ends: by how it ended, and by what people wish of the run at that time. */
export function settlementOf(end: WorkEnd, run: Pick<RunRow, 'wish' | 'counters' | 'setback'>): Settlement {
  if (run.wish === 'CANCEL' || run.wish === 'CANCEL_NOW') return { state: 'CANCELED', reason: null };
  switch (end.kind) {
    case 'DONE':
      return {
        state: finalState({ flagged: itemsOf(run, 'FLAGGED'), retrying: itemsOf(run, 'RETRYING') }),
        reason: null,
      };
    case 'DEFECT':
      return { state: 'FAILED', reason: DEFECT };
    case 'CRASHING':
      return run.wish === 'PAUSE' ? PAUSED : { state: 'PAUSED', reason: RUN_CRASHES };
    case 'HALTED':
      return { state: 'FAILED', reason: { code: 'ITEM_FAILED', message: `An item failed: ${end.message}` } };
    case 'BROKEN':
      return run.wish === 'PAUSE' ? PAUSED : brokenBy(end.error, run);
    case 'STORE':
      return run.wish === 'PAUSE' ? PAUSED : restOrFail(run, 'STORE', STORE_TROUBLE);
    case 'AWAITING_APPROVAL':
      return run.wish === 'PAUSE' ? PAUSED : { state: 'AWAITING_APPROVAL', reason: APPROVAL };
    case 'ASKING':
      return { state: 'PAUSED', reason: { code: 'APPROVAL_REQUIRED', message: end.question } };
    case 'CARRYING_OVER':
      return run.wish === 'PAUSE' ? PAUSED : { state: 'CARRIED_OVER', reason: CARRIED, waitingUntil: end.resumesAt };
    case 'STOPPED':
      return run.wish === 'PAUSE' ? PAUSED : { state: 'QUEUED', reason: null };
  }
}

const CARRIED: Problem = {
  code: 'RATE_LIMITED',
  message: 'The calls that the platform allows are used up; the following run takes up the items that are left.',
};
const PAUSED: Settlement = { state: 'PAUSED', reason: null };
const APPROVAL: Problem = { code: 'APPROVAL_REQUIRED', message: 'A person has to approve the plan first.' };
const DEFECT: Problem = {
  code: 'INTERNAL_ERROR',
  message: 'A defect in the product ended the run; its log has the details.',
};

function itemsOf({ counters }: Pick<RunRow, 'counters'>, outcome: 'FLAGGED' | 'RETRYING'): number {
  return counters.outcomes[outcome]?.items ?? 0;
}

/**
 * After an error of the account, such as an expired sign-in, the run pauses until the connection works again; after trouble
 * that passes, such as a network that is down, until it tries again by itself. Other errors fail it.
 */
function brokenBy(
  error: Extract<RunEnd, { kind: 'BROKEN' }>['error'],
  run: Pick<RunRow, 'counters' | 'setback'>,
): Settlement {
  const problem = problemOf(error);
  if (error.concernsAccount) return { state: 'PAUSED', reason: { ...problem, isRetryable: true } };
  const trouble = passingTrouble(error);
  return trouble === null ? { state: 'FAILED', reason: problem } : restOrFail(run, trouble, problem);
}

function restOrFail(
  { counters, setback }: Pick<RunRow, 'counters' | 'setback'>,
  trouble: PassingTrouble,
  reason: Problem,
): Settlement {
  const rest = nextRest(setback, counters.itemsDone, trouble);
  if (rest === null) return { state: 'FAILED', reason };
  return { state: 'PAUSED', reason: { ...reason, isRetryable: true }, rest };
}
