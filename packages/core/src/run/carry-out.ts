import { activate, type ActiveContext, type RunContext, type RunEnd } from './context.js';
import { DestinationFolders } from './destination-folders.js';
import { Execution } from './execution.js';
import { keepFolderTimes } from './folder-times.js';
import { Marks } from './marks.js';
import { ATTEMPTS_PER_RUN } from './outcome.js';
import { verifyByListing } from './verify.js';

/** Carries out the pending steps and verifies what could not be verified at once. Goes on after a crash. */
export async function carryOut(given: RunContext): Promise<RunEnd> {
  const context = activate(given);
  const marks = new Marks(context);
  await context.store.enter('TRANSFERRING');
  const end = await marks.during(() => workThrough(context, marks));
  if (end.kind === 'DONE') await context.store.enter('DONE');
  return end;
}

async function workThrough(context: ActiveContext, marks: Marks): Promise<RunEnd> {
  const { store, policies } = context;
  const folders = new DestinationFolders(context);
  const work = () => {
    const execution = new Execution(context, folders);
    marks.onFailure = (error) => execution.fail(error);
    return execution.run();
  };
  let end = await work();
  while (end.kind === 'DONE' && (await store.requeue(ATTEMPTS_PER_RUN)) > 0) end = await work();
  if (end.kind === 'DONE' || end.kind === 'HALTED') await keepFolderTimes(context);
  if (end.kind !== 'DONE') return end;
  if (policies.verification !== 'NONE') {
    await store.enter('VERIFYING');
    await verifyByListing(context);
  }
  return end;
}
