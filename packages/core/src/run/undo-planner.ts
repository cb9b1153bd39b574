import { undoVerdict, type UndoChange } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import {
  childKey,
  expectationOf,
  inertStep,
  parentKey,
  swappedStep,
  type Describe,
  type Inert,
  type Move,
  type Restore,
  type Side,
  type Step,
} from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { inWords } from './both-sides.js';
import { HeldItems } from './held-items.js';
import { MovedPlaces } from './moved-places.js';
import { placedNow, removalStep } from './removal-step.js';
import { keptAtOf } from './removal-way.js';
import type { StepWriter } from './step-writer.js';
import { swapped } from './swapped.js';
import { formerKeyOf, isLockOf, nameAt, UndoFindings, type Found, type PlannedUndo } from './undo-findings.js';
import type { DoneEffect, UndoneRun } from './undo-records.js';
import { DONE, isRefusal, REFUSED } from './undo-texts.js';

const EFFECT_OF = {
  CREATED: 'CREATED',
  UPDATED: 'UPDATED',
  MOVED: 'MOVED',
  RENAMED: 'MOVED',
  DELETED: 'DELETED',
  DESCRIBED: 'DESCRIBED',
} as const;

/** What the run took away from the source, by its key there; null for what does not come back. */
type BackAtSource = Map<string, Item | null>;

/** Plans the undo of what a run did on one side, step by step, the last effect first. */
class SidePlanner {
  private readonly places = new MovedPlaces();
  private readonly findings: UndoFindings;
  private readonly held: HeldItems;
  /** Keys that planned steps leave, and those that they fill. */
  private readonly left = new Set<string>();
  private readonly filled = new Set<string>();
  private readonly run: string;
  private readonly at: Date;

  constructor(
    private readonly context: ActiveContext,
    { run, at }: { run: string; at: Date },
    /** Read by the keys of the other side. */
    private readonly back: Readonly<BackAtSource>,
  ) {
    [this.run, this.at] = [run, at];
    this.findings = new UndoFindings(context, this.places);
    this.held = new HeldItems(context, { policies: context.policies, now: at });
  }

  async stepOf(undo: PlannedUndo): Promise<Step> {
    const found = await this.findings.of(undo);
    const verdict = undoVerdict({
      ...{ effect: undo.effect, finding: found.finding, isLatest: undo.isLatest },
      isPlaceFree: await this.isFree(this.placeOf(undo)),
      isKept: this.keeps(undo),
    });
    if (isRefusal(verdict)) return this.refused(undo, verdict);
    if (verdict === 'NOTHING') return this.untouched(undo);
    if (verdict === 'REMOVE' && this.back.get(undo.sourceKey ?? '') === null) return this.refused(undo, 'NOT_BACK');
    return (await this.heldStep(undo, found, verdict)) ?? this.change(undo, found, verdict);
  }

  /** What others have locked stays, and so does a folder that holds it. */
  private async heldStep({ sourceKey, kind, key }: PlannedUndo, { seen }: Found, verdict: UndoChange) {
    if (!seen || (kind === 'FOLDER' && verdict === 'DESCRIBE_AS_BEFORE')) return null;
    const held = await this.held.of(seen);
    if (!held) return null;
    const { action, reason, remedy = null } = held;
    const message = `It stays as ${this.run} left it. ${inWords(held.message, this.context.words)}`;
    const step = { ...inertStep(sourceKey, null), kind, destinationKey: key, reason, message, remedy };
    return { ...step, action: action === 'SKIP' ? ('SKIP' as const) : ('REFUSE' as const) };
  }

  private placeOf({ effect, key, step }: PlannedUndo): string | null {
    if (effect === 'DELETED') return key;
    return effect === 'MOVED' && step ? formerKeyOf(step, this.context) : null;
  }

  private async isFree(place: string | null): Promise<boolean> {
    if (place === null) return true;
    if (this.filled.has(place)) return false;
    const there = await this.context.store.destinationByKey(place);
    return !there || this.left.has(place) || this.places.now(place, there.item.kind) !== place;
  }

  private keeps({ effect, step }: PlannedUndo): boolean {
    const { destination } = this.context.destination;
    if (step === null || effect === 'MOVED' || effect === 'DESCRIBED') return step !== null;
    if (step.type === 'REMOVE' && step.trashedAt === null) return false;
    if (destination?.restore === undefined) return false;
    if (effect !== 'UPDATED' || destination.keepsReplaced === 'VERSIONS') return true;
    return destination.keepsReplaced === 'TRASH' && keptAtOfStep(step) !== null;
  }

  private change(undo: PlannedUndo, found: Found, verdict: UndoChange): Step {
    switch (verdict) {
      case 'REMOVE':
        return this.removal(undo, found);
      case 'MOVE_BACK':
        return this.moveBack(undo, found.seen!);
      case 'DESCRIBE_AS_BEFORE':
        return this.describe(undo, found);
      case 'PUT_BACK':
      case 'GIVE_FORMER_VERSION':
        return this.restore(undo, found, verdict);
    }
  }

  private removal(undo: PlannedUndo, { seen, now }: Found): Step {
    const told = {
      sourceKey: undo.sourceKey,
      ledgerId: null,
      reason: 'UNDONE',
      message: DONE.REMOVE(this.run),
    } as const;
    const listed = removalStep(seen!, told, this.at, this.context);
    this.left.add(now!);
    const step = placedNow({ ...listed, destinationKey: now! }, seen!.key);
    const former = this.back.get(undo.sourceKey ?? '');
    if (!former) return step;
    return { ...step, onlyWith: { key: undo.sourceKey!, identity: identityOf(former), version: former.version } };
  }

  private moveBack(undo: PlannedUndo, seen: Seen): Move {
    const { item, key } = seen;
    const isBroughtBack = this.findings.isBroughtBack(seen);
    const to = formerKeyOf(undo.step!, this.context);
    this.left.add(undo.key);
    this.left.delete(to);
    this.filled.add(to);
    this.places.note(key, to, item.kind);
    return {
      ...this.told(undo, DONE.MOVE_BACK(this.run)),
      ...placeAt(to),
      type: 'MOVE',
      action: parentKey(to) === parentKey(undo.key) ? 'RENAME' : 'MOVE',
      sourceKey: undo.sourceKey ?? to,
      source: item,
      existing: item,
      expects: { id: item.id, version: null },
      base: null,
      callCount: this.cost('RENAME', null),
      ...(isBroughtBack ? { isBroughtBack } : {}),
      ...(key === undo.key && !isBroughtBack ? {} : { afterMove: { existingKey: undo.key, folderId: null } }),
    };
  }

  private describe(undo: PlannedUndo, { seen, now }: Found): Describe {
    const { description, isPrivate } = undo.step!.existing!;
    const isLocked = undo.step?.type === 'DESCRIBE' && isLockOf(undo.step, seen!.item);
    return {
      ...this.told(undo, DONE.DESCRIBE_AS_BEFORE(this.run)),
      type: 'DESCRIBE',
      action: 'DESCRIBE',
      destinationKey: now,
      source: seen!.item,
      existing: seen!.item,
      expects: expectationOf(seen!.item),
      fields: { description, ...(isPrivate === null ? {} : { isPrivate }) },
      ...(isLocked ? { lockedUntil: null } : {}),
      knownSha256: null,
      isUnlearned: true,
      callCount: this.cost('DESCRIBE', null),
      ...standingAt(seen!.key, now!),
    };
  }

  private restore(undo: PlannedUndo, { seen, now }: Found, verdict: 'PUT_BACK' | 'GIVE_FORMER_VERSION'): Restore {
    const former = undo.step!.existing!;
    const isUpdate = verdict === 'GIVE_FORMER_VERSION';
    const existing = isUpdate ? seen!.item : null;
    const { policies } = this.context;
    const keptAt = isUpdate ? keptAtOf(this.context.destination.destination, { policies, now: this.at }) : null;
    if (!isUpdate) this.filled.add(undo.key);
    if (undo.kind === 'FOLDER') this.findings.bringsBack(undo.key, former);
    return {
      ...this.told(undo, DONE[verdict](this.run)),
      ...placeAt(undo.key),
      type: 'RESTORE',
      action: isUpdate ? 'UPDATE' : 'CREATE',
      source: former,
      existing,
      expects: existing && expectationOf(existing),
      trashedAt: isUpdate ? (keptAtOfStep(undo.step!) ?? 0) : trashedAtOf(undo.step!),
      ...(keptAt === null ? {} : { keptAt }),
      callCount: this.cost(isUpdate ? 'UPDATE' : 'RENAME', former.size),
      isDestructive: isUpdate,
      ...(isUpdate ? standingAt(seen!.key, now!) : {}),
    };
  }

  private cost(work: 'RENAME' | 'DESCRIBE' | 'UPDATE', size: number | null): number {
    return this.context.destination.destination?.cost?.(work, size) ?? 0;
  }

  private told({ sourceKey, kind, key }: PlannedUndo, message: string): Omit<Inert, 'type' | 'action'> {
    const { type: _type, action: _action, ...rest } = inertStep(sourceKey, null);
    return { ...rest, kind, destinationKey: key, reason: 'UNDONE', message };
  }

  private untouched(undo: PlannedUndo): Inert {
    return { ...this.told(undo, DONE.NOTHING(this.run)), type: 'INERT', action: 'SKIP' };
  }

  private refused(undo: PlannedUndo, why: keyof typeof REFUSED): Inert {
    const { reason, message, remedy } = REFUSED[why];
    const told = { reason, message: message(this.run, this.context.words), remedy };
    return { ...this.told(undo, ''), ...told, type: 'INERT', action: 'REFUSE' };
  }
}

const standingAt = (listedKey: string, now: string) =>
  listedKey === now ? {} : { afterMove: { existingKey: now, folderId: null } };

const placeAt = (key: string) => ({
  destinationKey: key,
  parentKey: parentKey(key) ?? '',
  name: nameAt(key),
});

/** When the content that a step replaced went to the trash; null where it did not. */
const keptAtOfStep = (step: Step): number | null =>
  step.type === 'TRANSFER' || step.type === 'RESTORE' ? (step.keptAt ?? null) : null;

const trashedAtOf = (step: Step): number => ('trashedAt' in step ? (step.trashedAt ?? 0) : 0);

/** Plans the undo of a run: first at the source, where what was moved comes back, then at the destination. */
export class UndoPlanner {
  private readonly back: BackAtSource = new Map();
  private readonly sides: Readonly<Record<Side, SidePlanner>>;

  constructor(
    context: ActiveContext,
    private readonly undone: UndoneRun,
    private readonly writer: Pick<StepWriter, 'add'>,
    at: Date,
  ) {
    const told = { run: `run ${undone.number}`, at };
    this.sides = {
      SOURCE: new SidePlanner(swapped(context), told, new Map()),
      DESTINATION: new SidePlanner(context, told, this.back),
    };
  }

  async planAll(): Promise<void> {
    for await (const effect of this.undone.effects())
      for (const undo of partsOf(effect)) await this.plan(effect.side, undo);
  }

  private async plan(side: Side, undo: PlannedUndo): Promise<void> {
    const step = await this.sides[side].stepOf(undo);
    if (side === 'DESTINATION') return this.writer.add(step);
    if (undo.effect === 'DELETED')
      this.back.set(undo.key, step.action === 'REFUSE' ? null : (undo.step?.existing ?? null));
    return this.writer.add(swappedStep(step));
  }
}

/** Of a file whose versions came one after the other, what was before all of them counts. */
const asPlanned = (step: Step): Step =>
  step.type === 'TRANSFER' && step.chain ? { ...step, ...step.chain.first } : step;

/** What is undone by steps of their own: a file that made room for another one was renamed, and the other one created. */
function partsOf({ side, ...given }: DoneEffect): PlannedUndo[] {
  const isSource = side === 'SOURCE';
  const told = given.step && asPlanned(given.step);
  const step = told && isSource ? swappedStep(told) : told;
  const [sourceKey, key] = isSource ? [given.destinationKey, given.sourceKey] : [given.sourceKey, given.destinationKey];
  if (key === null) return [];
  const { kind, remoteId, isLatest } = given;
  const undo = { effect: EFFECT_OF[given.outcome], kind, sourceKey, key, remoteId, step, isLatest };
  const conflictName = step?.type === 'TRANSFER' ? step.renameExistingTo : null;
  if (conflictName === null) return [undo];
  const renamedKey = childKey(parentKey(key) ?? '', conflictName);
  return [
    { ...undo, step: null },
    { ...undo, effect: 'MOVED', key: renamedKey, remoteId: null },
  ];
}
