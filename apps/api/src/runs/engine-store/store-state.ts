import { eq } from 'drizzle-orm';
import { assertPlanMove, assertRunMove, isEnded } from '@sluice/core/job';
import type { PlanRow, RunRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import { scheduleAfterRun } from '../../schedules/schedule.store.js';
import { appendRunEvents } from './store-events.js';
import { stopAfterRun } from './store-stop-policy.js';
import type { StoreContext } from './store-context.js';

type RunChanges = Pick<RunRow, 'state'> & Partial<Omit<RunRow, 'id' | 'jobId' | 'state' | 'eventCount'>>;

/**
 * Moves a run into a state: row, event of the run and change event together. The row must be locked by this transaction.
 * When a run ends, its job may begin another one; `resumesAt` is when its pending items may be taken up. Without a change of state only the row is written. Throws `IllegalMoveError` when
 * the run may not move there.
 */
export async function changeRunState(
  tx: Transaction,
  db: Database,
  run: RunRow,
  changes: RunChanges,
  { now, changes: log, onEvents }: Pick<StoreContext, 'now' | 'changes' | 'onEvents'>,
  resumesAt: Date | null = null,
): Promise<void> {
  assertRunMove(run.state, changes.state);
  const { runs } = db.tables;
  const occurredAt = now();
  const hasMoved = changes.state !== run.state;
  const ended = isEnded(changes.state) ? { activeJobId: null, finishedAt: occurredAt, waitingUntil: null } : {};
  Object.assign(run, changes, ended);
  await tx
    .update(runs)
    .set({ ...changes, ...ended })
    .where(eq(runs.id, run.id));
  if (!hasMoved) return;
  if (isEnded(changes.state)) await stopAfterRun(tx, db, run, { occurredAt, log });
  if (isEnded(changes.state)) await scheduleAfterRun(tx, db, run.jobId, { endedAt: occurredAt, resumesAt });
  await appendRunEvents(tx, db, run, [{ kind: 'STATE', state: changes.state }], occurredAt);
  tx.onCommit(() => onEvents(run.id));
  await log.record(tx, {
    topic: 'RUN',
    change: 'UPDATED',
    subjectId: run.id,
    relatedId: run.jobId,
    runState: changes.state,
  });
}

type PlanChanges = Partial<Omit<PlanRow, 'id' | 'jobId'>>;

/**
 * Writes fields of a plan, whose row must be locked by this transaction. Throws `IllegalMoveError` when one of its
 * states may not move there.
 */
export async function changePlan(tx: Transaction, db: Database, plan: PlanRow, changes: PlanChanges): Promise<void> {
  const { plans } = db.tables;
  assertPlanMove(plan, changes);
  await tx.update(plans).set(changes).where(eq(plans.id, plan.id));
}
