import { movesAlong, putsBack, writesSource } from '../decide/index.js';
import type { FolderNames } from '../naming/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import {
  childKey,
  ledgerEntryOf,
  parentKey,
  pathSegments,
  selfAndAbove,
  type Decision,
  type LedgerEntry,
  type Step,
} from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { MovedPlaces } from './moved-places.js';
import { temporaryKey } from './move-item.js';
import { newKeyOf, type Place, type TargetFolder } from './placing.js';
import type { KnownSourceItem } from './ports/index.js';
import type { StepMaker } from './step-maker.js';
import type { PlanWriter } from './both-sides.js';

/** What stands at a place and leaves it. */
export interface Leaver {
  occupant: Seen;
  /** Its item at the source; null for what is gone there, and once its move is planned. */
  source: KnownSourceItem | null;
  /** Of a folder that is removed and leaves its name before: what the ledger knows of it, null for nothing. */
  gone?: LedgerEntry | null;
}

/** What has the name that another item is to get, and stays in its folder; with its item elsewhere at the source, if there is one. */
export type NameHolder = Leaver;

interface Tools {
  writer: PlanWriter;
  maker: StepMaker;
  /** Items that the ledger knows. */
  remembered: number;
  /** Whether an item of the source at that key gets its turn, and a folder to go to. */
  isPlanned(sourceKey: string): boolean;
  /** Key by which a folder of the source is listed at the destination; null for none, as far as planned. */
  folderAt(sourceKey: string): string | null;
}

/** Plans moves, each before all that depends on it, and knows where items stand once those planned so far are carried out. */
export class PlannedMoves {
  readonly places = new MovedPlaces();
  private readonly sourcePlaces = new MovedPlaces();
  /** Identities of what is taken away from its place. */
  private readonly vacated = new Set<string>();
  /** What has a temporary name until its own move is planned, by identity. */
  private readonly aside = new Map<string, { leaver: Leaver; folder: FolderNames }>();
  /** Identities of what leaves its name to a folder that is made again only for what goes into it. */
  private readonly givingWay = new Set<string>();
  /** Whether the job moves anything at the destination, which can do that. */
  readonly areDone: boolean;

  constructor(
    private readonly context: ActiveContext,
    private readonly tools: Tools,
  ) {
    this.areDone = movesAlong(context.table) && context.destination.destination?.move !== undefined;
  }

  /** Whether what stands under the name that an item is to get leaves its place, since the source has it elsewhere. */
  async leaverOf(occupant: Seen | null, entry: LedgerEntry | null, wanted: Seen): Promise<Leaver | null> {
    if (!occupant || !this.areDone) return null;
    const id = identityOf(occupant.item);
    if (entry?.destinationId === id) return null;
    if (this.vacated.has(id)) return { occupant, source: null };
    const source = this.tools.remembered === 0 ? null : await this.leaving(occupant);
    // What took the place of its other half is that half's next version.
    const isOwn = source?.ledger.id === entry?.id;
    if (source && !isOwn && this.leaves(source, occupant, wanted)) return { occupant, source };
    const back = putsBack(this.context.table) ? await this.misplaced(occupant) : null;
    return back && { occupant, source: back };
  }

  /** The source's item, elsewhere now, of what stands there or took the place of what stood there, as programs save files. */
  private async leaving({ key, item }: Seen): Promise<KnownSourceItem | null> {
    const { store, table } = this.context;
    const known = await store.leaving(identityOf(item));
    if (known || !writesSource(table) || (await store.entryOf('DESTINATION', identityOf(item)))) return known;
    const ledger = await store.placeOwner('DESTINATION', key, item.kind);
    const source = ledger && (await store.destinationById(ledger.sourceId, 'SOURCE'));
    const isElsewhere = source && source.key !== ledger.sourceKey && !(await this.meetsAnother(source));
    return isElsewhere ? { ...source, ledger } : null;
  }

  /** Whether a new file stands where the source's item, whose other half is gone, is now: the two are one, see `OtherSide.meetsAnew`. */
  private async meetsAnother({ key, item }: Seen): Promise<boolean> {
    const folder = this.tools.folderAt(parentKey(key) ?? '');
    if (item.kind !== 'FILE' || folder === null) return false;
    const { store } = this.context;
    const there = await store.destinationByKey(childKey(folder, nameIn(key)));
    return there?.item.kind === 'FILE' && (await store.entryOf('DESTINATION', identityOf(there.item))) === null;
  }

  /** The source's item of what people of the destination put there, if it is put back to where the source has it. */
  private async misplaced({ key, item }: Seen): Promise<KnownSourceItem | null> {
    const { store } = this.context;
    const ledger = await store.entryOf('DESTINATION', identityOf(item));
    if (ledger?.kind !== item.kind || ledger.destinationKey === key) return null;
    const source = await store.destinationById(ledger.sourceId, 'SOURCE');
    return source && this.tools.isPlanned(source.key) ? { ...source, ledger } : null;
  }

  /** What only came along with its folder, or is known under another key there, may stay. */
  private leaves({ key, item, ledger }: KnownSourceItem, occupant: Seen, wanted: Seen): boolean {
    const isMoved = parentKey(key) !== parentKey(wanted.key) || nameIn(key) !== nameIn(ledger.sourceKey);
    const isAsKnown = ledger.kind === item.kind && ledger.destinationKey === occupant.key;
    return isMoved && isAsKnown && this.tools.isPlanned(key);
  }

  /** Gives what leaves a place a temporary name, unless its move comes before. False: no name is left for it. */
  async makeRoom(leaver: Leaver, { folder }: Place): Promise<boolean> {
    const { occupant, source, gone } = leaver;
    if (source === null && gone === undefined) return true;
    const temporary = folder.temporaryName(pathSegments(occupant.key).at(-1)!, occupant.item.kind);
    if (!('name' in temporary)) return false;
    await this.leaveName(leaver, { name: temporary.name, isRevised: true, folder });
    if (gone === undefined) this.aside.set(identityOf(occupant.item), { leaver, folder });
    return true;
  }

  /** All is planned: what does not get to its own place, such as below a folder that is blocked, keeps no temporary name. */
  async settleAside(): Promise<void> {
    for (const { leaver, folder } of this.aside.values()) {
      const { key, item } = leaver.occupant;
      const free = folder.freeName(pathSegments(key).at(-1)!, item.kind);
      if (!('name' in free)) continue;
      await this.leaveName(leaver, { name: free.name, isRevised: true, folder }, WITHOUT_PLACE);
    }
  }

  /** Plans that an item gets a name that is not its own; `message`: unless the step's own one tells why. */
  private async leaveName(leaver: Leaver, name: Omit<Place, 'parentKey'>, message?: string): Promise<void> {
    const { occupant, source, gone } = leaver;
    const { kind } = occupant.item;
    const step = this.toTemporaryName(leaver, name);
    await this.write(message === undefined ? step : { ...step, message }, occupant, null);
    this.places.note(occupant.key, step.destinationKey, kind);
    const known = gone ?? source?.ledger;
    if (known && step.base) this.sourcePlaces.note(known.sourceKey, temporaryKey(step.base, step), kind);
  }

  /** What has the name of a folder that is gone leaves it once the folder is made again. */
  mayGiveWay({ occupant }: Leaver): void {
    this.givingWay.add(identityOf(occupant.item));
  }

  private toTemporaryName({ occupant, source, gone }: Leaver, name: Omit<Place, 'parentKey'>) {
    const { maker } = this.tools;
    const base = gone ?? source?.ledger ?? null;
    const triple = this.ahead({ source: source ?? 'ABSENT', base, destination: occupant });
    const there = seen(triple.destination)!;
    const place = { ...name, parentKey: parentKey(there.key) ?? '' };
    if (source === null) return maker.leaveNameBeforeRemoval(there, triple.base, place);
    return maker.moveToTemporaryName(triple, source.ledger.sourceKey === source.key, place);
  }

  /** Key that a folder of which the ledger knows nothing had then; null where a folder had that key which stands elsewhere now. */
  async formerKeyOfNew(key: string): Promise<string | null> {
    const isLeft = this.tools.remembered > 0 && (await this.context.store.isPlaceLeft('SOURCE', key, 'FOLDER'));
    return isLeft ? null : key;
  }

  /** Whether the folder that it is to go to stands below it. */
  leadsIntoItself({ destination }: Triple, target: TargetFolder): boolean {
    const there = seen(destination);
    if (there?.item.kind !== 'FOLDER') return false;
    if (target.listedKey === null && this.givingWay.has(identityOf(there.item))) return false;
    return selfAndAbove(target.key).includes(this.places.now(there.key, 'FOLDER'));
  }

  /** Has an item leave its name for good; its other half follows it once the next run sees it there. */
  async renameForConflict({ occupant, source }: NameHolder, place: Place, target: TargetFolder): Promise<void> {
    const step = this.tools.maker.renameForConflict(occupant, source?.key ?? null, place);
    await this.write(step, occupant, target);
    this.places.note(occupant.key, newKeyOf(place), occupant.item.kind);
  }

  /** Plans that an item gets the source's folder and name; an equal content under another version is learned with it. */
  async add(given: Triple, place: Place, target: TargetFolder, decision: Decision | null, hash: string | null) {
    const [source, there] = [seen(given.source)!, seen(given.destination)!];
    const { item } = there;
    const triple = this.ahead(given);
    const isPutBack = given.base!.sourceKey === source.key;
    const step = this.tools.maker.move(triple, place, isPutBack);
    const { base } = step;
    const [from, to] = [base.sourceKey, base.destinationKey];
    const noted = (): LedgerEntry => ({
      ...ledgerEntryOf(base.id, { key: from, item: source.item }, { key: to, item }, hash ?? base.sha256),
      mapped: base.mapped,
    });
    this.aside.delete(identityOf(item));
    await this.write(decision?.action === 'ADOPT' ? { ...step, base: noted() } : step, there, target);
    this.places.note(there.key, newKeyOf(place), item.kind);
    this.sourcePlaces.note(given.base!.sourceKey, source.key, item.kind);
  }

  private async write(step: Step, there: Seen, target: TargetFolder | null): Promise<void> {
    this.vacated.add(identityOf(there.item));
    await this.tools.writer.add(this.inTurn(step, there, target, false));
  }

  /** The triple as the moves that were planned so far leave it. */
  ahead(triple: Triple): Triple {
    if (this.vacated.size === 0) return triple;
    const { source, base, destination } = triple;
    const there = seen(destination);
    return {
      source,
      base: base && {
        ...base,
        sourceKey: this.sourcePlaces.now(base.sourceKey, base.kind),
        destinationKey: this.places.now(base.destinationKey, base.kind),
      },
      destination: there ? { ...there, key: this.places.now(there.key, there.item.kind) } : destination,
    };
  }

  /** The step, which says so where it depends on moves that come before it: of its item, its folder or what had its place. */
  inTurn(step: Step, listed: Seen | null, target: TargetFolder | null, isFreed: boolean): Step {
    const existingKey = listed && step.existing && this.places.movedTo(listed.key, listed.item.kind);
    const isInTarget = 'parentKey' in step && step.parentKey === target?.key;
    const folderId = isInTarget ? target.movingId : null;
    return existingKey === null && folderId === null && !isFreed
      ? step
      : { ...step, afterMove: { existingKey, folderId } };
  }
}

const WITHOUT_PLACE =
  'It was renamed or moved at the source to where it cannot be yet, and another item got its name: it has one of its own until then.';

const nameIn = (key: string) => key.slice(key.lastIndexOf('/') + 1);
