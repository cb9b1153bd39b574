import { eq } from 'drizzle-orm';
import { isEnded } from '@sluice/core/job';
import type { Database, Transaction } from '../db/database.js';
import { appendRunEvents } from './store-events.js';
import type { RunRow, StoreScope } from './store-scope.js';

type RunChanges = Pick<RunRow, 'state'> & Partial<Omit<RunRow, 'id' | 'jobId' | 'state' | 'eventCount'>>;

/**
 * Moves a run into a state: row, event of the run and change event together. The row must be locked by this transaction.
 * A run that ends gives its job free. Without a change of state only the row is written.
 */
export async function changeRunState(
  tx: Transaction,
  db: Database,
  run: RunRow,
  changes: RunChanges,
  { now, changes: log, onEvents }: Pick<StoreScope, 'now' | 'changes' | 'onEvents'>,
): Promise<void> {
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
