import type { ActiveContext } from './context.js';
import { adopted } from './finished.js';
import { attemptOf } from './outcome.js';
import type { StepOutcome } from './ports/index.js';

/**
 * Items of one transaction: as many as keep it as short as one of `COMMITTED_OUTCOMES` others, since nothing of them is held
 * beside their entries in the ledger, and as many as fill statements of 64 rows.
 */
export const ADOPTED_ITEMS = 192;

/**
 * Takes all items of a side that are taken as they are, before anything else is carried out there: hundreds at a time, each of
 * which is settled as a whole or not at all. Ends early once `isEnding`.
 */
export async function adoptItems(
  { store, clock }: Pick<ActiveContext, 'store' | 'clock'>,
  isEnding: () => boolean,
): Promise<void> {
  while (!isEnding()) {
    const startedAt = new Date(clock.now());
    const claimed = await store.claimInert(ADOPTED_ITEMS);
    if (claimed.length === 0) return;
    const attempt = attemptOf(startedAt, clock.now(), null);
    await store.commit(claimed.map((each): StepOutcome => Object.assign(adopted(each), { attempt })));
    // A store in the same thread waits for nothing: others get their turn between two transactions.
    await clock.sleep(0);
  }
}
