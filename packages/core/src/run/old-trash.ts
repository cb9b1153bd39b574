import { PlatformError } from '../platform/index.js';
import { callTo, type ActiveContext } from './context.js';
import { writtenSides } from './swapped.js';

/**
 * Deletes for good what runs of long ago removed or replaced, on the sides that a job changes. What cannot be deleted is told, and
 * ends no run; a run that is to stop leaves the rest to the next one.
 */
export async function emptyOldTrash(context: ActiveContext): Promise<void> {
  if (!context.trashOver) return;
  for (const side of writtenSides(context)) {
    if (context.control.isStopping) return;
    try {
      await emptySide(side, context.trashOver);
    } catch (error) {
      if (!(error instanceof PlatformError) || context.control.signal.aborted) throw error;
      await context.store.log('WARNING', `The trash of the ${side.words.to} could not be emptied: ${error.message}`);
    }
  }
}

async function emptySide(context: ActiveContext, trashOver: NonNullable<ActiveContext['trashOver']>): Promise<void> {
  const { destination, destinationRoot: root, control, store, words } = context;
  const platform = destination.destination;
  if (!platform?.trashed || !platform.emptyTrash) return;
  const call = callTo('DESTINATION', context, control.signal);
  const over = await trashOver(await platform.trashed(root, call));
  let files = 0;
  for (const at of over)
    for await (const count of platform.emptyTrash({ root, at }, call)) {
      files += count;
      if (control.isStopping) break;
    }
  if (over.length === 0) return;
  const runs = over.length === 1 ? 'a run' : `${over.length} runs`;
  await store.log(
    'INFO',
    `${files} files that ${runs} of long ago removed or replaced are deleted for good from the trash of the ${words.to}.`,
  );
}
