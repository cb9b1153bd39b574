import type { Effect, UndoFinding } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import { LOCK_PRECISION_MS, pathKey, pathSegments, type Describe, type Restore, type Step } from '../plan/index.js';
import { identityOf, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { MovedPlaces } from './moved-places.js';

/** One effect of a run, told as a change of the destination. */
export interface PlannedUndo {
  effect: Effect;
  kind: Item['kind'];
  /** Key of the item on the other side, where it has one there. */
  sourceKey: string | null;
  /** Where the run left the item, or where it removed it. */
  key: string;
  remoteId: string | null;
  step: Step | null;
  isLatest: boolean;
}

/** What stands there now of an item that a run changed. */
export interface Found {
  finding: UndoFinding;
  /** As it was listed. */
  seen: Seen | null;
  /** Its key once the steps before are carried out. */
  now: string | null;
}

/** Looks an item up in the listing, and compares it to what the run left. */
export class UndoFindings {
  /** What steps before bring back, by the identity that it had. */
  private readonly broughtBack = new Map<string, Seen>();

  constructor(
    private readonly context: ActiveContext,
    private readonly places: Pick<MovedPlaces, 'now'>,
  ) {}

  async of(undo: PlannedUndo): Promise<Found> {
    const seen = await this.seenOf(undo);
    if (undo.effect === 'DELETED') return this.ofRemoved(undo, seen);
    if (!seen) return { finding: await this.withoutItem(undo.key), seen, now: null };
    const now = this.places.now(seen.key, seen.item.kind);
    return { finding: await this.compared(undo, seen, now), seen, now };
  }

  private async seenOf({ effect, key, remoteId, step }: PlannedUndo): Promise<Seen | null> {
    const { store } = this.context;
    const known = step?.existing ?? null;
    if (effect === 'MOVED' && known?.identity)
      return (await store.destinationById(identityOf(known))) ?? this.broughtBack.get(identityOf(known)) ?? null;
    const there = await store.destinationByKey(key);
    if (there || remoteId === null || effect === 'DELETED') return there;
    return store.destinationById(remoteId);
  }

  /** A folder that is brought back there may have to go on to the place that it had before the run moved it. */
  bringsBack(key: string, former: Item): void {
    this.broughtBack.set(identityOf(former), { key, item: former });
  }

  isBroughtBack({ item }: Seen): boolean {
    return this.broughtBack.get(identityOf(item))?.item === item;
  }

  private async withoutItem(key: string): Promise<'ABSENT' | 'UNKNOWN'> {
    return (await this.context.store.coverage('DESTINATION', key)) === 'WHOLE' ? 'ABSENT' : 'UNKNOWN';
  }

  private async ofRemoved({ key, kind, step }: PlannedUndo, seen: Seen | null): Promise<Found> {
    const now = seen && this.places.now(seen.key, seen.item.kind);
    if (!seen || now !== key) return { finding: await this.withoutItem(key), seen: null, now: null };
    const former = step?.existing ?? null;
    const isIt = former !== null && identityOf(former) === identityOf(seen.item);
    const isBack = seen.item.kind === kind && (kind === 'FOLDER' || isIt);
    return { finding: isBack ? 'AS_BEFORE' : 'CHANGED', seen, now };
  }

  private async compared(undo: PlannedUndo, seen: Seen, now: string): Promise<UndoFinding> {
    if (seen.item.kind !== undo.kind) return 'CHANGED';
    if (undo.effect === 'MOVED') return this.comparedPlace(undo, now);
    if (now !== undo.key) return 'CHANGED';
    if (undo.effect === 'DESCRIBED') return this.comparedDescription(undo, seen);
    if (undo.effect === 'UPDATED' && isFormer(undo.step, seen.item)) return 'AS_BEFORE';
    return (await this.isAsLeft(undo, seen.item)) ? 'AS_LEFT' : 'CHANGED';
  }

  private comparedPlace({ key, step }: PlannedUndo, now: string): UndoFinding {
    if (now === key) return 'AS_LEFT';
    return step && now === formerKeyOf(step, this.context) ? 'AS_BEFORE' : 'CHANGED';
  }

  private async comparedDescription({ step }: PlannedUndo, { item }: Seen): Promise<UndoFinding> {
    if (step?.type !== 'DESCRIBE') return 'CHANGED';
    const isLike = (description: string | null | undefined) => (item.description ?? '') === (description ?? '');
    const isAsBefore = isLike(step.existing.description) && item.isPrivate === step.existing.isPrivate;
    if (isAsBefore && !isLockOf(step, item)) return 'AS_BEFORE';
    const { description = step.existing.description } = step.fields;
    return isLike(description) ? 'AS_LEFT' : 'CHANGED';
  }

  /** The ledger knows what a run wrote; of what an undo brought back, the step does. */
  private async isAsLeft({ kind, step }: PlannedUndo, item: Item): Promise<boolean> {
    if (step?.type === 'RESTORE') return isRestored(step, item);
    const entry = await this.context.store.entryOf('DESTINATION', identityOf(item));
    return entry?.kind === kind && (kind === 'FOLDER' || entry.destinationVersion === item.version);
  }
}

/** Whether the lock of a file is the one that a step has set. */
export const isLockOf = ({ lockedUntil = null }: Describe, { lock }: Item): boolean =>
  lockedUntil !== null &&
  lock?.isOwn === true &&
  Math.abs((lock.until?.getTime() ?? 0) - lockedUntil) < LOCK_PRECISION_MS;

const isFormer = (step: Step | null, item: Item): boolean => {
  const former = step?.type === 'RESTORE' ? null : (step?.existing ?? null);
  return former !== null && former.version !== null && former.version === item.version;
};

/** A content that came back as a new version cannot be told from one that somebody else wrote. */
const isRestored = ({ source, kind }: Restore, item: Item): boolean =>
  kind === 'FOLDER' || (identityOf(source) === identityOf(item) && source.version === item.version);

/** Where the item stood before it was moved. */
export function formerKeyOf(step: Step, { destinationRoot }: Pick<ActiveContext, 'destinationRoot'>): string {
  return step.afterMove?.existingKey ?? pathKey(step.existing!.path.slice(destinationRoot.length));
}

export const nameAt = (key: string): string => pathSegments(key).at(-1) ?? '';
