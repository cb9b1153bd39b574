import { activate, type RunContext, type RunEnd } from './context.js';
import { DestinationFolders } from './destination-folders.js';
import { Execution } from './execution.js';
import { keepFolderTimes } from './folder-times.js';
import { ATTEMPTS_PER_RUN } from './outcome.js';
import { verifyByListing } from './verify.js';

/** Carries out the pending steps and verifies what could not be verified at once. Goes on after a crash. */
export async function carryOut(given: RunContext): Promise<RunEnd> {
  const context = activate(given);
  const { store, policies } = context;
  await store.enter('TRANSFERRING');
  const folders = new DestinationFolders(context);
  let end = await new Execution(context, folders).run();
  while (end.kind === 'DONE' && (await store.requeue(ATTEMPTS_PER_RUN)) > 0)
    end = await new Execution(context, folders).run();
  if (end.kind === 'DONE' || end.kind === 'HALTED') await keepFolderTimes(context);
  if (end.kind !== 'DONE') return end;
  if (policies.verification !== 'NONE') {
    await store.enter('VERIFYING');
    await verifyByListing(context);
  }
  await store.enter('DONE');
  return end;
}
