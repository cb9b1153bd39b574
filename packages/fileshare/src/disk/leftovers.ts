import type { HeldFolder } from './held-folder.js';
import { holdChild, placeOf } from './held-folder.js';
import type { Entry } from './held-folder.js';
import { keepBeside, renamed } from './naming.js';
import type { Owner, WorkingName } from '../paths.js';
import { readWorkingName } from '../paths.js';
import { isAt, removeFolder } from './replace.js';
import { isLeft, versionTag } from './working-files.js';

/**
 * Clears away what killed runs left in a folder: unfinished files go, and a file that was on its way aside gets its name
 * back. What cannot be cleared away stays.
 */
export function clearLeftovers(folder: HeldFolder, self: Owner, hasStableInodes: boolean): void {
  for (const batch of folder.batches()) {
    for (const { name } of batch) {
      const working = readWorkingName(name.toString());
      if (working && isLeft(folder.disk, working.owner, self))
        clear({ folder, name: name.toString() }, working, hasStableInodes);
    }
  }
}

function clear(entry: Entry, working: WorkingName, hasStableInodes: boolean): void {
  try {
    if (working.kind === 'aside') restore(entry, working, hasStableInodes);
    else if (working.kind === 'part' || isKnown(entry, working, hasStableInodes)) remove(entry);
    else keepBeside(entry, entry.folder, 'Recovered by Sluice');
  } catch {
    // Another look follows with the next run that is in doubt about this folder.
  }
}

function remove(entry: Entry): void {
  if (entry.folder.look(entry.name)?.isDirectory()) entry.folder.disk.rmdir(placeOf(entry));
  else entry.folder.disk.unlink(placeOf(entry));
}

/** Whether the file is the new one, or the one that it was to replace: not what somebody saved in the moment of the exchange. */
function isKnown(entry: Entry, { ours, replaced }: WorkingName, hasStableInodes: boolean): boolean {
  return isAt(entry, (stats) => [ours, replaced].includes(versionTag(stats, hasStableInodes)));
}

/** The folder holds one file under its own name. */
function restore({ folder, name }: Entry, working: WorkingName, hasStableInodes: boolean): void {
  const aside = holdChild(folder, name);
  try {
    for (const batch of aside.batches()) {
      for (const inner of batch) {
        const [from, to] = [aside, folder].map((each) => ({ folder: each, name: inner.name.toString() })) as [
          Entry,
          Entry,
        ];
        if (renamed(from, to)) continue;
        if (isKnown(from, working, hasStableInodes)) remove(from);
        else keepBeside(from, folder, to.name);
      }
    }
  } finally {
    aside.close();
  }
  removeFolder(folder, name);
}
