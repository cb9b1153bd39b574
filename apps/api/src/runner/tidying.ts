import type { Base } from '../base.js';
import type { JobRemovals } from '../jobs/removal.store.js';

/** Time for others between two portions. */
const PAUSE_MS = 20;

/** Removes in small portions what deleted jobs have left, and then gives the disk space back. */
export async function tidy(
  { db, clock }: Pick<Base, 'db' | 'clock'>,
  removals: JobRemovals,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && ((await removals.removePortion()) || (await db.shrink()))) {
    await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  }
}
