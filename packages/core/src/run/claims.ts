import { putsBack, removesWhatIsGone, writesSource } from '../decide/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import { fileOfVersion, type LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { isInPlace, isRemoved, isShown, tripleOfLost } from './gone.js';
import type { LeftOut } from './left-out.js';
import type { MovedPlaces } from './moved-places.js';
import type { Leaver } from './planned-moves.js';

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
  /** Folders that were asked about, by identity. */
  private readonly emptied = new Map<string, boolean>();
  private readonly canMove: boolean;

  constructor(
    private readonly context: ActiveContext,
    private readonly given: Given,
  ) {
    this.canMove = context.destination.destination?.move !== undefined;
  }

  /** The item of the source is gone with which the ledger has it, and another one has its place. */
  async note({ source, base, destination }: Triple): Promise<void> {
    const there = seen(destination);
    if (!there || this.given.remembered === 0 || !removesWhatIsGone(this.context.table)) return;
    if (base?.destinationId === identityOf(there.item)) return;
    const entry = await this.entryOf(there);
    if (entry && !isOfOtherPlace(entry, seen(source)!)) this.claimed.add(identityOf(there.item));
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
    if (!isRemoved(await tripleOfLost(entry, asked, context), context.table, given.followed)) return false;
    return occupant.item.kind === 'FILE' || this.isEmptied(occupant);
  }

  /** Whether what stands at a place leaves it with the removals: what is gone, or what only the destination has. */
  async isLeaving(occupant: Seen | null): Promise<boolean> {
    if (occupant === null) return false;
    if (await this.isGoing(occupant)) return true;
    return (await this.entryOf(occupant)) === null && this.isExtraGoing(occupant);
  }

  /**
   * The folder that stands under the name of a known item and is removed. It leaves the name to the item before, since what is in
   * it may have to leave it for that name, or for that of what gets it.
   */
  async leavingFolder(occupant: Seen | null, own: LedgerEntry | null): Promise<Leaver | null> {
    if (occupant?.item.kind !== 'FOLDER' || !this.canMove || own === null) return null;
    if (own.destinationId === identityOf(occupant.item)) return null;
    const gone = await this.entryOf(occupant);
    const goes = gone ? await this.isGoing(occupant) : own.kind === 'FOLDER' && (await this.isExtraGoing(occupant));
    return goes ? { occupant, source: null, gone } : null;
  }

  /**
   * Whether what only the destination has is removed, a folder with all in it but for what comes back to where the source has it.
   */
  private async isExtraGoing(occupant: Seen): Promise<boolean> {
    const { context, given } = this;
    const { kind, isReadOnly } = occupant.item;
    if (!putsBack(context.table) || !given.areRemoved || !context.sifter.isEmpty || isReadOnly) return false;
    if ((await context.store.coverage('DESTINATION', occupant.key)) !== 'WHOLE') return false;
    return kind === 'FILE' || this.isEmptied(occupant);
  }

  /** Whether all that is in the folder is removed too, or goes elsewhere. */
  private async isEmptied(folder: Seen): Promise<boolean> {
    const id = identityOf(folder.item);
    const known = this.emptied.get(id);
    if (known !== undefined) return known;
    const isEmptied = await this.goesAll(folder);
    this.emptied.set(id, isEmptied);
    return isEmptied;
  }

  private async goesAll({ key }: Seen): Promise<boolean> {
    const { store } = this.context;
    if ((await store.coverage('DESTINATION', key)) === 'NONE') return false;
    const children = await store.destinationChildren(key);
    for (let at = 0; at < children.length; at++) {
      const child = children.at(at);
      if (!(await this.leaves(child)) && !(await this.isGoing(child))) return false;
    }
    return true;
  }

  /** Whether what is in a folder which is gone at the source goes to where the source has it now, or is removed as no item of it. */
  private async leaves(child: Seen): Promise<boolean> {
    const { table, store } = this.context;
    const entry = await this.entryOf(child);
    if (putsBack(table)) return entry === null ? this.isExtraLeaving(child) : isShown(entry, store);
    const now = await store.leaving(identityOf(child.item));
    if (now === null) return false;
    return writesSource(table) || isInPlace({ base: now.ledger, destination: child }, this.given.followed);
  }

  private async isExtraLeaving(child: Seen): Promise<boolean> {
    return !child.item.isReadOnly && (child.item.kind === 'FILE' || this.isEmptied(child));
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

/** Whether what the ledger knows is of another kind than an item of the source, and did not become it where it stood there. */
const isOfOtherPlace = ({ kind, sourceKey }: LedgerEntry, { key, item }: Seen): boolean =>
  kind !== item.kind && sourceKey !== key;
