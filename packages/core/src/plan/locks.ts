import { wayTo } from '../compare/index.js';
import { seen, type Triple } from '../pair/index.js';
import { lockAt, type Item, type Platform } from '../platform/index.js';
import type { Decision, Rules } from './decision.js';
import type { Policies } from './policies.js';

/** A lock that has no end is set for so long where every lock needs one. */
const ENDLESS_LOCK_MS = 7 * 24 * 3_600_000;
/** Platforms keep the end of a lock to the second. */
export const LOCK_PRECISION_MS = 1_000;

/** Whether a job locks at that platform what is locked on the other side. */
export const setsLocks = (
  { lockedFiles }: Pick<Policies, 'lockedFiles'>,
  { capabilities, destination }: Pick<Platform, 'capabilities' | 'destination'>,
): boolean =>
  wayTo('FILE_LOCK_PROPAGATION', capabilities, { lockedFiles }) === 'FOLLOWS' && destination?.describe !== undefined;

/**
 * When the lock ends, in epoch milliseconds, that a file has at the destination once it is brought over; null for none. Where
 * each side follows the other, what the own account locked there was locked by the job, and does not come back.
 */
export function lockEndOf(source: Item, { locks = null, now }: Pick<Rules, 'locks' | 'now'>): number | null {
  const lock = lockAt(source, now);
  if (locks === null || source.kind !== 'FILE' || !lock || (lock.isOwn && locks === 'BOTH_WAYS')) return null;
  return lock.until?.getTime() ?? now.getTime() + ENDLESS_LOCK_MS;
}

/**
 * Likewise of a file that is there and keeps its content: null also where the lock was seen before, so that one which people ended
 * at the destination stays ended, and where it is locked there already.
 */
export function lockToFollow(
  { source, base, destination }: Triple,
  decision: Decision | null,
  rules: Pick<Rules, 'locks' | 'now'>,
): number | null {
  const [from, to] = [seen(source)?.item, seen(destination)?.item];
  const stays = decision === null ? base !== null : decision.action === 'ADOPT';
  if (!from || !to || !stays || (base !== null && from.metaVersion === base.sourceMetaVersion)) return null;
  const end = lockEndOf(from, rules);
  const there = lockAt(to, rules.now);
  if (end === null || !there) return end;
  const isLater = there.until !== null && end >= there.until.getTime() + LOCK_PRECISION_MS;
  return there.isOwn && isLater ? end : null;
}

export const lockTold = (end: number): string =>
  `It is locked at the source, and is locked at the destination until ${new Date(end).toISOString()}.`;
