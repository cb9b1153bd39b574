import { removesWhatIsGone } from '../decide/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';

/** Which items of the destination that the ledger knows as others are taken for items of the source all the same. */
export class Claims {
  private readonly claimed = new Set<string>();

  constructor(
    private readonly context: ActiveContext,
    /** Items that the ledger knows. */
    private readonly remembered: number,
  ) {}

  /** The item of the source is gone with which the ledger has it, and another one has its place. */
  async note({ base, destination }: Triple): Promise<void> {
    const there = seen(destination);
    if (!there || this.remembered === 0 || !removesWhatIsGone(this.context.table)) return;
    if (base?.destinationId !== identityOf(there.item) && (await this.entryOf(there)))
      this.claimed.add(identityOf(there.item));
  }

  has({ item }: Seen): boolean {
    return this.claimed.has(identityOf(item));
  }

  /** Whether what stands at a place is removed, since the source does not have it any more. */
  async isGoing(occupant: Seen | null | 'ABSENT'): Promise<boolean> {
    if (!occupant || occupant === 'ABSENT' || this.has(occupant) || !removesWhatIsGone(this.context.table))
      return false;
    const entry = await this.entryOf(occupant);
    return entry !== null && (await this.context.store.destinationById(entry.sourceId, 'SOURCE')) === null;
  }

  /** Whether an item whose own half is gone has the name of one that is removed, and that nobody changed or moved. */
  async isAwaited(occupant: Seen | null, own: LedgerEntry | null): Promise<boolean> {
    if (!occupant || own === null || own.destinationId === identityOf(occupant.item)) return false;
    if (!(await this.isGoing(occupant)) || (await this.context.store.destinationById(own.destinationId))) return false;
    const entry = await this.entryOf(occupant);
    return entry?.destinationVersion === occupant.item.version && entry.destinationKey === occupant.key;
  }

  private entryOf({ item }: Seen): Promise<LedgerEntry | null> {
    return this.context.store.entryOf('DESTINATION', identityOf(item));
  }
}
