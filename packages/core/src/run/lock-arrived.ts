import type { Transfer } from '../plan/index.js';
import { PlatformError, type Call, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { FinishedStep } from './finished.js';

/** A state of the item at the source in which it never is: the next run looks at it again. */
const NO_META_VERSION = '';

/**
 * Locks a file that was brought over as its step says; a former version is followed by another one and gets no lock. What cannot
 * be locked is there all the same: it is told, and the next run tries again.
 */
export async function lockArrived(
  step: Transfer,
  arrived: FinishedStep,
  { destination, clock, words }: Pick<ActiveContext, 'destination' | 'clock' | 'words'>,
  call: Call,
): Promise<FinishedStep> {
  const { lockedUntil } = step;
  const there = arrived.destination;
  if (lockedUntil === undefined || step.source.isFormer || !there || lockedUntil <= clock.now()) return arrived;
  try {
    const fields = { lockedUntil: new Date(lockedUntil) };
    return withItem(arrived, there.key, await destination.destination!.describe!(there.item, fields, call));
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'ABORTED' || call.signal.aborted) throw error;
    const message = `${arrived.message} It is not locked at the ${words.to} yet: ${error.message}`;
    const ledger = arrived.ledger && { ...arrived.ledger, sourceMetaVersion: NO_META_VERSION };
    return { ...arrived, message, ledger };
  }
}

const withItem = (arrived: FinishedStep, key: string, item: Item): FinishedStep => ({
  ...arrived,
  destination: { key, item },
  ledger: arrived.ledger && { ...arrived.ledger, destinationMetaVersion: item.metaVersion },
});
