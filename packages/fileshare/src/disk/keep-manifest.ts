import { workingName } from '../paths.js';
import { NEW_FILE } from './disk.js';
import type { Disk } from './disk.js';
import { forgetGone } from './gone-items.js';
import { placeOf } from './held-folder.js';
import type { HeldFolder } from './held-folder.js';
import { HeldManifest } from './held-manifest.js';
import { isKeepable, keptAfter, writeManifestText, type Kept, type KeptChange, type Manifest } from './manifest.js';
import type { ShareRoot } from './share-root.js';
import { ownerOf } from './working-files.js';
import type { FileToWrite } from './write.js';

/** What is to be kept of an item of a folder. */
export interface ToKeep {
  name: string;
  /** Null: nothing any more. */
  change: KeptChange | null;
  /** Nothing is kept of it from before. */
  isNew: boolean;
}

/** What is kept now, null for nothing; or that the manifest of the folder has no room for it, or is damaged. */
export type Keeping = { kept: Kept | null } | 'REFUSED';

export type ManifestWriter = Pick<FileToWrite, 'run' | 'suffix' | 'fsync'> & {
  /** Milliseconds since 1970. */
  now: number;
};

/** So often another may change the manifest while it is read, before what is to be kept is refused. */
const MAX_TRIES = 100;

/**
 * Changes what a folder keeps of some of its items, all at once and whole: whoever reads it sees it before or after. Of several
 * processes that change one manifest each finds what the others kept: they take turns, and begin anew where one of
 * another machine was faster.
 */
export function keepInManifest(
  share: ShareRoot,
  path: readonly string[],
  changes: readonly ToKeep[],
  writer: ManifestWriter,
): Keeping[] {
  return share.within(path, (folder) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const keepings = keepOnce(share, folder, changes, writer);
      if (keepings !== 'CHANGED') return keepings;
    }
    return changes.map(() => 'REFUSED');
  });
}

/** `CHANGED`: another changed the manifest meanwhile, and nothing was done. */
function keepOnce(
  share: ShareRoot,
  folder: HeldFolder,
  changes: readonly ToKeep[],
  writer: ManifestWriter,
): Keeping[] | 'CHANGED' {
  const held = HeldManifest.take(folder, share.facts.traits.hasStableInodes);
  if (held === null) return changes.map(() => 'REFUSED');
  try {
    const after = new Map(held.manifest);
    const kept = changes.map((change) => keep(after, change));
    const isChanged = !isEqual(held.manifest, after);
    if (isChanged) forgetGone(folder, after, held, writer.now, new Set(changes.map(({ name }) => name)));
    const text = isChanged ? writeManifestText(after) : '';
    if (text === null) return changes.map(() => 'REFUSED');
    return text === '' || replaceManifest(folder, held, after.size === 0 ? null : text, writer) ? kept : 'CHANGED';
  } finally {
    held.release();
  }
}

function keep(manifest: Map<string, Kept>, { name, change, isNew }: ToKeep): Keeping {
  const kept = change && keptAfter(isNew ? {} : (manifest.get(name) ?? {}), change);
  if (kept && !isKeepable(kept)) return 'REFUSED';
  if (kept) manifest.set(name, kept);
  else manifest.delete(name);
  return { kept };
}

const isEqual = (one: Manifest, other: Manifest) =>
  one.size === other.size && [...one].every(([name, kept]) => JSON.stringify(other.get(name)) === JSON.stringify(kept));

/** The folder keeps its time: its items are as they were. False where another changed the manifest meanwhile. */
function replaceManifest(folder: HeldFolder, held: HeldManifest, text: string | null, writer: ManifestWriter): boolean {
  const { disk } = folder;
  const { atimeNs, mtimeNs } = disk.fstat(folder.state.descriptor);
  const isDone = text === null ? held.remove() : written(folder, held, text, writer);
  if (isDone && writer.fsync !== 'never') folder.sync();
  folder.setTime(atimeNs, mtimeNs);
  return isDone;
}

function written(folder: HeldFolder, held: HeldManifest, text: string, writer: ManifestWriter): boolean {
  const { disk } = folder;
  const part = { folder, name: workingName(ownerOf(disk, writer.run), writer.suffix, 'part') };
  writeNew(disk, placeOf(part), Buffer.from(text), writer);
  const isDone = held.give(part);
  if (!isDone) disk.unlink(placeOf(part));
  return isDone;
}

function writeNew(disk: Disk, place: string, bytes: Buffer, { fsync }: ManifestWriter): void {
  const file = disk.open(place, NEW_FILE, 0o666);
  try {
    for (let start = 0; start < bytes.length;) start += disk.write(file, bytes.subarray(start));
    if (fsync !== 'never') disk.sync(file);
  } catch (cause) {
    disk.unlink(place);
    throw cause;
  } finally {
    disk.close(file);
  }
}
