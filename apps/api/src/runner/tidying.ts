import type { Base } from '../base.js';
import type { JobRemovals } from '../jobs/removal.store.js';
import type { StepPruning } from '../runs/engine-store/steps/step-pruning.store.js';

/** Time for others between two portions. */
const PAUSE_MS = 20;

/** Removes in small portions what deleted jobs and ended scans have left and steps of long ago; then gives disk space back. */
export async function tidy(
  { db, clock }: Pick<Base, 'db' | 'clock'>,
  removals: Pick<JobRemovals, 'removePortion'>,
  prunings: readonly Pick<StepPruning, 'prunePortion'>[],
  signal: AbortSignal,
): Promise<void> {
  const next = async () => {
    if (await removals.removePortion()) return true;
    for (const pruning of prunings) if (await pruning.prunePortion()) return true;
    return db.shrink();
  };
  while (!signal.aborted && (await next())) {
    await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  }
}
