import type { AuditRow } from '../db/row-types.js';
import type { Vault } from '../secrets/vault.js';
import { PRUNED_ACTION } from './audit-log.js';
import type { AuditStore } from './audit.store.js';
import { chainHash, NO_HASH } from './chain.js';
import type { FieldChange } from './field-changes.js';

const BATCH_EVENTS = 1_000;

/** What a look at the whole chain found; `brokenAt` is the first event that is missing, altered or not ours. */
export type Verdict =
  | { isWhole: true; eventCount: number }
  | { isWhole: false; eventCount: number; brokenAt: number; reason: string };

/**
 * Follows the chain from the oldest event that is kept to the newest that was ever appended. Needs the installation's key;
 * with another one no hash fits.
 */
export async function verifyChain(store: AuditStore, vault: Pick<Vault, 'digest'>): Promise<Verdict> {
  // Events that are appended meanwhile are none of this look's matter.
  const latest = await store.latest();
  const start = await startOf(store);
  let { sequence, hash } = start;
  for (;;) {
    const events = (await store.after(sequence, BATCH_EVENTS)).filter((event) => event.sequence <= latest);
    for (const event of events) {
      const reason = faultOf(event, sequence, hash, vault);
      if (reason !== null) return broken(sequence - start.sequence, sequence + 1, reason);
      ({ sequence, chainHash: hash } = event);
    }
    if (events.length === 0) break;
  }
  const eventCount = sequence - start.sequence;
  return sequence < latest ? broken(eventCount, sequence + 1, 'it is missing') : { isWhole: true, eventCount };
}

/** The verdict for people. */
export function sentenceOf(verdict: Verdict): string {
  const { eventCount } = verdict;
  if (verdict.isWhole) return `The audit log is whole: ${eventCount} events.`;
  const { brokenAt, reason } = verdict;
  return `The audit log is broken at event ${brokenAt}: ${reason}. The ${eventCount} events before it are whole. If SLUICE_SECRET_KEY is another one now, no event fits.`;
}

function faultOf(event: AuditRow, sequence: number, hash: string, vault: Pick<Vault, 'digest'>): string | null {
  if (event.sequence !== sequence + 1) return 'it is missing';
  return chainHash(vault, hash, event) === event.chainHash ? null : 'it, or what comes before it, was altered';
}

const broken = (eventCount: number, brokenAt: number, reason: string): Verdict => ({
  isWhole: false,
  eventCount,
  brokenAt,
  reason,
});

/** Where the chain begins: after what the newest removal of old events tells of, else at the very first event. */
async function startOf(store: AuditStore): Promise<{ sequence: number; hash: string }> {
  const pruned = await store.newestOf(PRUNED_ACTION);
  if (pruned === null) return { sequence: 0, hash: NO_HASH };
  const changes = JSON.parse(pruned.changes) as FieldChange[];
  const told = (name: string): unknown => JSON.parse(changes.find(({ field }) => field[0] === name)?.after ?? 'null');
  return { sequence: Number(told('lastSequence')), hash: String(told('lastChainHash')) };
}
