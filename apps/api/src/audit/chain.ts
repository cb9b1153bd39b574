import type { AuditRow } from '../db/row-types.js';
import type { Vault } from '../secrets/vault.js';

/** An event as it is stored. */

/** An event as it is before it has its place in the chain. */
export type UnchainedEvent = Omit<AuditRow, 'chainHash'>;

/** What stands in place of the hash before the very first event. */
export const NO_HASH = '';

/**
 * Hash over an event and the hash of the event before it. It is made with the installation's key: whoever can write into
 * the database only cannot make one that fits.
 */
export function chainHash(vault: Pick<Vault, 'digest'>, before: string, event: UnchainedEvent): string {
  const { sequence, occurredAt, actorId, action, outcome, targetId, changes, ipAddress, requestId } = event;
  const values = [
    sequence,
    occurredAt.toISOString(),
    actorId,
    action,
    outcome,
    targetId,
    changes,
    ipAddress,
    requestId,
  ];
  return vault.digest(['audit', before, ...values]);
}
