import { removesWhatIsGone } from '../decide/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import { fileOfVersion, type LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { isRemoved, isShown, tripleOfLost } from './gone.js';
import type { LeftOut } from './left-out.js';
import type { MovedPlaces } from './moved-places.js';

interface Given {
  /** Items that the ledger knows. */
  remembered: number;
  /** Whether the plan removes what is gone. */
  areRemoved: boolean;
  filters: Pick<LeftOut, 'ofLost'>;
  /** See `isInPlace`. */
  followed: Pick<MovedPlaces, 'now'>;
}

/** Which items of the destination that the ledger knows as others are taken for items of the source all the same. */
export class Claims {
  private readonly claimed = new Set<string>();

  constructor(
    private readonly context: ActiveContext,
    private readonly given: Given,
  ) {}

  /** The item of the source is gone with which the ledger has it, and another one has its place. */
  async note({ base, destination }: Triple): Promise<void> {
    const there = seen(destination);
    if (!there || this.given.remembered === 0 || !removesWhatIsGone(this.context.table)) return;
    if (base?.destinationId !== identityOf(there.item) && (await this.entryOf(there)))
      this.claimed.add(identityOf(there.item));
  }

  has({ item }: Seen): boolean {
    return this.claimed.has(identityOf(item));
  }

  /** Whether what stands at a place is removed, since the source does not have it any more; what people changed or moved is not. */
  async isGoing(occupant: Seen | null | 'ABSENT'): Promise<boolean> {
    if (!occupant || occupant === 'ABSENT' || this.has(occupant) || !this.given.areRemoved) return false;
    const { context, given } = this;
    const entry = await this.entryOf(occupant);
    const asked = entry && (fileOfVersion(entry) ?? entry);
    if (!asked || (await isShown(asked, context.store)) || (await given.filters.ofLost(asked))) return false;
    return isRemoved(await tripleOfLost(entry, asked, context), context.table, given.followed);
  }

  /** Whether an item whose own half is gone has the name of one that is removed. */
  async isAwaited(occupant: Seen | null, own: LedgerEntry | null): Promise<boolean> {
    if (!occupant || own === null || own.destinationId === identityOf(occupant.item)) return false;
    return (await this.isGoing(occupant)) && !(await this.context.store.destinationById(own.destinationId));
  }

  private entryOf({ item }: Seen): Promise<LedgerEntry | null> {
    return this.context.store.entryOf('DESTINATION', identityOf(item));
  }
}
