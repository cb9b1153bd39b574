import type { Call, Item } from '../platform/index.js';
import { pathSegments, type Expectation, type Move, type Transfer } from '../plan/index.js';
import { keepsTimes } from './arrival.js';
import { becameOf, isStill, moveBecame, removalBecame, type PlacedIntent } from './became.js';
import { callTo, type ActiveContext } from './context.js';
import { COMMITTED_OUTCOMES } from './committer.js';
import { finished, transferred, type FinishedStep } from './finished.js';
import { hashOf } from './hashed-content.js';
import { lockArrived } from './lock-arrived.js';
import { addressOf, finishedMove, newPath, withLatest } from './move-item.js';
import { concernsOneItem } from './one-item.js';
import type { OpenIntent, SettledIntent } from './ports/index.js';
import { removed } from './remove-item.js';
import { broughtBack, placeOfRestored, restored } from './restore-item.js';
import { afterVersion } from './version-chain.js';
import { unproved, withdraw, type Withdrawn } from './withdrawal.js';
import { paced } from './throttle.js';

/**
 * Finds out what became of the effects that a process left behind when it died or was stopped, in this run or a former one,
 * before anything is listed: what stands at the destination as it was meant to, has come to its place or is gone from it
 * is remembered in the ledger, whatever the source is now. What is not so is left to the step, which looks again before it
 * changes anything, or to the next plan.
 */
export async function reconcile(context: ActiveContext): Promise<void> {
  const call = callTo('DESTINATION', context, context.control.signal);
  const done: FinishedStep[] = [];
  const former: SettledIntent[] = [];
  const flush = async (threshold: number) => {
    if (done.length >= threshold)
      await context.store.commit(done.splice(0).map((step) => ({ ...step, attempt: null })));
    if (former.length >= threshold) await context.store.forgetIntents(former.splice(0));
  };
  for await (const intent of context.store.openIntents()) {
    if (intent.step.side !== 'DESTINATION') continue;
    const known = await whatStands(intent, context, call);
    if (known !== null && known !== 'PARTED' && 'step' in known) {
      const revised = intent.isOfThisRun ? { step: known.step } : {};
      former.push({ stepId: intent.stepId, ledger: known.ledger, ...revised });
    } else if (!intent.isOfThisRun) former.push(settledIntent(intent.stepId, known));
    else if (known !== null && known !== 'PARTED') done.push(known);
    await flush(COMMITTED_OUTCOMES);
  }
  await flush(1);
}

/** A pair of which one half stands under the name of a conflict is none any more: each half goes on by itself. */
function settledIntent(stepId: string, known: FinishedStep | 'PARTED' | null): SettledIntent {
  if (known === null || known === 'PARTED') return { stepId, ledger: null, forgetLedger: known === 'PARTED' };
  const { ledger, replaced, moved, forgetLedger, forgottenId } = known;
  return { stepId, ledger, replaced, moved, forgetLedger, forgottenId };
}

/**
 * What is known of an intent in the end: it was carried out, or taken back; `PARTED` where only the other version of a
 * conflict has its new name; null where nothing is certain.
 */
type Known = FinishedStep | Withdrawn | 'PARTED' | null;

async function whatStands(intent: OpenIntent, context: ActiveContext, call: Call): Promise<Known> {
  try {
    return await carriedOutStep(intent, context, call);
  } catch (error) {
    if (concernsOneItem(error)) return null;
    throw error;
  }
}

async function carriedOutStep(intent: OpenIntent, context: ActiveContext, call: Call): Promise<Known> {
  const { step } = intent;
  switch (step.type) {
    case 'MAKE_FOLDER':
      return standing({ ...intent, step }, context, call);
    case 'TRANSFER':
      return step.published
        ? published({ ...intent, step }, step.published, context, call)
        : ((await standing({ ...intent, step }, context, call)) ?? parted(step, context, call));
    case 'MOVE':
      return moved({ id: intent.stepId, step }, context, call);
    case 'REMOVE': {
      const found = await context.destination.find({ id: step.existing.id }, call);
      return removalBecame(step, found) === 'DONE' ? removed({ id: intent.stepId, step }) : null;
    }
    case 'RESTORE': {
      const found = await context.destination.find({ path: placeOfRestored(step, context) }, call);
      return broughtBack({ step }, found) ? restored({ id: intent.stepId, step }, found!, context) : null;
    }
    case 'DESCRIBE':
    case 'INERT':
      return null;
  }
}

/** A file that was published before its proof: it stays if it holds what was sent, else it is taken back. */
async function published(
  intent: PlacedIntent & { step: Transfer },
  { id, version }: Expectation,
  context: ActiveContext,
  call: Call,
): Promise<Known> {
  const { step, sha256 } = intent;
  const found = await context.destination.find({ id }, call);
  if (!found) return { step: { ...step, published: null }, ledger: null };
  if (found.version === version)
    return sha256 !== null && (await holds(found, sha256, context, call).catch(unreadable))
      ? carriedOut(intent, found, true, { context, call })
      : withdraw(step, found, context, call);
  // It was taken back already: the former content is the newest version again.
  const isRestored =
    step.knownSha256 !== null &&
    found.size === step.existing?.size &&
    (await holds(found, step.knownSha256, context, call));
  return isRestored ? unproved(step, found) : { step: { ...step, published: null }, ledger: null };
}

/** What cannot be read is not proved. */
function unreadable(error: unknown): false {
  if (concernsOneItem(error)) return false;
  throw error;
}

async function moved(claimed: { id: string; step: Move }, context: ActiveContext, call: Call) {
  const { step } = claimed;
  const there = await context.destination.find({ path: newPath(step, context) }, call);
  const left = await context.destination.find(addressOf(step, context), call);
  return there && moveBecame(step, there, left) === 'DONE'
    ? finishedMove(await withLatest(claimed, context), there, context)
    : null;
}

async function standing(intent: PlacedIntent, context: ActiveContext, call: Call): Promise<Known> {
  const found = await lookUp(intent, context, call);
  const became = becameOf(intent, found, keepsTimes(context));
  const isDone = became === 'DONE' || (became === 'COMPARE' && (await holds(found!, intent.sha256!, context, call)));
  return isDone ? carriedOut(intent, found!, became === 'COMPARE', { context, call }) : null;
}

/** Whether what was to make room for the file has done so. */
async function parted(step: Transfer, context: ActiveContext, call: Call): Promise<'PARTED' | null> {
  const { existing, renameExistingTo, parentKey } = step;
  if (existing === null || renameExistingTo === null) return null;
  const path = [...context.destinationRoot, ...pathSegments(parentKey), renameExistingTo];
  const found = await context.destination.find({ path }, call);
  return found && isStill(existing, found) ? 'PARTED' : null;
}

function lookUp({ step }: PlacedIntent, context: ActiveContext, call: Call): Promise<Item | null> {
  const replaced = step.type === 'TRANSFER' && step.action === 'UPDATE' ? step.existing : null;
  if (replaced) return context.destination.find({ id: replaced.id }, call);
  const path = [...context.destinationRoot, ...pathSegments(step.parentKey), step.name];
  return context.destination.find({ path }, call);
}

async function holds(found: Item, sha256: string, context: ActiveContext, call: Call): Promise<boolean> {
  const { destination: writer, source: reader } = context.destination;
  const bytes = writer?.readBack?.(found, call) ?? reader?.open(found, call);
  return bytes !== undefined && (await hashOf(paced(context, bytes, call.signal))) === sha256;
}

/** Of a file whose versions come one after the other, the step goes on with the next one. */
async function carriedOut(
  intent: PlacedIntent,
  item: Item,
  isCompared: boolean,
  { context, call }: { context: ActiveContext; call: Call },
): Promise<Known> {
  const placed = finishedPlaced(intent, item, isCompared);
  const { step } = intent;
  if (step.type !== 'TRANSFER') return placed;
  const done = await lockArrived(step, placed, context, call);
  return step.chain ? { step: afterVersion(step, done), ledger: done.ledger } : done;
}

/** A new version leaves its file where it is: what has another place by now was moved by people, and the next plan has to see that. */
const asPlaced = (step: Transfer): Transfer =>
  step.action === 'UPDATE' ? { ...step, knownAt: step.knownAt ?? step.destinationKey } : step;

function finishedPlaced({ stepId, step, sha256 }: PlacedIntent, item: Item, isCompared: boolean): FinishedStep {
  const claimed = { id: stepId, inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 };
  if (step.type === 'MAKE_FOLDER')
    return finished({ ...claimed, step }, { outcome: 'CREATED', item, sha256: null, verifiedBy: null, bytes: 0 });
  const written = { item, verifiedBy: 'SIZE', wasAlreadyThere: true } as const;
  // What the destination tells of what stands there is as good where the hash was not written down in time.
  const content = { sha256: sha256 ?? item.sha256, size: item.size ?? step.source.size ?? 0 };
  return transferred({ ...claimed, step: asPlaced(step) }, written, content, isCompared ? 'CHECKSUM' : 'SIZE', null);
}
