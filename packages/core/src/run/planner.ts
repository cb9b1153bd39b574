import { decideContent, COPY, type TransferTable } from '../decide/index.js';
import { nameKey, type AssignedName, type FolderNames } from '../naming/index.js';
import { pair, seen, stateOf, type Seen, type Triple } from '../pair/index.js';
import {
  childKey,
  inertStep,
  nameOf,
  parentKey,
  pathSegments,
  refuse,
  settle,
  skip,
  type Decision,
  type LedgerEntry,
  type PolicyValue,
  type Rules,
} from '../plan/index.js';
import { identityOf, PlatformError } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { namesOfFolder, siblingsOf } from './names-of-folder.js';
import { reasonOf } from './outcome.js';
import type { SourceGroup, StagedItem } from './ports.js';
import { readBoth, type BothRead } from './read-both.js';
import type { Restriction } from './restriction.js';
import { StepMaker, type Place } from './step-maker.js';
import type { StepWriter } from './step-writer.js';

const LEAVES_OUT_EMPTY: Readonly<Record<PolicyValue<'emptyFolders'>, boolean>> = { CREATE: false, SKIP: true };

/** Where a folder of the source goes: to a place, or nowhere with the decision that its content inherits. */
type Target = { key: string; exists: boolean } | { blocked: Decision };

const NOT_READ: BothRead | { equality: null; sha256: null } = { equality: null, sha256: null };

/** Decides about the items of one source folder after the other, top-down. */
export class Planner {
  private readonly targets = new Map<string, Target>([['', { key: '', exists: true }]]);
  private readonly table: TransferTable = COPY;
  private readonly rules: Rules;
  private readonly maker: StepMaker;

  constructor(
    private readonly context: ActiveContext,
    private readonly writer: StepWriter,
    private readonly scope: Restriction,
    private readonly unlisted: ReadonlySet<string>,
  ) {
    const { policies, destination, clock } = context;
    this.rules = { policies, limits: destination.limits, now: new Date(clock.now()) };
    this.maker = new StepMaker(destination.destination, this.rules);
  }

  async planGroup(group: SourceGroup): Promise<void> {
    const target = this.targets.get(group.parentKey) ?? blockedBy('LISTING_FAILED', 'Its folder was not listed.');
    const children = 'key' in target && target.exists ? await this.context.store.destinationChildren(target.key) : [];
    const folder = namesOfFolder(this.pathOf(target), children, this.rules);
    const names = folder.assign(siblingsOf(group, 'key' in target ? target.key : null));
    const byName = new Map(children.map((child) => [nameKey(nameOf(child.item), this.rules.limits), child]));
    for (const [index, { key, item, ledger }] of group.items.entries()) {
      if (this.scope.includes(key) && !this.unlisted.has(key))
        await this.planOne({ key, item }, ledger, target, names[index]!, byName, folder);
    }
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
    byName: ReadonlyMap<string, StagedItem>,
    folder: FolderNames,
  ): Promise<void> {
    const named = 'name' in name ? (byName.get(nameKey(name.name, this.rules.limits)) ?? null) : null;
    const blocked = await this.blockOf(source, target, name, named);
    if (blocked) return this.addBlocked(source, blocked);
    if (!('key' in target) || !('name' in name)) throw new Error('unreachable: the item is blocked');
    const triple = await this.pair(source, ledger, named);
    await this.decide(triple, { parentKey: target.key, name: name.name, isRevised: name.isRevised, folder });
  }

  private async pair(source: Seen, ledger: LedgerEntry | null, named: Seen | null): Promise<Triple> {
    const { store } = this.context;
    const isThere = ledger === null || (named && identityOf(named.item)) === ledger.destinationId;
    const known = isThere ? named : await store.destinationById(ledger.destinationId);
    const isMissing = ledger !== null && known === null && named === null;
    const isUnknown = isMissing && (await store.isDestinationUnknown(parentKey(ledger.destinationKey) ?? ''));
    return pair(source, ledger, { known, named, isUnknown });
  }

  private async decide(triple: Triple, place: Place): Promise<void> {
    const verdict = decideContent(this.table, stateOf(triple));
    const read = verdict === 'RECONCILE' ? await this.readBoth(triple) : NOT_READ;
    const decision = 'action' in read ? read : settle(verdict, triple, read.equality, this.rules);
    const { key, item } = seen(triple.source)!;
    if (item.kind === 'FOLDER') this.targets.set(key, targetOf(decision, triple, place));
    if (decision === null) return this.writer.addUnchanged(item);
    await this.writer.add(this.maker.make(triple, decision, place, 'action' in read ? null : read.sha256));
  }

  /** A file of a conflict that cannot be read is refused, since nobody knows yet whether there is a conflict. */
  private async readBoth(triple: Triple): Promise<BothRead | Decision> {
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
    if (await this.context.store.isDestinationUnknown(named?.key ?? childKey(target.key, name.name))) {
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

/** Children of a folder go to the folder that stands there, in its own spelling. */
function targetOf(decision: Decision | null, { destination }: Triple, place: Place): Target {
  if (decision?.action === 'REFUSE' || decision?.action === 'SKIP') return blockedBy(decision.reason, decision.message);
  const there = seen(destination);
  return { key: there?.key ?? childKey(place.parentKey, place.name), exists: there !== null };
}

const blockedBy = (reason: Decision['reason'], message: string): Target => ({
  blocked: refuse(reason, `Its folder is left out: ${message}`, 'Solve the problem of the folder, then retry.'),
});
