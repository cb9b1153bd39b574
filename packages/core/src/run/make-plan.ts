import { createHash, type Hash } from 'node:crypto';
import { assignNames, conflictName, nameKey, type AssignedName } from '../naming/index.js';
import { PlatformError, type Item, type Limits } from '../platform/index.js';
import {
  expectationOf,
  inertStep,
  childKey,
  pathSegments,
  INERT_ACTIONS,
  nameOf,
  planCopy,
  type Decision,
  type Inert,
  type ItemReason,
  type LedgerEntry,
  type MakeFolder,
  type PolicyValue,
  type Rules,
  type Step,
} from '../plan/index.js';
import { activate, callTo, type ActiveContext, type RunContext } from './context.js';
import { listBothSides } from './list.js';
import { problemStep } from './problem-step.js';
import { Restriction } from './restriction.js';
import type { SourceGroup, StagedItem } from './ports.js';

const BATCH_STEPS = 200;
const LEAVES_OUT_EMPTY: Readonly<Record<PolicyValue<'emptyFolders'>, boolean>> = { CREATE: false, SKIP: true };

export interface PlanResult {
  /** Fingerprint of all steps, hex. */
  digest: string;
}

/** Lists both sides anew, decides about every item and stores the steps. Starts from nothing if it was interrupted. */
export async function makePlan(given: RunContext): Promise<PlanResult> {
  const context = activate(given);
  await context.store.reset();
  await context.store.enter('LISTING');
  await listBothSides(context);
  await context.store.enter('PLANNING');
  return new Planner(context).plan();
}

/** Where a folder of the source goes: to a place, or nowhere with the reason that its content inherits. */
type Target = { key: string; exists: boolean } | { blocked: Blocked };

class Planner {
  private readonly targets = new Map<string, Target>([['', { key: '', exists: true }]]);
  private readonly rules: Rules;
  private readonly digest: Hash = createHash('sha256');
  private readonly steps: Step[] = [];
  /** Steps to carry out, by action. */
  private readonly planned = new Map<Step['action'], number>();
  /** Source folders that could not be listed: they are reported, and nothing is done about them. */
  private readonly unlisted = new Set<string>();
  private readonly unchanged = { items: 0, bytes: 0 };
  private readonly scope: Restriction;

  constructor(private readonly context: ActiveContext) {
    const { policies, destination, clock } = context;
    this.rules = {
      policies,
      limits: destination.limits,
      now: new Date(clock.now()),
    };
    this.scope = new Restriction(context.only);
  }

  async plan(): Promise<PlanResult> {
    for await (const { key, problem } of this.context.store.sourceProblems()) {
      if (problem.kind === 'FOLDER') this.unlisted.add(key);
    }
    for await (const group of this.context.store.sourceGroups()) {
      this.context.control.signal.throwIfAborted();
      await this.planGroup(group);
    }
    for await (const problem of this.context.store.sourceProblems()) {
      if (this.scope.includes(problem.key)) await this.add(problemStep(problem));
    }
    await this.flush(0);
    await this.warnOfDenials();
    const digest = this.digest.digest('hex');
    await this.context.store.finishPlan(digest);
    return { digest };
  }

  /** Tells by name what the account may not do of what is planned; a try would show it only item by item. */
  private async warnOfDenials(): Promise<void> {
    const { destination, store, control } = this.context;
    if (this.planned.size === 0 || !destination.destination?.denials) return;
    const denials = await destination.destination.denials(callTo('DESTINATION', this.context, control.signal));
    for (const { action, message, remedy } of denials) {
      const count = this.planned.get(action) ?? 0;
      if (count > 0) await store.log('WARNING', `${message} ${count} of the planned steps need it. ${remedy}`);
    }
  }

  private async planGroup(group: SourceGroup): Promise<void> {
    const target = this.targets.get(group.parentKey) ?? blockedBy('LISTING_FAILED', 'Its folder was not listed.');
    const children = 'key' in target && target.exists ? await this.context.store.destinationChildren(target.key) : [];
    const names = this.assign(group, target, children);
    const byName = new Map(children.map((child) => [nameKey(nameOf(child.item), this.rules.limits), child]));
    for (const [index, entry] of group.items.entries()) {
      if (this.scope.includes(entry.key) && !this.unlisted.has(entry.key))
        await this.planOne(entry, target, names[index]!, byName);
    }
  }

  private assign(group: SourceGroup, target: Target, children: readonly StagedItem[]): AssignedName[] {
    const siblings = group.items.map(({ item, ledger }) => ({
      name: nameOf(item),
      kind: item.kind,
      earlierName:
        ledger && 'key' in target && parentOf(ledger.destinationKey) === target.key
          ? lastOf(ledger.destinationKey)
          : null,
    }));
    const rootLength = this.context.destinationRoot.join('/').length;
    const ownLength = 'key' in target ? target.key.length : 0;
    const parentLength = rootLength + ownLength + (rootLength > 0 && ownLength > 0 ? 1 : 0);
    const occupied = children.map(({ item }) => nameOf(item));
    const limits = withSystemFolders(this.rules.limits, parentLength === 0 ? children : []);
    return assignNames(siblings, occupied, limits, this.rules.policies, parentLength);
  }

  private async planOne(
    { key, item, ledger }: { key: string; item: Item; ledger: LedgerEntry | null },
    target: Target,
    name: AssignedName,
    byName: ReadonlyMap<string, StagedItem>,
  ): Promise<void> {
    const blocked = await this.blockOf(key, item, target, name);
    if (blocked) return this.addBlocked(key, item, blocked);
    if (!('key' in target) || !('name' in name)) throw new Error('unreachable: the item is blocked');
    const destination = byName.get(nameKey(name.name, this.rules.limits)) ?? null;
    const relocated = await this.findRelocated(ledger, destination);
    const decision = planCopy(
      { source: item, ledger, destination: destination?.item ?? null, relocated: relocated?.item ?? null },
      this.rules,
    );
    const place = relocated?.key ?? childKey(target.key, name.name);
    if (item.kind === 'FOLDER') this.targets.set(key, this.targetFor(decision, place));
    if (decision === null) return this.addUnchanged(item);
    await this.add(this.toStep(key, item, ledger, decision, target.key, name, relocated));
  }

  private targetFor(decision: Decision | null, place: string): Target {
    if (decision?.action === 'REFUSE' || decision?.action === 'SKIP')
      return blockedBy(decision.reason, decision.message);
    return { key: place, exists: decision?.action !== 'CREATE' };
  }

  /** What forbids the item before its own rules are asked. */
  private async blockOf(key: string, item: Item, target: Target, name: AssignedName): Promise<Blocked | null> {
    if ('blocked' in target) return target.blocked;
    if (!('name' in name))
      return refusal(name.reason, name.message, 'Rename it at the source, or change the policy of the job.');
    if (item.kind === 'FILE') return null;
    if (await this.context.store.isDestinationUnknown(childKey(target.key, name.name))) {
      return refusal(
        'LISTING_FAILED',
        'The folder could not be listed at the destination.',
        'Give the account the right to see it.',
      );
    }
    const isLeftOut =
      LEAVES_OUT_EMPTY[this.rules.policies.emptyFolders] && !(await this.context.store.hasSourceFileBelow(key));
    return isLeftOut
      ? { action: 'SKIP' as const, reason: 'EMPTY_FOLDER' as const, message: 'The folder is empty.' }
      : null;
  }

  private async findRelocated(ledger: LedgerEntry | null, destination: StagedItem | null): Promise<StagedItem | null> {
    if (!ledger || destination?.item.id === ledger.destinationId) return null;
    return this.context.store.destinationById(ledger.destinationId);
  }

  private async addBlocked(key: string, item: Item, blocked: Blocked): Promise<void> {
    if (item.kind === 'FOLDER') {
      const message =
        blocked.reason === 'EMPTY_FOLDER' ? blocked.message : `Its folder is left out: ${blocked.message}`;
      this.targets.set(key, { blocked: { ...blocked, message } });
    }
    await this.add({ ...inertStep(key, item), ...blocked, remedy: blocked.remedy ?? null });
  }

  private async addUnchanged(item: Item): Promise<void> {
    this.unchanged.items++;
    this.unchanged.bytes += item.size ?? 0;
    await this.flush(BATCH_STEPS * 10);
  }

  private toStep(
    key: string,
    item: Item,
    ledger: LedgerEntry | null,
    decision: Decision,
    parent: string,
    name: { name: string; isRevised: boolean },
    relocated: StagedItem | null,
  ): Step {
    const { action, reason, message, remedy = null, existing = null, isDestructive = false, keepBoth } = decision;
    const conflictCopyName = keepBoth ? this.nameConflictCopy(name.name, item, existing) : null;
    const finalName = keepBoth === 'SOURCE' ? conflictCopyName! : name.name;
    const isInert = action === 'REFUSE' || action === 'SKIP';
    const destinationKey = (action !== 'CREATE' && relocated?.key) || childKey(parent, finalName);
    const decided = {
      ...{ ...inertStep(key, item), reason, message, remedy, isDestructive },
      sourceKey: key,
      source: item,
      destinationKey,
      isRevised: !isInert && (name.isRevised || keepBoth !== undefined),
    };
    if (action === 'ADOPT' || isInert) {
      return { ...decided, action, existing, expects: action === 'ADOPT' && existing ? expectationOf(existing) : null };
    }
    const placed = { ...decided, parentKey: parent, name: finalName };
    if (item.kind === 'FOLDER') return this.makeFolder(placed, item);
    return {
      ...placed,
      type: 'TRANSFER',
      action,
      kind: 'FILE',
      existing,
      expects: existing && expectationOf(existing),
      renameExistingTo: keepBoth === 'EXISTING' ? conflictCopyName : null,
      knownSha256: ledger?.sha256 ?? null,
      byteCount: item.size ?? 0,
      callCount: this.cost(action, item, keepBoth === 'EXISTING'),
    };
  }

  private makeFolder(
    placed: Omit<MakeFolder, 'type' | 'action' | 'kind' | 'existing' | 'expects'>,
    item: Item,
  ): MakeFolder {
    const callCount = this.cost('CREATE', item, false);
    return {
      ...placed,
      type: 'MAKE_FOLDER',
      action: 'CREATE',
      kind: 'FOLDER',
      existing: null,
      expects: null,
      callCount,
    };
  }

  private nameConflictCopy(name: string, item: Item, existing: Item | null): string {
    const place = { parentPathLength: (existing ?? item).path.slice(0, -1).join('/').length, kind: item.kind };
    const verdict = conflictName(name, this.rules.now, this.rules.limits, place);
    if (!('name' in verdict)) throw new PlatformError('PATH_TOO_LONG', verdict.message);
    return verdict.name;
  }

  private cost(action: Step['action'], item: Item, renames: boolean): number {
    const cost = this.context.destination.destination?.cost?.bind(this.context.destination.destination);
    if (!cost) return 0;
    return (
      cost(action === 'UPDATE' ? 'UPDATE' : 'CREATE', item.kind === 'FILE' ? item.size : null) +
      (renames ? cost('RENAME', null) : 0)
    );
  }

  private async add(step: Step): Promise<void> {
    this.digest.update(
      JSON.stringify([
        step.action,
        step.sourceKey,
        step.destinationKey,
        step.source?.version,
        step.existing?.version,
        step.reason,
      ]),
    );
    this.steps.push(step);
    if (!INERT_ACTIONS.has(step.action)) this.planned.set(step.action, (this.planned.get(step.action) ?? 0) + 1);
    await this.flush(BATCH_STEPS);
  }

  private async flush(threshold: number): Promise<void> {
    if (this.steps.length > 0 && this.steps.length >= threshold)
      await this.context.store.appendSteps(this.steps.splice(0));
    if (this.unchanged.items === 0 || this.unchanged.items < threshold) return;
    await this.context.store.countUnchanged(this.unchanged.items, this.unchanged.bytes);
    this.unchanged.items = this.unchanged.bytes = 0;
  }
}

type Blocked = Pick<Inert, 'reason' | 'message'> & { action: 'REFUSE' | 'SKIP'; remedy?: string };

const refusal = (reason: ItemReason, message: string, remedy: string): Blocked => ({
  action: 'REFUSE',
  reason,
  message,
  remedy,
});

const blockedBy = (reason: ItemReason, message: string): Target => ({
  blocked: refusal(reason, `Its folder is left out: ${message}`, 'Solve the problem of the folder, then retry.'),
});

/** Folders that the platform keeps for itself are called by other names in other languages: those that stand count too. */
function withSystemFolders(limits: Limits, children: readonly StagedItem[]): Limits {
  if (limits.reservedRootNames === undefined) return limits;
  const kept = children.filter(({ item }) => item.kind === 'FOLDER' && item.isReadOnly).map(({ item }) => nameOf(item));
  return { ...limits, reservedRootNames: [...limits.reservedRootNames, ...kept] };
}

const parentOf = (key: string) => key.slice(0, Math.max(0, key.lastIndexOf('/')));
const lastOf = (key: string) => pathSegments(key).at(-1) ?? '';
