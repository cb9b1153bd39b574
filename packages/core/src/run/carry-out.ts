import { changesSource } from '../decide/index.js';
import { activate, type ActiveContext, type RunContext, type RunEnd } from './context.js';
import { recordRest } from './bare-folders.js';
import { DestinationFolders } from './destination-folders.js';
import { Execution } from './execution.js';
import { keepFolderTimes } from './folder-times.js';
import { freezeScope } from './frozen-scope.js';
import { Marks } from './marks.js';
import { emptyOldTrash } from './old-trash.js';
import { swapped, writtenSides } from './swapped.js';
import { ATTEMPTS_PER_RUN } from './outcome.js';
import { verifyByListing } from './verify.js';

/** Carries out the pending steps and verifies what could not be verified at once. Goes on after a crash. */
export async function carryOut(given: RunContext): Promise<RunEnd> {
  const context = activate(given);
  const marks = new Marks(writtenSides(context));
  const end = await marks.during(() => (context.undo ? undo(context, marks) : workThrough(context, marks)));
  if (end.kind !== 'DONE') return end;
  if (!context.undo) await recordRest(context);
  await emptyOldTrash(context);
  await context.store.enter('DONE');
  return end;
}

/** First what changes the destination; then, once all of that is proved and durable, what changes the source. */
async function workThrough(context: ActiveContext, marks: Marks): Promise<RunEnd> {
  await freezeScope(context);
  const end = await workThroughSide(context, marks);
  if (end.kind !== 'DONE' || !changesSource(context.table)) return end;
  await marks.settle();
  return workThroughSide({ ...swapped(context), unproved: await unprovedKeys(context) }, marks);
}

/**
 * The effects of a run are undone one at a time, the last first: what they did to the source came after all the rest. No later run
 * tries again what fails, so that it is left to people.
 */
async function undo(context: ActiveContext, marks: Marks): Promise<RunEnd> {
  await context.store.enter('TRANSFERRING');
  const policies = { ...context.policies, maxParallelTransfers: 1, retries: 1 };
  for (const side of writtenSides({ ...context, policies }).reverse()) {
    const end = await workOff(side, new DestinationFolders(side), marks);
    if (end.kind !== 'DONE') return end;
    await marks.settle();
  }
  return { kind: 'DONE' };
}

async function workThroughSide(context: ActiveContext, marks: Marks): Promise<RunEnd> {
  const { store, policies } = context;
  await store.enter('TRANSFERRING');
  const folders = new DestinationFolders(context);
  const end = await workOff(context, folders, marks);
  const isLast = end.kind === 'DONE' || end.kind === 'HALTED' || (end.kind === 'STOPPED' && context.control.endsRun);
  if (isLast) await keepFolderTimes(context);
  if (end.kind !== 'DONE') return end;
  if (policies.verification !== 'NONE') {
    await store.enter('VERIFYING');
    await verifyByListing(context);
  }
  return end;
}

async function workOff(context: ActiveContext, folders: DestinationFolders, marks: Marks): Promise<RunEnd> {
  const work = () => {
    const execution = new Execution(context, folders);
    marks.onFailure = (error) => execution.fail(error);
    return execution.run();
  };
  let end = await work();
  while (end.kind === 'DONE' && (await context.store.requeue(ATTEMPTS_PER_RUN)) > 0) end = await work();
  return end;
}

async function unprovedKeys({ store }: ActiveContext): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { step, destinationKey } of store.unverified())
    if (step.side === 'DESTINATION') keys.add(destinationKey);
  return keys;
}
