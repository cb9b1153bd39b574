import { PlatformError, type Call, type Item, type PlatformErrorKind } from '../platform/index.js';
import { pathSegments } from '../plan/index.js';
import { becameOf, type PlacedIntent } from './became.js';
import { callTo, type ActiveContext } from './context.js';
import { COMMITTED_OUTCOMES } from './committer.js';
import { finished, transferred, type FinishedStep } from './finished.js';
import { hashOf } from './hashed-content.js';
import type { OpenIntent } from './ports.js';

/** What an item may be refused for without anything being wrong with the destination as a whole. */
const OF_ONE_ITEM: ReadonlySet<PlatformErrorKind> = new Set([
  'NOT_FOUND',
  'ACCESS_DENIED',
  'NAME_INVALID',
  'PATH_TOO_LONG',
  'SPECIAL_FILE',
  'CONFLICT',
  'CHANGED_DURING_READ',
  'CONTENT_INCOMPLETE',
  'LOCKED',
]);

/**
 * Finds out what became of the effects that a process left behind when it died or was stopped, in this run or a former one,
 * before anything is listed: what stands at the destination as it was meant to is remembered in the ledger, whatever the
 * source is now. What does not is left to the step, which looks again before it writes, or to the next plan.
 */
export async function reconcile(context: ActiveContext): Promise<void> {
  const call = callTo('DESTINATION', context, context.control.signal);
  const done: FinishedStep[] = [];
  const former: { stepId: string; done: FinishedStep | null }[] = [];
  const flush = async (threshold: number) => {
    if (done.length >= threshold)
      await context.store.commit(done.splice(0).map((step) => ({ ...step, attempt: null })));
    if (former.length >= threshold) await context.store.forgetIntents(former.splice(0).map(entryOf));
  };
  for await (const intent of context.store.openIntents()) {
    const step = await whatStands(intent, context, call);
    if (!intent.isOfThisRun) former.push({ stepId: intent.stepId, done: step });
    else if (step) done.push(step);
    await flush(COMMITTED_OUTCOMES);
  }
  await flush(1);
}

const entryOf = ({ stepId, done }: { stepId: string; done: FinishedStep | null }) => ({
  stepId,
  ledger: done?.ledger ?? null,
});

/** The step as carried out, when that is certain. */
async function whatStands(intent: OpenIntent, context: ActiveContext, call: Call): Promise<FinishedStep | null> {
  const { step } = intent;
  if (step.type !== 'MAKE_FOLDER' && step.type !== 'TRANSFER') return null;
  try {
    return await standing({ ...intent, step }, context, call);
  } catch (error) {
    if (error instanceof PlatformError && OF_ONE_ITEM.has(error.kind)) return null;
    throw error;
  }
}

async function standing(intent: PlacedIntent, context: ActiveContext, call: Call): Promise<FinishedStep | null> {
  const { policies, destination } = context;
  const keepsTimes = policies.keepTimestamps && destination.capabilities.TIMESTAMP_PRESERVATION.level === 'FULL';
  const found = await lookUp(intent, context, call);
  const became = becameOf(intent, found, keepsTimes);
  const isDone = became === 'DONE' || (became === 'COMPARE' && (await holds(found!, intent.sha256!, context, call)));
  return isDone ? carriedOut(intent, found!, became === 'COMPARE') : null;
}

function lookUp({ step }: PlacedIntent, context: ActiveContext, call: Call): Promise<Item | null> {
  const replaced = step.type === 'TRANSFER' && step.action === 'UPDATE' ? step.existing : null;
  if (replaced) return context.destination.find({ id: replaced.id }, call);
  const path = [...context.destinationRoot, ...pathSegments(step.parentKey), step.name];
  return context.destination.find({ path }, call);
}

async function holds(found: Item, sha256: string, { destination }: ActiveContext, call: Call): Promise<boolean> {
  const { destination: writer, source: reader } = destination;
  const bytes = writer?.readBack?.(found, call) ?? reader?.open(found, call);
  return bytes !== undefined && (await hashOf(bytes)) === sha256;
}

function carriedOut({ stepId, step, sha256 }: PlacedIntent, item: Item, isCompared: boolean): FinishedStep {
  const claimed = { id: stepId, inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 };
  if (step.type === 'MAKE_FOLDER')
    return finished({ ...claimed, step }, { outcome: 'CREATED', item, sha256: null, verifiedBy: null, bytes: 0 });
  const written = { item, verifiedBy: 'SIZE', wasAlreadyThere: true } as const;
  const content = { sha256, size: item.size ?? step.source.size ?? 0 };
  return transferred({ ...claimed, step }, written, content, isCompared ? 'CHECKSUM' : 'SIZE', null);
}
