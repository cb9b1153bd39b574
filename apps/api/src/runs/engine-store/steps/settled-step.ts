import type { StepAttempt, StepOutcome } from '@sluice/core/run';
import type { Side } from '@sluice/core/plan';
import type { StoredAttempt } from '../../../db/packed-attempts.js';
import { isItemDone, type Counted } from '../counters.js';
import { packKey, packRemoteId } from '../step-keys.js';
import type { HeldRow } from './held-step.js';
import { isNeededToUndo } from './store-effects.js';
import type { SettledColumns, SettledRow } from './store-outcomes.js';

/** Attempts that are kept of a step; those before are counted only. */
export const MAX_SHOWN_ATTEMPTS = 20;

/** A step that had been claimed, and what became of it. */
export interface Committed {
  row: HeldRow;
  outcome: StepOutcome;
}

/** The attempts of steps after their outcomes; steps that share their only attempt share its list. */
export class AttemptLists {
  private readonly ofOne = new Map<StepAttempt, StoredAttempt[]>();

  after(former: StoredAttempt[], attempt: StepAttempt | null): StoredAttempt[] {
    if (attempt === null) return former.slice(-MAX_SHOWN_ATTEMPTS);
    const only = this.ofOne.get(attempt) ?? [{ ...attempt, startedAt: attempt.startedAt.toISOString() }];
    this.ofOne.set(attempt, only);
    return former.length === 0 ? only : [...former, ...only].slice(-MAX_SHOWN_ATTEMPTS);
  }
}

export const sideOf = ({ side = 'DESTINATION' }: Pick<StepOutcome, 'side'>): Side => side;

/** What an outcome makes of its step: field by field, since there are as many as items. */
export function settledRow(
  { row, outcome }: Committed,
  { now, latestOf, attempts }: { now: Date; latestOf: number; attempts: AttemptLists },
): SettledRow {
  const { attempt } = outcome;
  const isDone = isItemDone(outcome.outcome);
  const isTransfer = row.kind === 'FILE' && (outcome.outcome === 'CREATED' || outcome.outcome === 'UPDATED');
  const { destinationKey, destinationRemoteId } = placeOf(row, outcome);
  return {
    id: row.id,
    isFinal: isDone && outcome.verifiedBy !== 'NONE' && !isNeededToUndo(row, outcome),
    outcome: outcome.outcome,
    reason: outcome.reason,
    message: outcome.message === row.planMessage ? null : outcome.message,
    remedy: outcome.remedy,
    sha256: outcome.sha256,
    verifiedBy: outcome.verifiedBy,
    destinationKey,
    destinationRemoteId,
    bytesDone: isDone ? outcome.byteCount : 0,
    versionsDone: outcome.versionCount ?? (isTransfer ? 1 : 0),
    attempts: attempts.after(row.attempts, attempt),
    attemptCount: row.attemptCount + (attempt === null ? 0 : 1),
    checkpoint: isDone ? null : row.checkpoint,
    finishedAt: isDone ? now : null,
    latestOf,
  };
}

/** What counts of a step after its outcome. */
export function countedAfter(
  { side, byteCount, callCount, readCallCount, isRevised }: HeldRow,
  { outcome, reason, versionsDone, bytesDone }: SettledRow,
): Counted {
  return { side, outcome, reason, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone };
}

/** What stands at the destination now; where the source was changed, the item there is as the plan says. */
function placeOf(row: HeldRow, outcome: StepOutcome): Pick<SettledColumns, 'destinationKey' | 'destinationRemoteId'> {
  const there = sideOf(outcome) === 'DESTINATION' ? outcome.destination : null;
  const { itemKey, destinationKey, destinationRemoteId } = row;
  return {
    destinationKey: packKey(itemKey, there?.key ?? destinationKey),
    destinationRemoteId: packRemoteId(itemKey, there?.item.id ?? destinationRemoteId),
  };
}

/** A removal that is left out says nothing of the transfer before it. */
export const settlesFailures = ({ row, outcome: { outcome } }: Committed): boolean =>
  outcome !== 'PENDING' && !(row.action === 'DELETE' && outcome === 'SKIPPED');
