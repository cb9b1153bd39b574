import { decideContent, COPY, type TransferTable } from '../decide/index.js';
import type { AssignedName, FolderNames } from '../naming/index.js';
import { pair, seen, stateOf, type Seen, type SettledFolder, type Triple } from '../pair/index.js';
import {
  childKey,
  inertStep,
  note,
  pathSegments,
  rebased,
  refuse,
  settle,
  skip,
  type Decision,
  type LedgerEntry,
  type PolicyValue,
  type Rules,
  type Step,
} from '../plan/index.js';
import { identityOf, PlatformError } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { descriptionOf } from './describing.js';
import { EqualContent, isJudged } from './equal-content.js';
import { NamedItems } from './named-items.js';
import { namesOfFolder, siblingsOf } from './names-of-folder.js';
import { reasonOf } from './outcome.js';
import type { SourceFolder } from './ports.js';
import { readBoth, type BothRead } from './read-both.js';
import type { Restriction } from './restriction.js';
import {
  DEFERRED,
  givesWay,
  newKeyOf,
  OCCUPIED,
  placementOf,
  type Place,
  type Placement,
  type TargetFolder,
} from './placing.js';
import { StepMaker } from './step-maker.js';
import type { StepWriter } from './step-writer.js';
import { refusedTwin, Twins } from './twins.js';

const LEAVES_OUT_EMPTY: Readonly<Record<PolicyValue<'emptyFolders'>, boolean>> = { CREATE: false, SKIP: true };

/** Where a folder of the source goes: to a place, or nowhere with the decision that its content inherits. */
type Target = TargetFolder | { blocked: Decision };

const ROOT: TargetFolder = { key: '', listedKey: '', formerKey: '', isMoving: false };

const NOT_READ: BothRead | { equality: null; sha256: null } = { equality: null, sha256: null };

/** Decides about the items of one source folder after the other, top-down. */
export class Planner {
  private readonly targets = new Map<string, Target>([['', ROOT]]);
  private readonly table: TransferTable = COPY;
  private readonly rules: Rules;
  private readonly maker: StepMaker;
  private readonly canMove: boolean;
  private readonly twins = new Twins();
  /** Identities of what the plan takes away from its place at the destination. */
  private readonly vacated = new Set<string>();
  private readonly later: Step[] = [];
  private readonly contents: EqualContent;
  /** Folders of the destination that are moved, at the keys at which they were listed. */
  readonly moved: string[] = [];

  constructor(
    private readonly context: ActiveContext,
    private readonly writer: StepWriter,
    private readonly scope: Restriction,
    private readonly unlisted: ReadonlySet<string>,
    now: Date,
  ) {
    const { policies, destination } = context;
    this.rules = { policies, limits: destination.limits, now };
    this.contents = new EqualContent(context);
    this.canMove = destination.destination?.move !== undefined;
    this.maker = new StepMaker(destination.destination, this.rules);
  }

  async planFolder(source: SourceFolder): Promise<void> {
    const target = this.targets.get(source.key) ?? blockedBy('LISTING_FAILED', 'Its folder was not listed.');
    const { settled } = source;
    if (settled && (await this.isNothingToDo(settled, target))) return this.addSettled(source, settled);
    await this.planChildren(source, target);
  }

  /** Whether nothing but the content of a settled folder decides about it. */
  private async isNothingToDo({ destinationKey, folders }: SettledFolder, target: Target): Promise<boolean> {
    const isInPlace = 'key' in target && !target.isMoving && target.listedKey === destinationKey;
    if (!isInPlace || !this.scope.isWhole || this.twins.areRefused) return false;
    if (folders.length === 0) return true;
    if (LEAVES_OUT_EMPTY[this.rules.policies.emptyFolders] || this.unlisted.size > 0) return false;
    for (const { destinationKey: key } of folders)
      if ((await this.context.store.coverage('DESTINATION', key)) === 'NONE') return false;
    return true;
  }

  private async addSettled({ count, bytes }: SourceFolder, { folders }: SettledFolder): Promise<void> {
    for (const { sourceKey, destinationKey: key } of folders)
      this.targets.set(sourceKey, { key, listedKey: key, formerKey: sourceKey, isMoving: false });
    await this.writer.countUnchanged(count, bytes);
  }

  private async planChildren(source: SourceFolder, target: Target): Promise<void> {
    const items = await source.children();
    const listedKey = 'key' in target ? target.listedKey : null;
    const children = listedKey === null ? [] : await this.context.store.destinationChildren(listedKey);
    const folder = namesOfFolder(this.pathOf(target), children, this.rules);
    const names = folder.assign(siblingsOf(items, listedKey));
    const byName = new NamedItems(children, this.rules.limits);
    const twins = this.twins.of(items);
    this.twins.note(byName);
    for (const [index, { key, item, ledger }] of items.entries()) {
      if (!this.scope.includes(key) || this.unlisted.has(key)) continue;
      if (twins.isRefused(item)) await this.writer.add(refusedTwin({ key, item }));
      else await this.planOne({ key, item }, twins.ownEntry(ledger), target, names[index]!, byName, folder);
    }
  }

  /** Names at the destination that several items share, see `Twins`. */
  get sharedNames(): readonly string[] {
    return this.twins.shared;
  }

  /** Path of a folder at the destination, from the connection's root. */
  private pathOf(target: Target): string[] {
    return [...this.context.destinationRoot, ...('key' in target ? pathSegments(target.key) : [])];
  }

  private async planOne(
    source: Seen,
    ledger: LedgerEntry | null,
    target: Target,
    name: AssignedName,
    byName: NamedItems,
    folder: FolderNames,
  ): Promise<void> {
    const named = 'name' in name ? byName.find(name.name, source.item.kind, ledger) : null;
    const blocked = await this.blockOf(source, target, name, named);
    if (blocked) return this.addBlocked(source, blocked);
    if (!('key' in target) || !('name' in name)) throw new Error('unreachable: the item is blocked');
    const triple = await this.pair(source, await this.entryOf(source, ledger), named);
    const place = { parentKey: target.key, name: name.name, isRevised: name.isRevised, folder };
    const { decision, hash } = await this.decide(triple);
    const placement = placementOf(triple, this.table, target, place, named ?? 'ABSENT');
    if (target.isMoving) return this.addMoving(triple, decision, placement, target);
    if (this.canMove && givesWay(decision)) {
      if (placement === 'MOVE' || (placement === 'OCCUPIED' && this.isVacated(named)))
        return this.addMove(triple, place);
      if (placement === 'OCCUPIED' && (await this.addMoveInTwo(triple, place, named!))) return;
    }
    await this.add(triple, placed(decision, placement, triple), place, hash);
  }

  /** An identity that two items of the source share, such as below a folder that is mounted twice, is that of the one at its place. */
  private async entryOf({ key }: Seen, ledger: LedgerEntry | null): Promise<LedgerEntry | null> {
    if (ledger === null || ledger.sourceKey === key) return ledger;
    return (await this.context.store.isAtSource(ledger.sourceKey, ledger.sourceId)) ? null : ledger;
  }

  private async pair(source: Seen, ledger: LedgerEntry | null, named: Seen | null): Promise<Triple> {
    const { store } = this.context;
    const isThere = ledger === null || (named && identityOf(named.item)) === ledger.destinationId;
    const known = isThere ? named : await store.destinationById(ledger.destinationId);
    const isMissing = ledger !== null && known === null && named === null;
    const isUnknown = isMissing && (await store.coverage('DESTINATION', ledger.destinationKey)) !== 'WHOLE';
    return pair(source, ledger, { known, named, isUnknown });
  }

  private async decide(triple: Triple): Promise<{ decision: Decision | null; hash: string | null }> {
    const told = await this.contents.told(triple);
    const verdict = decideContent(this.table, stateOf(told));
    const read = verdict === 'RECONCILE' ? await this.readBoth(told) : NOT_READ;
    if ('action' in read) return { decision: read, hash: null };
    const decision = settle(verdict, triple, read.equality, this.rules);
    if (told !== triple || read !== NOT_READ) await this.contents.remember(triple, decision);
    return { decision, hash: read.sha256 };
  }

  private async add(triple: Triple, decision: Decision | null, place: Place, hash: string | null): Promise<void> {
    const { key, item } = seen(triple.source)!;
    if (item.kind === 'FOLDER') this.targets.set(key, targetOf(decision, triple, place));
    if (triple.destination === 'UNKNOWN' && decision === null) return this.addBlocked(seen(triple.source)!, UNSEEN);
    const description = decision === null || decision.isNote ? descriptionOf(triple, this.context.destination) : null;
    if (description === 'SET') return this.writer.add(this.maker.describe(triple));
    const told = description === 'LEAVE' ? note(seen(triple.destination)!.item, DESCRIBED_THERE) : decision;
    if (told === null) return this.writer.addUnchanged(item);
    await this.writer.add(this.maker.make(triple, told, place, hash));
  }

  private async addMove(triple: Triple, place: Place): Promise<void> {
    this.noteMove(triple, place);
    await this.writer.add(this.maker.move(triple, place));
  }

  private noteMove(triple: Triple, place: Place): void {
    const { key, item } = seen(triple.source)!;
    const there = seen(triple.destination)!;
    this.vacated.add(identityOf(there.item));
    if (item.kind !== 'FOLDER') return;
    this.targets.set(key, movingTarget(triple, newKeyOf(place)));
    this.moved.push(there.key);
  }

  /** Whether a move that comes before takes the item away from its place. */
  private isVacated(occupant: Seen | null): boolean {
    return occupant !== null && this.vacated.has(identityOf(occupant.item));
  }

  /** Swaps and cycles go by way of a temporary name. False: what has the place stays there, or no name is left. */
  private async addMoveInTwo(triple: Triple, place: Place, occupant: Seen): Promise<boolean> {
    if (!(await this.context.store.isLeaving(identityOf(occupant.item)))) return false;
    const aside = place.folder.temporaryName(place.name, seen(triple.source)!.item.kind);
    if (!('name' in aside)) return false;
    this.noteMove(triple, place);
    const [first, second] = this.maker.moveInTwo(triple, place, aside.name);
    await this.writer.add(first);
    this.later.push(second);
    return true;
  }

  /** Steps that come after those of all folders. */
  async finish(): Promise<void> {
    for (const step of this.later) await this.writer.add(step);
  }

  /** An item below a folder that is moved: it comes along, and what else is to be done about it waits for the next run. */
  private async addMoving(
    triple: Triple,
    decision: Decision | null,
    placement: Placement,
    target: TargetFolder,
  ): Promise<void> {
    const { key, item } = seen(triple.source)!;
    const comesAlong = (decision === null || decision.isNote) && (placement === 'STAY' || placement === 'LEARN');
    const there = seen(triple.destination);
    if (!comesAlong || !there) return this.addBlocked({ key, item }, DEFERRED);
    const moved = rebased(there.key, target.listedKey ?? '', target.key);
    if (item.kind === 'FOLDER') this.targets.set(key, movingTarget(triple, moved));
    await this.writer.addUnchanged(item);
  }

  /** A file of a conflict that cannot be read is refused, since nobody knows yet whether there is a conflict. */
  private async readBoth(triple: Triple): Promise<BothRead | Decision> {
    if (isJudged(triple)) return { equality: 'DIFFERENT', sha256: null };
    try {
      return await readBoth(seen(triple.source)!, seen(triple.destination)!, this.context);
    } catch (error) {
      const isOfItem = error instanceof PlatformError && error.kind !== 'ABORTED' && !error.concernsAccount;
      if (!isOfItem || this.context.control.signal.aborted) throw error;
      const message = `Both sides changed, and whether they are equal could not be read: ${error.message}`;
      return refuse(reasonOf(error), message, error.remedy ?? 'Retry later.');
    }
  }

  /** What forbids the item before its own rules are asked. */
  private async blockOf(
    { key, item }: Seen,
    target: Target,
    name: AssignedName,
    named: Seen | null,
  ): Promise<Decision | null> {
    if ('blocked' in target) return target.blocked;
    if (!('name' in name))
      return refuse(name.reason, name.message, 'Rename it at the source, or change the policy of the job.');
    if (item.kind === 'FILE') return null;
    const there = named?.key ?? childKey(target.key, name.name);
    if ((await this.context.store.coverage('DESTINATION', there)) === 'NONE') {
      return refuse(
        'LISTING_FAILED',
        'The folder could not be listed at the destination.',
        'Give the account the right to see it.',
      );
    }
    const isLeftOut =
      LEAVES_OUT_EMPTY[this.rules.policies.emptyFolders] && !(await this.context.store.hasSourceFileBelow(key));
    return isLeftOut ? skip('EMPTY_FOLDER', 'The folder is empty.') : null;
  }

  private async addBlocked({ key, item }: Seen, blocked: Decision): Promise<void> {
    const { action, reason, remedy = null } = blocked;
    if (item.kind === 'FOLDER') {
      const message = reason === 'EMPTY_FOLDER' ? blocked.message : `Its folder is left out: ${blocked.message}`;
      this.targets.set(key, { blocked: { ...blocked, message } });
    }
    const inert = action === 'SKIP' ? 'SKIP' : 'REFUSE';
    await this.writer.add({ ...inertStep(key, item), action: inert, reason, message: blocked.message, remedy });
  }
}

const DESCRIBED_THERE = 'Its description changed at both sides; the one at the destination stays as it is.';

/** What the ledger knows at the destination, whose listing neither shows it nor proves that it is gone. */
const UNSEEN = skip(
  'LISTING_FAILED',
  'The destination could not be listed as a whole, and the item was not seen there: nothing is done about it.',
);

/** What is done about the content, and what the place asks for beside a move. */
function placed(decision: Decision | null, placement: Placement, { destination }: Triple): Decision | null {
  if (placement === 'OCCUPIED' && givesWay(decision)) return OCCUPIED;
  if (placement === 'STAY' || decision !== null) return decision;
  return note(seen(destination)!.item, 'Its place at the source changed; at the destination it stays where it is.');
}

/** Children of a folder go to the folder that stands there, in its own spelling. */
function targetOf(decision: Decision | null, { source, base, destination }: Triple, place: Place): Target {
  if (decision?.action === 'REFUSE' || decision?.action === 'SKIP') return blockedBy(decision.reason, decision.message);
  const there = seen(destination);
  const formerKey = base?.sourceKey ?? seen(source)!.key;
  return { key: there?.key ?? newKeyOf(place), listedKey: there?.key ?? null, formerKey, isMoving: false };
}

const movingTarget = ({ source, base, destination }: Triple, key: string): TargetFolder => ({
  key,
  listedKey: seen(destination)?.key ?? null,
  formerKey: base?.sourceKey ?? seen(source)!.key,
  isMoving: true,
});

const blockedBy = (reason: Decision['reason'], message: string): Target => ({
  blocked: refuse(reason, `Its folder is left out: ${message}`, 'Solve the problem of the folder, then retry.'),
});
