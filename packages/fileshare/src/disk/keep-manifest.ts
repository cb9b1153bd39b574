import { MANIFEST, workingName } from '../paths.js';
import { placeOf } from './held-folder.js';
import type { HeldFolder } from './held-folder.js';
import { Damage, readManifest } from './folder-manifest.js';
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

export type ManifestWriter = Pick<FileToWrite, 'run' | 'suffix' | 'fsync'>;

/** Changes what a folder keeps of some of its items, all at once and whole: whoever reads it sees it before or after. */
export function keepInManifest(
  share: ShareRoot,
  path: readonly string[],
  changes: readonly ToKeep[],
  writer: ManifestWriter,
): Keeping[] {
  return share.within(path, (folder) => {
    const before = manifestIn(folder);
    if (before === null) return changes.map(() => 'REFUSED');
    const after = new Map(before);
    const kept = changes.map((change) => keep(after, change));
    const text = isEqual(before, after) ? '' : writeManifestText(after);
    if (text === null) return changes.map(() => 'REFUSED');
    if (text !== '') replaceManifest(share, folder, after.size === 0 ? null : text, writer);
    return kept;
  });
}

/** Null for one that is damaged, which is left for people. */
function manifestIn(folder: HeldFolder): Manifest | null {
  try {
    return readManifest(folder);
  } catch (cause) {
    if (cause instanceof Damage) return null;
    throw cause;
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

/** The folder keeps its time: its items are as they were. */
function replaceManifest(share: ShareRoot, folder: HeldFolder, text: string | null, writer: ManifestWriter): void {
  const { disk } = share;
  const { atimeNs, mtimeNs } = disk.fstat(folder.state.descriptor);
  const place = { folder, name: MANIFEST };
  if (text === null) disk.unlink(placeOf(place));
  else {
    const part = { folder, name: workingName(ownerOf(disk, writer.run), writer.suffix, 'part') };
    writeNew(share, placeOf(part), Buffer.from(text), writer);
    disk.rename(placeOf(part), placeOf(place));
  }
  if (writer.fsync !== 'never') folder.sync();
  folder.setTime(atimeNs, mtimeNs);
}

function writeNew({ disk }: ShareRoot, place: string, bytes: Buffer, { fsync }: ManifestWriter): void {
  const file = disk.open(place, 'wx', 0o666);
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
