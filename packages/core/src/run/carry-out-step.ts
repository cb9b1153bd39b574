import { identityOf, PlatformError, type Destination, type Item } from '../platform/index.js';
import { isVersionFile, pathSegments, type MakeFolder, type Transfer } from '../plan/index.js';
import { afterMoves } from './after-move.js';
import { callTo } from './context.js';
import { describeItem } from './describe-item.js';
import { FileTransfer } from './file-transfer.js';
import { adopted, finished, type Claimed, type FinishedStep } from './finished.js';
import { lookAgain } from './look-again.js';
import { awaitTurn, moveItem } from './move-item.js';
import type { ClaimedStep } from './ports/index.js';
import { removeItem } from './remove-item.js';
import { restoreItem } from './restore-item.js';
import { bringVersions } from './bring-versions.js';
import type { StepTools } from './step-tools.js';
import { resumed } from './withdrawal.js';

/** Does what one step says. Throws `PlatformError` when it fails; nothing half done is left under a final name. */
export async function carryOutStep(given: ClaimedStep, tools: StepTools): Promise<FinishedStep> {
  const turn = given.step.type === 'MOVE' ? awaitTurn(given.step, tools) : undefined;
  const claimed = given.step.afterMove ? await afterMoves(given, tools) : given;
  await turn;
  const { step } = claimed;
  if (step.type === 'INERT') return adopted({ ...claimed, step });
  const { destination } = tools.context.destination;
  if (!destination) throw new PlatformError('REJECTED', `The ${tools.context.words.to} cannot be written.`);
  if (step.groups) await tools.context.groups.ensure(step.groups, callTo('DESTINATION', tools.context, tools.signal));
  switch (step.type) {
    case 'MAKE_FOLDER':
      return createFolder({ ...claimed, step }, destination, tools);
    case 'TRANSFER':
      return transfer({ ...claimed, step }, destination, tools);
    case 'MOVE':
      return moveItem({ ...claimed, step }, destination, tools);
    case 'REMOVE':
      return removeItem({ ...claimed, step }, destination, tools);
    case 'RESTORE':
      return restoreItem({ ...claimed, step }, destination, tools);
    case 'DESCRIBE':
      return describeItem({ ...claimed, step }, destination, tools);
  }
}

/** The second try within a run looks at the source's file anew, and so does the first one of a former content. */
async function transfer(given: Claimed<Transfer>, destination: Destination, tools: StepTools): Promise<FinishedStep> {
  const isKnown = given.attempts === 0 && !given.step.chain && !isVersionFile(given.step.source);
  const claimed = isKnown ? given : await lookAgain(given, tools);
  if ('outcome' in claimed) return claimed;
  const read = await readAt(claimed.step, tools);
  const step = await resumed(read, tools.context, callTo('DESTINATION', tools.context, tools.signal));
  const parent = await tools.folders.get(step.parentKey, step.afterMove?.folderId);
  const write = (one: Claimed<Transfer>) => new FileTransfer(one, tools.context, destination, parent, tools.signal);
  return bringVersions({ ...claimed, step }, write, tools);
}

/** What is read may have been moved by the run since it was listed. Throws `CONFLICT` where something else stands there. */
async function readAt(step: Transfer, { context, signal, revise }: StepTools): Promise<Transfer> {
  if (step.readAt === undefined) return step;
  const path = [...context.sourceRoot, ...pathSegments(step.readAt)];
  const found = await context.source.find({ path }, callTo('SOURCE', context, signal));
  const isIt = found?.version === step.source.version && identityOf(found) === identityOf(step.source);
  if (!found || (!isIt && step.source.identity !== null))
    throw new PlatformError(
      'CONFLICT',
      `The item at the ${context.words.from} changed meanwhile; the next run looks again.`,
    );
  const { readAt: _done, ...rest } = step;
  const next: Transfer = { ...rest, source: found };
  await revise(next);
  return next;
}

async function createFolder(
  claimed: Claimed<MakeFolder>,
  destination: Destination,
  { context, folders, signal, begin }: StepTools,
): Promise<FinishedStep> {
  const { step, inDoubtSince } = claimed;
  const parent = await folders.get(step.parentKey, step.afterMove?.folderId);
  await begin();
  const request = { parent, name: step.name, ...step.described, inDoubtSince: inDoubtSince ?? undefined };
  const item = await destination.ensureFolder(request, callTo('DESTINATION', context, signal));
  if (await isOfAnother(item, step, context.store))
    throw new PlatformError(
      'CONFLICT',
      `A folder stands there that belongs to another one and was not listed at the ${context.words.to}; the next run looks again.`,
    );
  return finished(claimed, { outcome: 'CREATED', item, sha256: null, verifiedBy: null, bytes: 0 });
}

/** Whether a folder that was to be made stands there as that of another one, where the listing of this run did not show all. */
async function isOfAnother(item: Item, step: MakeFolder, store: StepTools['context']['store']): Promise<boolean> {
  const entry = await store.entryOf('DESTINATION', identityOf(item));
  if (entry === null || entry.id === step.ledgerId || entry.sourceId === identityOf(step.source)) return false;
  return (await store.coverage('DESTINATION', step.destinationKey)) !== 'WHOLE';
}
