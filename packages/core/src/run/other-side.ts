import type { Verdict } from '../decide/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import { childKey, parentKey, pathSegments, type Decision, type LedgerEntry, type Step } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { BothSides } from './both-sides.js';
import type { ActiveContext } from './context.js';
import type { Place, Placement } from './placing.js';
import type { PlannedMoves, Squatter } from './planned-moves.js';

interface Given {
  both: BothSides;
  /** Whether the changes of the source are planned, after those of the destination. */
  isSecond: boolean;
  moves: PlannedMoves;
  /** Start of the planning; in the names of conflicts. */
  now: Date;
}

/** What the planning of one side has to know of that of the other, where both sides are changed. */
export class OtherSide {
  private readonly both: BothSides;
  private readonly isSecond: boolean;
  private readonly moves: PlannedMoves;
  private readonly now: Date;

  constructor(
    private readonly context: ActiveContext,
    { both, isSecond, moves, now }: Given,
  ) {
    [this.both, this.isSecond, this.moves, this.now] = [both, isSecond, moves, now];
  }

  /** Keys of what is gone at the side that is planned and is made there again. */
  get surviving(): Set<string> {
    return this.both.survivingIn(this.isSecond);
  }

  /** Whether the item made room in the planning of the destination, and waits for the next run. */
  isAside(source: Seen): boolean {
    return this.isSecond && this.both.isAside(source);
  }

  /** In the planning of the source, what the planning of the destination has paired, whatever its name is. */
  partnerOf(source: Seen): Seen | null {
    return this.isSecond ? (this.both.partnerOf(source) ?? null) : null;
  }

  /** What came to its place at the destination along with its folder has not moved. */
  async placeThere({ base, destination }: Triple): Promise<'here' | 'moved'> {
    const there = seen(destination);
    if (!there || base === null || there.key === base.destinationKey) return 'here';
    const { store } = this.context;
    const [now, known] = [parentKey(there.key), parentKey(base.destinationKey)];
    if (!now || !known || pathSegments(there.key).at(-1) !== pathSegments(base.destinationKey).at(-1)) return 'moved';
    const folder = await store.destinationByKey(now);
    const entry = folder && (await store.entryOf('DESTINATION', identityOf(folder.item)));
    return entry?.destinationKey === known ? 'here' : 'moved';
  }

  /** What has the place of an item where both sides are changed, and belongs to another item that stays elsewhere at the source. */
  async squatterOf(found: Seen | null, entry: LedgerEntry | null): Promise<Squatter | null> {
    if (!found || entry?.destinationId === identityOf(found.item)) return null;
    const { store } = this.context;
    const ledger = await store.entryOf('DESTINATION', identityOf(found.item));
    const source = ledger && (await store.destinationById(ledger.sourceId, 'SOURCE'));
    return ledger && source && this.moves.areDone ? { occupant: found, source: { ...source, ledger } } : null;
  }

  /** It gets a name for conflicts, and its other half follows with the next run. */
  async stepAside(squatter: Squatter, { folder }: Place): Promise<boolean> {
    const { occupant } = squatter;
    const aside = folder.conflictName(pathSegments(occupant.key).at(-1)!, occupant.item.kind, this.now);
    if (!('name' in aside)) return false;
    await this.moves.stepAside(squatter, {
      parentKey: parentKey(occupant.key) ?? '',
      name: aside.name,
      isRevised: true,
      folder,
    });
    if (!this.isSecond) this.both.stepAside(occupant, squatter.source.ledger.destinationKey);
    return true;
  }

  /**
   * Where a step about the content of an item comes before the other side follows it: the key that the ledger goes on to know, so
   * that a run that is stopped between the two is finished by the next one, as is what cannot follow yet.
   */
  knownAt(triple: Triple): string | undefined {
    const [source, there, { base }] = [seen(triple.source)!, seen(triple.destination), this.moves.ahead(triple)];
    if (!there || !base || (this.isSecond && this.both.isMoved(source))) return undefined;
    if (base.destinationKey === this.moves.places.now(there.key, there.item.kind)) return undefined;
    if (!this.isSecond) this.both.follow(there);
    return base.destinationKey;
  }

  /** The item of the destination comes to the place that it has at the source. */
  noteMoved({ destination }: Triple): void {
    if (!this.isSecond) this.both.noteMoved(seen(destination)!);
  }

  /** Whether an item of both sides has to come to one place before a second version of it gets a name beside it. */
  arePlacesApart({ base, destination }: Triple, placement: Placement): boolean {
    const there = seen(destination);
    return base !== null && there !== null && (placement !== 'STAY' || there.key !== base.destinationKey);
  }

  /** What the planning of the source has to know of an item. */
  tell({ source, base, destination }: Triple, verdict: Verdict, decision: Decision | null, step: Step | null) {
    const there = seen(destination);
    if (this.isSecond || !there) return;
    const isKnown = base?.destinationId === identityOf(there.item) && base.sourceId === identityOf(seen(source)!.item);
    if (!isKnown) this.both.pair(seen(source)!, there);
    if (verdict !== 'RECONCILE_BOTH' || decision?.keepBoth === undefined || step?.type !== 'TRANSFER') return;
    this.both.agree(there);
    const aside = step.renameExistingTo;
    if (aside !== null) this.moves.places.note(there.key, childKey(parentKey(there.key) ?? '', aside), 'FILE');
  }
}
