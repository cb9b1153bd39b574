import { decideContent, type Verdict } from '../decide/index.js';
import { seen, stateOf, type Seen, type Triple } from '../pair/index.js';
import { childKey, parentKey, pathSegments, type Decision, type LedgerEntry, type Step } from '../plan/index.js';
import { identityOf, type Item, type ItemKind } from '../platform/index.js';
import type { BothSides } from './both-sides.js';
import type { ActiveContext } from './context.js';
import { isProvedGone } from './gone.js';
import type { Place, Placement, TargetFolder } from './placing.js';
import type { NameHolder, PlannedMoves } from './planned-moves.js';

interface Given {
  both: BothSides;
  /** Whether the changes of the source are planned, after those of the destination. */
  isSecond: boolean;
  moves: PlannedMoves;
  /** Items that the ledger knows. */
  remembered: number;
  /** Start of the planning; in the names of conflicts. */
  now: Date;
}

/** What the planning of one side has to know of that of the other, where both sides are changed. */
export class OtherSide {
  private readonly both: BothSides;
  private readonly isSecond: boolean;
  private readonly moves: PlannedMoves;
  private readonly now: Date;
  private readonly remembered: number;
  /** The folder that was asked for last. */
  private folder: { key: string; known: string | null } | null = null;

  constructor(
    private readonly context: ActiveContext,
    { both, isSecond, moves, remembered, now }: Given,
  ) {
    [this.both, this.isSecond, this.moves, this.now] = [both, isSecond, moves, now];
    this.remembered = remembered;
  }

  /** Keys of what is gone at the side that is planned and is made there again. */
  get surviving(): Set<string> {
    return this.both.survivingIn(this.isSecond);
  }

  /**
   * What is left to do about the place: nothing where the item left its name in the planning of the destination, and waits for
   * the next run; nor is anything learned of one that gets a content before, and is another one then than it was listed, or of one
   * whose contents are still to become one.
   */
  placementLeft(source: Seen, wished: Placement, verdict: Verdict): Placement {
    if (wished === 'LEARN' && verdict !== 'NOTHING') return 'STAY';
    if (!this.isSecond) return wished;
    const isLearned = wished === 'LEARN' && this.both.isWritten(source);
    return isLearned || this.both.hasLeftName(source) ? 'STAY' : wished;
  }

  /** In the planning of the source, what the planning of the destination has paired, whatever its name is. */
  partnerOf(source: Seen): Seen | null {
    return this.isSecond ? (this.both.partnerOf(source) ?? null) : null;
  }

  /** What came to its place at the destination along with its folder has not moved. */
  async placeThere({ base, destination }: Pick<Triple, 'base' | 'destination'>): Promise<'here' | 'moved'> {
    const there = seen(destination);
    if (!there || base === null || there.key === base.destinationKey) return 'here';
    const [now, known] = [parentKey(there.key), parentKey(base.destinationKey)];
    if (!now || !known || pathSegments(there.key).at(-1) !== pathSegments(base.destinationKey).at(-1)) return 'moved';
    return (await this.knownKeyOfFolder(now)) === known ? 'here' : 'moved';
  }

  /** Key by which the ledger knows a folder of the destination; what it holds comes in a row, and is asked for once. */
  private async knownKeyOfFolder(key: string): Promise<string | null> {
    if (this.folder?.key === key) return this.folder.known;
    const { store } = this.context;
    const listed = await store.destinationByKey(key);
    const entry = listed && (await store.entryOf('DESTINATION', identityOf(listed.item)));
    this.folder = { key, known: entry?.destinationKey ?? null };
    return this.folder.known;
  }

  /**
   * Whether a file that lost its other half is renamed or moved to where a new one stands: what the ledger knows of the lost half
   * tells nothing of the new one, so that both are in conflict unless they are equal.
   */
  async meetsAnew(found: Seen | null, entry: LedgerEntry | null): Promise<boolean> {
    if (found?.item.kind !== 'FILE' || entry === null || entry.destinationId === identityOf(found.item)) return false;
    if ((await this.placeThere({ base: entry, destination: found })) === 'here') return false;
    const { store } = this.context;
    if (await store.destinationById(entry.destinationId)) return false;
    if (await store.entryOf('DESTINATION', identityOf(found.item))) return false;
    if (!this.isSecond) this.both.meetAnew(entry.sourceId);
    return true;
  }

  /** In the planning of the source: whether the other half of what had this place met something else, so that what stands there now is new. */
  hasLostHalf(entry: LedgerEntry | null, source: Seen): boolean {
    if (!this.isSecond || entry === null || entry.sourceId === identityOf(source.item)) return false;
    return this.both.hasMetAnew(entry.destinationId);
  }

  /**
   * What has the name that an item is to get: what belongs to another item that stays elsewhere at the source, or a file that
   * has the name of a folder.
   */
  async holderOf(found: Seen | null, entry: LedgerEntry | null, { kind }: Item): Promise<NameHolder | null> {
    if (!found || !this.moves.areDone || entry?.destinationId === identityOf(found.item)) return null;
    if (this.isFolders(found, kind)) return null;
    const { store } = this.context;
    const ledger = this.remembered === 0 ? null : await store.entryOf('DESTINATION', identityOf(found.item));
    const source = ledger && (await store.destinationById(ledger.sourceId, 'SOURCE'));
    if (ledger && source) return { occupant: found, source: { ...source, ledger } };
    return found.item.kind === 'FILE' && kind === 'FOLDER' ? { occupant: found, source: null } : null;
  }

  /**
   * What has the name that a known item without its other half is to get, and belongs to another one that is gone at the source. It
   * `GOES` too, or is kept beside the item, as what was changed or moved is; `UNPROVED`: nothing proves that it is gone.
   */
  async orphanAt(found: Seen | null, entry: LedgerEntry | null): Promise<NameHolder | 'GOES' | 'UNPROVED' | null> {
    if (!found || entry === null || entry.destinationId === identityOf(found.item)) return null;
    const { store } = this.context;
    if (await store.destinationById(entry.destinationId)) return null;
    const ledger = await store.entryOf('DESTINATION', identityOf(found.item));
    if (!ledger || ledger.id === entry.id || (await store.destinationById(ledger.sourceId, 'SOURCE'))) return null;
    if (!(await isProvedGone(ledger, this.context))) return 'UNPROVED';
    return (await this.goes(found, ledger)) ? 'GOES' : { occupant: found, source: null };
  }

  /** Whether what is gone at the source is removed, since people of the destination neither changed nor moved it. */
  private async goes(found: Seen, base: LedgerEntry): Promise<boolean> {
    const triple = { source: 'ABSENT', base, destination: found } as const;
    if (decideContent(this.context.table, stateOf(triple)) !== 'REMOVE_DESTINATION') return false;
    return (await this.placeThere(triple)) === 'here';
  }

  /** Whether a folder has the name of a file. */
  isFolders(found: Seen | null, kind: ItemKind): boolean {
    return found?.item.kind === 'FOLDER' && kind === 'FILE';
  }

  /** It gets a name for conflicts, and its other half follows with the next run. False: no name is left for it. */
  async renameForConflict(holder: NameHolder, place: Place, target: TargetFolder): Promise<boolean> {
    const { occupant, source } = holder;
    const { kind } = occupant.item;
    const given = place.folder.conflictName(pathSegments(occupant.key).at(-1)!, kind, this.now);
    if (!('name' in given)) return false;
    await this.moves.renameForConflict(holder, { ...place, name: given.name, isRevised: true }, target);
    if (source && !this.isSecond) this.both.leaveName(occupant, source.ledger.destinationKey);
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
    if (step?.type === 'TRANSFER') this.both.noteWritten(there);
    if (verdict !== 'RECONCILE_BOTH' || decision?.keepBoth === undefined || step?.type !== 'TRANSFER') return;
    this.both.agree(there);
    const name = step.renameExistingTo;
    if (name !== null) this.moves.places.note(there.key, childKey(parentKey(there.key) ?? '', name), 'FILE');
  }
}
