import type { TransferTable, Verdict } from '../decide/index.js';
import type { AssignedName, FolderNames, Sibling } from '../naming/index.js';
import { pair, seen, type Seen, type SettledFolder, type Triple } from '../pair/index.js';
import {
  inertStep,
  lockToFollow,
  note,
  mostVersions,
  OF_FOLDER,
  parentKey,
  setsLocks,
  refuse,
  skip,
  type Decision,
  type LedgerEntry,
  type Rules,
  type Step,
} from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import { listAgain } from './bare-folders.js';
import { Blocks } from './blocks.js';
import { Claims } from './claims.js';
import { ContentDecisions } from './content-decisions.js';
import type { ActiveContext } from './context.js';
import { descriptionOf } from './describing.js';
import { NamedItems } from './named-items.js';
import { namesOfFolder, siblingOf } from './names-of-folder.js';
import { childrenOf, KeptChildren } from './kept-children.js';
import { isHeldAfter, MovedAway } from './moved-away.js';
import type { SourceChild, SourceChildren, SourceFolder } from './ports.js';
import { Extras, type FolderExtras } from './extras.js';
import type { FrozenScope } from './frozen-scope.js';
import { LeftOut } from './left-out.js';
import type { Restriction } from './restriction.js';
import type { MovedPlaces } from './moved-places.js';
import {
  AWAITED,
  givesWay,
  isAnother,
  newKeyOf,
  INTO_ITSELF,
  NO_WAY_OUT,
  OCCUPIED,
  UNDECIDED,
  placementOf,
  PLACED_FIRST,
  type Place,
  type Placement,
  type TargetFolder,
} from './placing.js';
import { PlannedMoves, type NameHolder } from './planned-moves.js';
import { OtherSide } from './other-side.js';
import { replacementOf } from './replacement.js';
import { StepMaker } from './step-maker.js';
import { blockedBy, REMOVED_THERE, Targets, type Target } from './targets.js';
import { WaysOut } from './ways-out.js';
import type { BothSides, PlanWriter } from './both-sides.js';
import { refusedTwin, Twins, type FolderTwins } from './twins.js';

/** Verdicts by which what both sides have goes from the source without another step. */
const GOES: ReadonlySet<Verdict> = new Set(['REMOVE_MOVED', 'REMOVE_MOVED_IF_KEPT']);

const AGAIN: Decision = {
  action: 'CREATE',
  reason: 'NEW',
  message: 'The folder is made again, since something in it came or changed after it was removed.',
};

/** What the planning of one run is given. */
export interface Planning {
  writer: PlanWriter;
  scope: Restriction;
  frozen: FrozenScope;
  /** Source folders that could not be listed. */
  unlisted: ReadonlySet<string>;
  /** Start of the planning. */
  at: Date;
  /** Items that the ledger knows. */
  remembered: number;
  /** Where both sides are changed. */
  both?: BothSides | null;
  /** Whether the changes of the source are planned, after those of the destination. */
  isSecond?: boolean;
}

/** Where an item of a folder goes, and what is beside it. */
interface Around {
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

/** How an item comes to its place. */
interface Placing {
  place: Place;
  target: TargetFolder;
  /** Of the source's content where it was read for the decision. */
  hash: string | null;
  /** Whether what has its place leaves it before. */
  isFreed: boolean;
  /** Whether a move of it was planned. */
  isMoved: boolean;
  /** See `Step.knownAt`. */
  knownAt: string | undefined;
  /** What has its name, and leaves it once the item gets there. */
  holder: NameHolder | null;
}

/** Decides about the items of one source folder after the other, top-down. */
export class Planner {
  private readonly targets: Targets;
  private readonly blocks: Blocks;
  private readonly filters: LeftOut;
  private readonly table: TransferTable;
  private readonly rules: Rules;
  private readonly maker: StepMaker;
  private readonly scope: Restriction;
  private readonly frozen: FrozenScope;
  private readonly unlisted: ReadonlySet<string>;
  private readonly writer: PlanWriter;
  /** Where both sides are changed. */
  private readonly other: OtherSide | null;
  private readonly isSecond: boolean;
  private readonly twins = new Twins();
  private readonly contents: ContentDecisions;
  private readonly moves: PlannedMoves;
  private readonly movedAway: MovedAway;
  private readonly waysOut: WaysOut;
  /** Items of the destination that are taken for one of the source, see `Claims`. */
  readonly claims: Claims;
  /** What stands at the destination and belongs to no item of the source. */
  readonly extras: Extras;

  constructor(
    private readonly context: ActiveContext,
    { writer, scope, frozen, unlisted, at, remembered, both = null, isSecond = false }: Planning,
  ) {
    const { policies, destination } = context;
    this.table = context.table;
    const locks = !setsLocks(policies, destination) ? null : both === null ? 'ONE_WAY' : 'BOTH_WAYS';
    this.rules = { policies, limits: destination.limits, now: at, winsTies: isSecond, locks };
    this.isSecond = isSecond;
    this.contents = new ContentDecisions(context, { rules: this.rules, both, isSecond });
    this.blocks = new Blocks(context);
    this.filters = new LeftOut(context);
    const maker = new StepMaker(destination.destination, this.rules, both !== null, {
      most: mostVersions(policies, destination.capabilities),
      keepsNone: destination.capabilities.VERSION_PRESERVATION.level === 'NONE',
    });
    [this.writer, this.scope, this.frozen, this.unlisted, this.maker] = [writer, scope, frozen, unlisted, maker];
    this.extras = new Extras(context);
    this.targets = new Targets(context.destinationRoot, this.extras);
    this.movedAway = new MovedAway(context, writer, at);
    this.moves = new PlannedMoves(context, { writer, maker, remembered, isPlanned: (key) => this.isPlanned(key) });
    this.claims = new Claims(context, remembered);
    const targetOf = (key: string) => this.targets.of(key);
    const { store } = context;
    this.waysOut = new WaysOut({
      store,
      moves: this.moves,
      claims: this.claims,
      targetOf,
      givesNamesUp: both !== null,
    });
    this.other = both && new OtherSide(context, { both, isSecond, moves: this.moves, remembered, now: at });
  }

  /** Where items of the destination stand once the plan's moves are carried out. */
  get places(): Pick<MovedPlaces, 'note' | 'now'> {
    return this.moves.places;
  }

  private isPlanned(key: string): boolean {
    const target = this.targets.of(parentKey(key) ?? '');
    return this.scope.includes(key) && !this.unlisted.has(key) && (!target || 'key' in target);
  }

  async planFolder(source: SourceFolder): Promise<void> {
    const target = this.targets.of(source.key) ?? blockedBy('LISTING_FAILED', 'Its folder was not listed.');
    this.extras.planned(source.key);
    const { settled } = source;
    if (
      settled &&
      !this.filters.isActive &&
      !this.movedAway.isActive &&
      (await this.isNothingToDo(settled, target)) &&
      !(await this.hasExtras(source, settled))
    )
      return this.addSettled(source, settled);
    if (settled && source.isBare)
      await listAgain({ SOURCE: source.key, DESTINATION: settled.destinationKey }, this.context);
    await this.planChildren(source, target);
  }

  /** Whether nothing but the content of a settled folder decides about it. */
  private async isNothingToDo({ destinationKey, folders }: SettledFolder, target: Target): Promise<boolean> {
    const isInPlace = 'key' in target && target.movingId === null && target.listedKey === destinationKey;
    if (!isInPlace || !this.scope.isWhole || this.twins.areRefused) return false;
    if (folders.length === 0) return true;
    if (this.blocks.leaveOutEmpty || this.unlisted.size > 0) return false;
    for (const { destinationKey: key } of folders)
      if ((await this.context.store.coverage('DESTINATION', key)) === 'NONE') return false;
    return true;
  }

  /** Whether more stands there than belongs to the items of the source; a bare folder is known to hold nothing else. */
  private async hasExtras({ isBare, count }: SourceFolder, { destinationKey }: SettledFolder): Promise<boolean> {
    if (!this.extras.isActive || isBare) return false;
    return (await this.context.store.destinationChildren(destinationKey)).length !== count;
  }

  private async addSettled({ count, bytes }: SourceFolder, { folders }: SettledFolder): Promise<void> {
    for (const { sourceKey, destinationKey: key } of folders)
      this.targets.aim(sourceKey, { key, listedKey: key, formerKey: sourceKey, movingId: null });
    await this.writer.countUnchanged(count, bytes);
  }

  /** Names are given to all children before the first is planned; beside them one portion of children is in hand at a time. */
  private async planChildren(source: SourceFolder, target: Target): Promise<void> {
    const children = new KeptChildren(childrenOf(await source.children(), this.table.kinds));
    const listedKey = 'key' in target ? target.listedKey : null;
    const there = listedKey === null ? null : await this.context.store.destinationChildren(listedKey);
    const folder = namesOfFolder(this.targets.pathOf(target), there, this.rules);
    const names = folder.assign(await this.siblings(children, listedKey));
    const byName = there && new NamedItems(there, this.rules.limits);
    if (byName) this.twins.note(byName);
    const twins = this.twins.inFolder();
    const extras = this.extras.inFolder(source.key, there && { key: listedKey!, children: there });
    let index = 0;
    for await (const portion of children.portions()) {
      const late = await this.frozen.lateOf(portion);
      for (const child of portion)
        await this.planChild(child, {
          ...{ target, byName, folder, twins, extras, name: names[index++]! },
          isLate: late.has(child),
        });
    }
    extras.end();
  }

  private async siblings(children: SourceChildren, listedKey: string | null): Promise<Sibling[]> {
    const siblings: Sibling[] = [];
    for await (const portion of children.portions())
      for (const child of portion) siblings.push(siblingOf(child, listedKey));
    return siblings;
  }

  private async planChild({ key, item, ledger }: SourceChild, around: Around): Promise<void> {
    const isTwin = around.twins.isRefused({ key, item });
    if (!this.scope.includes(key) || this.unlisted.has(key)) {
      around.extras.keep(foundThere(item, ledger, around));
      return this.movedAway.stays(key);
    }
    if (isTwin) await this.addTwin({ key, item });
    else await this.planOne({ key, item }, around.twins.ownEntry(ledger), around);
  }

  private async addTwin(source: Seen): Promise<void> {
    this.movedAway.stays(source.key);
    await this.writer.add(refusedTwin(source));
  }

  /** Something may stand there that was not shown. */
  noteProblem(key: string): void {
    this.movedAway.keeps(key);
  }

  /** Everything of the source was planned: what was moved with all that is in it goes. */
  async finish(): Promise<void> {
    await this.movedAway.finish();
    await this.extras.finish(this.context.store);
  }

  /** The steps are stored for good. */
  planStands(): Promise<void> {
    return this.contents.planStands();
  }

  /** Names at the destination that several items share, see `Twins`. */
  get sharedNames(): readonly string[] {
    return this.twins.shared;
  }

  private async planOne(source: Seen, ledger: LedgerEntry | null, around: Around): Promise<void> {
    const { target, name, folder, extras } = around;
    const outOfScope = around.isLate ? this.contents.ofLate(source) : null;
    if (outOfScope) return this.addBlocked(source, outOfScope);
    const found = this.other?.partnerOf(source) ?? foundThere(source.item, ledger, around);
    const isOut = await this.filters.of(source, ledger, found);
    if (isOut)
      return isOut === 'NAME' ? this.addBlocked(source, NAME_OF_LEFT_OUT) : this.leaveAlone(source, target, isOut);
    if (ledger === null && (await this.blocks.leadsNowhere(source))) return this.leaveOut(source, target);
    const blocked = await this.blocks.of(source, target, name, found);
    if (blocked) extras.keep(found);
    if (blocked) return this.addBlocked(source, blocked, ledger);
    if (!('key' in target) || !('name' in name)) throw new Error('unreachable: the item is blocked');
    const known = await this.entryOf(source, ledger);
    const leaver = await this.moves.leaverOf(found, known, source);
    const entry = leaver === null && (await this.other?.meetsAnew(found, known)) ? null : known;
    if (await this.claims.isAwaited(found, entry)) return this.addBlocked(source, AWAITED);
    const holder = leaver ? null : ((await this.other?.holderOf(found, entry, source.item)) ?? null);
    const stays = leaver || holder ? null : found;
    const isFolders = this.other?.isFolders(stays, source.item.kind) ?? false;
    const named = isFolders ? null : stays;
    const triple = await this.pair(source, entry, named);
    extras.keep(seen(triple.destination));
    await this.claims.note(triple);
    const place = { parentKey: target.key, name: name.name, isRevised: name.isRevised, folder };
    const { decision: decided, hash, verdict } = await this.contents.of(triple, target);
    const there = this.other ? await this.other.placeThere(triple) : null;
    const wished = placementOf(triple, this.table, target, place, stays ?? 'ABSENT', this.rules, there);
    const placement = this.other?.placementLeft(source, wished) ?? wished;
    const isPlacedFirst = decided?.keepBoth !== undefined && this.other?.arePlacesApart(triple, placement);
    const decision = isPlacedFirst ? PLACED_FIRST : decided;
    if (placement === 'MOVE' && this.moves.leadsIntoItself(triple, target)) return this.addBlocked(source, INTO_ITSELF);
    const isMoved = this.moves.areDone && placement === 'MOVE' && givesWay(decision);
    const isFreed = (leaver ?? holder) !== null && (isMoved || decision?.action === 'CREATE');
    const way = isFreed && leaver ? await this.waysOut.of(leaver) : 'FREE';
    if (way !== 'FREE') return this.addBlocked(source, NO_WAY_OUT[way]);
    if (isFreed && leaver && !(await this.moves.makeRoom(leaver, place))) return this.addBlocked(source, OCCUPIED);
    if (isFreed && holder && !(await this.renameForConflict(holder, place, target)))
      return this.addBlocked(source, OCCUPIED);
    if (isMoved) await this.moveTo(triple, place, target, decision, hash);
    const isAwaited = placement === 'OCCUPIED' && (await this.claims.isGoing(stays));
    const rest = isMoved ? besideMove(decision) : placed(decision, isAwaited ? 'AWAITED' : placement, triple, stays);
    const knownAt = placement === 'STAY' ? this.other?.knownAt(triple) : undefined;
    const how = { place, target, hash, isFreed, isMoved, knownAt, holder };
    const step = await this.add(triple, isFolders ? waiting(rest) : rest, how);
    await this.goOrStay(source, verdict, step, triple);
    this.other?.tell(triple, verdict, decision, step);
  }

  /** An identity that two items of the source share, such as below a folder that is mounted twice, is that of the one at its place. */
  private async entryOf({ key }: Seen, ledger: LedgerEntry | null): Promise<LedgerEntry | null> {
    if (ledger === null || ledger.sourceKey === key) return ledger;
    return (await this.context.store.isAtSource(ledger.sourceKey, ledger.sourceId)) ? null : ledger;
  }

  private async pair(source: Seen, ledger: LedgerEntry | null, named: Seen | null): Promise<Triple> {
    const { store } = this.context;
    const isThere = ledger === null || (named && identityOf(named.item)) === ledger.destinationId;
    const known = isThere ? named : await this.knownThere(ledger, named);
    const isMissing = ledger !== null && known === null && named === null;
    const isUnknown = isMissing && (await store.coverage('DESTINATION', ledger.destinationKey)) !== 'WHOLE';
    return pair(source, ledger, { known, named, isUnknown });
  }

  private async knownThere(ledger: LedgerEntry, named: Seen | null): Promise<Seen | null> {
    const known = await this.context.store.destinationById(ledger.destinationId);
    return known ?? named ?? replacementOf(ledger, this.context);
  }

  /** What is moved goes from the source where its step leaves it at the destination, or it is there already. */
  private async goOrStay(source: Seen, verdict: Verdict, step: Step | null, triple: Triple): Promise<void> {
    const there = seen(this.moves.ahead(triple).destination);
    const goes = step ? isHeldAfter(step) : there !== null && GOES.has(verdict);
    if (goes) await this.movedAway.goes(source, step?.destinationKey ?? there!.key);
    else this.movedAway.stays(source.key);
  }

  /** What goes into a folder that makes room comes along, also where its turn is still to come. */
  private async renameForConflict(holder: NameHolder, place: Place, target: TargetFolder): Promise<boolean> {
    const { key, item } = holder.occupant;
    const before = this.moves.places.now(key, item.kind);
    if (!(await this.other!.renameForConflict(holder, place, target))) return false;
    const after = this.moves.places.now(key, item.kind);
    if (item.kind === 'FOLDER') await this.targets.follow({ before, after }, this.context.store);
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
    this.other?.noteMoved(triple);
    await this.moves.add(triple, place, target, decision, hash);
  }

  /** Gives the step that stands for the item in the plan; null where nothing is to be done about its content. */
  private async add(triple: Triple, decision: Decision | null, how: Placing): Promise<Step | null> {
    const { place, hash, isMoved } = how;
    const { key, item } = seen(triple.source)!;
    if (item.kind === 'FOLDER') this.targets.aim(key, this.targetOf(decision, triple, how));
    if (triple.destination === 'UNKNOWN' && decision === null) {
      this.targets.blockBelow(seen(triple.source)!, UNSEEN);
      return this.isSecond ? null : this.addInert(seen(triple.source)!, UNSEEN);
    }
    const mayDescribe = !this.table.freezesScope && (decision === null || decision.isNote);
    const description = mayDescribe ? descriptionOf(triple, this.context.destination) : null;
    const ahead = this.moves.ahead(triple);
    const isLeft = this.table.freezesScope && triple.base !== null;
    const lockEnd = isLeft ? null : lockToFollow(triple, decision, this.rules);
    if (description === 'SET' || lockEnd !== null) {
      const described = { isDescribed: description === 'SET', lockEnd, hash };
      return this.addStep(this.maker.describe(ahead, described), triple, how);
    }
    if (description === 'LEAVE' && this.isSecond) return null;
    const told = description === 'LEAVE' ? note(seen(triple.destination)!.item, DESCRIBED_THERE) : decision;
    if (told) return this.addStep(this.maker.make(ahead, told, place, hash), triple, how);
    if (!isMoved && !this.movedAway.isActive) await this.writer.addUnchanged(item);
    return null;
  }

  private async addStep(given: Step, { destination }: Triple, { target, isFreed, knownAt }: Placing): Promise<Step> {
    const step = knownAt === undefined || given.action === 'CREATE' ? given : { ...given, knownAt };
    // A new content of what was moved out of the folder needs no folder.
    const isInTarget = 'parentKey' in step && step.parentKey === target.key;
    if (isInTarget && (step.type === 'MAKE_FOLDER' || step.type === 'TRANSFER')) await target.makeAgain?.();
    await this.writer.add(this.moves.inTurn(step, seen(destination), target, isFreed));
    return step;
  }

  /** Children of a folder go to the folder that stands there, in its own spelling. */
  private targetOf(decision: Decision | null, triple: Triple, how: Placing): Target {
    const { source, base, destination } = triple;
    if (decision?.action === 'REFUSE' || decision?.action === 'SKIP')
      return blockedBy(decision.reason, decision.message);
    const there = seen(destination);
    const formerKey = base?.sourceKey ?? seen(source)!.key;
    if (there && there.item.kind === 'FILE') return blockedBy('NAME_TAKEN', 'A file stands in its place.');
    const fresh = { key: newKeyOf(how.place), listedKey: null, formerKey, movingId: null };
    const survives = this.other?.surviving.has(seen(source)!.key);
    const isGone = !there && decision === null && destination === 'ABSENT';
    if (isGone) return this.other ? this.goneFolder(fresh, triple, how) : REMOVED_THERE;
    if (!there) return { ...fresh, survives };
    const key = this.moves.places.now(there.key, 'FOLDER');
    return { key, listedKey: there.key, formerKey, movingId: key === there.key ? null : identityOf(there.item) };
  }

  /** A folder that is gone at the destination is made again only for what goes into it. */
  private goneFolder(fresh: TargetFolder, triple: Triple, how: Placing): TargetFolder {
    const { surviving } = this.other!;
    const { key } = seen(triple.source)!;
    const target: TargetFolder = {
      ...fresh,
      makeAgain: async () => {
        delete target.makeAgain;
        if (how.holder) await this.other!.renameForConflict(how.holder, how.place, how.target);
        surviving.add(key);
        await this.addStep(this.maker.make(this.moves.ahead(triple), AGAIN, how.place, null), triple, {
          ...how,
          isFreed: how.holder !== null,
        });
      },
    };
    return target;
  }

  /** Folders below it, which lead nowhere either, are not told. */
  private leaveOut({ key, item }: Seen, target: Target): void {
    this.movedAway.stays(key);
    const isTold = 'blocked' in target && target.blocked.reason === 'EXCLUDED_BY_RULE';
    if (!isTold) this.context.sifter.tell({ key, item, standing: 'OUT', rule: null });
    this.targets.aim(key, { blocked: skip('EXCLUDED_BY_RULE', 'No filter of the job includes it.') });
  }

  /** What the filters leave out of either side; the plan of the destination tells it for both. */
  private leaveAlone({ key, item }: Seen, target: Target, by: 'SELF' | 'OTHER_HALF'): void {
    const isTold = 'blocked' in target && target.blocked.reason === 'EXCLUDED_BY_RULE';
    if (by === 'OTHER_HALF' && !isTold && !this.isSecond)
      this.context.sifter.tell({ key, item, standing: 'OUT', rule: null, isOfOtherHalf: true });
    this.targets.blockBelow({ key, item }, skip('EXCLUDED_BY_RULE', 'The filters of the job leave it out.'));
  }

  /** Of what a job with a frozen scope has migrated nothing is told, since it would do nothing about it anyway. */
  private async addBlocked(source: Seen, blocked: Decision, ledger: LedgerEntry | null = null): Promise<void> {
    this.movedAway.stays(source.key);
    this.targets.blockBelow(source, blocked);
    if (ledger && this.table.freezesScope) await this.writer.addUnchanged(source.item);
    else await this.addInert(source, blocked);
  }

  private async addInert({ key, item }: Seen, blocked: Decision): Promise<Step> {
    const { action, reason, remedy = null } = blocked;
    const inert = action === 'SKIP' ? 'SKIP' : 'REFUSE';
    const step: Step = { ...inertStep(key, item), action: inert, reason, message: blocked.message, remedy };
    await this.writer.add(step);
    return step;
  }
}

/** What stands at the destination under the name that an item is to get. */
const foundThere = (item: Item, ledger: LedgerEntry | null, { byName, name }: Around): Seen | null =>
  byName && 'name' in name ? byName.find(name.name, item.kind, ledger) : null;

const NAME_OF_LEFT_OUT = refuse(
  'NAME_TAKEN',
  'What has its name at the destination belongs to an item that the filters of the job leave out.',
  'Rename one of them.',
);

const DESCRIBED_THERE = 'Its description changed at both sides; the one at the destination stays as it is.';

/** What the ledger knows at the destination, whose listing neither shows it nor proves that it is gone. */
const UNSEEN = skip(
  'LISTING_FAILED',
  'The destination could not be listed as a whole, and the item was not seen there: nothing is done about it.',
);

/** What is left to do about an item that is moved: equal content under another version is learned with the move. */
const besideMove = (decision: Decision | null) => (decision?.isNote ? null : decision);

/** A file whose name a folder has waits until it has another one. */
const waiting = (decision: Decision | null): Decision | null =>
  decision?.action === 'CREATE' || decision === OCCUPIED ? OF_FOLDER : decision;

/** What is done about the content, and what the place asks for beside a move. */
function placed(
  decision: Decision | null,
  placement: Placement | 'AWAITED',
  { destination }: Triple,
  named: Seen | null,
): Decision | null {
  if (placement === 'OCCUPIED' && givesWay(decision)) return OCCUPIED;
  if (placement === 'AWAITED' && givesWay(decision)) return AWAITED;
  if (placement === 'UNDECIDED') return UNDECIDED;
  // The item that gets the conflict name stands elsewhere, so that another one keeps the place of the new file.
  if (decision?.keepBoth === 'EXISTING' && isAnother(named, seen(destination))) return OCCUPIED;
  if (placement === 'STAY' || decision !== null) return decision;
  return note(seen(destination)!.item, 'Its place at the source changed; at the destination it stays where it is.');
}
