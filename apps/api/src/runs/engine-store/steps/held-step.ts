import type { Database } from '../../../db/database.js';
import type { Counted } from '../counters.js';
import { sourceKeyOf, unpackKey, unpackRemoteId } from '../step-keys.js';
import type { StepRow, StoredStep } from './step-row.js';

/** What the store keeps in memory of a step from its claim to its outcome. */
export type HeldRow = Pick<StepRow, 'kind' | 'sourceKey'> & StoredHeld & Counted;

type StoredHeld = Pick<
  StoredStep,
  | 'id'
  | 'turn'
  | 'action'
  | 'kind'
  | 'itemKey'
  | 'planMessage'
  | 'planReason'
  | 'destinationKey'
  | 'destinationRemoteId'
  | 'attempts'
  | 'attemptCount'
  | 'begunAt'
  | 'isInDoubt'
  | 'checkpoint'
>;

export function countedColumns({ tables: { steps } }: Database) {
  const { outcome, reason, side, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone } = steps;
  return { outcome, reason, side, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone };
}

export function heldColumns(db: Database) {
  const { id, turn, action, kind, itemKey, destinationKey, destinationRemoteId } = db.tables.steps;
  const { planMessage, planReason, attempts, attemptCount, begunAt, isInDoubt, checkpoint } = db.tables.steps;
  const item = { id, turn, action, kind, itemKey, destinationKey, destinationRemoteId, planMessage, planReason };
  return { ...countedColumns(db), ...item, attempts, attemptCount, begunAt, isInDoubt, checkpoint };
}

/** Field by field: a key that is added to a row as it was read costs more than all others of the copy. */
export function toHeld(stored: StoredHeld & Counted): HeldRow {
  const { itemKey } = stored;
  return {
    id: stored.id,
    turn: stored.turn,
    action: stored.action,
    kind: stored.kind,
    itemKey,
    sourceKey: sourceKeyOf(itemKey),
    planMessage: stored.planMessage,
    planReason: stored.planReason,
    destinationKey: unpackKey(itemKey, stored.destinationKey),
    destinationRemoteId: unpackRemoteId(itemKey, stored.destinationRemoteId),
    attempts: stored.attempts,
    attemptCount: stored.attemptCount,
    begunAt: stored.begunAt,
    isInDoubt: stored.isInDoubt,
    checkpoint: stored.checkpoint,
    outcome: stored.outcome,
    reason: stored.reason,
    side: stored.side,
    byteCount: stored.byteCount,
    callCount: stored.callCount,
    readCallCount: stored.readCallCount,
    versionsDone: stored.versionsDone,
    isRevised: stored.isRevised,
    bytesDone: stored.bytesDone,
  };
}

/** What counts of a step, without what is held of it besides. */
export function countedOf(counted: Counted): Counted {
  const { outcome, reason, side, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone } = counted;
  return { outcome, reason, side, byteCount, callCount, readCallCount, versionsDone, isRevised, bytesDone };
}
