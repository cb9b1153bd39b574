import { readWorkingName } from '../paths.js';
import type { HeldFolder } from './held-folder.js';
import type { HeldManifest } from './held-manifest.js';
import type { Kept } from './manifest.js';

/** What is kept of an item comes before the item, so that an entry without one may be of a file that is on its way. */
const WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * Takes out of a manifest what was kept of items that are gone. That is certain of what was kept a day ago, of items that are not
 * there now, in a folder that no file has been on its way into since; until then it stays, as does what is `changed` now.
 */
export function forgetGone(
  folder: HeldFolder,
  after: Map<string, Kept>,
  { manifest, writtenAt }: HeldManifest,
  now: number,
  changed: ReadonlySet<string>,
): void {
  if (writtenAt === null || now - writtenAt < WAIT_MS) return;
  const gone = [...manifest.keys()].filter((name) => !changed.has(name) && folder.look(name) === null);
  if (gone.length === 0 || hasUnfinished(folder, writtenAt)) return;
  for (const name of gone) after.delete(name);
}

/** Whether a file is on its way there that may have been so when the manifest was written, or of which that is not known. */
function hasUnfinished(folder: HeldFolder, writtenAt: number): boolean {
  const isOld = (name: string) => Number(folder.stats(name)?.birthtimeMs ?? 0n) < writtenAt + WAIT_MS / 2;
  for (const batch of folder.batches())
    if (batch.some(({ name }) => readWorkingName(name.toString()) !== null && isOld(name.toString()))) return true;
  return false;
}
