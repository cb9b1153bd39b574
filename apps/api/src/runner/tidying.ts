import type { Base } from '../base.js';
import type { JobRemovals } from '../jobs/removal.store.js';
import type { StepPruning } from '../runs/step-pruning.store.js';

/** Time for others between two portions. */
const PAUSE_MS = 20;

/** Removes in small portions what deleted jobs have left and steps of long ago, and then gives the disk space back. */
export async function tidy(
  { db, clock }: Pick<Base, 'db' | 'clock'>,
  removals: Pick<JobRemovals, 'removePortion'>,
  pruning: Pick<StepPruning, 'prunePortion'>,
  signal: AbortSignal,
): Promise<void> {
  const next = async () => (await removals.removePortion()) || (await pruning.prunePortion()) || (await db.shrink());
  while (!signal.aborted && (await next())) {
    await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  }
}
