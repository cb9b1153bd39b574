import type { Verdict } from '../decide/index.js';
import type { AssignedName, FolderNames } from '../naming/index.js';
import { pair, seen, type Seen, type Triple } from '../pair/index.js';
import { refuse, type Decision, type LedgerEntry, type Step } from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import { unnamed } from './blocks.js';
import type { Decided } from './content-decisions.js';
import type { FolderExtras } from './extras.js';
import { ItemSteps } from './item-steps.js';
import { isHeldAfter } from './moved-away.js';
import type { NamedItems } from './named-items.js';
import { besideMove, placed, waiting } from './placed.js';
import {
  AWAITED,
  givesWay,
  INTO_ITSELF,
  OCCUPIED,
  OF_UNSEEN,
  PLACED_FIRST,
  placementOf,
  YIELDS,
  type Place,
  type Placement,
  type TargetFolder,
} from './placing.js';
import type { Leaver, NameHolder } from './planned-moves.js';
import type { PlanParts } from './planning.js';
import { replacementOf } from './replacement.js';
import type { Rival } from './rivals.js';
import type { Target } from './targets.js';
import type { FolderTwins } from './twins.js';

/** Verdicts by which what both sides have goes from the source without another step. */
const GOES: ReadonlySet<Verdict> = new Set(['REMOVE_MOVED', 'REMOVE_MOVED_IF_KEPT']);

/** Where an item of a folder goes, and what is beside it. */
export interface Around {
  target: Target;
  name: AssignedName;
  folder: FolderNames;
  /** What stands there; null in a new folder. */
  byName: NamedItems | null;
  twins: FolderTwins;
  extras: FolderExtras;
  /** Whether it came after the scope of the job was frozen. */
  isLate: boolean;
}

/** What there is at the destination for an item, as far as names and the planning of the other side tell. */
interface Standing {
  /** Its other half, which the planning of the other side found. */
  partner: Seen | null;
  /** What has the name that it is to get. */
  occupant: Seen | null;
}

/** An item with what is known of it at both sides. */
interface Met {
  triple: Triple;
  content: Decided;
  /** Whether what has its name came over as another item, and nothing is put over it. */
  rival: Rival | null;
  /** What has its name at the destination and leaves it for its own place. */
  leaver: Leaver | null;
  /** What has its name and leaves it once the item gets there. */
  holder: NameHolder | null;
  /** What has its name and keeps it. */
  stays: Seen | null;
  /** Whether that is a folder, and the item a file. */
  isFolders: boolean;
}

/** What is to become of an item's content and place. */
interface Meant {
  decision: Decision | null;
  placement: Placement;
  isMoved: boolean;
  /** Whether both sides have it at one place that the ledger does not know yet. */
  isOnePlace: boolean;
  /** Whether what has its place leaves it before. */
  isFreed: boolean;
}

/** Decides about one item of the source after the other. */
export class ItemPlanner {
  private readonly steps: ItemSteps;

  constructor(private readonly parts: PlanParts) {
    this.steps = new ItemSteps(parts);
  }

  async plan(source: Seen, ledger: LedgerEntry | null, around: Around): Promise<void> {
    const { target, name, folder, extras } = around;
    const outOfScope = around.isLate ? this.parts.contents.ofLate(source) : null;
    if (outOfScope) return this.steps.addBlocked(source, outOfScope);
    const partner = this.parts.other?.partnerOf(source) ?? null;
    const occupant = foundThere(source.item, ledger, around);
    if (await this.isLeft(source, ledger, partner ?? occupant, around)) return;
    if (!('key' in target) || !('name' in name)) throw new Error('unreachable: the item is blocked');
    const met = await this.meet(source, ledger, { partner, occupant }, target);
    if ('action' in met) return this.steps.addBlocked(source, met);
    extras.keep(seen(met.triple.destination));
    await this.parts.claims.note(met.triple);
    const isBeside = met.rival !== null && met.content.decision?.action === 'CREATE';
    const own = isBeside ? folder.nameOfTwin(name.name, source.item.kind) : name;
    if (!('name' in own)) return this.steps.addBlocked(source, unnamed(own), ledger);
    const place = { parentKey: target.key, name: own.name, isRevised: own.isRevised, folder };
    await this.carryOn(source, met, place, target);
  }

  /** Whether nothing is decided about it, for which the plan has the reason then. */
  private async isLeft(source: Seen, ledger: LedgerEntry | null, found: Seen | null, around: Around): Promise<boolean> {
    const { filters, blocks } = this.parts;
    const { target, name, extras } = around;
    const isOut = await filters.of(source, ledger, found);
    if (isOut === 'NAME') await this.steps.addBlocked(source, NAME_OF_LEFT_OUT);
    else if (isOut) this.steps.leaveAlone(source, target, isOut);
    if (isOut) return true;
    if (ledger === null && (await blocks.leadsNowhere(source))) {
      this.steps.leaveOut(source, target);
      return true;
    }
    const blocked = await blocks.of(source, target, name, found);
    if (!blocked) return false;
    extras.keep(found);
    await this.steps.addBlocked(source, blocked, ledger);
    return true;
  }

  /** What becomes of the item instead, where it waits for another one. */
  private async meet(
    source: Seen,
    ledger: LedgerEntry | null,
    { partner, occupant }: Standing,
    target: TargetFolder,
  ): Promise<Met | Decision> {
    const { moves, other, claims, rivals, isSecond } = this.parts;
    const known = await this.entryOf(source, ledger);
    const leaver = (await moves.leaverOf(occupant, known, source)) ?? (await claims.leavingFolder(occupant, known));
    const found = partner ?? occupant;
    const isAnew = leaver === null && ((await other?.meetsAnew(found, known)) || other?.hasLostHalf(known, source));
    const entry = isAnew ? null : known;
    const orphan = leaver || partner ? null : ((await other?.orphanAt(found, entry)) ?? null);
    if (orphan === 'GOES') return AWAITED;
    if (orphan === 'UNPROVED') return OF_UNSEEN;
    if (orphan && (isSecond || !moves.areDone)) return YIELDS;
    const holder = leaver ? null : (orphan ?? (await other?.holderOf(occupant, entry, source.item)) ?? null);
    const isAwaited = !holder && (await claims.isAwaited(found, entry));
    if (isAwaited && !(await this.isEqualFile(source, entry, found, target))) return AWAITED;
    const stays = leaver || holder ? null : occupant;
    const isFolders = other?.isFolders(stays, source.item.kind) ?? false;
    const rival = leaver ? null : await rivals.at(found, entry, source.item);
    const named = partner ?? (isFolders || rival === 'SHOWN' ? null : stays);
    const paired = await this.pairWithContent(source, entry, named, target);
    const isEqual = paired.content.decision?.action === 'ADOPT';
    const own = rival === 'GONE' && !isEqual ? await this.pairWithContent(source, entry, null, target) : paired;
    return { triple: own.triple, content: own.content, rival, leaver, holder, stays, isFolders };
  }

  /** What is removed nowhere but to be made again is taken for the item that comes to its place. */
  private async isEqualFile(source: Seen, entry: LedgerEntry | null, found: Seen | null, target: TargetFolder) {
    if (source.item.kind !== 'FILE' || found?.item.kind !== 'FILE') return false;
    return (await this.pairWithContent(source, entry, found, target)).content.decision?.action === 'ADOPT';
  }

  private async pairWithContent(source: Seen, entry: LedgerEntry | null, named: Seen | null, target: TargetFolder) {
    const triple = await this.pair(source, entry, named);
    return { triple, content: await this.parts.contents.of(triple, target) };
  }

  private async carryOn(source: Seen, met: Met, place: Place, target: TargetFolder): Promise<void> {
    const { other, claims } = this.parts;
    const { triple, stays, isFolders, holder, leaver } = met;
    const { verdict, hash } = met.content;
    const meant = await this.decide(source, met, place, target);
    const { decision, placement, isMoved, isFreed, isOnePlace } = meant;
    const obstacle =
      (await this.obstacleToMove(meant, triple, target)) ?? (await this.clearPlace(met, meant, place, target));
    if (obstacle?.reason === 'LOCKED' && isMoved && source.item.kind === 'FOLDER')
      return this.steps.keepFolder(triple, obstacle);
    if (obstacle) return this.steps.addBlocked(source, obstacle);
    if (isMoved) await this.moveTo(triple, place, target, decision, hash);
    const isAwaited = placement === 'OCCUPIED' && (await claims.isLeaving(stays));
    const rest = isMoved ? besideMove(decision) : placed(decision, isAwaited ? 'AWAITED' : placement, triple, stays);
    const knownAt = placement === 'STAY' && !isOnePlace ? other?.knownAt(triple) : undefined;
    const how = { place, target, hash, isFreed, isMoved, knownAt, holder, leaver };
    const step = await this.steps.add(triple, isFolders ? waiting(rest) : rest, how);
    this.noteFollowed(step, triple);
    await this.goOrStay(source, verdict, step, triple);
    other?.tell(triple, verdict, decision, step);
  }

  private async decide(
    source: Seen,
    { triple, content, leaver, holder, stays }: Met,
    place: Place,
    target: TargetFolder,
  ): Promise<Meant> {
    const { other, table, rules, moves } = this.parts;
    const { decision: decided } = content;
    const there = other ? await other.placeThere(triple) : null;
    const wished = placementOf(triple, table, target, place, stays ?? 'ABSENT', rules, there);
    const placement = other?.placementLeft(source, wished, content.verdict) ?? wished;
    const isOnePlace = wished === 'LEARN';
    const isPlacedFirst = decided?.keepBoth !== undefined && !isOnePlace && other?.arePlacesApart(triple, placement);
    const decision = isPlacedFirst ? PLACED_FIRST : decided;
    const isMoved = moves.areDone && placement === 'MOVE' && givesWay(decision);
    const isFreed = (leaver ?? holder) !== null && (isMoved || decision?.action === 'CREATE');
    return { decision, placement, isMoved, isOnePlace, isFreed };
  }

  /** Why the item cannot leave the place that it has at the destination; null where it can, or need not. */
  private async obstacleToMove(
    { placement, isMoved }: Meant,
    triple: Triple,
    target: TargetFolder,
  ): Promise<Decision | null> {
    if (placement === 'MOVE' && this.parts.moves.leadsIntoItself(triple, target)) return INTO_ITSELF;
    const there = seen(triple.destination);
    return isMoved && there ? this.parts.held.of(there) : null;
  }

  /** What has its place leaves it; otherwise gives what becomes of the item instead. */
  private async clearPlace(
    { leaver, holder }: Met,
    { isFreed }: Meant,
    place: Place,
    target: TargetFolder,
  ): Promise<Decision | null> {
    if (!isFreed) return null;
    const obstacle = await this.steps.obstacleToLeave({ leaver, holder });
    if (obstacle) return obstacle;
    if (leaver && !(await this.parts.moves.makeRoom(leaver, place))) return OCCUPIED;
    if (holder && !(await this.renameForConflict(holder, place, target))) return OCCUPIED;
    return null;
  }

  /** An identity that two items of the source share, such as below a folder that is mounted twice, is that of the one at its place. */
  private async entryOf({ key }: Seen, ledger: LedgerEntry | null): Promise<LedgerEntry | null> {
    if (ledger === null || ledger.sourceKey === key) return ledger;
    return (await this.parts.context.store.isAtSource(ledger.sourceKey, ledger.sourceId)) ? null : ledger;
  }

  private async pair(source: Seen, ledger: LedgerEntry | null, named: Seen | null): Promise<Triple> {
    const { store } = this.parts.context;
    const isThere = ledger === null || (named && identityOf(named.item)) === ledger.destinationId;
    const known = isThere ? named : await this.knownThere(ledger, named);
    const isMissing = ledger !== null && known === null && named === null;
    const isUnknown = isMissing && (await store.coverage('DESTINATION', ledger.destinationKey)) !== 'WHOLE';
    return pair(source, ledger, { known, named, isUnknown });
  }

  private async knownThere(ledger: LedgerEntry, named: Seen | null): Promise<Seen | null> {
    const known = await this.parts.context.store.destinationById(ledger.destinationId);
    return known ?? named ?? replacementOf(ledger, this.parts.context);
  }

  /** The ledger learns with the step where the folder is, and with it all that is in it. */
  private noteFollowed(step: Step | null, { base, destination }: Triple): void {
    if (step?.type === 'INERT' && step.moved)
      this.parts.followed.note(base!.destinationKey, seen(destination)!.key, 'FOLDER');
  }

  /** What is moved goes from the source where its step leaves it at the destination, or it is there already. */
  private async goOrStay(source: Seen, verdict: Verdict, step: Step | null, triple: Triple): Promise<void> {
    const there = seen(this.parts.moves.ahead(triple).destination);
    const goes = step ? isHeldAfter(step) : there !== null && GOES.has(verdict);
    if (goes) await this.parts.movedAway.goes(source, step?.destinationKey ?? there!.key);
    else this.parts.movedAway.stays(source.key);
  }

  /** What goes into a folder that makes room comes along, also where its turn is still to come. */
  private async renameForConflict(holder: NameHolder, place: Place, target: TargetFolder): Promise<boolean> {
    const { key, item } = holder.occupant;
    const before = this.parts.moves.places.now(key, item.kind);
    if (!(await this.parts.other!.renameForConflict(holder, place, target))) return false;
    const after = this.parts.moves.places.now(key, item.kind);
    if (item.kind === 'FOLDER') await this.parts.targets.follow({ before, after }, this.parts.context.store);
    return true;
  }

  private async moveTo(
    triple: Triple,
    place: Place,
    target: TargetFolder,
    decision: Decision | null,
    hash: string | null,
  ) {
    await target.makeAgain?.();
    this.parts.other?.noteMoved(triple);
    await this.parts.moves.add(triple, place, target, decision, hash);
  }
}

/** What stands at the destination under the name that an item is to get. */
export const foundThere = (item: Item, ledger: LedgerEntry | null, { byName, name }: Around): Seen | null =>
  byName && 'name' in name ? byName.find(name.name, item.kind, ledger) : null;

const NAME_OF_LEFT_OUT = refuse(
  'NAME_TAKEN',
  'What has its name at the destination belongs to an item that the filters of the job leave out.',
  'Rename one of them.',
);
