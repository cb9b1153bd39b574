import { appendRunEvents } from '../runs/engine-store/store-events.js';
import { forgetListings } from '../runs/engine-store/listings/store-listings.js';
import { settleRun } from '../runs/lifecycle/store-settle.js';
import { changePlan } from '../runs/engine-store/store-state.js';
import { eventChannel } from '../runs/stream/channels.js';
import { MOST_CRASHES, PLANNING_CRASHES } from './crashes.js';
import { settlementOf } from './ending.js';
import type { TaskParts } from './task-parts.js';

type Parts = Pick<TaskParts, 'base' | 'leases' | 'runs' | 'plans'>;

/** Puts aside the runs and plannings that ended their workers again and again, so that the worker stays up for the others. */
export async function putAside(parts: Parts): Promise<void> {
  const { runs, plans } = await parts.leases.crashing();
  for (const id of runs) await pauseRun(parts, id);
  for (const id of plans) await failPlan(parts, id);
}

function pauseRun({ base, runs }: Parts, id: string): Promise<void> {
  return base.db.transact(async (tx) => {
    const run = await runs.lock(tx, id);
    if (run === null || run.leaseOwner !== null || run.crashes < MOST_CRASHES) return;
    const now = () => new Date(base.clock.now());
    const settlement = settlementOf({ kind: 'CRASHING' }, run);
    if (settlement.reason !== null) {
      const line = { kind: 'LOG', severity: 'ERROR', message: settlement.reason.message } as const;
      await appendRunEvents(tx, base.db, run, [line], now());
    }
    await runs.update(tx, id, { crashes: 0 });
    const onEvents = (runId: string) => base.hub.wake(eventChannel(runId));
    await settleRun(tx, base.db, run, settlement, { now, changes: base.changes, onEvents });
    base.log.error({ runId: id }, 'a run that ended its workers again and again was put aside');
  });
}

function failPlan({ base, plans }: Parts, id: string): Promise<void> {
  return base.db.transact(async (tx) => {
    const plan = await plans.lock(tx, id);
    if (plan === null || plan.leaseOwner !== null || plan.crashes < MOST_CRASHES) return;
    const failure = PLANNING_CRASHES;
    await changePlan(tx, base.db, plan, { taskState: 'FAILED', failure, finishedAt: new Date(base.clock.now()) });
    await forgetListings(tx, base.db, id);
    await base.changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: id, relatedId: plan.jobId });
    base.log.error({ planId: id }, 'a planning that ended its workers again and again was put aside');
  });
}
