import type { Seen } from '../pair/index.js';
import { heldByOthers, inertStep, undecided, type Remove, type Step } from '../plan/index.js';
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

/** The step that leaves a file which somebody else has locked there; null for one that may be removed. */
export function heldStep({ key, item }: Seen, told: RemovalTold, at: Date, { policies }: ActiveContext): Step | null {
  const held = heldByOthers(item, { policies, now: at });
  if (!held) return null;
  const { reason, remedy = null } = held;
  return {
    ...inertStep(told.sourceKey, null),
    action: held.action === 'SKIP' ? 'SKIP' : 'REFUSE',
    kind: item.kind,
    ledgerId: told.ledgerId,
    destinationKey: key,
    reason,
    message: `${told.message} ${held.message}`,
    remedy,
  };
}

/** The step, where moves of the same plan change the place of its item before its turn comes. */
export const placedNow = (step: Remove, listedKey: string): Remove =>
  step.destinationKey === listedKey
    ? step
    : { ...step, afterMove: { existingKey: step.destinationKey, folderId: null } };
