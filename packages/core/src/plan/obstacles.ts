import { lockAt, type Item, type Limits } from '../platform/index.js';
import { refuse, skip, type Decision, type Rules } from './decision.js';
import type { PolicyValue } from './policies.js';

/** What keeps a decision from being carried out: the file's size, or the state of the file that it would change. */
export function obstacleTo(decision: Decision, source: Item, rules: Rules): Decision | null {
  const isTransfer = source.kind === 'FILE' && (decision.action === 'CREATE' || decision.action === 'UPDATE');
  if (!isTransfer) return null;
  return refusedBySize(source, rules) ?? (decision.existing ? refusedByLock(decision.existing, rules) : null);
}

function refusedBySize(source: Item, { policies, limits }: Rules): Decision | null {
  const empty = source.size === 0 ? refusedAsEmpty(limits, policies.zeroByteFile) : null;
  if (empty) return empty;
  const largest = Math.min(policies.maxItemBytes ?? Infinity, limits.maxFileBytes ?? Infinity);
  if (source.size === null || source.size <= largest) return null;
  const message = `The file has ${source.size} bytes, more than the ${largest} that are allowed.`;
  return LARGE_FILE[policies.largeItem](message);
}

function refusedAsEmpty(limits: Limits, policy: PolicyValue<'zeroByteFile'>): Decision | null {
  switch (policy) {
    case 'FLAG':
      return refuse('ZERO_BYTES', 'The file is empty.', 'Fill it, exclude it or change the policy for empty files.');
    case 'SKIP':
      return skip('ZERO_BYTES', 'The file is empty.');
    case 'TRANSFER':
      return limits.holdsEmptyFiles
        ? null
        : skip('ZERO_BYTES', 'The file is empty and the destination cannot hold empty files.');
  }
}

const LARGE_FILE: Readonly<Record<PolicyValue<'largeItem'>, (message: string) => Decision>> = {
  FLAG: (message) => refuse('FILE_TOO_LARGE', message, 'Raise the limit or leave the file out.'),
  SKIP: (message) => skip('FILE_TOO_LARGE', message),
};

function refusedByLock(existing: Item, { policies, now }: Rules): Decision | null {
  if (existing.isReadOnly)
    return refuse(
      'ACCESS_DENIED',
      'The file at the destination is read only.',
      'Make it writable or choose another folder.',
    );
  return heldByOthers(existing, { policies, now });
}

/**
 * What keeps a file at the destination from being changed, moved or removed while somebody else has it locked; null where nobody
 * has. `file`: how a sentence names it.
 */
export function heldByOthers(
  existing: Pick<Item, 'lock'>,
  { policies, now }: Pick<Rules, 'policies' | 'now'>,
  file = 'the file',
): Decision | null {
  const lock = lockAt(existing, now);
  if (!lock || lock.isOwn) return null;
  const message = `${lock.holder ?? 'Someone'} has locked ${file} at the destination${lock.until ? ` until ${lock.until.toISOString()}` : ''}.`;
  return LOCKED_FILE[policies.lockedFiles](message);
}

const flagLocked = (message: string): Decision => refuse('LOCKED', message, 'Have it checked in, then retry.');

const LOCKED_FILE: Readonly<Record<PolicyValue<'lockedFiles'>, (message: string) => Decision>> = {
  FLAG: flagLocked,
  SKIP: (message) => skip('LOCKED', message),
  PROPAGATE: flagLocked,
};
