import type { Remove } from '../plan/index.js';
import { PlatformError, type Destination } from '../platform/index.js';
import { callTo } from './context.js';
import type { Claimed, FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

/** Takes away what the plan expects to find; another version, and a folder in which something is left, stay. */
export async function removeItem(
  claimed: Claimed<Remove>,
  destination: Destination,
  { context, signal, begin, removals }: StepTools,
): Promise<FinishedStep> {
  const { step } = claimed;
  await removals.below(step.destinationKey!);
  await begin();
  const trash = { root: context.destinationRoot, at: new Date(step.trashedAt) };
  try {
    await destination.remove!({ item: step.existing, trash }, callTo('DESTINATION', context, signal));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'CONFLICT') return settled(claimed, 'SKIPPED', CHANGED[step.kind]);
    if (error.kind !== 'NOT_FOUND') throw error;
  }
  return removed(claimed);
}

const CHANGED = {
  FILE: 'It was deleted at the source, and changed at the destination meanwhile: it is left as it is.',
  FOLDER: 'It was deleted at the source, and holds what is not: it is left as it is.',
};

export const removed = (claimed: Pick<Claimed<Remove>, 'id' | 'step'>): FinishedStep =>
  settled(claimed, 'DELETED', claimed.step.message);

const settled = (
  { id, step }: Pick<Claimed<Remove>, 'id' | 'step'>,
  outcome: 'DELETED' | 'SKIPPED',
  message: string,
): FinishedStep => ({
  stepId: id,
  outcome,
  reason: outcome === 'DELETED' ? step.reason : 'EDITED_AT_DESTINATION',
  message,
  remedy: null,
  sha256: null,
  verifiedBy: null,
  destination: null,
  ledger: null,
  forgetLedger: outcome === 'DELETED',
  byteCount: 0,
});
