import { expectationOf, pathSegments, type Step } from '../plan/index.js';
import { identityOf, PlatformError, type Item } from '../platform/index.js';
import { callTo } from './context.js';
import type { ClaimedStep } from './ports/index.js';
import type { StepTools } from './step-tools.js';

/**
 * A step whose turn comes after moves of the same run: waits for those that were announced so far, then says where its item
 * stands now. Once it began it says so already. Throws `CONFLICT` where something else stands there.
 */
export async function afterMoves(claimed: ClaimedStep, tools: StepTools): Promise<ClaimedStep> {
  const { step, inDoubtSince } = claimed;
  const { afterMove } = step;
  if (!afterMove) return claimed;
  const { existingKey, folderId } = afterMove;
  await tools.moves.at([step.destinationKey, existingKey].flatMap((key) => key ?? []));
  if ('parentKey' in step) await tools.folders.get(step.parentKey, folderId);
  if (existingKey === null || step.type === 'MOVE' || inDoubtSince !== null) return claimed;
  const next = { ...step, ...(await standing(step, existingKey, tools)) } as Step;
  await tools.revise(next);
  return { ...claimed, step: next };
}

async function standing(
  { existing, expects }: Step,
  key: string,
  { context, signal }: StepTools,
): Promise<Pick<Step, 'existing' | 'expects'>> {
  const path = [...context.destinationRoot, ...pathSegments(key)];
  const found = await context.destination.find({ path }, callTo('DESTINATION', context, signal));
  const isExpected = !expects || expects.version === null || expects.version === found?.version;
  if (!found || !existing || !isExpected || !isMovedItem(found, existing))
    throw new PlatformError(
      'CONFLICT',
      `The item at the ${context.words.to} changed meanwhile; the next run looks again.`,
    );
  return { existing: found, expects: expects && { ...expectationOf(found), version: expects.version } };
}

/** Where a platform tells no identity, the version tells the item. */
const isMovedItem = (found: Item, existing: Item): boolean =>
  found.kind === existing.kind &&
  (existing.identity === null ? found.version === existing.version : identityOf(found) === identityOf(existing));
