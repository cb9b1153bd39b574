import { hasStopLimit, NO_RUNS, stopReasonOf, tallied, type StopLimits, type TalliedRun } from '@sluice/core/job';
import { defaultPolicies, type ItemOutcome } from '@sluice/core/plan';
import { eq } from 'drizzle-orm';
import type { RunRow } from '../../db/row-types.js';
import type { Database, Transaction } from '../../db/database.js';
import { NEVER } from '../../schedules/next-start.js';
import { appendRunEvents } from './store-events.js';
import type { StoreContext } from './store-context.js';

const CHANGES: readonly ItemOutcome[] = ['CREATED', 'UPDATED', 'RENAMED', 'MOVED', 'DELETED', 'DESCRIBED'];

/**
 * Counts an ended run for the stop policy of its job, and ends the job when a limit is reached: it does not start again,
 * by itself or by hand, until somebody resumes it.
 */
export async function stopAfterRun(
  tx: Transaction,
  db: Database,
  run: RunRow,
  { occurredAt, log }: { occurredAt: Date; log: StoreContext['changes'] },
): Promise<void> {
  // An undo is no run of what the job does.
  if (run.trigger === 'UNDO') return;
  const { jobs } = db.tables;
  const { transferType, policies, tally, stopReason } = jobs;
  const [job] = await tx.select({ transferType, policies, tally, stopReason }).from(jobs).where(eq(jobs.id, run.jobId));
  if (job === undefined || job.stopReason !== null) return;
  const limits: StopLimits = { ...defaultPolicies(job.transferType), ...job.policies };
  if (!hasStopLimit(limits)) return;
  const counted = tallied(job.tally ?? NO_RUNS, talliedRun(run));
  const reason = stopReasonOf(limits, counted);
  const ended = reason === null ? {} : { stopReason: reason, nextStartAt: NEVER, changesDueAt: null };
  await tx
    .update(jobs)
    .set({ tally: counted, ...ended })
    .where(eq(jobs.id, run.jobId));
  if (reason === null) return;
  const message = `The job has ended by its stop policy. ${reason}`;
  await appendRunEvents(tx, db, run, [{ kind: 'LOG', severity: 'INFO', message }], occurredAt);
  await log.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: run.jobId });
}

function talliedRun({ state, counters: { outcomes }, isRestricted }: RunRow): TalliedRun {
  const has = (outcome: ItemOutcome) => (outcomes[outcome]?.items ?? 0) > 0;
  return { state, hasChanged: CHANGES.some(has), isRetried: has('RETRYING'), isRestricted };
}
