import { pathSegments, type Remove, type SideWords } from '../plan/index.js';
import { identityOf, PlatformError, type Destination } from '../platform/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { Claimed, FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

/**
 * Takes away what the plan expects to find; another version, and a folder in which something is left, stay. So does an item
 * that was to be moved and that the other side is not proved to hold.
 */
export async function removeItem(
  claimed: Claimed<Remove>,
  destination: Destination,
  tools: StepTools,
): Promise<FinishedStep> {
  const { step } = claimed;
  const { context, signal, begin, removals, moves } = tools;
  await Promise.all([removals, moves].map((changes) => changes.below(step.destinationKey!)));
  if (step.heldAs && !(await isHeld(step, step.heldAs.version, tools)))
    return settled(claimed, 'SKIPPED', 'VERIFICATION_FAILED', notHeld(context.words));
  if (step.onlyWith && !(await isBack(step.onlyWith, step.kind, tools)))
    return settled(claimed, 'SKIPPED', 'CONFLICT', notBack(context.words));
  await begin();
  const at = step.trashedAt === null ? null : new Date(step.trashedAt);
  const trash = { root: context.destinationRoot, at };
  try {
    await destination.remove!({ item: step.existing, trash }, callTo('DESTINATION', context, signal));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'CONFLICT') return changed(claimed, context.words);
    if (error.kind !== 'NOT_FOUND') throw error;
  }
  return removed(claimed);
}

/** Whether the item that the ledger knows in this version is proved, and still stands on the other side where a look costs nothing. */
async function isHeld(
  { existing, kind }: Remove,
  version: string | null,
  { context, signal }: Pick<StepTools, 'context' | 'signal'>,
): Promise<boolean> {
  const entry = await context.store.entryOf('DESTINATION', identityOf(existing));
  if (entry?.kind !== kind || context.unproved.has(entry.sourceKey)) return false;
  if (kind === 'FILE' && entry.destinationVersion !== version) return false;
  if (isCounted(context)) return true;
  const path = [...context.sourceRoot, ...pathSegments(entry.sourceKey)];
  const found = await context.source.find({ path }, callTo('SOURCE', context, signal));
  return found?.kind === kind && identityOf(found) === entry.sourceId;
}

/** What was listed or written by this run is not looked at again where each look is a call of the hour. */
const isCounted = ({ source }: ActiveContext) => source.destination?.cost !== undefined;

async function isBack(
  { key, identity, version }: NonNullable<Remove['onlyWith']>,
  kind: Remove['kind'],
  { context, signal }: StepTools,
): Promise<boolean> {
  const path = [...context.sourceRoot, ...pathSegments(key)];
  const found = await context.source.find({ path }, callTo('SOURCE', context, signal));
  if (found?.kind !== kind) return false;
  return kind === 'FOLDER' || (identityOf(found) === identity && found.version === version);
}

const notBack = ({ from, to }: SideWords) => `It is left at the ${to}: it is not certain that the ${from} has it back.`;

const notHeld = ({ from, to }: SideWords) => `It is left at the ${to}: the ${from} is not proved to hold it.`;

const DELETED = {
  FILE: ({ from, to }: SideWords) =>
    `It was deleted at the ${from}, and changed at the ${to} meanwhile: it is left as it is.`,
  FOLDER: ({ from }: SideWords) => `It was deleted at the ${from}, and holds what is not: it is left as it is.`,
};
const MOVED = {
  FILE: ({ to }: SideWords) =>
    `It changed at the ${to} after it was moved: it is left there, and the next run looks again.`,
  FOLDER: ({ to }: SideWords) => `It is left at the ${to}, because it holds what was not moved.`,
};

function changed(claimed: Claimed<Remove>, words: SideWords): FinishedStep {
  const { kind, heldAs } = claimed.step;
  if (heldAs) return settled(claimed, 'SKIPPED', kind === 'FILE' ? 'CONTENT_CHANGED' : 'OTHER', MOVED[kind](words));
  return settled(claimed, 'SKIPPED', 'EDITED_AT_DESTINATION', DELETED[kind](words));
}

export const removed = (claimed: Pick<Claimed<Remove>, 'id' | 'step'>): FinishedStep =>
  settled(claimed, 'DELETED', claimed.step.reason, claimed.step.message);

const settled = (
  { id, step }: Pick<Claimed<Remove>, 'id' | 'step'>,
  outcome: 'DELETED' | 'SKIPPED',
  reason: FinishedStep['reason'],
  message: string,
): FinishedStep => ({
  stepId: id,
  outcome,
  reason,
  message,
  remedy: null,
  sha256: null,
  verifiedBy: null,
  destination: null,
  ledger: null,
  forgetLedger: outcome === 'DELETED' && !step.heldAs && step.sourceKey !== null,
  forgottenId: step.ledgerId,
  byteCount: 0,
});
