import { PlatformError, type Item, type ModificationTime } from '../platform/index.js';
import { mappedTime } from './belongings.js';
import { callTo, type ActiveContext } from './context.js';
import type { WrittenFolder } from './ports/index.js';

/**
 * Gives the folders into which the run wrote the times that mappings give them, or that they have at the source. Comes after
 * everything else, because each write moves its folder's time, and may be repeated. The job's own folder is left as people made it.
 */
export async function keepFolderTimes(context: ActiveContext): Promise<void> {
  const { destination, policies, store } = context;
  if (!destination.destination?.setFolderTime || (!policies.keepTimestamps && !context.mapping)) return;
  const failures = new Failures();
  const batch: WrittenFolder[] = [];
  const setBatch = () => Promise.all(batch.splice(0).map((folder) => setTime(folder, context, failures)));
  for await (const folder of store.foldersWritten()) {
    batch.push(folder);
    if (batch.length >= policies.maxParallelTransfers) await setBatch();
  }
  await setBatch();
  if (failures.count > 0) await store.log('WARNING', failures.sentence);
}

async function setTime({ source, destination }: WrittenFolder, context: ActiveContext, failures: Failures) {
  const mapped = mappedTime(source, context);
  if (mapped === null && !context.policies.keepTimestamps) return;
  if (mapped === null && source.modifiedAt === null)
    return failures.add(source, `the ${context.words.from} tells none between the years 1 and 9999.`);
  const call = callTo('DESTINATION', context, context.control.signal);
  try {
    await context.destination.destination!.setFolderTime!(
      destination,
      mapped ? { modifiedAt: mapped } : timeOf(source),
      call,
    );
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind === 'ABORTED') throw error;
    failures.add(source, error.message);
  }
}

const timeOf = ({ modifiedAt, modifiedNanoseconds }: Item): ModificationTime => ({ modifiedAt, modifiedNanoseconds });

class Failures {
  count = 0;
  private first = '';

  add({ path }: Item, message: string): void {
    this.count += 1;
    if (this.count === 1) this.first = `"/${path.join('/')}": ${message}`;
  }

  get sentence(): string {
    const [what, example] = this.count === 1 ? ['a folder', ''] : [`${this.count} folders`, 'for example '];
    return `The time of ${what} is not kept; ${example}${this.first}`;
  }
}
