import type { Seen } from '../pair/index.js';
import { undecided, type Remove } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { removalWay } from './removal-way.js';

/** What the plan tells of a removal at the destination. */
export type RemovalTold = Pick<Remove, 'sourceKey' | 'ledgerId' | 'reason' | 'message'>;

/** Removes at the destination what stands there as it was listed; `at` is the start of the planning. */
export function removalStep({ key, item }: Seen, told: RemovalTold, at: Date, context: ActiveContext): Remove {
  const { destination } = context.destination;
  const { how, trashedAt } = removalWay(context.destination, context.policies, at, context.words.to);
  return {
    ...undecided(told.sourceKey, null),
    ...told,
    type: 'REMOVE',
    action: 'DELETE',
    kind: item.kind,
    destinationKey: key,
    message: `${told.message} ${how}`,
    existing: item,
    expects: { id: item.id, version: item.version },
    trashedAt,
    callCount: destination?.cost?.('REMOVE', item.size) ?? 0,
    isDestructive: true,
  };
}

/** The step, where moves of the same plan change the place of its item before its turn comes. */
export const placedNow = (step: Remove, listedKey: string): Remove =>
  step.destinationKey === listedKey
    ? step
    : { ...step, afterMove: { existingKey: step.destinationKey, folderId: null } };
