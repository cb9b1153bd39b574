import { extname } from 'node:path';
import { PlatformError } from '@sluice/core/platform';
import { codeOf, nameTaken } from '../errors.js';
import { ended } from '../paths.js';
import { placeOf } from './held-folder.js';
import type { Entry } from './held-folder.js';

/** Answers of file systems that cannot hold two names for one file, or not for a folder. */
export const WITHOUT_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
  'EXDEV',
]);

/**
 * Renames a file or folder and never overwrites another: in one step where the system can, else by a second name, or by a
 * look first where there are no second names.
 */
export function renameToFree(from: Entry, to: Entry): void {
  const { disk } = from.folder;
  const [before, after] = [placeOf(from), placeOf(to)];
  if (disk.renameToFree(before, after)) return;
  try {
    disk.link(before, after);
  } catch (cause) {
    if (!WITHOUT_LINKS.has(codeOf(cause) ?? '')) throw cause;
    if (to.folder.stats(to.name)) throw nameTaken([...to.folder.path, to.name]);
    disk.rename(before, after);
    return;
  }
  disk.unlink(before);
}

/** Makes an empty folder under the new name first, so that the move cannot replace a folder that another program makes there. */
export function renameFolderToFree(from: Entry, to: Entry): void {
  const { disk } = from.folder;
  const [before, after] = [placeOf(from), placeOf(to)];
  if (disk.renameToFree(before, after)) return;
  disk.mkdir(after);
  try {
    disk.rename(before, after);
  } catch (cause) {
    disk.rmdir(after);
    throw cause;
  }
}

/** False where another has the name. */
export function renamed(from: Entry, to: Entry): boolean {
  try {
    renameToFree(from, to);
    return true;
  } catch (cause) {
    const kind = cause instanceof PlatformError ? cause.kind : codeOf(cause);
    if (kind === 'NAME_TAKEN' || kind === 'EEXIST') return false;
    throw cause;
  }
}

/** Gives a file that has lost its name to another a name beside it, so that people find both; returns it. */
export function keepBeside(from: Entry, folder: Entry['folder'], name: string): string {
  const extension = extname(name);
  for (let count = 1; ; count += 1) {
    const beside = ended(name, ` (changed meanwhile${count === 1 ? '' : ` ${count}`})`, extension);
    if (renamed(from, { folder, name: beside })) return beside;
  }
}
