import type { LedgerEntry, Step } from './step.js';
import type { Side } from './vocabulary.js';

export const OTHER_SIDE: Readonly<Record<Side, Side>> = { SOURCE: 'DESTINATION', DESTINATION: 'SOURCE' };

/** The entry as it is with both sides exchanged. */
export const swappedEntry = (entry: LedgerEntry): LedgerEntry => ({
  ...entry,
  sourceKey: entry.destinationKey,
  sourceId: entry.destinationId,
  sourceVersion: entry.destinationVersion,
  sourceMetaVersion: entry.destinationMetaVersion,
  sourceSize: entry.destinationSize,
  sourceModifiedAt: entry.destinationModifiedAt,
  destinationKey: entry.sourceKey,
  destinationId: entry.sourceId,
  destinationVersion: entry.sourceVersion,
  destinationMetaVersion: entry.sourceMetaVersion,
  destinationSize: entry.sourceSize,
  destinationModifiedAt: entry.sourceModifiedAt,
});

/**
 * The step as it is with both sides exchanged: one that changes the source becomes one that changes the destination. What it
 * reads and what it writes are told by role already, and stay.
 */
export function swappedStep<S extends Step>(given: S): S;
export function swappedStep(step: Step): Step {
  const { side, sourceKey, destinationKey } = step;
  const places = { side: OTHER_SIDE[side], sourceKey: destinationKey, destinationKey: sourceKey };
  const base = step.type === 'MOVE' ? { base: step.base && swappedEntry(step.base) } : {};
  const moved = step.type === 'INERT' && step.moved ? { moved: swappedPlaces(step.moved) } : {};
  return { ...step, ...places, ...base, ...moved } as Step;
}

/** Both keys of an item, exchanged. */
export const swappedPlaces = ({ sourceKey, destinationKey }: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>) => ({
  sourceKey: destinationKey,
  destinationKey: sourceKey,
});
