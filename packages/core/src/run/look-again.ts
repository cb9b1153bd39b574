import { isVersionFile, obstacleTo, type SideWords, type Transfer } from '../plan/index.js';
import type { Call, Item } from '../platform/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { Claimed, FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

/**
 * A transfer with the source's file as it is now, where one failed before in this run and the listing may be hours old, or where
 * nothing is known of a former content yet. What is gone since is left out, and so is what the policies refuse as it is now.
 */
export async function lookAgain(
  claimed: Claimed<Transfer>,
  { context, signal, revise }: Pick<StepTools, 'context' | 'signal' | 'revise'>,
): Promise<Claimed<Transfer> | FinishedStep> {
  const listed = claimed.step.source;
  const source = await sourceNow(listed, context, callTo('SOURCE', context, signal));
  if (source?.kind !== 'FILE')
    return leftOut(claimed, 'SKIPPED', { reason: 'OTHER', message: vanishedFrom(context.words) });
  const isAsListed = source.version === listed.version && source.size === listed.size;
  if (isAsListed && !isVersionFile(listed)) return claimed;
  const step = { ...claimed.step, source };
  const obstacle = obstacleOf(step, context);
  if (obstacle) return leftOut(claimed, obstacle.action === 'SKIP' ? 'SKIPPED' : 'FLAGGED', obstacle);
  await revise(step);
  // What an earlier try sent was of another version.
  return { ...claimed, step, checkpoint: null };
}

/** Of a former content size, times and note are learned, and nothing else of it ever changes. */
async function sourceNow(listed: Item, { source, formers }: ActiveContext, call: Call): Promise<Item | null> {
  if (!isVersionFile(listed)) return source.find({ id: listed.id }, call);
  const content = await formers.of(listed, call);
  if (!content) return null;
  const { size, modifiedAt, createdAt } = content;
  const note = content.fields?.['versionNotes'];
  return { ...listed, size, modifiedAt, createdAt, ...(note === undefined ? {} : { fields: { versionNotes: note } }) };
}

const vanishedFrom = ({ from }: SideWords) => `It is not at the ${from} any more: it vanished after it was listed.`;

function obstacleOf({ action, reason, message, source }: Transfer, { policies, destination, clock }: ActiveContext) {
  const rules = { policies, limits: destination.limits, now: new Date(clock.now()) };
  return obstacleTo({ action, reason, message }, source, rules);
}

const leftOut = (
  { id }: Claimed<Transfer>,
  outcome: 'FLAGGED' | 'SKIPPED',
  { reason, message, remedy }: Pick<FinishedStep, 'reason' | 'message'> & { remedy?: string },
): FinishedStep => ({
  stepId: id,
  outcome,
  reason,
  message,
  remedy: remedy ?? null,
  sha256: null,
  verifiedBy: null,
  destination: null,
  ledger: null,
  byteCount: 0,
});
