import { writesSource } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { replacementOf } from './replacement.js';

/** `SELF`: the item is left out. `OTHER_HALF`: what belongs to it at the destination is. `NAME`: what has its name there is. */
export type LeftOutBy = 'SELF' | 'OTHER_HALF' | 'NAME';

/**
 * What the filters leave out where both sides are changed. An item of which either half is left out is no business of the job: it
 * is neither copied nor moved nor removed, on no side.
 */
export class LeftOut {
  /** Whether anything may be left out and is listed all the same. */
  readonly isActive: boolean;

  constructor(private readonly context: ActiveContext) {
    this.isActive = writesSource(context.table) && !context.sifter.isEmpty;
  }

  /** Whether nothing is done about an item of the source, and what is left out; `found` has its name at the destination. */
  async of({ item }: Seen, entry: LedgerEntry | null, found: Seen | null): Promise<LeftOutBy | null> {
    if (!this.isActive) return null;
    const { sifter, sifterThere } = this.context;
    if (sifter.leavesOut(item)) return 'SELF';
    if (found && sifterThere.leavesOut(found.item)) return 'OTHER_HALF';
    if (entry && (await this.isOtherHalfOut(entry))) return 'OTHER_HALF';
    return found && (await this.isOfOneThatIsOut(found, entry)) ? 'NAME' : null;
  }

  /** Whether nothing is done about what the ledger knows and the source does not show. */
  async ofLost(entry: LedgerEntry): Promise<boolean> {
    const { sifter, store } = this.context;
    if (sifter.isEmpty) return false;
    const { sourceKey, kind } = entry;
    if (sifter.leavesOutPlace(sourceKey, kind) || (await store.isLeftOut(sourceKey))) return true;
    return this.isActive && this.isOtherHalfOut(entry);
  }

  private async isOtherHalfOut(entry: LedgerEntry): Promise<boolean> {
    const { sifterThere, store } = this.context;
    const there = (await store.destinationById(entry.destinationId)) ?? (await replacementOf(entry, this.context));
    return there ? sifterThere.leavesOut(there.item) : sifterThere.leavesOutPlace(entry.destinationKey, entry.kind);
  }

  /** Whether what stands at the destination belongs to another item of the source, which is left out. */
  private async isOfOneThatIsOut(found: Seen, own: LedgerEntry | null): Promise<boolean> {
    const { sifter, store } = this.context;
    const identity = identityOf(found.item);
    if (own?.destinationId === identity) return false;
    const entry = await store.entryOf('DESTINATION', identity);
    const source = entry && (await store.destinationById(entry.sourceId, 'SOURCE'));
    return source !== null && sifter.leavesOut(source.item);
  }
}
