import { putsBack, removesWhatIsGone, writesSource } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { isProvedGone, isShown } from './gone.js';
import type { LeftOut } from './left-out.js';

/**
 * What has the name of an item and came over as another one. `SHOWN`: which the source still has, though filters may leave it out, or
 * which it may have, since nothing proves that it is gone; `GONE`: which it does not have any more.
 */
export type Rival = 'SHOWN' | 'GONE';

/**
 * What a job brought over is no file that happened to stand there, wherever people of the destination put it: nothing else is put
 * over it. Where both sides are followed, where what was moved there is put back, and where what is gone is removed, it makes way
 * otherwise.
 */
export class Rivals {
  private readonly isActive: boolean;

  constructor(
    private readonly context: ActiveContext,
    private readonly filters: Pick<LeftOut, 'ofLost'>,
    /** Items that the ledger knows. */
    remembered: number,
  ) {
    this.isActive = remembered > 0 && !writesSource(context.table) && !putsBack(context.table);
  }

  /** `own`: what the ledger knows of the item that wants the name; of an identity that two items share it may know the other one. */
  async at(occupant: Seen | null, own: LedgerEntry | null, wanting: Item): Promise<Rival | null> {
    if (!this.isActive || occupant?.item.kind !== wanting.kind) return null;
    const id = identityOf(occupant.item);
    if (own?.destinationId === id) return null;
    const entry = await this.context.store.entryOf('DESTINATION', id);
    if (!entry || entry.id === own?.id || entry.sourceId === identityOf(wanting)) return null;
    if ((await isShown(entry, this.context.store)) || (await this.filters.ofLost(entry))) return 'SHOWN';
    if (!(await isProvedGone(entry, this.context))) return 'SHOWN';
    return removesWhatIsGone(this.context.table) ? null : 'GONE';
  }
}
