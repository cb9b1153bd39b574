import { identityOf, type Item } from '../platform/index.js';
import type { LedgerEntry } from '../plan/index.js';
import type { DoubtfulEntry } from './ports/index.js';

/**
 * What a loss of power left of an entry whose effect was not durable yet. THERE: all of it. GONE: nothing. LOST: the
 * version that was to be replaced, or a part of the new one. CHANGED_SINCE: what people made of the place meanwhile.
 * COMPARE: only the bytes that are there can tell.
 */
export type Left = 'THERE' | 'GONE' | 'LOST' | 'CHANGED_SINCE' | 'COMPARE';

export function leftOf({ entry, replaced }: DoubtfulEntry, found: Item | null): Left {
  if (found === null) return 'GONE';
  if (found.kind !== entry.kind) return 'CHANGED_SINCE';
  if (found.kind === 'FOLDER') return 'THERE';
  if (replaced !== null && found.version === replaced) return 'LOST';
  // The time is set before a file gets its name, so that a part of a file has it too, and an edit has another.
  const isOurs =
    identityOf(found) === entry.destinationId && (found.modifiedAt?.getTime() ?? null) === entry.destinationModifiedAt;
  if (!isOurs) return 'CHANGED_SINCE';
  if (found.size !== entry.destinationSize) return 'LOST';
  return entry.sha256 === null ? 'THERE' : 'COMPARE';
}

/** A version that no item has, so that the source counts as changed and the destination as known: the file comes again. */
const NEVER_BROUGHT = { sourceVersion: '', sourceMetaVersion: null, sourceSize: null, sourceModifiedAt: null };

/** What the ledger remembers of a file that is there and is not what was brought. */
export function lostEntryOf(entry: LedgerEntry, found: Item): LedgerEntry {
  return {
    ...entry,
    ...NEVER_BROUGHT,
    destinationId: identityOf(found),
    destinationVersion: found.version,
    destinationMetaVersion: found.metaVersion,
    destinationSize: found.size,
    destinationModifiedAt: found.modifiedAt?.getTime() ?? null,
    sha256: null,
    judged: null,
    mapped: null,
  };
}
