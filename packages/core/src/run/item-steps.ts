import { seen, type Seen, type Triple } from '../pair/index.js';
import {
  heldByOthers,
  inertStep,
  lockToFollow,
  note,
  skip,
  type Decision,
  type LedgerEntry,
  type Step,
} from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import { belongingsOf, givenAlone, givenWithContent, type Belongings } from './belongings.js';
import { descriptionOf } from './describing.js';
import { newKeyOf, type Place, type TargetFolder } from './placing.js';
import type { Leaver, NameHolder } from './planned-moves.js';
import type { PlanParts } from './planning.js';
import { blockedBy, REMOVED_THERE, type Target } from './targets.js';
import { replacedBy } from './step-maker.js';

const AGAIN: Decision = {
  action: 'CREATE',
  reason: 'NEW',
  message: 'The folder is made again, since something in it came or changed after it was removed.',
};

/** How an item comes to its place. */
export interface Placing {
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
  /** What has its name, and leaves it for its own place. */
  leaver: Leaver | null;
}

/** Writes the steps of items into the plan, and says where what is in a folder goes after its step. */
export class ItemSteps {
  constructor(private readonly parts: PlanParts) {}

  /** Gives the step that stands for the item in the plan; null where nothing is to be done about its content. */
  async add(triple: Triple, decision: Decision | null, how: Placing): Promise<Step | null> {
    const { hash, isMoved } = how;
    const { key, item } = seen(triple.source)!;
    const given = belongingsOf(item, this.parts.context);
    if (!this.parts.isSecond) this.parts.unheld.note({ key, item }, given?.problems ?? []);
    if (item.kind === 'FOLDER') this.parts.targets.aim(key, await this.targetOf(decision, triple, how));
    if (triple.destination === 'UNKNOWN' && decision === null) {
      this.parts.targets.blockBelow(seen(triple.source)!, UNSEEN);
      return this.parts.isSecond ? null : this.addInert(seen(triple.source)!, UNSEEN);
    }
    const mayDescribe = !this.parts.table.freezesScope && (decision === null || decision.isNote);
    const isMapped = given?.described.description !== undefined;
    const description = mayDescribe && !isMapped ? descriptionOf(triple, this.parts.context.destination) : null;
    const anew = this.givenAnew(triple, decision, given);
    if (given?.refusal && (anew || decision?.action === 'CREATE' || decision?.action === 'UPDATE'))
      return this.addInert({ key, item }, given.refusal);
    const ahead = this.parts.moves.ahead(triple);
    const isLeft = this.parts.table.freezesScope && triple.base !== null;
    const lockEnd = isLeft ? null : lockToFollow(triple, decision, this.parts.rules);
    if (description === 'SET' || lockEnd !== null || anew) {
      const held = heldByOthers(seen(triple.destination)!.item, this.parts.rules);
      if (held) return this.addInert({ key, item }, held);
      const described = { isDescribed: description === 'SET', lockEnd, hash, given: anew };
      return this.addStep(this.parts.maker.describe(ahead, described), triple, how);
    }
    if (description === 'LEAVE' && this.parts.isSecond) return null;
    const told = description === 'LEAVE' ? note(seen(triple.destination)!.item, DESCRIBED_THERE) : decision;
    if (told) return this.addStep(this.made(ahead, told, how, given), triple, how);
    if (!isMoved && !this.parts.movedAway.isActive) await this.parts.writer.addUnchanged(item);
    return null;
  }

  /** What an item that is there is given now and was not before; null for nothing, and where another step gives it. */
  private givenAnew(triple: Triple, decision: Decision | null, given: Belongings | null): Belongings | null {
    const there = seen(triple.destination)?.item;
    const isLeft = decision !== null && decision.action !== 'ADOPT';
    const isAble = !this.parts.isSecond && this.parts.context.destination.destination?.describe !== undefined;
    if (!given || !there || isLeft || !isAble || (this.parts.table.freezesScope && triple.base !== null)) return null;
    const known = triple.base?.mapped ?? null;
    const anew = givenAlone(given, there, known);
    return anew ?? (heldByOthers(there, this.parts.rules) ? null : this.parts.maker.groupsAlone(given, known));
  }

  private made(triple: Triple, decision: Decision, { place, hash }: Placing, given: Belongings | null): Step {
    const step = this.parts.maker.make(triple, decision, place, hash);
    const known = triple.base?.mapped ?? null;
    if (step.type !== 'TRANSFER' && step.type !== 'MAKE_FOLDER')
      return known === null ? step : { ...step, mapped: known };
    const made = this.parts.maker.giving(step, given && replacedBy(step) ? givenWithContent(given, known) : given);
    if (made.type === 'TRANSFER') this.parts.unheld.noteNew(made);
    return made;
  }

  private async addStep(given: Step, { destination }: Triple, { target, isFreed, knownAt }: Placing): Promise<Step> {
    const step = knownAt === undefined || given.action === 'CREATE' ? given : { ...given, knownAt };
    // A new content of what was moved out of the folder needs no folder.
    const isInTarget = 'parentKey' in step && step.parentKey === target.key;
    if (isInTarget && (step.type === 'MAKE_FOLDER' || step.type === 'TRANSFER')) await target.makeAgain?.();
    await this.parts.writer.add(this.parts.moves.inTurn(step, seen(destination), target, isFreed));
    return step;
  }

  /** Children of a folder go to the folder that stands there, in its own spelling. */
  private async targetOf(decision: Decision | null, triple: Triple, how: Placing): Promise<Target> {
    const { source, base, destination } = triple;
    if (decision?.action === 'REFUSE' || decision?.action === 'SKIP')
      return blockedBy(decision.reason, decision.message);
    const there = seen(destination);
    const formerKey = base ? base.sourceKey : await this.parts.moves.formerKeyOfNew(seen(source)!.key);
    if (there && there.item.kind === 'FILE') return blockedBy('NAME_TAKEN', 'A file stands in its place.');
    const fresh = { key: newKeyOf(how.place), listedKey: null, formerKey, movingId: null };
    const survives = this.parts.other?.surviving.has(seen(source)!.key);
    const isGone = !there && decision === null && destination === 'ABSENT';
    if (isGone) return this.parts.other ? this.goneFolder(fresh, triple, how) : REMOVED_THERE;
    if (!there) return { ...fresh, survives };
    return this.targetAt(there, formerKey);
  }

  private targetAt(there: Seen, formerKey: string | null): TargetFolder {
    const movedTo = this.parts.moves.places.movedTo(there.key, 'FOLDER');
    const movingId = movedTo === null ? null : identityOf(there.item);
    return { key: movedTo ?? there.key, listedKey: there.key, formerKey, movingId };
  }

  /** Why what has the name of an item does not leave it for the item in this run; null where it does. */
  async obstacleToLeave({ leaver, holder }: Pick<Placing, 'leaver' | 'holder'>): Promise<Decision | null> {
    if (leaver) return this.parts.waysOut.of(leaver);
    return holder && this.parts.held.ofOther(holder.occupant);
  }

  /** A folder that is gone at the destination is made again only for what goes into it. */
  private async goneFolder(fresh: TargetFolder, triple: Triple, how: Placing): Promise<Target> {
    const { surviving } = this.parts.other!;
    const { holder, leaver } = how;
    const obstacle = await this.obstacleToLeave(how);
    if (obstacle) return { blocked: obstacle };
    if (leaver) this.parts.moves.mayGiveWay(leaver);
    const { key } = seen(triple.source)!;
    const target: TargetFolder = {
      ...fresh,
      makeAgain: async () => {
        delete target.makeAgain;
        if (holder) await this.parts.other!.renameForConflict(holder, how.place, how.target);
        if (leaver) await this.parts.moves.makeRoom(leaver, how.place);
        surviving.add(key);
        const given = belongingsOf(seen(triple.source)!.item, this.parts.context);
        const again = { ...how, hash: null, isFreed: (holder ?? leaver) !== null };
        await this.addStep(this.made(this.parts.moves.ahead(triple), AGAIN, again, given), triple, again);
      },
    };
    return target;
  }

  /** Folders below it, which lead nowhere either, are not told. */
  leaveOut({ key, item }: Seen, target: Target): void {
    this.parts.movedAway.stays(key);
    const isTold = 'blocked' in target && target.blocked.reason === 'EXCLUDED_BY_RULE';
    if (!isTold) this.parts.context.sifter.tell({ key, item, standing: 'OUT', rule: null });
    this.parts.targets.aim(key, { blocked: skip('EXCLUDED_BY_RULE', 'No filter of the job includes it.') });
  }

  /** What the filters leave out of either side; the plan of the destination tells it for both. */
  leaveAlone({ key, item }: Seen, target: Target, by: 'SELF' | 'OTHER_HALF'): void {
    const isTold = 'blocked' in target && target.blocked.reason === 'EXCLUDED_BY_RULE';
    if (by === 'OTHER_HALF' && !isTold && !this.parts.isSecond)
      this.parts.context.sifter.tell({ key, item, standing: 'OUT', rule: null, isOfOtherHalf: true });
    this.parts.targets.blockBelow({ key, item }, skip('EXCLUDED_BY_RULE', 'The filters of the job leave it out.'));
  }

  /** Of what a job with a frozen scope has migrated nothing is told, since it would do nothing about it anyway. */
  async addBlocked(source: Seen, blocked: Decision, ledger: LedgerEntry | null = null): Promise<void> {
    this.parts.movedAway.stays(source.key);
    this.parts.targets.blockBelow(source, blocked);
    if (ledger && this.parts.table.freezesScope) await this.parts.writer.addUnchanged(source.item);
    else await this.addInert(source, blocked);
  }

  /** A folder keeps its place at the destination, since others hold what is in it or what has its name: what is in it goes on there. */
  async keepFolder(triple: Triple, held: Decision): Promise<void> {
    const source = seen(triple.source)!;
    this.parts.movedAway.stays(source.key);
    this.parts.targets.aim(source.key, this.targetAt(seen(triple.destination)!, triple.base!.sourceKey));
    await this.addInert(source, { ...held, message: `${held.message} ${FOLDER_STAYS}` });
  }

  private async addInert({ key, item }: Seen, blocked: Decision): Promise<Step> {
    const { action, reason, remedy = null } = blocked;
    const inert = action === 'SKIP' ? 'SKIP' : 'REFUSE';
    const step: Step = { ...inertStep(key, item), action: inert, reason, message: blocked.message, remedy };
    await this.parts.writer.add(step);
    return step;
  }
}

const FOLDER_STAYS =
  'The folder was renamed or moved, and keeps its place at the destination until that one is free; what is in it still comes over.';

const DESCRIBED_THERE = 'Its description changed at both sides; the one at the destination stays as it is.';

/** What the ledger knows at the destination, whose listing neither shows it nor proves that it is gone. */
const UNSEEN = skip(
  'LISTING_FAILED',
  'The destination could not be listed as a whole, and the item was not seen there: nothing is done about it.',
);
